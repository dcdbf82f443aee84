import { useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { Page } from '@/design/Page';
import { Tabs } from '@/design/Tabs';
import { Keys } from '../keys/Keys';
import { Webhooks } from '../webhooks/Webhooks';
import { Invitations } from './Invitations';
import { InviteDialog } from './InviteDialog';
import { People } from './People';
import { teamTabs } from './search';
import css from './Team.module.css';

/** Who works here, who is invited, and the keys of programs. */
export function Screen() {
  const { t } = useTranslation('team');
  const { tab = 'people' } = useSearch({ from: '/shell/team' });
  const navigate = useNavigate({ from: '/team' });
  const mayInvite = useMay('users:write');
  const mayKeys = useMay('keys:write');
  const [isInviting, setInviting] = useState(false);
  const mayWebhooks = useMay('webhooks:write');
  const invite = mayInvite && tab !== 'keys' && tab !== 'webhooks' && (
    <Button look="primary" icon={<UserPlus size={16} aria-hidden />} onPress={() => setInviting(true)}>
      {t('invite')}
    </Button>
  );
  const tabs = teamTabs
    .filter((id) => id !== 'keys' || mayKeys || tab === 'keys')
    .filter((id) => id !== 'webhooks' || mayWebhooks || tab === 'webhooks')
    .map((id) => ({ id, label: t(`tab.${id}`) }));
  return (
    <Page title={t('title')} actions={invite}>
      <Needs permission="users:read">
        <Tabs
          label={t('title')}
          tabs={tabs}
          selected={tab}
          onSelect={(id) => void navigate({ search: id === 'people' ? {} : { tab: id } })}
        >
          <div className={css['tab']}>
            {tab === 'people' && <People />}
            {tab === 'invitations' && <Invitations />}
            {tab === 'webhooks' && (
              <Needs permission="webhooks:write">
                <Webhooks />
              </Needs>
            )}
            {tab === 'keys' && (
              <Needs permission="keys:write">
                <Keys />
              </Needs>
            )}
          </div>
        </Tabs>
        {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      </Needs>
    </Page>
  );
}
