import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { channelsQuery } from '@/api/queries';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { campaignQuery, templateQuery, useSaveDraft } from './api';
import { Check } from './Check';
import { bodyOf, draftOf, emptyDraft, type Draft } from './draft';
import css from './Editor.module.css';
import { AudienceStep, MessageStep, WhenStep } from './Steps';

const STEPS = ['audience', 'message', 'when', 'check'] as const;
type Step = (typeof STEPS)[number];

/** The step in which a refused field stands. */
const stepOf = (field: string): Step => {
  if (field.startsWith('message') || field === 'channelId') return 'message';
  return /^(schedule|quietHours|budget|acceptUnknown)/.test(field) ? 'when' : 'audience';
};

function Form({ first, savedAs }: { first: Draft; savedAs: string | null }) {
  const { t } = useTranslation('outreach');
  const [draft, setDraft] = useState(first);
  const [id, setId] = useState(savedAs);
  const [step, setStep] = useState<Step>('audience');
  const templates = useQuery(templateQuery(draft.channelId)).data?.items ?? [];
  const template = templates.find((one) => one.id === draft.templateId);
  const save = useSaveDraft(id);
  const change = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }));
  const place = STEPS.indexOf(step);
  const fields = save.error ? toApiError(save.error).fields : new Map<string, string>();
  const errorOf = (field: string) => fields.get(field);
  const isComplete =
    draft.name.trim() !== '' && template !== undefined && (draft.when === 'now' || draft.time !== '');
  const check = () => {
    if (!template) return;
    save.mutate(bodyOf(draft, template), {
      onSuccess: (saved) => {
        setId(saved.id);
        setStep('check');
      },
      onError: (error) => {
        const [field] = toApiError(error).fields.keys();
        if (field !== undefined) setStep(stepOf(field));
      },
    });
  };
  const next = () => {
    const following = STEPS[place + 1];
    if (following === 'check') check();
    else if (following) setStep(following);
  };
  const props = { draft, change, errorOf };
  return (
    <>
      <ol className={css['steps']} aria-label={t('steps')}>
        {STEPS.map((one, index) => (
          <li key={one} aria-current={one === step ? 'step' : undefined}>
            {index + 1}. {t(`step.${one}`)}
          </li>
        ))}
      </ol>
      <Panel title={t(`step.${step}`)}>
        {step === 'audience' && <AudienceStep {...props} />}
        {step === 'message' && <MessageStep {...props} templates={templates} />}
        {step === 'when' && <WhenStep {...props} />}
        {step === 'check' && id !== null && <Check id={id} isLater={draft.when !== 'now'} />}
        {save.error && <ErrorLine error={save.error} />}
        <div className={css['actions']}>
          {place > 0 && (
            <Button onPress={() => setStep(STEPS[place - 1] ?? 'audience')}>{t('stepBack')}</Button>
          )}
          {step !== 'check' && (
            <Button
              look="primary"
              isPending={save.isPending}
              isDisabled={step === 'when' && !isComplete}
              onPress={next}
            >
              {step === 'when' ? t('saveAndCheck') : t('stepNext')}
            </Button>
          )}
        </div>
      </Panel>
    </>
  );
}

export function NewCampaign() {
  const { t } = useTranslation('outreach');
  const channels = useQuery(channelsQuery);
  const [channel] = channels.data?.items ?? [];
  return (
    <Page title={t('create')}>
      <Needs permission="campaigns:manage">
        <p>
          <Link to="/campaigns">{t('all')}</Link>
        </p>
        {channels.isPending ? (
          <Skeleton count={5} />
        ) : channels.error ? (
          <ErrorPanel error={channels.error} onRetry={() => void channels.refetch()} />
        ) : (
          <Form first={{ ...emptyDraft, channelId: channel?.id ?? '' }} savedAs={null} />
        )}
      </Needs>
    </Page>
  );
}

export function EditCampaign() {
  const { t } = useTranslation('outreach');
  const { campaignId } = useParams({ from: '/shell/campaigns/$campaignId/edit' });
  const campaign = useQuery(campaignQuery(campaignId));
  const templates = useQuery(templateQuery(campaign.data?.channelId ?? ''));
  const error = campaign.error ?? templates.error;
  return (
    <Page title={campaign.data?.name ?? t('edit')}>
      <Needs permission="campaigns:manage">
        {error ? (
          <ErrorPanel error={error} onRetry={() => void campaign.refetch()} />
        ) : campaign.data && templates.data ? (
          <Form first={draftOf(campaign.data, templates.data.items)} savedAs={campaignId} />
        ) : (
          <Skeleton count={5} />
        )}
      </Needs>
    </Page>
  );
}
