import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lead } from '@/api/schema';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { Dialog } from '@/design/Dialog';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Skeleton } from '@/design/Skeleton';
import { useMergeLeads, useMergePreview } from '../merges';
import { useSearch } from '../search';
import { StageDot } from '../StageDot';
import { phoneOf } from '../stages';
import css from './Lead.module.css';

interface MergeDialogProps {
  lead: Pick<Lead, 'id' | 'name'>;
  /** The lead to merge into it; without one it is searched for. */
  other: string | null;
  onClose: () => void;
}

function Row({ lead }: { lead: Lead }) {
  const { t } = useTranslation('common');
  return (
    <span className={css['itemHead']}>
      <Avatar name={lead.name} seed={lead.id} size="small" />
      <bdi>{lead.name}</bdi>
      <span className={css['muted']}>{phoneOf(lead)}</span>
      <StageDot stage={lead.stage} />
      <span className={css['muted']}>{t(`stage.${lead.stage}`)}</span>
    </span>
  );
}

/** The other lead, found by typing. */
function Choice({ lead, onChoose }: { lead: string; onChoose: (id: string) => void }) {
  const { t } = useTranslation('crm');
  const [text, setText] = useState('');
  const found = useSearch(text).data?.items.filter(({ id }) => id !== lead) ?? [];
  return (
    <>
      <Field label={t('searchLeads')} hint={t('searchHint')} value={text} onChange={setText} autoFocus />
      <ul className={css['items']}>
        {found.slice(0, 8).map((other) => (
          <li key={other.id} className={css['itemHead']}>
            <Row lead={other} />
            <Button onPress={() => onChoose(other.id)}>{t('merge.choose', { name: other.name })}</Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Preview({ lead, other, onClose }: { lead: string; other: string; onClose: () => void }) {
  const { t } = useTranslation(['crm', 'common']);
  const preview = useMergePreview(lead, other);
  const merge = useMergeLeads(lead);
  if (preview.isPending) return <Skeleton kind="card" count={2} />;
  if (!preview.data) return <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />;
  const { fields, merged } = preview.data;
  const send = () => merge.mutate({ other, revision: preview.data.lead.revision }, { onSuccess: onClose });
  return (
    <>
      <p>{t('merge.text', { name: preview.data.other.name })}</p>
      <h3>{t('merge.result')}</h3>
      <Row lead={merged} />
      {fields.length > 0 && (
        <ul>
          {fields.map(({ field, rule }) => (
            <li key={field}>
              {t(`merge.fields.${field}`, { defaultValue: field })}: {t(`merge.rule.${rule}`)}
            </li>
          ))}
        </ul>
      )}
      <p className={css['muted']}>{t('merge.undoHint')}</p>
      {merge.error && <ErrorLine error={merge.error} />}
      <Button look="primary" isPending={merge.isPending} onPress={send}>
        {t('merge.action')}
      </Button>
    </>
  );
}

/** Merges another lead into this one, after showing what comes of it. */
export function MergeDialog({ lead, other, onClose }: MergeDialogProps) {
  const { t } = useTranslation('crm');
  const [chosen, setChosen] = useState(other);
  return (
    <Dialog title={t('merge.title', { name: lead.name })} isOpen onClose={onClose}>
      {chosen === null ? (
        <Choice lead={lead.id} onChoose={setChosen} />
      ) : (
        <Preview lead={lead.id} other={chosen} onClose={onClose} />
      )}
    </Dialog>
  );
}
