import { useQuery } from '@tanstack/react-query';
import { Phone, Plus, QrCode } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '@/api/queries';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { Channel } from './Channel';
import css from './Channel.module.css';
import { Sessions } from './Sessions';
import { signupQuery, useSignup } from './signup';

const ConnectDialog = part(() => import('./ConnectDialog').then(({ ConnectDialog }) => ConnectDialog));
const LinkPhoneDialog = part(() =>
  import('./LinkPhoneDialog').then(({ LinkPhoneDialog }) => LinkPhoneDialog),
);

/** How often the numbers are read while one of them is checked, in milliseconds. */
const WHILE_CHECKING = 1000;

function Numbers({ onConnect }: { onConnect: () => void }) {
  const { t } = useTranslation('channels');
  const mayConnect = useMay('channels:write');
  const channels = useQuery({
    ...channelsQuery,
    refetchInterval: (query) =>
      query.state.data?.items.some((channel) => channel.checking) ? WHILE_CHECKING : false,
  });
  if (channels.isPending) return <Skeleton kind="card" count={2} />;
  if (!channels.data) return <ErrorPanel error={channels.error} onRetry={() => void channels.refetch()} />;
  if (channels.data.items.length === 0) {
    const connect = mayConnect && (
      <Button look="primary" icon={<Plus size={16} aria-hidden />} onPress={onConnect}>
        {t('connect')}
      </Button>
    );
    return (
      <Empty icon={<Phone size={20} />} title={t('emptyTitle')} action={connect}>
        {t(mayConnect ? 'empty' : 'emptyView')}
      </Empty>
    );
  }
  return (
    <div className={css['list']}>
      {channels.data.items.map((channel) => (
        <Channel key={channel.id} channel={channel} />
      ))}
    </div>
  );
}

/** The ways to connect a number on Meta's page, where the installation offers them. */
function OnMetasPage({ onLink }: { onLink: () => void }) {
  const { t } = useTranslation('channels');
  const errorText = useErrorText();
  const offered = useQuery(signupQuery);
  const signup = useSignup();
  if (!offered.data?.available) return null;
  const onError = (error: Error) =>
    showToast(errorText(error).text || errorText(error).title, { look: 'error' });
  return (
    <>
      <Button icon={<QrCode size={16} aria-hidden />} onPress={onLink}>
        {t('link.byCode')}
      </Button>
      <Button isPending={signup.isPending} onPress={() => signup.mutate(undefined, { onError })}>
        {t('link.byFacebook')}
      </Button>
    </>
  );
}

/** The connected numbers, whether WhatsApp takes what they send, and how to connect another. */
export function Screen() {
  const { t } = useTranslation('channels');
  const mayConnect = useMay('channels:write');
  const [isConnecting, setConnecting] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const connect = () => setConnecting(true);
  const action = mayConnect && (
    <>
      <OnMetasPage onLink={() => setLinking(true)} />
      <Button icon={<Plus size={16} aria-hidden />} onPress={connect}>
        {t('connect')}
      </Button>
    </>
  );
  return (
    <Page title={t('title')} actions={action}>
      <Needs permission="inbox:read">
        <Sessions />
        <Numbers onConnect={connect} />
      </Needs>
      {isLinking && (
        <Suspense>
          <LinkPhoneDialog onClose={() => setLinking(false)} />
        </Suspense>
      )}
      {isConnecting && (
        <Suspense>
          <ConnectDialog onClose={() => setConnecting(false)} />
        </Suspense>
      )}
    </Page>
  );
}
