import { useCallback, useEffect, useRef, useState } from 'react';

const SPEEDS = [1, 1.5, 2] as const;
const STORED = 'leadwire-speed';

/** The one that plays in this tab. */
let playing: HTMLAudioElement | null = null;

const storedSpeed = (): number => {
  const stored = Number(localStorage.getItem(STORED));
  return SPEEDS.find((speed) => speed === stored) ?? 1;
};

/** The state of one player; the speed is the person's, and holds for the next one too. */
export function usePlayer(seconds: number) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds);
  const [speed, setSpeed] = useState(storedSpeed);

  // A bubble that is scrolled away falls silent, as its controls are gone.
  useEffect(() => {
    const element = audio.current;
    return () => {
      element?.pause();
      if (playing === element) playing = null;
    };
  }, []);

  const toggle = useCallback(() => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    if (playing !== element) playing?.pause();
    playing = element;
    const current = storedSpeed();
    setSpeed(current);
    element.playbackRate = current;
    // The element's own error event reports a refusal.
    element.play().catch(() => undefined);
  }, []);
  const seek = useCallback((to: number) => {
    if (audio.current) audio.current.currentTime = to;
    setAt(to);
  }, []);
  const faster = useCallback(() => {
    const index = SPEEDS.findIndex((one) => one === storedSpeed());
    const next = SPEEDS[(index + 1) % SPEEDS.length] ?? 1;
    localStorage.setItem(STORED, String(next));
    if (audio.current) audio.current.playbackRate = next;
    setSpeed(next);
  }, []);

  const listeners = {
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => {
      setPlaying(false);
      setAt(0);
    },
    onTimeUpdate: () => setAt(audio.current?.currentTime ?? 0),
    onDurationChange: () => {
      const { duration = 0 } = audio.current ?? {};
      // A recording without a length in its head says Infinity until it has been read to its end.
      if (Number.isFinite(duration)) setLength(duration);
    },
  };
  return { audio, isPlaying, at, length, speed, toggle, seek, faster, listeners };
}
