import { Plus, Undo2 } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'react-aria-components/Dialog';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import type { Message } from '@/api/schema';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import emojiCss from '../Emoji.module.css';
import { EmojiPicker } from '../EmojiPicker';
import { asKind } from '../kinds';
import { useReact } from '../useReact';
import css from './ReactionPicker.module.css';

/** Those that WhatsApp offers first. */
const FIRST = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface ReactionPickerProps {
  message: Message;
  trigger: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A row of emoji to react with, all others behind a plus, and the way back. */
export function ReactionPicker({ message, trigger, onClose }: ReactionPickerProps) {
  const { t } = useTranslation('kinds');
  const [showsAll, setShowsAll] = useState(false);
  const react = useReact(message);
  const { ownReaction } = asKind(message);
  const pick = (emoji: string | null) => {
    onClose();
    react(emoji);
  };
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={onClose}
      placement="top"
      className={emojiCss['popover'] ?? ''}
    >
      <Dialog aria-label={t('reactions.title')} className={css['dialog'] ?? ''}>
        {showsAll ? (
          <div className={emojiCss['dialog']}>
            <EmojiPicker onEmoji={pick} />
          </div>
        ) : (
          <div className={css['row']}>
            <ListBox
              aria-label={t('reactions.choices')}
              layout="grid"
              orientation="horizontal"
              autoFocus="first"
              className={css['list'] ?? ''}
              onAction={(key) => pick(String(key) === ownReaction ? null : String(key))}
            >
              {FIRST.map((emoji) => (
                <ListBoxItem
                  key={emoji}
                  id={emoji}
                  textValue={emoji}
                  className={css['emoji'] ?? ''}
                  data-own={emoji === ownReaction || undefined}
                >
                  {emoji}
                </ListBoxItem>
              ))}
            </ListBox>
            <IconButton
              label={t('reactions.all')}
              icon={<Plus size={20} />}
              onPress={() => setShowsAll(true)}
            />
          </div>
        )}
        {ownReaction && !showsAll && (
          <Button look="quiet" size="small" icon={<Undo2 size={16} aria-hidden />} onPress={() => pick(null)}>
            {t('reactions.withdraw', { emoji: ownReaction })}
          </Button>
        )}
      </Dialog>
    </Popover>
  );
}
