import { Smile } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { IconButton } from '@/design/IconButton';
import { Skeleton } from '@/design/Skeleton';
import css from './Emoji.module.css';

const EmojiPicker = lazy(() => import('./EmojiPicker').then(({ EmojiPicker }) => ({ default: EmojiPicker })));

export function EmojiButton({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { t } = useTranslation('inbox');
  const [isOpen, setOpen] = useState(false);
  const pick = (emoji: string) => {
    setOpen(false);
    // Once the popover has given the focus back.
    setTimeout(() => onEmoji(emoji), 0);
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <IconButton label={t('composer.emoji')} icon={<Smile size={20} />} />
      <Popover className={css['popover'] ?? ''} placement="top start">
        <Dialog className={css['dialog'] ?? ''} aria-label={t('composer.emoji')}>
          <Suspense fallback={<Skeleton count={6} />}>
            <EmojiPicker onEmoji={pick} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
