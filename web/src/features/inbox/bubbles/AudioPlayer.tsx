import { Mic, Music, Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { Message } from '@/api/schema';
import type { MediaView } from '../kinds';
import { clockText } from './facts';
import css from './Kind.module.css';
import { Gone, MediaState } from './MediaState';
import { useFile } from './useFile';
import { usePlayer } from './usePlayer';

interface AudioPlayerProps {
  message: Message;
  media: MediaView;
  isVoice: boolean;
}

export function AudioPlayer({ message, media, isVoice }: AudioPlayerProps) {
  const { t } = useTranslation('inbox');
  const name = t(isVoice ? 'message.voice' : 'message.audio');
  const icon = isVoice ? <Mic size={20} /> : <Music size={20} />;
  return (
    <MediaState message={message} media={media} name={name} icon={icon}>
      <Shown media={media} name={name} isVoice={isVoice} />
    </MediaState>
  );
}

function Shown({ media, name, isVoice }: { media: MediaView; name: string; isVoice: boolean }) {
  const { url, isGone, onError, again } = useFile(media);
  if (isGone || url === null) return <Gone onAgain={again} />;
  return <Player url={url} name={name} isVoice={isVoice} onError={onError} />;
}

interface PlayerProps {
  url: string;
  name: string;
  isVoice?: boolean;
  /** How long it is, where the file does not say it. */
  seconds?: number;
  onError?: () => void;
}

/** Plays a recording: only one at a time. */
export function Player({ url, name, isVoice = false, seconds = 0, onError }: PlayerProps) {
  const { t } = useTranslation('kinds');
  const { audio, isPlaying, at, length, speed, toggle, seek, faster, listeners } = usePlayer(seconds);
  const label = t(isPlaying ? 'player.pause' : 'player.play');
  return (
    <div className={css['player']} role="group" aria-label={name}>
      {/* What customers say has no subtitles. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={audio} src={url} preload="metadata" onError={onError} {...listeners} />
      <AriaButton className={css['play'] ?? ''} aria-label={label} onPress={toggle}>
        {isPlaying ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
      </AriaButton>
      <div className={css['track']}>
        <input
          type="range"
          className={css['seek']}
          min={0}
          max={Math.max(length, 0.1)}
          step={0.1}
          value={Math.min(at, length)}
          aria-label={t('player.position')}
          aria-valuetext={`${clockText(at)} / ${clockText(length)}`}
          onChange={({ target }) => seek(Number(target.value))}
        />
        <span className={css['clock']}>
          {isVoice && <Mic size={16} aria-hidden />}
          {clockText(isPlaying || at > 0 ? at : length)}
        </span>
      </div>
      <AriaButton className={css['speed'] ?? ''} aria-label={t('player.speed', { speed })} onPress={faster}>
        {speed}×
      </AriaButton>
    </div>
  );
}
