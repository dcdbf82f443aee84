import { Link } from '@tanstack/react-router';
import { AlarmClock, ArrowLeft, Check, Hand, PanelRight, RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { knowsConsole, type Conversation } from '@/api/pending';
import { useCommands, type Command } from '@/app/commands';
import { useMay, useMe } from '@/app/me';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import { showToast } from '@/design/toasts';
import { AssigneeSelect } from './AssigneeSelect';
import { useClaim, useSetStatus } from './conversations';
import css from './Header.module.css';
import { Present } from './Present';
import { snoozeTimes } from './snooze';
import { WindowChip } from './WindowChip';

interface HeaderProps {
  conversation: Conversation;
  now: number;
  onContact: () => void;
}

/** What can be done with a conversation; for those who serve customers. */
function Actions({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common']);
  const { mutate: setStatus, isPending } = useSetStatus(conversation.id);
  const claim = useClaim(conversation.id);
  const isClosed = conversation.status === 'closed';
  const commands = useMemo<Command[]>(() => {
    const undo = { label: t('common:undo'), run: () => setStatus({ status: 'open' }) };
    const done = () => showToast(t('header.closed'), { action: undo });
    const close = () => setStatus({ status: 'closed' }, { onSuccess: done });
    return [{ id: 'close', label: t('keys.close'), keys: 'Alt+E', section: 'inbox', run: close }];
  }, [setStatus, t]);
  useCommands(commands);
  const snooze = (snoozedUntil: string) =>
    setStatus(
      { status: 'snoozed', snoozedUntil },
      {
        onSuccess: () =>
          showToast(t('header.snoozed'), {
            action: { label: t('common:undo'), run: () => setStatus({ status: 'open' }) },
          }),
      },
    );
  return (
    <>
      {conversation.assignee ? (
        <AssigneeSelect conversation={conversation} />
      ) : (
        <Button
          icon={<Hand size={16} aria-hidden />}
          isPending={claim.isPending}
          onPress={() => claim.mutate()}
        >
          {t('header.claim')}
        </Button>
      )}
      <Menu
        label={t('header.snooze')}
        trigger={<IconButton outlined label={t('header.snooze')} icon={<AlarmClock size={16} />} />}
        actions={snoozeTimes(new Date()).map(({ name, at }) => ({
          id: name,
          label: t(`header.${name}`),
          run: () => snooze(at.toISOString()),
        }))}
      />
      {isClosed ? (
        <Button
          icon={<RotateCcw size={16} aria-hidden />}
          isPending={isPending}
          onPress={() => setStatus({ status: 'open' })}
        >
          {t('header.reopen')}
        </Button>
      ) : (
        <Button
          look="primary"
          icon={<Check size={16} aria-hidden />}
          isPending={isPending}
          onPress={() => commands[0]?.run()}
        >
          {t('header.close')}
        </Button>
      )}
    </>
  );
}

export function Header({ conversation, now, onContact }: HeaderProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const mayServe = useMay('inbox:write');
  const hasActions = knowsConsole(useMe()) && mayServe;
  const { id, name, channelName, windowUntil } = conversation;
  return (
    <header className={css['header']}>
      <Link to="/inbox" search={true} className={css['back']} aria-label={t('common:back')}>
        <ArrowLeft size={20} aria-hidden />
      </Link>
      <Avatar name={name} seed={conversation.leadId} />
      <div className={css['who']}>
        <h1 className={css['name']}>
          <bdi>{name}</bdi>
        </h1>
        <p className={css['about']}>
          {channelName && <span>{channelName}</span>}
          <WindowChip until={windowUntil} now={now} />
          <Present id={id} />
        </p>
      </div>
      <div className={css['actions']}>
        {hasActions && <Actions conversation={conversation} />}
        <IconButton
          outlined
          label={t('header.contact')}
          shortcut="Alt+O"
          icon={<PanelRight size={16} />}
          onPress={onContact}
        />
      </div>
    </header>
  );
}
