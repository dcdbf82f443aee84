/** Which kind of message a file becomes, by WhatsApp's types and sizes. Nothing is uploaded that WhatsApp refuses. */
import type { FileKind } from '../kinds';

const KB = 1024;
const MB = 1024 * KB;

/** What WhatsApp takes of each kind: Meta's page on media, "Supported media types". */
export const TAKEN: Record<FileKind, { types: readonly string[]; most: number }> = {
  image: { types: ['image/jpeg', 'image/png'], most: 5 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], most: 16 * MB },
  audio: { types: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg'], most: 16 * MB },
  voice: { types: ['audio/ogg'], most: 16 * MB },
  // An animated one; of one that stands still WhatsApp takes 100 kB, which the API checks.
  sticker: { types: ['image/webp'], most: 500 * KB },
  document: { types: [], most: 100 * MB },
};

/** Why a file goes out as a document although it looks like another kind. */
export type Demotion = 'type' | 'size';

export type Plan =
  | { as: FileKind; because?: Demotion; most?: number }
  | { refused: 'empty' }
  | { refused: 'type' }
  | { refused: 'size'; most: number };

interface FileFacts {
  type: string;
  size: number;
}

/** `audio/ogg; codecs=opus` is `audio/ogg`; browsers call m4a by two names. */
export function plainType(type: string): string {
  const plain = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (plain === 'audio/x-m4a' || plain === 'audio/m4a') return 'audio/mp4';
  if (plain === 'audio/mp3') return 'audio/mpeg';
  return plain === '' ? 'application/octet-stream' : plain;
}

function looksLike(type: string): 'image' | 'video' | 'audio' | 'document' {
  const family = type.split('/')[0];
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
}

/** What a person chose to send a file as; otherwise its type decides. */
export type ChosenAs = 'document' | 'sticker' | null;

/** What to do with a file that was chosen, pasted or dropped. */
export function planOf(file: FileFacts, chosenAs: ChosenAs = null): Plan {
  if (file.size === 0) return { refused: 'empty' };
  if (chosenAs === 'sticker') return stickerOf(file);
  if (file.size > TAKEN.document.most) return { refused: 'size', most: TAKEN.document.most };
  const type = plainType(file.type);
  const kind = looksLike(type);
  if (chosenAs === 'document' || kind === 'document') return { as: 'document' };
  if (!TAKEN[kind].types.includes(type)) return { as: 'document', because: 'type' };
  if (file.size > TAKEN[kind].most) return { as: 'document', because: 'size', most: TAKEN[kind].most };
  return { as: kind };
}

/** A sticker is one or nothing: as a document it would be no sticker. */
function stickerOf({ type, size }: FileFacts): Plan {
  if (!TAKEN.sticker.types.includes(plainType(type))) return { refused: 'type' };
  return size > TAKEN.sticker.most ? { refused: 'size', most: TAKEN.sticker.most } : { as: 'sticker' };
}

/** Whether WhatsApp shows words below this kind. */
export const takesCaption = (kind: FileKind): boolean =>
  kind === 'image' || kind === 'video' || kind === 'document';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 1.4 MB: as people of this language write it. */
export function sizeText(bytes: number, language: string): string {
  const step = bytes < KB ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}
