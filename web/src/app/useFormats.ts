import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '@/api/queries';
import { formatsOf, type Formats } from './format';

/** How this person reads dates, times and numbers. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const zone = useQuery(settingsQuery).data?.timezone;
  return useMemo(() => formatsOf(i18n.language, zone), [i18n.language, zone]);
}
