import { Link } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { NewAccount } from './NewAccount';

export function SignUp() {
  const { t } = useTranslation('access');
  const footer = (
    <p>
      <Trans t={t} i18nKey="signUp.haveAccount">
        {'Have an account? '}
        <Link to="/sign-in">Sign in</Link>
      </Trans>
    </p>
  );
  return <NewAccount title={t('signUp.title')} submit={t('signUp.submit')} footer={footer} />;
}
