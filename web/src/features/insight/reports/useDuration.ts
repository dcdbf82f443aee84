import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long customers waited, as a person says it: 45 s, 3 min, 2 h, 4 d. A dash where nobody waited. */
export function useDuration(): (seconds: number | null) => string {
  const { language } = useTranslation().i18n;
  return useMemo(() => {
    const unit = (name: string) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit: name,
        unitDisplay: 'short',
        maximumFractionDigits: 0,
      });
    const [second, minute, hour, day] = ['second', 'minute', 'hour', 'day'].map(unit);
    return (seconds) => {
      if (seconds === null) return '–';
      if (seconds < MINUTE) return second?.format(seconds) ?? '';
      if (seconds < HOUR) return minute?.format(seconds / MINUTE) ?? '';
      return (seconds < DAY ? hour?.format(seconds / HOUR) : day?.format(seconds / DAY)) ?? '';
    };
  }, [language]);
}
