import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const src = new URL('../', import.meta.url);
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);
const read = (name: string) => readFileSync(new URL(name, src), 'utf8');

test('components use tokens: no raw colour and no raw length', () => {
  for (const name of sheets.filter((sheet) => !sheet.endsWith('tokens.css'))) {
    const text = read(name)
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/@(media|container)[^{]*/g, '');
    expect(text.match(/#[0-9a-f]{3,8}\b|rgb\(|\b[1-9][0-9.]*(px|rem)\b/gi) ?? [], name).toEqual([]);
  }
});

test('every token that is used exists', () => {
  const known = new Set(read('design/tokens.css').match(/--[\w-]+(?=:)/g));
  // React Aria sets this one on a popover.
  known.add('--trigger-width');
  // The widths of the panes are set by whom they are dragged.
  known.add('--pane-list');
  for (const name of sheets) {
    const own = new Set(read(name).match(/--[\w-]+(?=:)/g));
    const used = Array.from(read(name).matchAll(/var\((--[\w-]+)/g), ([, token = '']) => token);
    expect(
      used.filter((token) => !known.has(token) && !own.has(token)),
      name,
    ).toEqual([]);
  }
});
