/** The stages of the sale, in their order. */
import type { Lead, Stage } from '@/api/schema';

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

/** The phone, or what is shown of it to those who may not see it. */
export const phoneOf = (lead: Pick<Lead, 'phone' | 'phoneMasked'>): string | null =>
  lead.phone ?? lead.phoneMasked ?? null;

export const readStages = (value: unknown): Stage[] => {
  const wanted = typeof value === 'string' ? value.split(',') : [];
  return stages.filter((stage) => wanted.includes(stage));
};
