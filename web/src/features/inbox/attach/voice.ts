/** How a voice message is recorded here, and what it goes out as. Pure. */

export interface Recording {
  /** What the browser records. */
  mimeType: string;
  /** `voice`: as it is. `remux`: as a voice message, in another container. `audio`: as a file with sound. */
  as: 'voice' | 'remux' | 'audio';
}

/** Firefox writes Ogg, Chrome and Edge write WebM, older Safari writes AAC in MP4. */
const CHOICES: readonly Recording[] = [
  { mimeType: 'audio/ogg;codecs=opus', as: 'voice' },
  { mimeType: 'audio/webm;codecs=opus', as: 'remux' },
  { mimeType: 'audio/mp4;codecs=mp4a.40.2', as: 'audio' },
  { mimeType: 'audio/mp4', as: 'audio' },
  { mimeType: 'audio/aac', as: 'audio' },
];

/** The best that this browser records; null if none of it is anything that WhatsApp takes. */
export function recordingOf(isSupported: (mimeType: string) => boolean): Recording | null {
  return CHOICES.find(({ mimeType }) => isSupported(mimeType)) ?? null;
}

export type MicrophoneTrouble = 'refused' | 'absent' | 'busy' | 'failed';

/** Why there is no microphone, by the name of what `getUserMedia` threw. */
export function troubleOf(error: unknown): MicrophoneTrouble {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** 16 MB, which WhatsApp takes, are over an hour at this rate; a voice message of fifteen minutes is long enough. */
export const BITS_PER_SECOND = 32_000;
export const LONGEST_SECONDS = 15 * 60;
