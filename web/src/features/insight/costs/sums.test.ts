import { describe, expect, it } from 'vitest';
import type { Cost } from '@/api/schema';
import { decimal, millionths, monthsBefore, sumsBy } from './sums';

const cost = (more: Partial<Cost>): Cost => ({
  day: '2026-10-01',
  channelId: 'chn_1',
  category: 'marketing',
  currency: 'INR',
  template: null,
  by: 'usr_1',
  messages: 1,
  settledMessages: 1,
  unknownMessages: 0,
  settled: '0.1',
  open: '0.00',
  quoted: '0.1',
  ...more,
});

describe('sums of costs', () => {
  it('are exact where floating point is not', () => {
    const [sum] = sumsBy([cost({ settled: '0.1' }), cost({ settled: '0.2' })], 'category');
    expect(sum?.settled).toBe('0.30');
    expect(decimal(millionths('78.4917'))).toBe('78.4917');
  });

  it('never add two currencies', () => {
    const sums = sumsBy([cost({}), cost({ currency: 'USD' })], 'day');
    expect(sums.map(({ currency }) => currency)).toEqual(['INR', 'USD']);
  });

  it('are asked for by month, over the turn of a year', () => {
    expect(monthsBefore('2027-01', 3)).toEqual(['2027-01', '2026-12', '2026-11']);
  });
});
