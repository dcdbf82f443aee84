import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useFormats } from '@/app/useFormats';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Json } from '@/design/Json';
import { Fact, Facts } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { readBody } from './body';

/** One delivery that was kept aside, with what it holds. */
export function ParkedDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('insight');
  const { exact, number } = useFormats();
  const parked = useQuery({
    queryKey: keys.parkedOne(id),
    queryFn: () => call(api.GET('/api/parked/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });
  const { data } = parked;
  return (
    <Dialog title={t('events.parkedTitle')} look="wide" isOpen onClose={onClose}>
      {parked.isPending && <Skeleton count={6} />}
      {parked.error && !data && <ErrorPanel error={parked.error} onRetry={() => void parked.refetch()} />}
      {data && (
        <>
          <Facts>
            <Fact name={t('events.reason')}>
              <span lang="en">{data.reason}</span>
            </Fact>
            <Fact name={t('events.at')}>{exact(data.at)}</Fact>
            <Fact name={t('events.bytes')}>
              {number(data.bytes)} {data.encoding === 'base64' && `(${t('events.base64')})`}
            </Fact>
            {data.phoneNumberId && (
              <Fact name={t('events.number')}>
                <CopyText text={data.phoneNumberId} />
              </Fact>
            )}
            <Fact name={t('events.id')}>
              <CopyText text={data.id} />
            </Fact>
          </Facts>
          <Json value={readBody(data.body, data.encoding)} label={t('events.raw')} />
        </>
      )}
    </Dialog>
  );
}
