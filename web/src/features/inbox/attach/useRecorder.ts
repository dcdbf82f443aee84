import { useCallback, useEffect, useRef, useState } from 'react';
import type { FileToSend } from './uploads';
import { openMicrophone, type Microphone } from './microphone';
import {
  BITS_PER_SECOND,
  LONGEST_SECONDS,
  recordingOf,
  troubleOf,
  type MicrophoneTrouble,
  type Recording,
} from './voice';

export type RecorderState =
  | { is: 'starting' }
  | { is: 'recording'; as: Recording['as']; seconds: number; level: number }
  | { is: 'recorded'; as: Recording['as']; seconds: number; address: string; isLongest: boolean }
  | { is: 'converting' }
  | { is: 'trouble'; why: MicrophoneTrouble | 'unsupported' };

interface Session {
  microphone: Microphone;
  recorder: MediaRecorder;
  recording: Recording;
  parts: Blob[];
  began: number;
  seconds: number;
}

const TICK = 100;

async function fileOf(blob: Blob, { as }: Recording): Promise<FileToSend> {
  if (as === 'audio') {
    const file = new File([blob], 'recording.m4a', { type: 'audio/mp4' });
    return { file, kind: 'audio', address: URL.createObjectURL(file) };
  }
  const ogg = as === 'remux' ? await (await import('./ogg')).oggOf(blob) : blob;
  const file = new File([ogg], 'voice.ogg', { type: 'audio/ogg' });
  return { file, kind: 'voice', address: URL.createObjectURL(file) };
}

/** A recording from the first second to what is sent: it begins at once, since one has pressed the microphone. */
export function useRecorder(onFile: (file: FileToSend) => void, onClose: () => void) {
  const [state, setState] = useState<RecorderState>({ is: 'starting' });
  const [attempt, setAttempt] = useState(0);
  const session = useRef<Session | null>(null);
  const blob = useRef<Blob | null>(null);

  /** Ends the recording, if it still runs, and gives what was recorded. */
  const finish = useCallback(async (): Promise<Blob | null> => {
    const current = session.current;
    if (!current) return null;
    const { recorder, microphone, parts, recording } = current;
    if (recorder.state !== 'inactive') {
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await ended;
      microphone.close();
      current.seconds = (performance.now() - current.began) / 1000;
      blob.current = new Blob(parts, { type: recording.mimeType });
    }
    return blob.current;
  }, []);

  const stop = useCallback(
    async (isLongest = false) => {
      const recorded = await finish();
      const current = session.current;
      if (!recorded || !current) return;
      const { seconds, recording } = current;
      setState({
        is: 'recorded',
        as: recording.as,
        seconds,
        address: URL.createObjectURL(recorded),
        isLongest,
      });
    },
    [finish],
  );

  useEffect(() => {
    let isHere = true;
    let ticking: ReturnType<typeof setInterval> | undefined;
    const begin = async () => {
      const canRecord = typeof MediaRecorder !== 'undefined' && 'mediaDevices' in navigator;
      const recording = canRecord ? recordingOf((type) => MediaRecorder.isTypeSupported(type)) : null;
      if (!recording) {
        setState({ is: 'trouble', why: 'unsupported' });
        return;
      }
      const microphone = await openMicrophone();
      if (!isHere) {
        microphone.close();
        return;
      }
      const { mimeType, as } = recording;
      const recorder = new MediaRecorder(microphone.stream, {
        mimeType,
        audioBitsPerSecond: BITS_PER_SECOND,
      });
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      recorder.start(1000);
      const began = performance.now();
      session.current = { microphone, recorder, recording, parts, began, seconds: 0 };
      ticking = setInterval(() => {
        if (recorder.state === 'inactive') {
          clearInterval(ticking);
          return;
        }
        const seconds = (performance.now() - began) / 1000;
        if (seconds >= LONGEST_SECONDS) void stop(true);
        else setState({ is: 'recording', as, seconds, level: microphone.level() });
      }, TICK);
      setState({ is: 'recording', as, seconds: 0, level: 0 });
    };
    begin().catch((error: unknown) => isHere && setState({ is: 'trouble', why: troubleOf(error) }));
    return () => {
      isHere = false;
      clearInterval(ticking);
      const current = session.current;
      if (current && current.recorder.state !== 'inactive') current.recorder.stop();
      current?.microphone.close();
      session.current = null;
    };
  }, [attempt, stop]);

  const send = async () => {
    const recording = session.current?.recording;
    const recorded = await finish();
    if (!recording || !recorded) return;
    setState({ is: 'converting' });
    try {
      onFile(await fileOf(recorded, recording));
      onClose();
    } catch {
      setState({ is: 'trouble', why: 'failed' });
    }
  };
  const again = () => {
    setState({ is: 'starting' });
    setAttempt((count) => count + 1);
  };
  return { state, stop: () => void stop(), send: () => void send(), again };
}
