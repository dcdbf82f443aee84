import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/me';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Panel } from '@/design/Panel';
import css from './Account.module.css';
import { CodeDialog } from './CodeDialog';
import { SetUpDialog } from './SetUpDialog';

/** The second factor: set up, new recovery codes, taken away. */
export function SecondFactor() {
  const { t } = useTranslation('account');
  const { secondFactor } = useMe();
  const [open, setOpen] = useState<'setUp' | 'codes' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <Panel title={t('factor.title')} text={t('factor.text')}>
      <p>
        {secondFactor ? (
          <Badge tone="green" icon={<ShieldCheck size={16} aria-hidden />}>
            {t('factor.on')}
          </Badge>
        ) : (
          <Badge tone="amber" icon={<ShieldOff size={16} aria-hidden />}>
            {t('factor.off')}
          </Badge>
        )}
      </p>
      <div className={css['row']}>
        {secondFactor ? (
          <>
            <Button onPress={() => setOpen('codes')}>{t('factor.newCodes')}</Button>
            <Button onPress={() => setOpen('remove')}>{t('factor.remove')}</Button>
          </>
        ) : (
          <Button look="primary" onPress={() => setOpen('setUp')}>
            {t('factor.setUp')}
          </Button>
        )}
      </div>
      {open === 'setUp' && <SetUpDialog onClose={close} />}
      {(open === 'codes' || open === 'remove') && <CodeDialog what={open} onClose={close} />}
    </Panel>
  );
}
