import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from 'react-i18next';
import type { PopoverProps } from '@/design/useOpener';
import css from './Emoji.module.css';
import { EmojiPicker } from './EmojiPicker';

/** The emoji over the composer while they are open. */
export function EmojiPopover({ onEmoji, ...props }: PopoverProps & { onEmoji: (emoji: string) => void }) {
  const { t } = useTranslation('inbox');
  return (
    <Popover
      triggerRef={props.trigger}
      isOpen
      onOpenChange={props.onOpenChange}
      placement="top start"
      aria-label={t('composer.emoji')}
      className={css['popover'] ?? ''}
    >
      <Dialog className={css['dialog'] ?? ''} aria-label={t('composer.emoji')}>
        <EmojiPicker onEmoji={onEmoji} />
      </Dialog>
    </Popover>
  );
}
