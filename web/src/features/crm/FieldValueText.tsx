import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import type { FieldValue } from './fields';

/** The value of a custom field, to be read. */
export function FieldValueText({ value, isUrl }: { value: FieldValue; isUrl?: boolean }) {
  const { t } = useTranslation('crm');
  const { number } = useFormats();
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') return number(value);
  if (typeof value !== 'string') return <bdi>{value.join(', ')}</bdi>;
  if (!isUrl) return <bdi>{value}</bdi>;
  return (
    <a href={value} target="_blank" rel="noreferrer">
      {value}
    </a>
  );
}
