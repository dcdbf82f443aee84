/** The form of a template that is there, to be changed. */
import type { Template, TemplateButton } from '@/api/schema';
import { emptyButton, emptyDraft, type ButtonDraft, type TemplateDraft } from './draft';
import type { OwnFile } from './HeaderFile';

function draftOfButton({ type, text, url, phoneNumber, flowId }: TemplateButton): ButtonDraft {
  return {
    type: type === 'otp' ? 'copy_code' : type,
    text,
    target: url ?? phoneNumber ?? flowId ?? '',
    example: '',
  };
}

/** A file that the template has already: its name is not known here. */
const known = (mediaId: string | undefined): OwnFile | null =>
  mediaId === undefined ? null : { mediaId, filename: '' };

/** The form of a template that is to be changed. Its samples have to be given again. */
export function draftOf(template: Template): TemplateDraft {
  const { name, language, category, header, body, footer, buttons, cards, code, files } = template;
  return {
    ...emptyDraft,
    name,
    language,
    category: category === 'other' ? 'utility' : category,
    header: cards.length > 0 ? 'carousel' : (header?.format ?? 'none'),
    headerText: header?.format === 'text' ? header.text : '',
    file: cards.length > 0 ? null : known(files[0]),
    body,
    footer: footer ?? '',
    buttons: buttons.map(draftOfButton),
    cardFormat: cards[0]?.header.format === 'video' ? 'video' : 'image',
    cards:
      cards.length > 0
        ? cards.map((card, place) => ({
            file: known(files[place]),
            body: card.body ?? '',
            button: card.buttons?.[0] ? draftOfButton(card.buttons[0]) : emptyButton,
            examples: {},
          }))
        : emptyDraft.cards,
    ...(code && {
      code: {
        delivery: code.delivery,
        securityAdvice: code.securityAdvice,
        expiresInMinutes: code.expiresInMinutes ? String(code.expiresInMinutes) : '',
        packageName: code.apps?.[0]?.packageName ?? '',
        signatureHash: code.apps?.[0]?.signatureHash ?? '',
      },
    }),
  };
}
