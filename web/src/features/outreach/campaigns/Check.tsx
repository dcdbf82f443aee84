import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Fact, Facts } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useCommand, useQuoteCampaign, useTestCampaign } from './api';
import css from './Editor.module.css';

function Test({ id }: { id: string }) {
  const { t } = useTranslation('outreach');
  const [phone, setPhone] = useState('');
  const test = useTestCampaign(id);
  const send = () => test.mutate(phone, { onSuccess: () => showToast(t('testSent', { phone })) });
  return (
    <div className={css['pair']}>
      <Field label={t('testPhone')} hint={t('testHint')} type="tel" value={phone} onChange={setPhone} />
      <div className={css['actions']}>
        <Button isPending={test.isPending} isDisabled={phone.trim() === ''} onPress={send}>
          {t('sendTest')}
        </Button>
      </div>
      {test.error && <ErrorLine error={test.error} />}
    </div>
  );
}

/** What the campaign would do, before it starts: its audience counted, and its price. */
export function Check({ id, isLater }: { id: string; isLater: boolean }) {
  const { t } = useTranslation('outreach');
  const { number, money } = useFormats();
  const navigate = useNavigate();
  const { mutate, data, error, isPending } = useQuoteCampaign();
  const command = useCommand(id);
  useEffect(() => mutate(id), [id, mutate]);
  const start = () =>
    command.mutate('start', {
      onSuccess: () => void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } }),
    });
  if (error) return <ErrorPanel error={error} onRetry={() => mutate(id)} />;
  if (isPending || !data) return <Skeleton count={4} />;
  const count = (value: number) => (data.hasMore ? t('atLeast', { count: number(value) }) : number(value));
  return (
    <div className={css['fields']}>
      <Facts>
        <Fact name={t('funnel.recipients')}>{count(data.recipients)}</Fact>
        {data.exclusions.map((one) => (
          <Fact key={one.reason} name={t(`exclusion.${one.reason}`)}>
            {count(one.count)}
          </Fact>
        ))}
        <Fact name={t('price')}>
          {data.currency === null ? t('unknownPrice') : money(data.total, data.currency)}
          {data.unknown > 0 && data.currency !== null && (
            <span> {t('unknownPrices', { count: data.unknown })}</span>
          )}
        </Fact>
      </Facts>
      {!data.withinBudget && <p role="alert">{t('overBudget')}</p>}
      <Test id={id} />
      {command.error && <ErrorLine error={command.error} />}
      <div className={css['actions']}>
        <Button
          look="primary"
          isPending={command.isPending}
          isDisabled={data.recipients === 0 && !data.hasMore}
          onPress={start}
        >
          {isLater ? t('scheduleIt') : t('startIt')}
        </Button>
      </div>
    </div>
  );
}
