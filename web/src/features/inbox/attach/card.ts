/** A person's card, as it is written and as it is sent. */
import type { ContactCard } from '@/api/schema';

export interface CardDraft {
  first: string;
  last: string;
  phone: string;
  email: string;
  company: string;
}

export const emptyCard: CardDraft = { first: '', last: '', phone: '', email: '', company: '' };

/** With plus and country code: a number without them would be one of the sender's own country. */
export const isPhone = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text.replace(/[\s().-]/g, ''));

/** WhatsApp asks for the whole name and at least one part of it; `waId` lets the customer write to the person. */
export function cardOf(draft: CardDraft): ContactCard {
  const first = draft.first.trim();
  const last = draft.last.trim();
  const phone = draft.phone.trim();
  const email = draft.email.trim();
  const company = draft.company.trim();
  return {
    name: [first, last].filter(Boolean).join(' '),
    nameParts: { first, ...(last && { last }) },
    phones: [{ phone, type: 'CELL', waId: phone.replace(/\D/g, '') }],
    ...(email && { emails: [{ email, type: 'WORK' }] }),
    ...(company && { org: { company } }),
  };
}
