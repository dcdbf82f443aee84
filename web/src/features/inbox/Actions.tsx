import { AlarmClock, Check, Hand, Mail, RotateCcw } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { keyLabel, useCommands, type Command } from '@/app/commands';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import { AssigneeSelect } from './AssigneeSelect';
import { useClaim, useMarkUnread } from './conversations';
import css from './Header.module.css';
import { snoozeTimes } from './snooze';
import { useStatus } from './useStatus';

const UNREAD = 'Mod+Alt+Shift+U';

interface ActionsProps {
  conversation: Conversation;
  onNext: () => void;
  onLeave: () => void;
}

/** What can be done with a conversation; for those who serve customers. */
export function Actions({ conversation, onNext, onLeave }: ActionsProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const { exact } = useFormats();
  const { close, reopen, snooze, isPending } = useStatus(conversation.id);
  const { mutate: claim, isPending: isClaiming } = useClaim(conversation.id);
  const { mutate: mark } = useMarkUnread(conversation);
  const [isSnoozing, setSnoozing] = useState(false);
  const isClosed = conversation.status === 'closed';
  const isFree = !conversation.assignee;

  // Whoever stays would have read it.
  const markUnread = useCallback(() => {
    mark();
    onLeave();
  }, [mark, onLeave]);

  const commands = useMemo<Command[]>(
    () => [
      { id: 'close', label: t('keys.close'), keys: 'Alt+E', section: 'inbox', run: close },
      {
        id: 'close-next',
        label: t('keys.closeNext'),
        keys: 'Mod+Alt+E',
        section: 'inbox',
        run: () => {
          close();
          onNext();
        },
      },
      {
        id: 'snooze',
        label: t('keys.snooze'),
        keys: 'Alt+M',
        section: 'inbox',
        run: () => setSnoozing(true),
      },
      {
        id: 'unread',
        label: t('header.unread'),
        keys: UNREAD,
        section: 'inbox',
        run: markUnread,
      },
      ...(isFree
        ? [
            {
              id: 'claim',
              label: t('keys.claim'),
              keys: 'Alt+A',
              section: 'inbox' as const,
              run: () => claim(),
            },
          ]
        : []),
    ],
    [close, claim, markUnread, isFree, onNext, t],
  );
  useCommands(commands);

  return (
    <>
      {isFree ? (
        <Button icon={<Hand size={16} aria-hidden />} isPending={isClaiming} onPress={() => claim()}>
          {t('header.claim')}
        </Button>
      ) : (
        <span className={css['assignee']}>
          <AssigneeSelect conversation={conversation} />
        </span>
      )}
      <span className={css['unread']}>
        <IconButton
          outlined
          label={t('header.unread')}
          shortcut={keyLabel(UNREAD)}
          icon={<Mail size={16} />}
          onPress={markUnread}
        />
      </span>
      <Menu
        label={t('header.snooze')}
        isOpen={isSnoozing}
        onOpenChange={setSnoozing}
        trigger={
          <IconButton outlined label={t('header.snooze')} shortcut="Alt+M" icon={<AlarmClock size={16} />} />
        }
        actions={snoozeTimes(new Date()).map(({ name, at }) => ({
          id: name,
          label: t(`header.${name}`),
          shortcut: exact(at.toISOString()),
          run: () => snooze(at.toISOString()),
        }))}
      />
      {isClosed ? (
        <Button icon={<RotateCcw size={16} aria-hidden />} isPending={isPending} onPress={reopen}>
          {t('header.reopen')}
        </Button>
      ) : (
        <span title={keyLabel('Alt+E')}>
          <Button look="primary" icon={<Check size={16} aria-hidden />} isPending={isPending} onPress={close}>
            {t('header.close')}
          </Button>
        </span>
      )}
    </>
  );
}
