import { useQuery } from '@tanstack/react-query';
import {
  ArrowRight,
  Handshake,
  ListTodo,
  MessageCircle,
  Pencil,
  Phone,
  Reply,
  StickyNote,
  UserCheck,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { LeadWithHistory, TimelineLine } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Chips } from '@/design/Chips';
import { LoadMore } from '@/design/LoadMore';
import { Panel } from '@/design/Panel';
import { useStageNames } from '../pipelines';
import { stages } from '../stages';
import { Composer } from './Composer';
import css from './Lead.module.css';
import { filtered, kinds, kindOf, saidBy, type Kind } from './timeline';

interface TimelineProps {
  id: string;
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  leads: readonly LeadWithHistory[];
}

function iconOf(line: TimelineLine): ReactNode {
  if (line.type === 'message_received') return <MessageCircle size={16} />;
  if (line.type === 'message_sent') return <Reply size={16} />;
  switch (kindOf(line)) {
    case 'assignment':
      return <UserCheck size={16} />;
    case 'notes':
      return <StickyNote size={16} />;
    case 'activities':
      return <Phone size={16} />;
    case 'tasks':
      return <ListTodo size={16} />;
    case 'deals':
      return <Handshake size={16} />;
    case 'changes':
      return <Pencil size={16} />;
    default:
      return <ArrowRight size={16} />;
  }
}

const statuses = ['open', 'pending', 'snoozed', 'closed'] as const;

const fieldNames = ['name', 'phone', 'email', 'source', 'tags', 'value', 'currency', 'lostReason'] as const;
const isField = (name: string): name is (typeof fieldNames)[number] => fieldNames.some((one) => one === name);

function useWords(): (line: TimelineLine) => string {
  const { t } = useTranslation(['crm', 'inbox', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const person = (id: string | null | undefined) => users.find((user) => user.id === id)?.name ?? null;
  const stageName = useStageNames();
  const named = (word: string | undefined): string => {
    const stage = stages.find((one) => one === word);
    const status = statuses.find((one) => one === word);
    if (stage) return stageName(stage);
    return status ? t(`inbox:status.${status}`) : (person(word) ?? word ?? '');
  };
  return (line) => {
    const said = saidBy(line);
    if (!said) return line.description;
    const { text = '', fields = [] } = said;
    const names = fields.map((field) => (isField(field) ? t(field) : field)).join(', ');
    const what = t(`line.${said.key}`, { from: named(said.from), to: named(said.to), text, fields: names });
    const by = person(said.by);
    return by ? `${what} · ${by}` : what;
  };
}

/** What happened, the newest first. */
export function Timeline({ id, pages, leads }: TimelineProps) {
  const { t } = useTranslation('crm');
  const { brief, exact } = useFormats();
  const words = useWords();
  const mayWrite = useMay('inbox:write');
  const [chosen, setChosen] = useState<Kind[]>([]);
  const lines = filtered(
    leads.flatMap(({ timeline }) => timeline),
    chosen,
  );
  return (
    <Panel title={t('timeline')}>
      {mayWrite && <Composer id={id} />}
      <Chips
        label={t('filterTimeline')}
        chips={kinds.map((id) => ({ id, label: t(`kind.${id}`) }))}
        selected={chosen}
        onChange={setChosen}
      />
      {lines.length === 0 && <p className={css['muted']}>{t('emptyTimeline')}</p>}
      <ol className={css['lines']}>
        {lines.map((line) => (
          <li key={line.id} className={css['line']}>
            <span aria-hidden>{iconOf(line)}</span>
            <span>
              <bdi>{words(line)}</bdi>
              <time dateTime={line.at} title={exact(line.at)}>
                {brief(line.at)}
              </time>
            </span>
          </li>
        ))}
      </ol>
      <LoadMore pages={pages} />
    </Panel>
  );
}
