import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Checks } from './Checks';
import { takeStarted } from './signup';

/** A scanned QR code: names the business before the phone leaves for Meta's page. */
function Scanned({ state }: { state: string }) {
  const { t } = useTranslation('channels');
  const scan = useQuery({
    queryKey: ['scan', state],
    queryFn: () => call(api.POST('/api/sessions/scan', { body: { state } })),
    staleTime: Infinity,
  });
  if (scan.isPending) return <Skeleton kind="card" count={1} />;
  if (scan.error) return <ErrorPanel error={scan.error} />;
  return (
    <>
      <p>{t('link.share', { business: scan.data.business })}</p>
      <Button look="primary" onPress={() => location.assign(scan.data.url)}>
        {t('link.continue')}
      </Button>
    </>
  );
}

interface Result {
  phoneNumber: string;
  checks: Parameters<typeof Checks>[0]['checks'];
  pin: string | null;
  isSignedIn: boolean;
}

async function complete(code: string, state: string, isOwn: boolean): Promise<Result> {
  const body = { code, state };
  if (isOwn && (await session.restore())) {
    const channel = await call(api.POST('/api/channels/signup/complete', { body }));
    return { ...channel, pin: channel.twoStepPin, isSignedIn: true };
  }
  const linked = await call(api.POST('/api/sessions/complete', { body }));
  return { ...linked, pin: null, isSignedIn: false };
}

/** The return from Meta's page. The same request may be sent again, so a lost answer costs nothing. */
function Returned({ code, state }: { code: string; state: string }) {
  const { t } = useTranslation('channels');
  const [isOwn] = useState(takeStarted);
  const done = useQuery({
    queryKey: ['signup', code],
    queryFn: () => complete(code, state, isOwn),
    staleTime: Infinity,
  });
  if (done.isPending) return <p role="status">{t('link.busy')}</p>;
  if (done.error) {
    return (
      <>
        <ErrorPanel error={done.error} onRetry={() => void done.refetch()} />
        {isOwn && <Link to="/numbers">{t('title')}</Link>}
      </>
    );
  }
  return (
    <>
      <p role="status">{t('connected', { name: done.data.phoneNumber })}</p>
      {done.data.pin !== null && <p>{t('link.pin', { pin: done.data.pin })}</p>}
      <Checks checks={done.data.checks} />
      {done.data.isSignedIn ? <Link to="/numbers">{t('title')}</Link> : <p>{t('link.close')}</p>}
    </>
  );
}

/** Where a QR code leads, and where Meta's page returns to. */
export function LinkPage() {
  const { t } = useTranslation('channels');
  const search = useSearch({ from: '/public/numbers/link' });
  const { scan, code, state } = search;
  return (
    <>
      <h1>{t('link.title')}</h1>
      {scan !== undefined && <Scanned state={scan} />}
      {code !== undefined && state !== undefined && <Returned code={code} state={state} />}
      {scan === undefined && code === undefined && <p role="alert">{t('link.cancelled')}</p>}
    </>
  );
}
