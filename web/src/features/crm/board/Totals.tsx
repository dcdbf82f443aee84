import { useTranslation } from 'react-i18next';
import type { StageTotals } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import css from './Board.module.css';

const DAY = 86_400;

/** What stands in a stage: its value by currency, and how long it has been there on average. */
export function Totals({ total }: { total: StageTotals }) {
  const { t } = useTranslation('crm');
  const { money } = useFormats();
  const values = total.values.map(({ value, currency }) => money(value, currency));
  const days = total.averageAgeSeconds === null ? null : Math.round(total.averageAgeSeconds / DAY);
  const age = days === null ? [] : [t('averageAge', { count: days })];
  const all = [...values, ...age];
  return all.length > 0 && <p className={css['totals']}>{all.join(' · ')}</p>;
}
