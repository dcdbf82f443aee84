import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@/api/schema';
import css from './Channel.module.css';

type Check = Channel['checks'][number];

function Line({ check }: { check: Check }) {
  const { t } = useTranslation('channels');
  const Icon = check.ok ? CircleCheck : CircleAlert;
  return (
    <li className={check.ok ? css['passed'] : css['failed']}>
      <Icon size={16} aria-hidden />
      <div>
        <p className={css['cause']}>
          {t(`check.${check.name}`)}: {t(check.ok ? 'passed' : 'toFix')}
        </p>
        <p>
          <span lang="en">{check.detail}</span>
          {check.code !== null && ` (${check.code})`}
        </p>
        {!check.ok && <p>{t(`fix.${check.name}`)}</p>}
      </div>
    </li>
  );
}

/** What Meta said of a number, and what is to be done about it. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation('channels');
  return (
    <ul className={css['checks']} aria-label={t('checks')}>
      {checks.map((check) => (
        <Line key={check.name} check={check} />
      ))}
    </ul>
  );
}
