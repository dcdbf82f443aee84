/** The audit's filter: as the address holds it, and as the API is asked. */
export interface AuditSearch {
  action?: string;
  /** A person, a key, or `nobody`: an id. */
  by?: string;
  /** Calendar days, such as 2026-11-30, in the business's time zone. */
  from?: string;
  to?: string;
}

const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
const word = (value: unknown, sign: RegExp): string | undefined =>
  typeof value === 'string' && sign.test(value) ? value : undefined;

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read = {
    action: word(search['action'], /^[a-z_]+$/),
    by: word(search['by'], /^((usr|key|opr)_\w+|nobody)$/),
    from: day(search['from']),
    to: day(search['to']),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

const DAY = 86_400_000;

/** How far a zone's clock is from UTC at a moment. */
function offset(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** When a calendar day begins in a zone. */
export function dayBegins(date: string, zone: string, daysLater = 0): string {
  const midnight = Date.parse(`${date}T00:00:00Z`) + daysLater * DAY;
  const guess = midnight - offset(zone, midnight);
  return new Date(midnight - offset(zone, guess)).toISOString();
}

/** `to` is the last day that is shown; the API is asked for what was before the next. */
export function askedOf({ action, by, from, to }: AuditSearch, zone: string): AuditSearch {
  return {
    ...(action && { action }),
    ...(by && { by }),
    ...(from && { from: dayBegins(from, zone) }),
    ...(to && { to: dayBegins(to, zone, 1) }),
  };
}
