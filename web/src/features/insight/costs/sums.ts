/** Adds up costs by what one wants to see them by: exactly, in millionths, since a rate may be 0.0008. Pure. */
import type { Cost } from '@/api/schema';

export type By = 'day' | 'channelId' | 'category' | 'template' | 'by';

export interface Sum {
  id: string;
  /** The day, channel, category or person; null where there is none. */
  key: string | null;
  currency: string | null;
  messages: number;
  settled: string;
  open: string;
  quoted: string;
}

const DECIMALS = 6;

/** Millionths of a decimal such as 0.0107. */
export function millionths(amount: string): bigint {
  const [whole = '0', parts = ''] = amount.split('.');
  return BigInt(whole + parts.padEnd(DECIMALS, '0'));
}

/** The decimal of so many millionths. */
export function decimal(value: bigint): string {
  const digits = value.toString().padStart(DECIMALS + 1, '0');
  const parts = digits.slice(-DECIMALS).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -DECIMALS)}.${parts}`;
}

const plus = (one: string, other: string): string => decimal(millionths(one) + millionths(other));

/** One sum for each value and currency, in the order of their values. Different currencies are never added. */
export function sumsBy(costs: readonly Cost[], by: By): Sum[] {
  const sums = new Map<string, Sum>();
  for (const cost of costs) {
    const key = cost[by];
    const id = `${key ?? ''} ${cost.currency ?? ''}`;
    const known = sums.get(id);
    sums.set(id, {
      id,
      key,
      currency: cost.currency,
      messages: (known?.messages ?? 0) + cost.messages,
      settled: plus(known?.settled ?? '0', cost.settled),
      open: plus(known?.open ?? '0', cost.open),
      quoted: plus(known?.quoted ?? '0', cost.quoted),
    });
  }
  return [...sums.values()].sort((one, other) => one.id.localeCompare(other.id));
}

/** The month of a calendar day such as 2026-10-31. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The last twelve months up to this one, the newest first. */
export function monthsBefore(month: string, count = 12): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => {
    const at = new Date(Date.UTC(year, number - 1 - back, 1));
    return at.toISOString().slice(0, 7);
  });
}
