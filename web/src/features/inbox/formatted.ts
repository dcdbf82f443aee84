/** WhatsApp's formatting and links, as pieces of text. Nothing of it becomes markup by itself. */

export interface Piece {
  text: string;
  mark?: 'bold' | 'italic' | 'strike' | 'code';
  href?: string;
}

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'code' } as const;
const PATTERN =
  /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])|(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gu;

export function formatted(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const [whole, link, sign, inner] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    if (link !== undefined) pieces.push({ text: link, href: link });
    else pieces.push({ text: inner ?? '', mark: MARKS[sign as keyof typeof MARKS] });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
