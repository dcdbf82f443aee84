/** The stages of the sale, in their order. */
import type { Lead as DescribedLead, LeadWithHistory as DescribedWhole, Stage } from '@/api/schema';

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

/** `phoneMasked` stands there instead of the phone for those who may not see it. */
export type Lead = DescribedLead & { phoneMasked?: string };
export type WholeLead = DescribedWhole & { phoneMasked?: string };

export const phoneOf = (lead: Lead): string | null => lead.phone ?? lead.phoneMasked ?? null;

export const readStages = (value: unknown): Stage[] => {
  const wanted = typeof value === 'string' ? value.split(',') : [];
  return stages.filter((stage) => wanted.includes(stage));
};
