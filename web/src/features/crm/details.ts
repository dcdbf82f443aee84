/** The details of a lead as a form has them, and what of a form is sent: only what changed. */
import type { Lead, LeadBody } from '@/api/schema';

export const emptyDetails = {
  name: '',
  phone: '',
  email: '',
  /** Separated by commas. */
  tags: '',
  value: '',
  currency: '',
  ownerId: '',
  lostReason: '',
};
export type Details = typeof emptyDetails;

export const detailsOf = (lead: Lead): Details => ({
  name: lead.name,
  phone: lead.phone ?? '',
  email: lead.email ?? '',
  tags: lead.tags.join(', '),
  value: lead.value === null ? '' : String(lead.value),
  currency: lead.currency ?? '',
  ownerId: lead.ownerId ?? '',
  lostReason: lead.lostReason ?? '',
});

const orNull = (text: string): string | null => text.trim() || null;

export const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

const amountOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

export function bodyOf(was: Details, form: Details): LeadBody {
  const body: LeadBody = {};
  for (const name of ['name', 'phone', 'email', 'ownerId', 'lostReason'] as const) {
    if (form[name].trim() !== was[name]) body[name] = orNull(form[name]);
  }
  if (form.tags !== was.tags) body.tags = tagsOf(form.tags);
  if (form.value !== was.value || form.currency !== was.currency) {
    const value = amountOf(form.value);
    body.value = value;
    body.currency = value === null ? null : orNull(form.currency.toUpperCase());
  }
  return body;
}
