import css from './Avatar.module.css';

const COLOURS = 6;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first letters as people see them: in Devanagari a letter is often more than one character. */
function beginning(word: string, count: number): string {
  return Array.from(graphemes.segment(word), ({ segment }) => segment)
    .slice(0, count)
    .join('');
}

/** Up to two letters of a name; for a phone its last two digits. */
export function initials(name: string): string {
  const words = name.replace(/^@/, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.every((word) => /^\p{N}+$/u.test(word))) return words.join('').slice(-2) || '?';
  const [first = '', ...rest] = words;
  const last = rest.at(-1) ?? '';
  const letters = beginning(first, last ? 1 : 2) + beginning(last, 1);
  return letters.toLocaleUpperCase();
}

function colour(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (sum % COLOURS) + 1;
}

interface AvatarProps {
  name: string;
  /** The id: so that a person keeps the colour when the name changes. */
  seed?: string;
  size?: 'small' | 'medium' | 'large';
}

/** Decoration: the name stands beside it. */
export function Avatar({ name, seed = name, size = 'medium' }: AvatarProps) {
  return (
    <span className={css['avatar']} data-size={size} data-colour={colour(seed)} aria-hidden>
      {initials(name)}
    </span>
  );
}
