/** A report as a file for a spreadsheet: one line for each day. */
import type { Report } from '@/api/schema';

const columns = [
  'received',
  'sent',
  'delivered',
  'read',
  'failed',
  'newLeads',
  'won',
  'lost',
  'answered',
] as const;
const times = ['medianResponseSeconds', 'p90ResponseSeconds'] as const;

export function csvOf({ days }: Report): string {
  const head = ['date', ...columns, ...times];
  const lines = days.map((day) => [
    day.date,
    ...columns.map((name) => day[name]),
    ...times.map((name) => day[name] ?? ''),
  ]);
  return [head, ...lines].map((line) => line.join(',')).join('\r\n') + '\r\n';
}
