/** A new template as it is written in the form, and what is sent of it. Pure. The API checks it and names the fields. */
import type { NewTemplate, TemplateButton } from '@/api/schema';
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

export interface TemplateDraft {
  name: string;
  language: string;
  category: 'marketing' | 'utility';
  header: 'none' | 'text' | 'location';
  headerText: string;
  body: string;
  footer: string;
  buttons: ButtonDraft[];
  /** Samples of the values: of the header under `header`, of the body under the parameter's name. */
  examples: Record<string, string>;
}

export const HEADER = 'header';

export const emptyDraft: TemplateDraft = {
  name: '',
  language: 'en',
  category: 'utility',
  header: 'none',
  headerText: '',
  body: '',
  footer: '',
  buttons: [],
  examples: {},
};

export const emptyButton: ButtonDraft = { type: 'quick_reply', text: '', target: '', example: '' };

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

export function requestOf(draft: TemplateDraft, channelId: string | null): NewTemplate {
  const { header, headerText, examples } = draft;
  const samples = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (examples[name] ? [[name, examples[name]]] : [])));
  const isHeaderFilled = header === 'text' && parametersOf(headerText).length > 0;
  return {
    ...(channelId !== null && { channelId }),
    name: draft.name,
    language: draft.language.trim(),
    category: draft.category,
    ...(header === 'text' && { header: { format: 'text', text: headerText } }),
    ...(header === 'location' && { header: { format: 'location' } }),
    body: draft.body,
    ...(draft.footer.trim() !== '' && { footer: draft.footer }),
    buttons: draft.buttons.map(buttonOf),
    examples: {
      header: (isHeaderFilled && examples[HEADER]) || null,
      body: samples(parametersOf(draft.body)),
      buttons: Object.fromEntries(
        draft.buttons.flatMap((button, place) =>
          takesValue(button) && button.example ? [[String(place), button.example]] : [],
        ),
      ),
    },
  };
}
