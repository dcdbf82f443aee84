import { Video } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import type { MediaView } from '../kinds';
import css from './Kind.module.css';
import { Gone, MediaState } from './MediaState';
import { shapeOf } from './Picture';
import { useFile } from './useFile';

interface FilmProps {
  message: Message;
  media: MediaView;
}

export function Film({ message, media }: FilmProps) {
  const { t } = useTranslation('inbox');
  return (
    <MediaState message={message} media={media} name={t('message.video')} icon={<Video size={20} />}>
      <Shown media={media} name={t('message.video')} />
    </MediaState>
  );
}

function Shown({ media, name }: { media: MediaView; name: string }) {
  const { url, thumbnailUrl, isGone, onError, again } = useFile(media);
  if (isGone || url === null) return <Gone onAgain={again} />;
  return (
    // What customers film has no subtitles.
    // eslint-disable-next-line jsx-a11y/media-has-caption
    <video
      className={css['film']}
      style={shapeOf(media)}
      src={url}
      poster={(media.thumbnailUrl && thumbnailUrl) ?? undefined}
      // Without a still picture its first frame stands for it.
      preload={media.thumbnailUrl ? 'none' : 'metadata'}
      controls
      playsInline
      aria-label={name}
      onError={onError}
    />
  );
}
