import { useQuery } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuickReply } from '@/api/schema';
import { useErrorText } from '@/design/useErrorText';
import { showToast } from '@/design/toasts';
import type { Sendable } from '../kinds';
import { fill, quickRepliesQuery, withFile } from './api';
import css from './Picker.module.css';

interface PickerProps {
  /** What stands in the box, from the slash on. */
  text: string;
  conversation: string;
  box: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string) => void;
  onSend: (said: Sendable) => void;
}

const matches = ({ name, text }: QuickReply, asked: string) =>
  name.includes(asked) || (asked.length > 2 && text.toLowerCase().includes(asked));

/** The quick replies that begin so. Arrow keys and Enter choose while the box keeps the focus. */
export function Picker({ text, conversation, box, onText, onSend }: PickerProps) {
  const { t } = useTranslation('kinds');
  const say = useErrorText();
  const asked = text.slice(1).toLowerCase();
  const all = useQuery(quickRepliesQuery).data?.items ?? [];
  const found = all.filter((reply) => matches(reply, asked)).slice(0, 20);
  const [place, setPlace] = useState(0);
  const at = Math.min(place, Math.max(0, found.length - 1));

  const choose = async (reply: QuickReply) => {
    try {
      const filled = await fill(reply.id, conversation);
      const said = withFile(filled);
      if (said) onSend(said);
      onText(said ? '' : filled.text);
    } catch (error) {
      showToast(say(error).text, { look: 'error' });
    }
  };
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const reply = found[at];
    if (event.isComposing || !reply) return;
    if (event.key === 'ArrowDown') setPlace((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setPlace((at + found.length - 1) % found.length);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') void choose(reply);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const element = box.current;
    element?.addEventListener('keydown', pressed);
    return () => element?.removeEventListener('keydown', pressed);
  }, [box]);

  if (found.length === 0) return null;
  return (
    <ul className={css['picker']} role="listbox" aria-label={t('jobs.quick.title')}>
      {found.map((reply, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the focus and takes the keys
        <li
          key={reply.id}
          role="option"
          aria-selected={index === at}
          className={css['reply']}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void choose(reply)}
        >
          <bdi className={css['name']}>/{reply.name}</bdi>
          <bdi className={css['text']}>{reply.text}</bdi>
          {reply.mediaId && <Paperclip size={16} role="img" aria-label={t('jobs.quick.file')} />}
        </li>
      ))}
    </ul>
  );
}
