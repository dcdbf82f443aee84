import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Select } from '@/design/Select';
import { chooseLanguage, languages, type Language } from '@/i18n/i18n';
import css from './PublicPage.module.css';

/** The frame of the screens without a session: the name, one card, the language. */
export function PublicPage() {
  const { t, i18n } = useTranslation('common');
  return (
    <div className={css['page']}>
      <header className={css['header']}>
        <span className={css['logo']} aria-hidden>
          L
        </span>
        Leadwire
      </header>
      <main className={css['card']}>
        <Outlet />
      </main>
      <footer className={css['footer']}>
        <Select
          label={t('account.language')}
          hideLabel
          look="quiet"
          options={languages}
          value={i18n.language as Language}
          onChange={(language) => void chooseLanguage(language)}
        />
      </footer>
    </div>
  );
}
