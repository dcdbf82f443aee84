/** Dates and times: in the person's language, in the business's time zone. */

const DAY = 86_400_000;

export interface Formats {
  /** 10:57 */
  time: (at: string) => string;
  /** 30 November 2026 */
  day: (at: string) => string;
  /** 30 Nov: for the axis of a plot. */
  shortDay: (at: string) => string;
  /** With date and time, for tooltips and tables. */
  exact: (at: string) => string;
  /** The time today, else yesterday, the weekday or the date: for lists. */
  brief: (at: string, now?: number) => string;
  /** 21 h 3 min: what is left until `at`; null if it is over. */
  left: (at: string, now?: number) => string | null;
  /** The calendar day in the business's zone, to compare. */
  dayKey: (at: string | number) => string;
  number: (value: number) => string;
  /** An amount with its currency, exact: €1,500.50, or ₹0.8631 as the API writes prices. */
  money: (amount: string | number, currency: string | null) => string;
}

const made = new Map<string, Formats>();

/** Made once for each language and zone: the browser takes long to make one, and every row asks for it. */
export function formatsOf(language: string, zone: string | undefined): Formats {
  const key = `${language} ${zone ?? ''}`;
  const known = made.get(key);
  if (known) return known;
  const formats = makeFormats(language, zone);
  made.set(key, formats);
  return formats;
}

function makeFormats(language: string, zone: string | undefined): Formats {
  const make = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, ...(zone && { timeZone: zone }) });
  const time = make({ hour: 'numeric', minute: '2-digit' });
  const day = make({ dateStyle: 'long' });
  const exact = make({ dateStyle: 'medium', timeStyle: 'medium' });
  const weekday = make({ weekday: 'short' });
  const date = make({ day: 'numeric', month: 'short' });
  const dated = make({ day: 'numeric', month: 'short', year: 'numeric' });
  const key = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...(zone && { timeZone: zone }) });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = new Intl.NumberFormat(language);
  const unit = (name: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' });
  const hours = unit('hour');
  const inMinutes = unit('minute');
  const dayKey = (at: string | number) => key.format(new Date(at));
  return {
    time: (at) => time.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    shortDay: (at) => date.format(new Date(at)),
    exact: (at) => exact.format(new Date(at)),
    brief: (at, now = Date.now()) => {
      const then = new Date(at);
      const days = Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(at))) / DAY);
      if (days <= 0) return time.format(then);
      if (days === 1) return relative.format(-1, 'day');
      if (days < 7) return weekday.format(then);
      return days < 300 ? date.format(then) : dated.format(then);
    },
    left: (at, now = Date.now()) => {
      const minutes = Math.floor((Date.parse(at) - now) / 60_000);
      if (minutes < 0) return null;
      return minutes < 60 ? inMinutes.format(minutes) : hours.format(Math.floor(minutes / 60));
    },
    dayKey,
    number: (value) => number.format(value),
    money: (amount, currency) => {
      const style = currency === null ? {} : { style: 'currency' as const, currency };
      const digits = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
      return new Intl.NumberFormat(language, { ...style, ...digits }).format(Number(amount));
    },
  };
}
