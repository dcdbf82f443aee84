import { CornerUpLeft, Lock, SendHorizontal, X } from 'lucide-react';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '@/api/schema';
import { useCommands, type Command } from '@/app/commands';
import { useMay, useMe } from '@/app/me';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import css from './Composer.module.css';
import { EmojiButton } from './EmojiButton';
import { useOutgoing, useSend } from './outgoing';
import { useDraft } from './useDraft';
import { useNewestInbound } from './useNewestInbound';

const LIMIT = 4096;
/** From here on the counter is shown. */
const NEAR_LIMIT = 3500;
const MARKS: Record<string, string> = { b: '*', i: '_' };
/** On a phone the keyboard would cover what one came to read. */
const hasKeyboard = matchMedia('(hover: hover)');

interface ComposerProps {
  conversation: Conversation;
  now: number;
  replyTo: Message | null;
  onReplyTo: (message: Message | null) => void;
  onLeave: () => void;
}

function Locked({ reason }: { reason: string }) {
  return (
    <p className={css['locked']}>
      <Lock size={16} aria-hidden /> {reason}
    </p>
  );
}

function ReplyLine({ replyTo, onCancel }: { replyTo: Message; onCancel: () => void }) {
  const { t } = useTranslation('inbox');
  return (
    <div className={css['reply']}>
      <CornerUpLeft size={16} aria-hidden />
      <span className="visually-hidden">{t('composer.replyTo')}</span>
      <bdi className={css['quote']}>{replyTo.text}</bdi>
      <IconButton label={t('composer.cancelReply')} icon={<X size={16} />} onPress={onCancel} />
    </div>
  );
}

export function Composer(props: ComposerProps) {
  const { t } = useTranslation('inbox');
  const maySend = useMay('inbox:write');
  const { windowUntil } = props.conversation;
  const isOpen = windowUntil !== null && Date.parse(windowUntil) > props.now;
  if (!maySend) return <Locked reason={t('composer.mayNot')} />;
  if (!isOpen) return <Locked reason={t('composer.windowClosed')} />;
  return <Writing {...props} />;
}

function Writing({ conversation, replyTo, onReplyTo, onLeave }: ComposerProps) {
  const { t } = useTranslation('inbox');
  const { id, name } = conversation;
  const box = useRef<HTMLTextAreaElement>(null);
  const { text, write, clear, insert, wrap } = useDraft(useMe().id, id, box);
  const { send } = useSend(id);
  const isWaiting = useOutgoing(id).some(({ messageId, error }) => messageId === undefined && !error);
  const newestInbound = useNewestInbound(id);
  // People count characters as WhatsApp does: by code points.
  const length = Array.from(text).length;
  const isSendable = text.trim() !== '' && length <= LIMIT;

  const commands = useMemo<Command[]>(() => {
    const focus = () => box.current?.focus();
    return [{ id: 'reply', label: t('keys.reply'), keys: 'Alt+L', section: 'inbox', run: focus }];
  }, [t]);
  useCommands(commands);
  useEffect(() => {
    if (hasKeyboard.matches || replyTo) box.current?.focus();
  }, [replyTo]);

  const submit = () => {
    if (!isSendable) return;
    send(text, replyTo?.wamid ?? null);
    clear();
    onReplyTo(null);
    box.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const mark = event.ctrlKey || event.metaKey ? MARKS[event.key] : undefined;
    if (mark !== undefined && !event.altKey) wrap(mark);
    else if (event.key === 'Enter' && !event.shiftKey) submit();
    else if (event.key === 'Escape' && replyTo) onReplyTo(null);
    else if (event.key === 'Escape') onLeave();
    else if (event.key === 'ArrowUp' && text === '' && !event.altKey) onReplyTo(newestInbound());
    else return;
    event.preventDefault();
  };

  return (
    <div className={css['composer']}>
      {replyTo && <ReplyLine replyTo={replyTo} onCancel={() => onReplyTo(null)} />}
      <textarea
        ref={box}
        className={css['box']}
        aria-label={t('composer.label', { name })}
        aria-describedby="composer-keys"
        placeholder={t('composer.placeholder')}
        rows={2}
        dir="auto"
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={pressed}
      />
      <div className={css['foot']}>
        <EmojiButton onEmoji={insert} />
        <span id="composer-keys" className={css['keys']}>
          {t('composer.keys')}
        </span>
        <span role="status" className={css['state']}>
          {isWaiting && !navigator.onLine && t('ticks.waiting')}
        </span>
        {length >= NEAR_LIMIT && (
          <span className={css['counter']} data-over={length > LIMIT || undefined} role="status">
            {t('composer.counter', { count: length, limit: LIMIT })}
          </span>
        )}
        <Button
          look="primary"
          icon={<SendHorizontal size={16} aria-hidden />}
          isDisabled={!isSendable}
          onPress={submit}
        >
          {t('composer.send')}
        </Button>
      </div>
    </div>
  );
}
