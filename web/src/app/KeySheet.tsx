import { useTranslation } from 'react-i18next';
import { Dialog } from '@/design/Dialog';
import { keyLabel, useAllCommands } from './commands';
import css from './KeySheet.module.css';

/** The keys that work on what is on screen. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('common');
  const commands = useAllCommands();
  const sections = (['inbox', 'page', 'general'] as const)
    .map((section) => ({ section, list: commands.filter((one) => one.section === section && one.keys) }))
    .filter(({ list }) => list.length > 0);
  return (
    <Dialog title={t('keySheet.title')} isOpen onClose={onClose}>
      {sections.map(({ section, list }) => (
        <section key={section}>
          <h3>{t(`keySheet.${section}`)}</h3>
          <dl className={css['keys']}>
            {list.map(({ id, label, keys = '', also }) => (
              <div key={id} className={css['line']}>
                <dt>{label}</dt>
                <dd>
                  <kbd>{keyLabel(keys)}</kbd> {also && <kbd>{keyLabel(also)}</kbd>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
