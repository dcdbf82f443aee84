/** The times that are offered for sending later, in the time zone of the agent. Pure. */
const MORNING = 9;

export interface LaterTime {
  name: 'tomorrow' | 'monday';
  at: Date;
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

export function laterTimes(now: Date): LaterTime[] {
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const tomorrow: LaterTime = { name: 'tomorrow', at: morning(now, 1) };
  return toMonday === 1 ? [tomorrow] : [tomorrow, { name: 'monday', at: morning(now, toMonday) }];
}

/** A time as the browser's field for it takes it. */
export function asField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export const zoneName = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether the 24-hour window is shut at that time, unless the customer writes before. */
export const isAfterWindow = (at: Date, windowUntil: string | null): boolean =>
  windowUntil === null || at.getTime() >= Date.parse(windowUntil);
