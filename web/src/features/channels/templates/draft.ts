/** A template as it is written in the form, and what is sent of it. Pure. The API checks it and names the fields. */
import type {
  NewTemplate,
  Template,
  TemplateButton,
  TemplateCard,
  TemplateChange,
  TemplateCode,
  TemplateHeader,
} from '@/api/schema';
import type { OwnFile } from './HeaderFile';
import { parametersOf } from './text';

export type ButtonType = Exclude<TemplateButton['type'], 'otp'>;

export interface ButtonDraft {
  type: ButtonType;
  text: string;
  /** The address, the phone number or the flow: what its type asks for. */
  target: string;
  /** A sample of its value. */
  example: string;
}

/** A card of a carousel: a file, a text and a button. */
export interface CardDraft {
  file: OwnFile | null;
  body: string;
  button: ButtonDraft;
  examples: Record<string, string>;
}

export interface CodeDraft {
  delivery: TemplateCode['delivery'];
  securityAdvice: boolean;
  expiresInMinutes: string;
  packageName: string;
  signatureHash: string;
}

export type HeaderFormat = 'none' | TemplateHeader['format'] | 'carousel';

export interface TemplateDraft {
  name: string;
  language: string;
  category: 'marketing' | 'utility' | 'authentication';
  header: HeaderFormat;
  headerText: string;
  /** The file of the header. */
  file: OwnFile | null;
  body: string;
  footer: string;
  buttons: ButtonDraft[];
  cardFormat: 'image' | 'video';
  cards: CardDraft[];
  code: CodeDraft;
  /** Samples of the values: of the header under `header`, of the body under the parameter's name. */
  examples: Record<string, string>;
}

export const HEADER = 'header';

export const emptyButton: ButtonDraft = { type: 'quick_reply', text: '', target: '', example: '' };

export const emptyCard: CardDraft = { file: null, body: '', button: emptyButton, examples: {} };

export const emptyDraft: TemplateDraft = {
  name: '',
  language: 'en',
  category: 'utility',
  header: 'none',
  headerText: '',
  file: null,
  body: '',
  footer: '',
  buttons: [],
  cardFormat: 'image',
  cards: [emptyCard, emptyCard],
  code: {
    delivery: 'copy_code',
    securityAdvice: true,
    expiresInMinutes: '10',
    packageName: '',
    signatureHash: '',
  },
  examples: {},
};

/** Whether each message gives the button a value. */
export const takesValue = ({ type, target }: ButtonDraft): boolean =>
  type === 'copy_code' || (type === 'url' && parametersOf(target).length > 0);

function buttonOf({ type, text, target }: ButtonDraft): TemplateButton {
  switch (type) {
    case 'url':
      return { type, text, url: target };
    case 'phone':
      return { type, text, phoneNumber: target };
    case 'flow':
      return { type, text, flowId: target };
    case 'quick_reply':
    case 'copy_code':
      return { type, text };
  }
}

const samplesOf = (text: string, examples: Record<string, string>) =>
  Object.fromEntries(parametersOf(text).flatMap((name) => (examples[name] ? [[name, examples[name]]] : [])));

const buttonSamplesOf = (buttons: readonly ButtonDraft[]) =>
  Object.fromEntries(
    buttons.flatMap((button, place) =>
      takesValue(button) && button.example ? [[String(place), button.example]] : [],
    ),
  );

function codeOf(code: CodeDraft): TemplateCode {
  const { delivery, securityAdvice, packageName, signatureHash } = code;
  const minutes = Number(code.expiresInMinutes);
  return {
    delivery,
    securityAdvice,
    ...(code.expiresInMinutes.trim() !== '' && { expiresInMinutes: minutes }),
    ...(delivery === 'one_tap' && { apps: [{ packageName, signatureHash }] }),
  };
}

function headerOf({ header, headerText }: TemplateDraft): TemplateHeader | null {
  switch (header) {
    case 'none':
    case 'carousel':
      return null;
    case 'text':
      return { format: 'text', text: headerText };
    case 'image':
    case 'video':
    case 'document':
    case 'location':
      return { format: header };
  }
}

const cardOf = (format: 'image' | 'video', { body, button }: CardDraft): TemplateCard => ({
  header: { format },
  ...(body.trim() !== '' && { body }),
  buttons: [buttonOf(button)],
});

type Content = Omit<NewTemplate, 'name' | 'language' | 'category' | 'channelId'>;

const nothing = { body: '', buttons: [], cards: [], cardFiles: [] };

/** What the template says. A file whose name is not known stays as it is. */
function contentOf(draft: TemplateDraft): Content {
  if (draft.category === 'authentication') return { ...nothing, code: codeOf(draft.code) };
  const { examples } = draft;
  const header = headerOf(draft);
  const isCarousel = draft.header === 'carousel';
  const isHeaderFilled = draft.header === 'text' && parametersOf(draft.headerText).length > 0;
  const buttons = isCarousel ? [] : draft.buttons;
  const showsFile = header !== null && header.format !== 'text' && header.format !== 'location';
  return {
    ...(header && { header }),
    ...(showsFile && draft.file && { headerFile: draft.file.mediaId }),
    body: draft.body,
    ...(!isCarousel && draft.footer.trim() !== '' && { footer: draft.footer }),
    buttons: buttons.map(buttonOf),
    cards: isCarousel ? draft.cards.map((card) => cardOf(draft.cardFormat, card)) : [],
    cardFiles: isCarousel ? draft.cards.flatMap(({ file }) => (file ? [file.mediaId] : [])) : [],
    examples: {
      header: (isHeaderFilled && examples[HEADER]) || null,
      body: samplesOf(draft.body, examples),
      buttons: buttonSamplesOf(buttons),
      cards: isCarousel
        ? draft.cards.map((card) => ({
            body: samplesOf(card.body, card.examples),
            buttons: buttonSamplesOf([card.button]),
          }))
        : [],
    },
  };
}

export function requestOf(draft: TemplateDraft, channelId: string | null): NewTemplate {
  return {
    ...(channelId !== null && { channelId }),
    name: draft.name,
    language: draft.language.trim(),
    category: draft.category,
    ...contentOf(draft),
  };
}

/** What is sent of a change: all parts, since WhatsApp replaces all of them. */
export function changeOf(draft: TemplateDraft, template: Template): TemplateChange {
  const content = contentOf(draft);
  return {
    ...(draft.category !== template.category && { category: draft.category }),
    ...content,
    ...(draft.category !== 'authentication' && {
      header: content.header ?? null,
      footer: content.footer ?? null,
    }),
  };
}
