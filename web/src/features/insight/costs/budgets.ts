/** What the screen of budgets works out. Pure. */
import type { Budget, Channel } from '@/api/schema';
import { millionths } from './sums';

/** The currencies in which Meta prints rate cards. */
export const CURRENCIES = [
  'AED',
  'ARS',
  'AUD',
  'BRL',
  'CLP',
  'COP',
  'EUR',
  'GBP',
  'IDR',
  'INR',
  'MXN',
  'MYR',
  'PEN',
  'SAR',
  'SGD',
  'USD',
] as const satisfies readonly Budget['currency'][];

/** How much of a budget is spent, in whole percent, rounded down: 100 means that nothing is left. */
export function shareOf({ spent, amount }: Pick<Budget, 'spent' | 'amount'>): number {
  const whole = millionths(amount);
  if (whole === 0n) return 100;
  return Number((millionths(spent) * 100n) / whole);
}

/** The currency of a number's account, or of the first number that has one. */
export function currencyOf(channels: readonly Channel[], id: string | null): Budget['currency'] {
  const one =
    channels.find((channel) => channel.id === id) ?? channels.find(({ currency }) => currency !== null);
  return one?.currency ?? 'USD';
}
