import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignState } from '@/api/schema';
import { Badge, type Tone } from '@/design/Badge';

const TONES: Record<CampaignState, Tone> = {
  draft: 'neutral',
  scheduled: 'blue',
  running: 'accent',
  paused: 'amber',
  finished: 'green',
  cancelled: 'neutral',
  failed: 'red',
};

/** The state of a campaign, and why it stands still. */
export function State({ campaign }: { campaign: Pick<Campaign, 'state' | 'reason' | 'waitsFor'> }) {
  const { t } = useTranslation('outreach');
  const { state, reason, waitsFor } = campaign;
  return (
    <span>
      <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
      {reason !== null && reason !== 'user' && <span> {t(`reason.${reason}`)}</span>}
      {state === 'running' && waitsFor !== null && <span> {t(`waits.${waitsFor}`)}</span>}
    </span>
  );
}
