import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import { Bars } from '@/design/Bars';
import { Panel } from '@/design/Panel';
import type { Sum } from './sums';

/** What each day cost, of one currency: settled, and what is still open. Nothing where nothing cost anything. */
export function Plot({ days, currency }: { days: readonly Sum[]; currency: string }) {
  const { t } = useTranslation('insight');
  const { money, shortDay } = useFormats();
  const shown = days.filter((day) => day.currency === currency);
  if (shown.every(({ settled, open }) => Number(settled) + Number(open) === 0)) return null;
  const title = t('costs.plot', { currency });
  return (
    <Panel title={title}>
      <Bars
        label={title}
        rows={shown}
        series={[
          { label: t('costs.settled'), value: ({ settled }) => Number(settled) },
          { label: t('costs.open'), value: ({ open }) => Number(open) },
        ]}
        name={({ key }) => (key === null ? t('costs.unknown') : shortDay(`${key}T12:00:00Z`))}
        number={(amount) => money(amount, currency)}
      />
    </Panel>
  );
}
