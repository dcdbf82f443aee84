import { Smile } from 'lucide-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonContext } from 'react-aria-components/Button';
import { IconButton } from '@/design/IconButton';
import { part } from '@/design/part';
import { useOpener } from '@/design/useOpener';

export const EmojiPopover = part(() => import('./EmojiPopover').then(({ EmojiPopover }) => EmojiPopover));

export function EmojiButton({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { t } = useTranslation('inbox');
  const { preload } = EmojiPopover;
  const { button, trigger, isOpen, setOpen } = useOpener({ kind: 'dialog', preload });
  const pick = (emoji: string) => {
    setOpen(false);
    // Once the popover has given the focus back.
    setTimeout(() => onEmoji(emoji), 0);
  };
  return (
    <>
      <ButtonContext value={{ ...button, ref: trigger }}>
        <IconButton label={t('composer.emoji')} icon={<Smile size={20} />} />
      </ButtonContext>
      {isOpen && (
        <Suspense>
          <EmojiPopover trigger={trigger} onOpenChange={setOpen} onEmoji={pick} />
        </Suspense>
      )}
    </>
  );
}
