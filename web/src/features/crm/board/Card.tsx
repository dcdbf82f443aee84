import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, GripVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import type { Lead, Stage } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Avatar } from '@/design/Avatar';
import { Count } from '@/design/Badge';
import { IconButton } from '@/design/IconButton';
import { Menu, type MenuAction } from '@/design/Menu';
import { useBoardStages, useStageNames } from '../pipelines';
import { StageDot } from '../StageDot';
import css from './Board.module.css';

interface CardProps {
  lead: Lead;
  mayMove: boolean;
  onMove: (lead: Lead, to: Stage) => void;
}

function CardMenu({ lead, mayMove, onMove }: CardProps) {
  const { t } = useTranslation(['crm', 'common']);
  const navigate = useNavigate();
  const [conversationId] = lead.conversations;
  const open: MenuAction[] = [
    {
      id: 'lead',
      label: t('openLead'),
      run: () => void navigate({ to: '/leads/$leadId', params: { leadId: lead.id } }),
    },
    ...(conversationId
      ? [
          {
            id: 'conversation',
            label: t('openConversation'),
            run: () => void navigate({ to: '/inbox/$conversationId', params: { conversationId } }),
          },
        ]
      : []),
  ];
  const stageName = useStageNames();
  const moves: MenuAction[] = useBoardStages()
    .filter((stage) => mayMove && stage !== lead.stage)
    .map((stage) => ({
      id: stage,
      label: t('moveTo', { stage: stageName(stage) }),
      icon: <StageDot stage={stage} />,
      run: () => onMove(lead, stage),
    }));
  const label = t('cardMenu', { name: lead.name });
  return (
    <Menu
      label={label}
      trigger={<IconButton label={label} icon={<Ellipsis size={16} />} />}
      actions={[...open, ...moves]}
    />
  );
}

export function Card(props: CardProps) {
  const { t } = useTranslation(['crm', 'inbox', 'common']);
  const { brief, exact } = useFormats();
  const { lead, mayMove } = props;
  const { lastMessage, lastMessageAt } = lead;
  return (
    <GridListItem id={lead.id} textValue={lead.name} className={css['card'] ?? ''}>
      <div className={css['who']}>
        <Avatar name={lead.name} seed={lead.id} size="small" />
        <bdi className={css['name']}>{lead.name}</bdi>
        {mayMove && (
          <Button slot="drag" className={css['grip'] ?? ''} aria-label={t('drag', { name: lead.name })}>
            <GripVertical size={16} aria-hidden />
          </Button>
        )}
      </div>
      {lastMessage && (
        <p className={css['last']}>
          {lastMessage.direction === 'outbound' && `${t('common:you')}: `}
          <bdi>{lastMessage.text}</bdi>
        </p>
      )}
      <div className={css['foot']}>
        {lead.unread > 0 && <Count value={lead.unread} label={t('inbox:unread', { count: lead.unread })} />}
        {lastMessageAt && (
          <time dateTime={lastMessageAt} title={exact(lastMessageAt)}>
            {brief(lastMessageAt)}
          </time>
        )}
        <span className={css['menu']}>
          <CardMenu {...props} />
        </span>
      </div>
    </GridListItem>
  );
}
