import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Needs } from '@/app/Needs';
import { Page } from '@/design/Page';
import { Tabs } from '@/design/Tabs';
import css from './Events.module.css';
import { Notices } from './Notices';
import { ParkedList } from './ParkedList';
import { eventTabs } from './search';

/** What came from WhatsApp and is no message: notices about the account, and deliveries that were kept aside. */
export function Screen() {
  const { t } = useTranslation('insight');
  const { tab = 'notices' } = useSearch({ from: '/shell/events' });
  const navigate = useNavigate({ from: '/events' });
  return (
    <Page title={t('events.title')}>
      <Tabs
        label={t('events.title')}
        tabs={eventTabs.map((id) => ({ id, label: t(`events.tab.${id}`) }))}
        selected={tab}
        onSelect={(id) => void navigate({ search: id === 'parked' ? { tab: id } : {} })}
      >
        <div className={css['tab']}>
          <p className={css['text']}>{t(`events.text.${tab}`)}</p>
          {tab === 'notices' ? (
            <Needs permission="notices:read">
              <Notices />
            </Needs>
          ) : (
            <Needs permission="parked:read">
              <ParkedList />
            </Needs>
          )}
        </div>
      </Tabs>
    </Page>
  );
}
