// Adds up the script, as sent with brotli, that the first load of the inbox needs, and fails above the budget.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET_KB = 250;
// A chunk that others take parts from has no key of its own: the inbox is the one that loads the emoji.
const INBOX = 'src/features/inbox/EmojiPopover.tsx';
const ENTRIES = [
  'index.html',
  'Shell',
  INBOX,
  'src/i18n/en/common.ts',
  'src/i18n/en/errors.ts',
  'src/i18n/en/inbox.ts',
];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set();
const walk = (key) => {
  const loads = ({ dynamicImports = [] }) => dynamicImports.includes(INBOX);
  const chunk =
    (key === INBOX ? Object.values(manifest).find(loads) : manifest[key]) ??
    Object.values(manifest).find(({ file, name }) => file.endsWith('.js') && name === key);
  if (!chunk) throw new Error(`${key} is not in the manifest: has the file moved?`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) walk(next);
};
ENTRIES.forEach(walk);

let total = 0;
for (const file of files) {
  const text = await readFile(new URL(file, dist));
  const sent = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
  total += sent;
  console.log(`${(sent / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, of ${BUDGET_KB} kB`);
if (total > BUDGET_KB * 1000) process.exit(1);
