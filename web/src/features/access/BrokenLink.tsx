import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** What a mailed link without a usable token shows. */
export function BrokenLink() {
  const { t } = useTranslation('access');
  return (
    <>
      <h1>{t('link.title')}</h1>
      <p>{t('link.text')}</p>
      <Link to="/sign-in">{t('forgot.back')}</Link>
    </>
  );
}
