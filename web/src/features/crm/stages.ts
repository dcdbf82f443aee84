/** The stages of the sale, in their order. */
import type { Lead, Source, Stage } from '@/api/schema';

export const stages = [
  'New',
  'Incoming',
  'Contacted',
  'Qualified',
  'Proposal',
  'Negotiation',
  'Won',
  'Lost',
] as const satisfies readonly Stage[];

/** Where leads come from. */
export const sources = [
  'WhatsApp',
  'Website',
  'Referral',
  'Cold Call',
  'Email',
  'Social Media',
  'Other',
] as const satisfies readonly Source[];

/** The phone, or what is shown of it to those who may not see it. */
export const phoneOf = (lead: Pick<Lead, 'phone' | 'phoneMasked'>): string | null =>
  lead.phone ?? lead.phoneMasked ?? null;

export const readStages = (value: unknown): Stage[] => {
  const wanted = typeof value === 'string' ? value.split(',') : [];
  return stages.filter((stage) => wanted.includes(stage));
};
