/** The span of a report: as the address holds it, and as the API is asked. */
export const spans = ['7', '30', '90', 'custom'] as const;
export type SpanName = (typeof spans)[number];

export interface ReportSearch {
  /** The last so many days; 30 where nothing is said. */
  span?: SpanName;
  /** Calendar days, such as 2026-11-30, of a span of one's own. */
  from?: string;
  to?: string;
}

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const span = spans.find((name) => name === String(search['span']));
  if (span !== 'custom') return span && span !== '30' ? { span } : {};
  const from = day(search['from']);
  const to = day(search['to']);
  return { span, ...(from && { from }), ...(to && { to }) };
}

const DAY = 86_400_000;

/** The day that is `days` days earlier. */
export const earlier = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);

/** What the API is asked; `today` is the day in the business's time zone. */
export function askedOf(
  { span = '30', from, to }: ReportSearch,
  today: string,
): { from: string; to: string } {
  if (span === 'custom') {
    const last = to ?? today;
    return { from: from ?? earlier(last, 29), to: last };
  }
  return { from: earlier(today, Number(span) - 1), to: today };
}

/** By how much a figure changed, in percent; null where there is nothing to compare with. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / before) * 100);
}
