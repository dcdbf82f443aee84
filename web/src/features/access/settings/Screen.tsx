import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '@/api/queries';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { CopyText } from '@/design/CopyText';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { SettingsForm } from './SettingsForm';

function Settings() {
  const { t } = useTranslation('settings');
  const { day } = useFormats();
  const settings = useQuery(settingsQuery);
  if (settings.isPending) return <Skeleton kind="card" count={3} />;
  if (!settings.data) return <ErrorPanel error={settings.error} onRetry={() => void settings.refetch()} />;
  const { id, createdAt } = settings.data;
  return (
    <>
      <SettingsForm business={settings.data} />
      <Panel title={t('about')}>
        <Facts>
          <Fact name={t('id')}>
            <CopyText text={id} />
          </Fact>
          <Fact name={t('since')}>{day(createdAt)}</Fact>
          <Fact name={t('api')}>
            <Link to="/api/docs">{t('docs')}</Link>
          </Fact>
        </Facts>
      </Panel>
    </>
  );
}

/** What holds for the whole business. */
export function Screen() {
  const { t } = useTranslation('settings');
  return (
    <Page title={t('title')}>
      <Needs permission="users:read">
        <Settings />
      </Needs>
    </Page>
  );
}
