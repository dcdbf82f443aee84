import { Image, Sticker } from 'lucide-react';
import { lazy, Suspense, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { Message } from '@/api/schema';
import type { MediaView } from '../kinds';
import css from './Kind.module.css';
import { Gone, MediaState } from './MediaState';
import { useFile } from './useFile';

const Lightbox = lazy(() => import('./Lightbox').then(({ Lightbox }) => ({ default: Lightbox })));

interface PictureProps {
  message: Message;
  media: MediaView;
  name: string;
  isSticker?: boolean;
}

/** Wide and tall pictures are cut in the thread, so that none fills it. */
export function shapeOf({ width, height }: MediaView): CSSProperties {
  if (!width || !height) return {};
  return { aspectRatio: String(Math.min(2, Math.max(0.75, width / height))) };
}

export function Picture(props: PictureProps) {
  const { message, media, name, isSticker = false } = props;
  return (
    <MediaState
      message={message}
      media={media}
      name={name}
      icon={isSticker ? <Sticker size={20} /> : <Image size={20} />}
    >
      <Shown {...props} isSticker={isSticker} />
    </MediaState>
  );
}

function Shown({ message, media, name, isSticker }: PictureProps) {
  const { t } = useTranslation('kinds');
  const { url, thumbnailUrl, isGone, onError, again } = useFile(media);
  const [isOpen, setOpen] = useState(false);
  if (isGone || url === null) return <Gone onAgain={again} />;
  if (isSticker) return <img className={css['sticker']} src={url} alt={name} onError={onError} />;
  const alt = message.content && 'caption' in message.content ? (message.content.caption ?? name) : name;
  return (
    <>
      <AriaButton
        className={css['picture'] ?? ''}
        style={shapeOf(media)}
        aria-label={t('media.open', { name: alt })}
        onPress={() => setOpen(true)}
      >
        <img src={thumbnailUrl ?? url} alt="" loading="lazy" draggable={false} onError={onError} />
      </AriaButton>
      {isOpen && (
        <Suspense>
          <Lightbox message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
