/** The values that a person gives to a template's parameters, and what is sent of them. Pure. */
import type { Template } from '@/api/schema';
import { filled } from '@/features/channels/templates/text';
import type { Location, TemplateContent, TemplateSend } from '../kinds';

export interface TemplateDraft {
  header: string;
  body: Record<string, string>;
  buttons: Record<string, string>;
  location: Location | null;
  /** The file of the header, once it is uploaded. */
  file: { mediaId: string; filename: string } | null;
  /** The values of a carousel's cards, by their place. */
  cards: Record<number, CardDraft>;
}

export interface CardDraft {
  file: { mediaId: string; filename: string } | null;
  body: Record<string, string>;
  buttons: Record<string, string>;
}

export const emptyCard: CardDraft = { file: null, body: {}, buttons: {} };

export const emptyDraft: TemplateDraft = {
  header: '',
  body: {},
  buttons: {},
  location: null,
  file: null,
  cards: {},
};

/** The kind of file that the header carries; null if it carries none. */
export function fileKind({ header }: Template): 'image' | 'video' | 'document' | null {
  const format = header?.format;
  return format === 'image' || format === 'video' || format === 'document' ? format : null;
}

export const needsLocation = ({ header }: Template): boolean => header?.format === 'location';

/** The values that are still missing, by the field under which the API names them. */
export function missing(template: Template, draft: TemplateDraft): Set<string> {
  const { header, body, buttons } = template.parameters;
  const found = new Set<string>();
  if (header !== null && !draft.header.trim()) found.add('template.header');
  for (const name of body) if (!draft.body[name]?.trim()) found.add(`template.body.${name}`);
  for (const place of buttons) if (!draft.buttons[place]?.trim()) found.add(`template.buttons.${place}`);
  if (fileKind(template) && !draft.file && template.files.length === 0) found.add('template.file');
  if (needsLocation(template) && !draft.location) found.add('template.location');
  template.parameters.cards.forEach((card, place) => {
    const given = draft.cards[place] ?? emptyCard;
    const at = `template.cards[${place}]`;
    for (const name of card.body) if (!given.body[name]?.trim()) found.add(`${at}.body.${name}`);
    for (const one of card.buttons) if (!given.buttons[one]?.trim()) found.add(`${at}.buttons.${one}`);
    if (!given.file && template.files[place] === undefined) found.add(`${at}.file`);
  });
  return found;
}

/** WhatsApp takes no line breaks, no tabs and no more than four spaces in a row. */
const clean = (value: string): string =>
  value
    .trim()
    .replace(/\s*[\n\r\t]\s*/g, ' ')
    .replace(/ {5,}/g, ' ');

const cleaned = (values: Record<string, string>, names: readonly (string | number)[]) =>
  Object.fromEntries(names.map((name) => [String(name), clean(values[name] ?? '')]));

/** What is sent, and how it stands in the thread. */
export function sendOf(
  template: Template,
  draft: TemplateDraft,
): { template: TemplateSend; shown: TemplateContent } {
  const { name, language, parameters } = template;
  const body = cleaned(draft.body, parameters.body);
  const buttons = cleaned(draft.buttons, parameters.buttons);
  const header = clean(draft.header);
  const isNamed = parameters.format === 'named';
  const cards = parameters.cards.map((card, place) => {
    const given = draft.cards[place] ?? emptyCard;
    return {
      body: cleaned(given.body, card.body),
      buttons: cleaned(given.buttons, card.buttons),
      ...(given.file && { file: { mediaId: given.file.mediaId } }),
    };
  });
  const send: TemplateSend = {
    name,
    language,
    body,
    buttons,
    ...(cards.length > 0 && { cards }),
    ...(parameters.header !== null && { header }),
    ...(draft.location && needsLocation(template) && { location: draft.location }),
    ...(draft.file && {
      file: {
        mediaId: draft.file.mediaId,
        ...(fileKind(template) === 'document' && { filename: draft.file.filename }),
      },
    }),
  };
  const { category } = template;
  const shown: TemplateContent = {
    name,
    language,
    ...(category !== 'other' && { category }),
    body: filled(template.body, body),
    buttons: template.buttons.map(({ type, text, url }, place) => {
      const value = buttons[place];
      return {
        type,
        text,
        ...(url && { url: filled(url, { '1': value ?? '' }) }),
        ...(value !== undefined && { value }),
      };
    }),
    ...(cards.length > 0 && {
      cards: template.cards.map((card, place) => ({
        header: { format: card.header.format === 'video' ? ('video' as const) : ('image' as const) },
        ...(card.body && { body: filled(card.body, cards[place]?.body ?? {}) }),
        buttons: (card.buttons ?? []).map(({ type, text }) => ({ type, text })),
      })),
    }),
    parameters: parameters.body.map((one) => ({ ...(isNamed && { name: one }), value: body[one] ?? '' })),
    ...(template.footer !== null && { footer: template.footer }),
    ...(template.header?.format === 'text' && {
      header: {
        format: 'text' as const,
        text: filled(template.header.text, { [parameters.header ?? '']: header }),
        ...(parameters.header !== null && { parameter: { value: header } }),
      },
    }),
    ...(draft.location &&
      needsLocation(template) && {
        header: { format: 'location' as const, ...draft.location },
      }),
  };
  return { template: send, shown };
}

/** What sends it once more: the values as they went out. */
export function sendAgainOf(
  { name, language, header, parameters, buttons }: TemplateContent,
  mediaId?: string,
) {
  const values = (parameters ?? []).map(({ name, value }, place) => [name ?? String(place + 1), value]);
  const taps = (buttons ?? []).flatMap(({ value }, place) => (value ? [[String(place), value]] : []));
  const location = (): Location | null => {
    if (header?.format !== 'location') return null;
    const { latitude, longitude, name: place, address } = header;
    return { latitude, longitude, ...(place && { name: place }), ...(address && { address }) };
  };
  const place = location();
  const template: TemplateSend = {
    name,
    language,
    body: Object.fromEntries(values) as Record<string, string>,
    buttons: Object.fromEntries(taps) as Record<string, string>,
    ...(header?.format === 'text' && header.parameter && { header: header.parameter.value }),
    ...(place && { location: place }),
    ...(mediaId && { file: { mediaId } }),
  };
  return template;
}
