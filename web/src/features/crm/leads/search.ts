/** What the address of the table says: the leads shown, and the order of what is loaded. */
import type { Lead, Source } from '@/api/schema';
import { readStages, sources, stages } from '../stages';

export const sorts = ['name', 'stage', 'source', 'lastMessageAt', 'createdAt'] as const;
export type Sort = (typeof sorts)[number];

export interface ListSearch {
  /** Separated by commas. */
  stage?: string;
  owner?: string;
  source?: Source;
  tag?: string;
  /** A saved view, by its ID. */
  segment?: string;
  /** What is searched for. Other filters do not apply to it. */
  q?: string;
  sort?: Sort;
  order?: 'ascending' | 'descending';
}

const word = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 200) : '');

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const chosen = readStages(search['stage']).join(',');
  const sort = sorts.find((one) => one === search['sort']);
  const order = search['order'] === 'ascending' ? 'ascending' : 'descending';
  const source = sources.find((one) => one === search['source']);
  const owner = /^(me|none|usr_\w+)$/.test(word(search['owner'])) ? word(search['owner']) : '';
  const tag = word(search['tag']);
  const segment = /^seg_\w+$/.test(word(search['segment'])) ? word(search['segment']) : '';
  const q = word(search['q']);
  return {
    ...(chosen && { stage: chosen }),
    ...(owner && { owner }),
    ...(source && { source }),
    ...(tag && { tag }),
    ...(segment && { segment }),
    ...(q && { q }),
    ...(sort && { sort, order }),
  };
}

/** In the order of the API (the newest message first) unless another is asked for. */
export function sorted(leads: readonly Lead[], { sort, order }: ListSearch, language: string): Lead[] {
  if (!sort) return [...leads];
  const compare = (a: Lead, b: Lead): number => {
    if (sort === 'stage') return stages.indexOf(a.stage) - stages.indexOf(b.stage);
    return (a[sort] ?? '').localeCompare(b[sort] ?? '', language);
  };
  const sign = order === 'ascending' ? 1 : -1;
  return leads.toSorted((a, b) => sign * compare(a, b));
}
