/** What is written into the editors of buttons and lists, WhatsApp's limits on it, and the send that it becomes. */
import type { Buttons, List } from '../kinds';

/** Meta's pages "Interactive reply buttons messages" and "Interactive list messages". */
export const LIMITS = {
  header: 60,
  footer: 60,
  buttonsBody: 1024,
  listBody: 4096,
  buttons: 3,
  buttonTitle: 20,
  listButton: 20,
  sections: 10,
  /** In all sections together. */
  rows: 10,
  sectionTitle: 24,
  rowTitle: 24,
  rowDescription: 72,
} as const;

export interface ButtonsDraft {
  header: string;
  body: string;
  footer: string;
  titles: string[];
}

export interface RowDraft {
  title: string;
  description: string;
}

export interface SectionDraft {
  title: string;
  rows: RowDraft[];
}

export interface ListDraft {
  header: string;
  body: string;
  footer: string;
  button: string;
  sections: SectionDraft[];
}

export const emptyRow: RowDraft = { title: '', description: '' };
export const emptyButtons: ButtonsDraft = { header: '', body: '', footer: '', titles: [''] };
export const emptyList: ListDraft = {
  header: '',
  body: '',
  footer: '',
  button: '',
  sections: [{ title: '', rows: [emptyRow] }],
};

export type Trouble = { is: 'empty' } | { is: 'long'; limit: number } | { is: 'twice' } | { is: 'noLink' };

/** What is wrong with the draft, by the field's place: `body`, `titles.1`, `sections.0.rows.2.title`. */
export type Troubles = ReadonlyMap<string, Trouble>;

/** WhatsApp counts by code points, as people count characters. */
export const lengthOf = (text: string): number => Array.from(text).length;

export const said = (text: string): string => text.trim();

/** An address that a browser of the customer opens. */
function isWebLink(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname.includes('.');
}

/** Gathers what is wrong with a draft. */
export class Found {
  readonly all = new Map<string, Trouble>();

  needed(place: string, text: string, limit: number): void {
    if (said(text) === '') this.all.set(place, { is: 'empty' });
    else this.optional(place, text, limit);
  }

  optional(place: string, text: string, limit: number): void {
    if (lengthOf(said(text)) > limit) this.all.set(place, { is: 'long', limit });
  }

  link(place: string, text: string): void {
    if (said(text) === '') this.all.set(place, { is: 'empty' });
    else if (!isWebLink(said(text))) this.all.set(place, { is: 'noLink' });
  }

  /** WhatsApp refuses two buttons, or two rows, of one name or id. */
  different(texts: { place: string; text: string }[]): void {
    const seen = new Set<string>();
    for (const { place, text } of texts) {
      const name = said(text).toLowerCase();
      if (name !== '' && seen.has(name) && !this.all.has(place)) this.all.set(place, { is: 'twice' });
      seen.add(name);
    }
  }
}

export function troublesOfButtons({ header, body, footer, titles }: ButtonsDraft): Troubles {
  const found = new Found();
  found.optional('header', header, LIMITS.header);
  found.needed('body', body, LIMITS.buttonsBody);
  found.optional('footer', footer, LIMITS.footer);
  titles.forEach((title, index) => found.needed(`titles.${index}`, title, LIMITS.buttonTitle));
  found.different(titles.map((text, index) => ({ place: `titles.${index}`, text })));
  return found.all;
}

export function troublesOfList({ header, body, footer, button, sections }: ListDraft): Troubles {
  const found = new Found();
  found.optional('header', header, LIMITS.header);
  found.needed('body', body, LIMITS.listBody);
  found.optional('footer', footer, LIMITS.footer);
  found.needed('button', button, LIMITS.listButton);
  const rows: { place: string; text: string }[] = [];
  sections.forEach((section, at) => {
    // One section needs no name; several do.
    if (sections.length > 1) found.needed(`sections.${at}.title`, section.title, LIMITS.sectionTitle);
    else found.optional(`sections.${at}.title`, section.title, LIMITS.sectionTitle);
    section.rows.forEach(({ title, description }, index) => {
      const place = `sections.${at}.rows.${index}`;
      found.needed(`${place}.title`, title, LIMITS.rowTitle);
      found.optional(`${place}.description`, description, LIMITS.rowDescription);
      rows.push({ place: `${place}.title`, text: title });
    });
  });
  found.different(rows);
  return found.all;
}

export const rowsOf = ({ sections }: ListDraft): number =>
  sections.reduce((sum, { rows }) => sum + rows.length, 0);

export const mayAddButton = ({ titles }: ButtonsDraft): boolean => titles.length < LIMITS.buttons;
export const mayAddRow = (draft: ListDraft): boolean => rowsOf(draft) < LIMITS.rows;
/** A new section brings a first row. */
export const mayAddSection = (draft: ListDraft): boolean =>
  mayAddRow(draft) && draft.sections.length < LIMITS.sections;

/** The same list with the one at `from` standing at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

export const around = ({ header, footer }: { header: string; footer: string }) => ({
  ...(said(header) && { header: said(header) }),
  ...(said(footer) && { footer: said(footer) }),
});

/** The title is the id as well: the answer then names what was tapped, and no two are the same. */
export function buttonsOf(draft: ButtonsDraft): Buttons {
  const titles = draft.titles.map(said);
  return {
    ...around(draft),
    body: said(draft.body),
    buttons: titles.map((title) => ({ id: title, title })),
  };
}

export function listOf(draft: ListDraft): List {
  return {
    ...around(draft),
    body: said(draft.body),
    button: said(draft.button),
    sections: draft.sections.map(({ title, rows }) => ({
      ...(said(title) && { title: said(title) }),
      rows: rows.map((row) => ({
        id: said(row.title),
        title: said(row.title),
        ...(said(row.description) && { description: said(row.description) }),
      })),
    })),
  };
}
