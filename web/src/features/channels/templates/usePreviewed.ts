import { useTranslation } from 'react-i18next';
import type { ButtonDraft, TemplateDraft } from './draft';
import type { Previewed } from './Preview';

/** How the draft looks to the customer. */
export function usePreviewed(draft: TemplateDraft): Previewed {
  const { t } = useTranslation('kinds');
  if (draft.category === 'authentication') {
    return { body: t('templates.codePreview'), buttons: [{ type: 'otp', text: t('templates.copyCode') }] };
  }
  const text = (button: ButtonDraft) => ({
    type: button.type,
    text: button.text || t('templates.buttonText'),
  });
  const isCarousel = draft.header === 'carousel';
  return {
    header:
      draft.header === 'none' || draft.header === 'carousel'
        ? null
        : draft.header === 'text'
          ? { format: 'text', text: draft.headerText }
          : { format: draft.header },
    body: draft.body || t('templates.bodyEmpty'),
    footer: isCarousel ? null : draft.footer,
    buttons: isCarousel ? [] : draft.buttons.map(text),
    cards: isCarousel
      ? draft.cards.map(({ body, button }) => ({
          header: { format: draft.cardFormat },
          body,
          buttons: [text(button)],
        }))
      : [],
  };
}
