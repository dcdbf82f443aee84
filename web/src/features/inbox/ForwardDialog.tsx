import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '@/api/schema';
import { Button } from '@/design/Button';
import { Checkbox } from '@/design/Checkbox';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { LoadMore } from '@/design/LoadMore';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useConversations } from './conversations';
import { found, isWindowOpen, MOST_TARGETS } from './forwards';
import css from './Selection.module.css';
import { useForward } from './useForward';
import { useNow } from './useNow';

interface ForwardDialogProps {
  messages: readonly Message[];
  onClose: () => void;
  onSent: () => void;
}

/** Where the messages go: one to five conversations whose window is open. */
export function ForwardDialog({ messages, onClose, onSent }: ForwardDialogProps) {
  const { t } = useTranslation('kinds');
  const now = useNow();
  const conversations = useConversations({ tab: 'all', status: 'all' });
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const forward = useForward();
  const all = conversations.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = found(all, search);
  const isFull = chosen.size >= MOST_TARGETS;
  const toggle = (id: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const submit = () => {
    forward(messages, [...chosen]);
    showToast(t('forward.sent', { count: chosen.size }));
    onSent();
  };
  return (
    <Dialog
      title={t('forward.title', { count: messages.length })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('forward.cancel')}</Button>
          <Button look="primary" isDisabled={chosen.size === 0} onPress={submit}>
            {t('forward.send')}
          </Button>
        </>
      }
    >
      <div className={css['dialog']}>
        <p className={css['hint']}>{t('forward.hint')}</p>
        <Field label={t('forward.search')} type="search" autoFocus value={search} onChange={setSearch} />
        {conversations.isPending && <Skeleton kind="row" count={4} />}
        {conversations.error && all.length === 0 && (
          <ErrorPanel error={conversations.error} onRetry={() => void conversations.refetch()} />
        )}
        <ul className={css['targets']} aria-label={t('forward.list')}>
          {shown.map((conversation) => (
            <Target
              key={conversation.id}
              conversation={conversation}
              isOpen={isWindowOpen(conversation, now)}
              isChosen={chosen.has(conversation.id)}
              isFull={isFull}
              onChange={() => toggle(conversation.id)}
            />
          ))}
        </ul>
        {conversations.isSuccess && shown.length === 0 && <p className={css['hint']}>{t('forward.none')}</p>}
        {isFull && (
          <p className={css['hint']} role="status">
            {t('forward.most', { count: MOST_TARGETS })}
          </p>
        )}
        <LoadMore pages={conversations} />
      </div>
    </Dialog>
  );
}

interface TargetProps {
  conversation: Conversation;
  isOpen: boolean;
  isChosen: boolean;
  isFull: boolean;
  onChange: () => void;
}

function Target({ conversation, isOpen, isChosen, isFull, onChange }: TargetProps) {
  const { t } = useTranslation('kinds');
  const { name, channelName } = conversation;
  return (
    <li className={css['target']}>
      <Checkbox isSelected={isChosen} isDisabled={!isChosen && (!isOpen || isFull)} onChange={onChange}>
        <span className={css['who']}>
          <bdi>{name}</bdi>
          <span className={css['about']}>{isOpen ? channelName : t('forward.closed')}</span>
        </span>
      </Checkbox>
    </li>
  );
}
