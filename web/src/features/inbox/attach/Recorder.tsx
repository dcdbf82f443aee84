import { CircleAlert, Info, Mic, SendHorizontal, Square, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { Player } from '../bubbles/AudioPlayer';
import { clockText } from '../bubbles/facts';
import css from './Recorder.module.css';
import type { FileToSend } from './uploads';
import { useRecorder, type RecorderState } from './useRecorder';
import { LONGEST_SECONDS } from './voice';

interface RecorderProps {
  onFile: (file: FileToSend) => void;
  onClose: () => void;
}

/** Records a voice message in place of the text box; it can be heard before it goes out. */
export function Recorder({ onFile, onClose }: RecorderProps) {
  const { t } = useTranslation('kinds');
  const { state, stop, send, again } = useRecorder(onFile, onClose);
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  const isLive = state.is === 'recording' || state.is === 'recorded';
  return (
    // Escape works wherever the focus is in here.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div className={css['recorder']} role="group" aria-label={t('voice.title')} onKeyDown={pressed}>
      <div className={css['line']}>
        <IconButton label={t('voice.discard')} icon={<Trash2 size={20} />} onPress={onClose} />
        <Shown state={state} />
        {state.is === 'recording' && (
          <Button icon={<Square size={16} aria-hidden />} onPress={stop}>
            {t('voice.stop')}
          </Button>
        )}
        {isLive && (
          <Button autoFocus look="primary" icon={<SendHorizontal size={16} aria-hidden />} onPress={send}>
            {t('voice.send')}
          </Button>
        )}
        {state.is === 'trouble' && state.why !== 'unsupported' && (
          <Button autoFocus onPress={again}>
            {t('voice.retry')}
          </Button>
        )}
      </div>
      {isLive && state.as === 'audio' && (
        <p className={css['note']}>
          <Info size={16} aria-hidden /> {t('voice.asAudio')}
        </p>
      )}
    </div>
  );
}

function Shown({ state }: { state: RecorderState }) {
  const { t } = useTranslation('kinds');
  switch (state.is) {
    case 'starting':
    case 'converting':
      return (
        <p className={css['state']} role="status">
          {t(`voice.${state.is}`)}
        </p>
      );
    case 'recording':
      return (
        <div className={css['state']}>
          <Mic size={16} className={css['live']} aria-hidden />
          <span role="status">{t('voice.recording')}</span>
          <span className={css['clock']} role="timer">
            {clockText(state.seconds)}
          </span>
          <span className={css['level']} aria-hidden>
            <span style={{ transform: `scaleX(${state.level})` }} />
          </span>
        </div>
      );
    case 'recorded':
      return (
        <div className={css['state']}>
          <Player url={state.address} name={t('voice.title')} seconds={state.seconds} isVoice />
          {state.isLongest && (
            <span role="status">{t('voice.tooLong', { limit: clockText(LONGEST_SECONDS) })}</span>
          )}
        </div>
      );
    case 'trouble':
      return (
        <p className={css['trouble']} role="alert">
          <CircleAlert size={16} aria-hidden /> {t(`voice.${state.why}`)}
        </p>
      );
  }
}
