import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Channel } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { CopyText } from '@/design/CopyText';
import { Fact, Facts } from '@/design/Panel';
import css from './Channel.module.css';

/** What is entered in the dashboard of Meta's app, for whoever may manage numbers. */
export function Webhook({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const { exact } = useFormats();
  const status = useQuery({
    queryKey: keys.whatsappStatus,
    queryFn: () => call(api.GET('/api/whatsapp/status')),
    enabled: channel.verifyToken !== null,
  });
  const test = status.data?.dashboardTestAt ?? null;
  if (channel.verifyToken === null) return null;
  return (
    <div>
      <Facts>
        <Fact name={t('webhookUrl')}>
          <CopyText text={channel.webhookUrl} />
        </Fact>
        <Fact name={t('verifyToken')}>
          <CopyText text={channel.verifyToken} label={t('verifyToken')} />
        </Fact>
      </Facts>
      <p className={css['note']}>
        {t('webhookHint')} {test !== null && t('testArrived', { time: exact(test) })}
      </p>
    </div>
  );
}
