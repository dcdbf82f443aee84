import { useTranslation } from 'react-i18next';
import { BrokenLink } from './BrokenLink';
import { useLinkToken } from './linkToken';
import { NewAccount } from './NewAccount';

export function Join() {
  const { t } = useTranslation('access');
  const token = useLinkToken();
  if (token === null) return <BrokenLink />;
  return (
    <NewAccount title={t('join.title')} text={t('join.text')} submit={t('join.submit')} invitation={token} />
  );
}
