import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { keys } from '@/api/keys';
import type { Pages } from '@/api/pages';
import type { Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { IconButton } from '@/design/IconButton';
import { FormattedText } from '../FormattedText';
import { asKind, type KindMessage } from '../kinds';
import css from './Lightbox.module.css';
import { Gone } from './MediaState';
import { useFile } from './useFile';

const isShown = ({ type, media, revoked }: KindMessage): boolean =>
  type === 'image' && !revoked && media?.state === 'stored';

/** A photo as large as the window; the arrow keys lead through those of the thread that are loaded. */
export function Lightbox({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('kinds');
  const cache = useQueryClient();
  // As it was when it opened: a message that comes meanwhile moves nothing under the eye.
  const [photos] = useState(() => {
    const pages = cache.getQueryData<Pages<Message>>(keys.messages(message.conversationId))?.pages ?? [];
    const loaded = pages.flatMap(({ items }) => items.map(asKind)).filter(isShown);
    const isLoaded = loaded.some(({ id }) => id === message.id);
    return isLoaded ? loaded.toReversed() : [asKind(message)];
  });
  const [at, setAt] = useState(() => photos.findIndex(({ id }) => id === message.id));
  const [isLarge, setLarge] = useState(false);
  const shown = photos[at];
  const go = (by: number) => {
    const to = at + by;
    if (to < 0 || to >= photos.length) return;
    setAt(to);
    setLarge(false);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === '+' || event.key === '=') setLarge(true);
    else if (event.key === '-') setLarge(false);
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay isOpen onOpenChange={onClose} isDismissable className={css['scrim'] ?? ''}>
      <Modal className={css['modal'] ?? ''}>
        <Dialog className={css['dialog'] ?? ''} aria-label={t('lightbox.title')}>
          {/* The keys work wherever the focus is in here. */}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div className={css['frame']} onKeyDown={pressed}>
            {shown && (
              <Photo
                key={shown.id}
                shown={shown}
                isLarge={isLarge}
                onLarge={setLarge}
                onClose={onClose}
                position={t('lightbox.position', { index: at + 1, count: photos.length })}
              />
            )}
            {photos.length > 1 && (
              <div className={css['steps']}>
                <IconButton
                  outlined
                  label={t('lightbox.previous')}
                  icon={<ChevronLeft size={20} />}
                  isDisabled={at === 0}
                  onPress={() => go(-1)}
                />
                <IconButton
                  outlined
                  label={t('lightbox.next')}
                  icon={<ChevronRight size={20} />}
                  isDisabled={at === photos.length - 1}
                  onPress={() => go(1)}
                />
              </div>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface PhotoProps {
  shown: KindMessage;
  isLarge: boolean;
  position: string;
  onLarge: (isLarge: boolean) => void;
  onClose: () => void;
}

function Photo({ shown, isLarge, position, onLarge, onClose }: PhotoProps) {
  const { t } = useTranslation(['kinds', 'common']);
  const { exact } = useFormats();
  const { media, content, at } = shown;
  if (!media) return null;
  const caption = shown.edited ?? (content && 'caption' in content ? content.caption : undefined);
  return (
    <>
      <header className={css['bar']}>
        <span className={css['about']} aria-live="polite">
          {exact(at)} · {position}
        </span>
        <IconButton
          label={t(isLarge ? 'lightbox.zoomOut' : 'lightbox.zoomIn')}
          icon={isLarge ? <ZoomOut size={20} /> : <ZoomIn size={20} />}
          onPress={() => onLarge(!isLarge)}
        />
        <a
          className={css['download']}
          href={media.url ?? undefined}
          download={media.filename ?? ''}
          aria-label={t('lightbox.download')}
        >
          <Download size={20} aria-hidden />
        </a>
        <IconButton autoFocus label={t('common:close')} icon={<X size={20} />} onPress={onClose} />
      </header>
      <Canvas shown={shown} media={media} isLarge={isLarge} alt={caption ?? t('lightbox.title')} />
      {caption && (
        <div className={css['caption']}>
          <FormattedText text={caption} />
        </div>
      )}
    </>
  );
}

interface CanvasProps {
  shown: KindMessage;
  media: NonNullable<KindMessage['media']>;
  isLarge: boolean;
  alt: string;
}

function Canvas({ media, isLarge, alt }: CanvasProps) {
  const { t } = useTranslation('kinds');
  const { url, isGone, onError, again } = useFile(media);
  return (
    <div
      className={css['canvas']}
      data-large={isLarge || undefined}
      // A region that scrolls has to be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t('lightbox.title')}
    >
      {isGone || url === null ? <Gone onAgain={again} /> : <img src={url} alt={alt} onError={onError} />}
    </div>
  );
}
