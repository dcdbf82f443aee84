/** WhatsApp's formatting and links, as blocks and pieces of text. Nothing of it becomes markup by itself. */

export type Mark = 'bold' | 'italic' | 'strike' | 'code';

export type Piece = { text: string } | { text: string; href: string } | { mark: Mark; pieces: Piece[] };

export type Block =
  | { kind: 'text' | 'quote'; pieces: Piece[] }
  | { kind: 'code'; text: string }
  | { kind: 'bullets'; items: Piece[][] }
  | { kind: 'numbers'; items: Piece[][]; start: number };

const MARKS: Record<string, Mark> = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'code' };
const PATTERN =
  /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]*_~])|(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\2(?![\p{L}\p{N}])/gu;
const CODE = /```\n?([^]+?)\n?```/g;
const QUOTE = /^> ?(.*)$/;
const BULLET = /^[*-] (.+)$/;
const NUMBERED = /^(\d{1,9})\. (.+)$/;

/** A mark inside itself changes nothing: `within` are those that already hold. */
function piecesOf(text: string, within: readonly string[] = []): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    const [whole, link, sign = '', inner = ''] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    const mark = MARKS[sign];
    if (link !== undefined) pieces.push({ text: link, href: link });
    else if (mark === undefined || within.includes(sign)) pieces.push({ text: whole });
    else if (mark === 'code') pieces.push({ mark, pieces: [{ text: inner }] });
    else pieces.push({ mark, pieces: piecesOf(inner, [...within, sign]) });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function linesOf(text: string): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  const endPlain = () => {
    if (plain.length > 0) blocks.push({ kind: 'text', pieces: piecesOf(plain.join('\n')) });
    plain = [];
  };
  for (const line of text.split('\n')) {
    const [, quoted] = QUOTE.exec(line) ?? [];
    const [, bullet] = BULLET.exec(line) ?? [];
    const [, number, numbered] = NUMBERED.exec(line) ?? [];
    if (quoted === undefined && bullet === undefined && numbered === undefined) {
      plain.push(line);
      continue;
    }
    endPlain();
    const last = blocks.at(-1);
    if (quoted !== undefined) blocks.push({ kind: 'quote', pieces: piecesOf(quoted) });
    else if (bullet !== undefined && last?.kind === 'bullets') last.items.push(piecesOf(bullet));
    else if (bullet !== undefined) blocks.push({ kind: 'bullets', items: [piecesOf(bullet)] });
    else if (numbered !== undefined && last?.kind === 'numbers') last.items.push(piecesOf(numbered));
    else if (numbered !== undefined) {
      blocks.push({ kind: 'numbers', items: [piecesOf(numbered)], start: Number(number) });
    }
  }
  endPlain();
  return blocks;
}

export function formatted(text: string): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of text.matchAll(CODE)) {
    const [whole, code = ''] = match;
    const before = text.slice(end, match.index).replace(/\n$/, '');
    if (before !== '') blocks.push(...linesOf(before));
    blocks.push({ kind: 'code', text: code });
    end = match.index + whole.length;
  }
  const rest = end === 0 ? text : text.slice(end).replace(/^\n/, '');
  if (rest !== '') blocks.push(...linesOf(rest));
  return blocks;
}
