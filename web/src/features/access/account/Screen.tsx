import { useTranslation } from 'react-i18next';
import { Page } from '@/design/Page';
import css from './Account.module.css';
import { Appearance } from './Appearance';
import { Password } from './Password';
import { Profile } from './Profile';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';

/** One's own account. Everyone may open it. */
export function Screen() {
  const { t } = useTranslation('account');
  return (
    <Page title={t('title')}>
      <div className={css['panels']}>
        <Profile />
        <Appearance />
        <Password />
        <SecondFactor />
      </div>
      <Sessions />
    </Page>
  );
}
