import { CircleAlert, CircleCheck, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel as ChannelView } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Switch } from '@/design/Switch';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { useChangeChannel } from './change';
import css from './Channel.module.css';
import { TokenDialog } from './TokenDialog';

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

/** Whether customers see blue ticks. */
function ReadReceipts({ channel, mayChange }: { channel: ChannelView; mayChange: boolean }) {
  const { t } = useTranslation('channels');
  const errorText = useErrorText();
  const change = useChangeChannel(channel.id);
  const shown = change.isPending ? change.variables.readReceipts : channel.readReceipts;
  const set = (readReceipts: boolean) =>
    change.mutate(
      { readReceipts },
      { onError: (error) => showToast(errorText(error).text || errorText(error).title, { look: 'error' }) },
    );
  return (
    <div>
      <Switch isSelected={shown ?? channel.readReceipts} isDisabled={!mayChange} onChange={set}>
        {t('readReceipts')}
      </Switch>
      <p className={css['hint']}>{t('readReceiptsHint')}</p>
    </div>
  );
}

export function Channel({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation('channels');
  const mayChange = useMay('channels:write');
  const [isReplacing, setReplacing] = useState(false);
  const { name, phoneNumber, phoneNumberId, refusal, tokenLast4 } = channel;
  const replace = mayChange && (
    <Button
      look={refusal?.reason === 'unauthorised' ? 'primary' : 'secondary'}
      icon={<KeyRound size={16} aria-hidden />}
      onPress={() => setReplacing(true)}
    >
      {t('replaceToken')}
    </Button>
  );
  return (
    <Panel title={name} actions={replace}>
      <p>
        {refusal ? (
          <Badge tone="red" icon={<CircleAlert size={16} aria-hidden />}>
            {t('refused')}
          </Badge>
        ) : (
          <Badge tone="green" icon={<CircleCheck size={16} aria-hidden />}>
            {t('healthy')}
          </Badge>
        )}
      </p>
      {refusal && <Refusal refusal={refusal} />}
      <Facts>
        <Fact name={t('number')}>
          <CopyText text={phoneNumber} />
        </Fact>
        <Fact name={t('phoneNumberId')}>
          <CopyText text={phoneNumberId} />
        </Fact>
        <Fact name={t('id')}>
          <CopyText text={channel.id} />
        </Fact>
        <Fact name={t('token')}>
          {tokenLast4 === null ? t('tokenOfApp') : t('tokenEnds', { last4: tokenLast4 })}
        </Fact>
      </Facts>
      <ReadReceipts channel={channel} mayChange={mayChange} />
      {isReplacing && <TokenDialog channel={channel} onClose={() => setReplacing(false)} />}
    </Panel>
  );
}
