import { CircleAlert, CircleCheck, KeyRound, Pause } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Channel as ChannelView } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { CopyText } from '@/design/CopyText';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Switch } from '@/design/Switch';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { useChangeChannel } from './change';
import css from './Channel.module.css';
import { ChannelActions } from './ChannelActions';
import { Checks } from './Checks';
import { Webhook } from './Webhook';

/** The API counts held messages up to this. */
const MOST_COUNTED = 100;

function Refusal({ refusal }: { refusal: NonNullable<ChannelView['refusal']> }) {
  const { t } = useTranslation('channels');
  const { exact } = useFormats();
  return (
    <div className={css['refusal']}>
      <CircleAlert size={20} aria-hidden />
      <div>
        <p className={css['cause']}>
          {t('refusedSince', { time: exact(refusal.since) })} {t(`reason.${refusal.reason}`)}
        </p>
        {(refusal.detail !== null || refusal.code !== null) && (
          <p>
            {t('meta')} <q lang="en">{refusal.detail}</q>
            {refusal.code !== null && ` (${refusal.code})`}
          </p>
        )}
        <p>{t(refusal.reason === 'unauthorised' ? 'nextToken' : 'nextOther')}</p>
      </div>
    </div>
  );
}

/** How many messages wait until the number sends. */
function Held({ count }: { count: number }) {
  const { t } = useTranslation('channels');
  if (count === 0) return null;
  return <p className={css['note']}>{count < MOST_COUNTED ? t('held', { count }) : t('heldMany')}</p>;
}

interface SettingProps {
  channel: ChannelView;
  name: 'readReceipts' | 'agentNames' | 'payments';
  mayChange: boolean;
}

/** Whether customers see blue ticks or the names of agents, or get requests to pay. */
function Setting({ channel, name, mayChange }: SettingProps) {
  const { t } = useTranslation('channels');
  const errorText = useErrorText();
  const change = useChangeChannel(channel.id);
  const shown = change.isPending ? change.variables[name] : channel[name];
  const set = (isOn: boolean) =>
    change.mutate(
      { [name]: isOn },
      { onError: (error) => showToast(errorText(error).text || errorText(error).title, { look: 'error' }) },
    );
  return (
    <div>
      <Switch isSelected={shown ?? channel[name]} isDisabled={!mayChange} onChange={set}>
        {t(name)}
      </Switch>
      <p className={css['hint']}>{t(`${name}Hint`)}</p>
    </div>
  );
}

function State({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation('channels');
  if (channel.paused) {
    return (
      <Badge tone="amber" icon={<Pause size={16} aria-hidden />}>
        {t('paused')}
      </Badge>
    );
  }
  return channel.refusal ? (
    <Badge tone="red" icon={<CircleAlert size={16} aria-hidden />}>
      {t('refused')}
    </Badge>
  ) : (
    <Badge tone="green" icon={<CircleCheck size={16} aria-hidden />}>
      {t('healthy')}
    </Badge>
  );
}

/** Meta's rating, in words where we know it. */
function Quality({ quality }: { quality: string }) {
  const { t } = useTranslation('channels');
  switch (quality) {
    case 'GREEN':
    case 'YELLOW':
    case 'RED':
    case 'UNKNOWN':
      return t(`qualities.${quality}`);
    default:
      return quality;
  }
}

export function Channel({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation('channels');
  const { exact } = useFormats();
  const mayChange = useMay('channels:write');
  const { name, phoneNumber, phoneNumberId, refusal, tokenLast4 } = channel;
  return (
    <Panel title={name} actions={mayChange && <ChannelActions channel={channel} />}>
      <p>
        <State channel={channel} />
        {channel.tokenExpiresSoon && (
          <Badge tone="amber" icon={<KeyRound size={16} aria-hidden />}>
            {t('tokenExpiresSoon')}
          </Badge>
        )}
      </p>
      <Held count={channel.heldMessages} />
      {channel.paused && <p className={css['note']}>{t('pausedHint')}</p>}
      {refusal && <Refusal refusal={refusal} />}
      <Facts>
        <Fact name={t('number')}>
          <CopyText text={phoneNumber} />
        </Fact>
        {channel.verifiedName !== null && <Fact name={t('verifiedName')}>{channel.verifiedName}</Fact>}
        {channel.quality !== null && (
          <Fact name={t('quality')}>
            <Quality quality={channel.quality} />
          </Fact>
        )}
        {channel.messagingTier !== null && (
          <Fact name={t('tier')}>{channel.messagingTier.replace('TIER_', '')}</Fact>
        )}
        {channel.throughput !== null && (
          <Fact name={t('throughput')}>
            {channel.onPhone ? 20 : channel.throughput === 'HIGH' ? 1_000 : 80}
          </Fact>
        )}
        <Fact name={t('phoneNumberId')}>
          <CopyText text={phoneNumberId} />
        </Fact>
        <Fact name={t('accountId')}>
          <CopyText text={channel.businessAccountId} />
        </Fact>
        <Fact name={t('id')}>
          <CopyText text={channel.id} />
        </Fact>
        <Fact name={t('token')}>
          {tokenLast4 === null ? t('tokenOfApp') : t('tokenEnds', { last4: tokenLast4 })}
          {channel.tokenExpiresAt !== null && (
            <>, {t('tokenExpires', { time: exact(channel.tokenExpiresAt) })}</>
          )}
        </Fact>
      </Facts>
      <Webhook channel={channel} />
      <p className={css['note']}>
        {channel.lastHeardAt === null
          ? t('neverHeard')
          : t('lastHeard', { time: exact(channel.lastHeardAt) })}
      </p>
      {channel.checkedAt !== null && (
        <div>
          <p className={css['note']}>{t('checkedAt', { time: exact(channel.checkedAt) })}</p>
          <Checks checks={channel.checks} />
        </div>
      )}
      <Setting channel={channel} name="readReceipts" mayChange={mayChange} />
      <Setting channel={channel} name="agentNames" mayChange={mayChange} />
      <Setting channel={channel} name="payments" mayChange={mayChange} />
    </Panel>
  );
}
