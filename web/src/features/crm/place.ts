/** Where a moved lead belongs in the loaded pages of a list. */
import type { Pages } from '@/api/pages';
import type { Lead, Stage } from '@/api/schema';

const isNewer = (a: Lead, b: Lead): boolean => (a.lastMessageAt ?? '') > (b.lastMessageAt ?? '');

/** Takes the lead out of lists of other stages, and puts it where its last message says in its own. */
export function placeLead(pages: Pages<Lead>, lead: Lead, stages: readonly Stage[]): Pages<Lead> {
  const without = pages.pages.map((page) => page.items.filter(({ id }) => id !== lead.id));
  const isHere = stages.length === 0 || stages.includes(lead.stage);
  const last = without.length - 1;
  const found = without.findIndex((items) => items.some((other) => isNewer(lead, other)));
  const target = !isHere ? -1 : found >= 0 ? found : last;
  const lists = without.map((items, index) => {
    if (index !== target) return items;
    const at = items.findIndex((other) => isNewer(lead, other));
    return items.toSpliced(at < 0 ? items.length : at, 0, lead);
  });
  return { ...pages, pages: pages.pages.map((page, index) => ({ ...page, items: lists[index] ?? [] })) };
}
