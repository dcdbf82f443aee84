import { Copy, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '@/app/saveFile';
import { Button } from '@/design/Button';
import { useCopy } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import css from './Account.module.css';

/** The recovery codes, once: they can be read nowhere afterwards. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation(['account', 'common']);
  const copy = useCopy();
  const text = codes.join('\n');
  const done = (
    <Button look="primary" onPress={onClose}>
      {t('factor.kept')}
    </Button>
  );
  return (
    <Dialog title={t('factor.recoveryTitle')} isOpen onClose={onClose} actions={done}>
      <p>{t('factor.recoveryText')}</p>
      <ul className={css['codes']}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={css['row']}>
        <Button
          icon={<Download size={16} aria-hidden />}
          onPress={() => saveFile('leadwire-recovery-codes.txt', new Blob([`${text}\n`]))}
        >
          {t('factor.download')}
        </Button>
        <Button icon={<Copy size={16} aria-hidden />} onPress={() => void copy(text)}>
          {t('common:copy')}
        </Button>
      </div>
    </Dialog>
  );
}
