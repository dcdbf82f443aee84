import { CornerUpLeft, Lock, SendHorizontal, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/pending';
import type { Message } from '@/api/schema';
import { useCommands, type Command } from '@/app/commands';
import { useMay, useMe } from '@/app/me';
import { useRealtime } from '@/app/realtime';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import css from './Composer.module.css';
import { readDraft, writeDraft } from './drafts';
import { useSend } from './outgoing';
import { useTypingSignal } from './useTypingSignal';

const LIMIT = 4096;
/** From here on the counter is shown. */
const NEAR_LIMIT = 3500;

interface ComposerProps {
  conversation: Conversation;
  now: number;
  replyTo: Message | null;
  onReplyTo: (message: Message | null) => void;
}

export function Composer({ conversation, now, replyTo, onReplyTo }: ComposerProps) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const { id, name, windowUntil } = conversation;
  const [text, setText] = useState(() => readDraft(me.id, id));
  const box = useRef<HTMLTextAreaElement>(null);
  const { send } = useSend(id);
  const { typing } = useRealtime();
  const signal = useTypingSignal(id, typing);
  const maySend = useMay('inbox:write');
  const isOpen = windowUntil !== null && Date.parse(windowUntil) > now;
  // People count characters as WhatsApp does: by code points.
  const length = Array.from(text).length;
  const isSendable = text.trim() !== '' && length <= LIMIT;

  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'reply',
        label: t('keys.reply'),
        keys: 'Alt+L',
        section: 'inbox',
        run: () => box.current?.focus(),
      },
    ],
    [t],
  );
  useCommands(commands);
  useEffect(() => box.current?.focus(), [replyTo]);

  const write = (changed: string) => {
    setText(changed);
    writeDraft(me.id, id, changed);
    signal();
  };
  const submit = () => {
    if (!isSendable) return;
    send(text, replyTo?.wamid ?? null);
    setText('');
    writeDraft(me.id, id, '');
    onReplyTo(null);
    box.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && replyTo) onReplyTo(null);
  };

  if (!maySend || !isOpen) {
    return (
      <p className={css['locked']}>
        <Lock size={16} aria-hidden /> {maySend ? t('composer.windowClosed') : t('composer.mayNot')}
      </p>
    );
  }
  return (
    <div className={css['composer']}>
      {replyTo && (
        <div className={css['reply']}>
          <CornerUpLeft size={16} aria-hidden />
          <span className="visually-hidden">{t('composer.replyTo')}</span>
          <bdi className={css['quote']}>{replyTo.text}</bdi>
          <IconButton
            label={t('composer.cancelReply')}
            icon={<X size={16} />}
            onPress={() => onReplyTo(null)}
          />
        </div>
      )}
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
        <span id="composer-keys" className={css['keys']}>
          {t('composer.keys')}
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
