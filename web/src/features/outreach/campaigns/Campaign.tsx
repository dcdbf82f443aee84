import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignState } from '@/api/schema';
import { Needs } from '@/app/Needs';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { campaignQuery, useCommand, useDeleteDraft, type CampaignCommand } from './api';
import css from './Campaign.module.css';
import { Recipients } from './Recipients';
import { State } from './State';

const STEPS = ['recipients', 'attempted', 'sent', 'delivered', 'read', 'replied'] as const;

const COMMANDS: Record<CampaignState, readonly Exclude<CampaignCommand, 'start'>[]> = {
  draft: [],
  scheduled: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  finished: [],
  cancelled: [],
  failed: [],
};

/** The funnel: each step with its part of the recipients. */
function Funnel({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('outreach');
  const { number, money } = useFormats();
  const { funnel } = campaign;
  const whole = Math.max(funnel.recipients, 1);
  return (
    <Panel title={t('progress')}>
      <dl className={css['funnel']}>
        {STEPS.map((step) => (
          <div key={step} className={css['step']}>
            <dt>{t(`funnel.${step}`)}</dt>
            <dd>
              <strong>{number(funnel[step])}</strong>
              <meter
                className={css['bar']}
                min={0}
                max={whole}
                value={funnel[step]}
                aria-label={t(`funnel.${step}`)}
              />
            </dd>
          </div>
        ))}
      </dl>
      <Facts>
        <Fact name={t('funnel.failed')}>{number(funnel.failed)}</Fact>
        <Fact name={t('funnel.excluded')}>
          {number(funnel.excluded)}
          {funnel.exclusions.map(({ reason, count }) => (
            <span key={reason} className={css['reason']}>
              {t(`exclusion.${reason}`)}: {number(count)}
            </span>
          ))}
        </Fact>
        <Fact name={t('funnel.cost')}>
          {funnel.cost.length === 0
            ? t('noCost')
            : funnel.cost.map(({ currency, amount }) => money(amount, currency)).join(', ')}
        </Fact>
      </Facts>
    </Panel>
  );
}

function Draft({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('outreach');
  const navigate = useNavigate();
  const remove = useDeleteDraft();
  const [isAsking, setAsking] = useState(false);
  return (
    <Panel title={t('draftTitle')} text={t('draftText')}>
      <div className={css['actions']}>
        <Button
          look="primary"
          onPress={() =>
            void navigate({ to: '/campaigns/$campaignId/edit', params: { campaignId: campaign.id } })
          }
        >
          {t('edit')}
        </Button>
        <Button onPress={() => setAsking(true)}>{t('delete')}</Button>
      </div>
      {isAsking && (
        <Confirm
          title={t('deleteTitle')}
          action={t('delete')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(campaign.id, { onSuccess: () => void navigate({ to: '/campaigns' }) })
          }
          onClose={() => setAsking(false)}
        >
          {campaign.name}
        </Confirm>
      )}
    </Panel>
  );
}

function Actions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('outreach');
  const command = useCommand(campaign.id);
  const [isCancelling, setCancelling] = useState(false);
  const run = (one: CampaignCommand) => command.mutate(one, { onSuccess: () => setCancelling(false) });
  return (
    <>
      {COMMANDS[campaign.state].map((one) => (
        <Button
          key={one}
          look={one === 'resume' ? 'primary' : 'secondary'}
          isPending={command.isPending}
          onPress={() => (one === 'cancel' ? setCancelling(true) : run(one))}
        >
          {t(`command.${one}`)}
        </Button>
      ))}
      {command.error && !isCancelling && <ErrorLine error={command.error} />}
      {isCancelling && (
        <Confirm
          title={t('cancelTitle')}
          action={t('command.cancel')}
          isPending={command.isPending}
          error={command.error}
          onConfirm={() => run('cancel')}
          onClose={() => setCancelling(false)}
        >
          {t('cancelText', { name: campaign.name })}
        </Confirm>
      )}
    </>
  );
}

function Content({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('outreach');
  const { exact } = useFormats();
  return (
    <>
      <p role="status">
        <State campaign={campaign} />
        {campaign.startedAt && <span> {t('startedAt', { time: exact(campaign.startedAt) })}</span>}
        {campaign.state === 'scheduled' && campaign.schedule && (
          <span>
            {' '}
            {t('startsAt', {
              time: campaign.schedule.at ? exact(campaign.schedule.at) : campaign.schedule.localTime,
            })}
          </span>
        )}
      </p>
      {campaign.state === 'draft' ? (
        <Draft campaign={campaign} />
      ) : (
        <>
          <Funnel campaign={campaign} />
          <Recipients campaign={campaign} />
        </>
      )}
    </>
  );
}

/** One campaign: how far it has come, and its recipients. */
export function Screen() {
  const { t } = useTranslation('outreach');
  const { campaignId } = useParams({ from: '/shell/campaigns/$campaignId' });
  const campaign = useQuery(campaignQuery(campaignId));
  return (
    <Page
      title={campaign.data?.name ?? t('campaign')}
      actions={campaign.data && <Actions campaign={campaign.data} />}
    >
      <Needs permission="campaigns:manage">
        <p>
          <Link to="/campaigns">{t('all')}</Link>
        </p>
        {campaign.isPending ? (
          <Skeleton count={6} />
        ) : campaign.error ? (
          <ErrorPanel error={campaign.error} onRetry={() => void campaign.refetch()} />
        ) : (
          <Content campaign={campaign.data} />
        )}
      </Needs>
    </Page>
  );
}
