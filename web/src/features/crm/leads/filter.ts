/** A filter as the dialog edits it: conditions in one group. Filters of other shapes come from the API and are only shown. */
import type { CustomField, LeadFilter, Source, Stage } from '@/api/schema';

export type Condition =
  | { kind: 'stage'; values: Stage[] }
  | { kind: 'source'; values: Source[] }
  | { kind: 'owner'; value: string }
  | { kind: 'tag'; values: string[] }
  | { kind: 'activity' | 'created'; isWithin: boolean; days: number }
  | { kind: 'consent'; allowed: boolean | null }
  | { kind: 'field'; key: string; test: FieldTest; value: string };

export const fieldTests = ['is', 'contains', 'atLeast', 'atMost', 'isEmpty', 'isFilled'] as const;
export type FieldTest = (typeof fieldTests)[number];

export interface Group {
  join: 'all' | 'any';
  conditions: Condition[];
}

/** The comparisons that a field has. */
export function testsOf(type: CustomField['type']): FieldTest[] {
  const own: FieldTest[] =
    type === 'number' || type === 'date'
      ? ['is', 'atLeast', 'atMost']
      : type === 'text' || type === 'url'
        ? ['is', 'contains']
        : ['is'];
  return [...own, 'isFilled', 'isEmpty'];
}

function operand(type: CustomField['type'] | undefined, value: string): string | number | boolean {
  if (type === 'boolean') return value === 'true';
  const number = Number(value);
  return type === 'number' && value.trim() !== '' && !Number.isNaN(number) ? number : value.trim();
}

function written(condition: Condition, fields: readonly CustomField[]): LeadFilter {
  switch (condition.kind) {
    case 'stage':
      return { stage: condition.values };
    case 'source':
      return { source: condition.values };
    case 'tag':
      return { tag: condition.values };
    case 'owner':
      return { owner: [condition.value] };
    case 'activity':
    case 'created': {
      const span = condition.isWithin ? { withinDays: condition.days } : { beforeDays: condition.days };
      return condition.kind === 'activity' ? { activity: span } : { created: span };
    }
    case 'consent':
      return { consent: { kind: 'marketing', allowed: condition.allowed } };
    case 'field': {
      const { key, test, value } = condition;
      if (test === 'isEmpty' || test === 'isFilled') return { field: { key, isEmpty: test === 'isEmpty' } };
      const type = fields.find((field) => field.key === key)?.type;
      return { field: { key, [test]: operand(type, value) } };
    }
  }
}

export const filterOf = ({ join, conditions }: Group, fields: readonly CustomField[]): LeadFilter => {
  const all = conditions.map((condition) => written(condition, fields));
  return join === 'any' ? { any: all } : { all };
};

function read(filter: LeadFilter): Condition | null {
  if ('stage' in filter) return { kind: 'stage', values: filter.stage };
  if ('source' in filter) return { kind: 'source', values: filter.source };
  if ('tag' in filter) return { kind: 'tag', values: filter.tag };
  if ('owner' in filter)
    return filter.owner.length === 1 ? { kind: 'owner', value: filter.owner[0] ?? 'none' } : null;
  if ('activity' in filter || 'created' in filter) {
    const span = 'activity' in filter ? filter.activity : filter.created;
    const isWithin = typeof span.withinDays === 'number';
    const days = span.withinDays ?? span.beforeDays ?? 30;
    return { kind: 'activity' in filter ? 'activity' : 'created', isWithin, days };
  }
  if ('consent' in filter) {
    const { kind, allowed } = filter.consent;
    return kind === 'marketing' ? { kind: 'consent', allowed: allowed ?? null } : null;
  }
  if ('field' in filter) {
    const { key, isEmpty, ...rest } = filter.field;
    if (!key) return null;
    if (typeof isEmpty === 'boolean')
      return { kind: 'field', key, test: isEmpty ? 'isEmpty' : 'isFilled', value: '' };
    for (const test of ['is', 'contains', 'atLeast', 'atMost'] as const) {
      const value = rest[test];
      if (value !== undefined)
        return { kind: 'field', key, test, value: typeof value === 'string' ? value : JSON.stringify(value) };
    }
  }
  return null;
}

/** The group of a filter; null if the dialog cannot show it. */
export function groupOf(filter: LeadFilter): Group | null {
  const [join, inner] =
    'all' in filter
      ? (['all', filter.all] as const)
      : 'any' in filter
        ? (['any', filter.any] as const)
        : (['all', [filter]] as const);
  const conditions = inner.map(read);
  return conditions.every((one) => one !== null) ? { join, conditions } : null;
}
