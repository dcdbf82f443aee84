import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import type { Channel } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { CopyText } from '@/design/CopyText';
import { Dialog } from '@/design/Dialog';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Skeleton } from '@/design/Skeleton';
import { Switch } from '@/design/Switch';
import css from './SetupDialog.module.css';
import { Links, Starters, type PartProps } from './SetupParts';
import { setupQuery, useSetup } from './setup';
import { HeaderFile } from './templates/HeaderFile';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Whether and when customers can call. */
function Calls({ setup, isBusy, errors, ask }: PartProps) {
  const { t } = useTranslation('channels');
  const { calls } = setup;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [isOn, setOn] = useState(calls?.enabled ?? false);
  const [hours, setHours] = useState(calls?.hours ?? []);
  if (calls === null) return null;
  const of = (day: (typeof DAYS)[number]) => hours.find((one) => one.day === day);
  const set = (day: (typeof DAYS)[number], open: string, close: string) =>
    setHours([...hours.filter((one) => one.day !== day), { day, open, close }]);
  const save = () => {
    const given = hours.filter(({ open, close }) => open !== '' && close !== '');
    const sorted = given.toSorted((one, other) => DAYS.indexOf(one.day) - DAYS.indexOf(other.day));
    const timeZone = calls.timeZone ?? zone;
    ask({
      kind: 'change',
      body: { calls: { enabled: isOn, hours: sorted, ...(sorted.length > 0 && { timeZone }) } },
    });
  };
  const wrong = [...errors].find(([field]) => field.startsWith('calls'));
  return (
    <section className={css['part']}>
      <h3 className={css['title']}>{t('setup.calls')}</h3>
      <Switch isSelected={isOn} onChange={setOn}>
        {t('setup.callsOn')}
      </Switch>
      {isOn && (
        <>
          <p className={css['hint']}>{t('setup.hoursHint', { zone: calls.timeZone ?? zone })}</p>
          {DAYS.map((day) => (
            <div key={day} className={css['line']}>
              <Field
                label={t('setup.opens', { day: t(`setup.days.${day}`) })}
                placeholder="09:00"
                value={of(day)?.open ?? ''}
                onChange={(open) => set(day, open, of(day)?.close ?? '')}
              />
              <Field
                label={t('setup.closes', { day: t(`setup.days.${day}`) })}
                placeholder="17:30"
                value={of(day)?.close ?? ''}
                onChange={(close) => set(day, of(day)?.open ?? '', close)}
              />
            </div>
          ))}
        </>
      )}
      {wrong && <p className={css['wrong']}>{wrong[1]}</p>}
      <Button isDisabled={isBusy} onPress={save}>
        {t('setup.saveCalls')}
      </Button>
    </section>
  );
}

/** Flows that buttons can open, where webhooks go, and the phone's past. */
function Rest({ channel, setup, isBusy, ask }: PartProps & { channel: Channel }) {
  const { t } = useTranslation('channels');
  return (
    <>
      <section className={css['part']}>
        <h3 className={css['title']}>{t('setup.flows')}</h3>
        {setup.flows.length === 0 ? (
          <p className={css['hint']}>{t('setup.noFlows')}</p>
        ) : (
          <ul className={css['links']}>
            {setup.flows.map(({ id, name }) => (
              <li key={id} className={css['link']}>
                <bdi className={css['grow']}>{name}</bdi>
                <CopyText text={id} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={css['part']}>
        <h3 className={css['title']}>{t('setup.callback')}</h3>
        {setup.postedTo !== null && (
          <p className={css['hint']}>{t('setup.postedTo', { url: setup.postedTo })}</p>
        )}
        <Switch
          isSelected={setup.ownCallback}
          isDisabled={isBusy}
          onChange={(ownCallback) => ask({ kind: 'change', body: { ownCallback } })}
        >
          {t('setup.ownCallback')}
        </Switch>
      </section>
      <section className={css['part']}>
        <h3 className={css['title']}>{t('setup.picture')}</h3>
        <HeaderFile
          kind="image"
          file={null}
          note={t('setup.pictureHint')}
          onFile={({ mediaId }) => ask({ kind: 'change', body: { picture: mediaId } })}
        />
      </section>
      {channel.onPhone && (
        <section className={css['part']}>
          <h3 className={css['title']}>{t('setup.phone')}</h3>
          <p className={css['hint']}>
            {channel.historyPercent === null
              ? t('setup.notImported')
              : t('setup.imported', { percent: channel.historyPercent })}
          </p>
          <Button isDisabled={isBusy} onPress={() => ask({ kind: 'change', body: { importPhone: true } })}>
            {t('setup.import')}
          </Button>
        </section>
      )}
    </>
  );
}

interface SetupDialogProps {
  channel: Channel;
  onClose: () => void;
}

/** What customers meet at a number besides its messages, as Meta has it. */
export function SetupDialog({ channel, onClose }: SetupDialogProps) {
  const { t } = useTranslation(['channels', 'common']);
  const { exact } = useFormats();
  const setup = useQuery(setupQuery(channel.id));
  const { mutate, ...sent } = useSetup(channel.id);
  const { data } = setup;
  // Meta is asked when the dialog opens: what was made in WhatsApp Manager is shown too.
  useEffect(() => mutate({ kind: 'refresh' }), [mutate]);
  const isBusy = sent.isPending || (data?.saving ?? true);
  const errors = sent.error ? toApiError(sent.error).fields : new Map<string, string>();
  const actions = (
    <>
      <Button
        icon={<RefreshCw size={16} aria-hidden />}
        isPending={isBusy}
        onPress={() => mutate({ kind: 'refresh' })}
      >
        {t('setup.refresh')}
      </Button>
      <Button onPress={onClose}>{t('common:close')}</Button>
    </>
  );
  const parts = data?.readAt ? { setup: data, isBusy, errors, ask: mutate } : null;
  return (
    <Dialog title={t('setup.of', { name: channel.name })} isOpen onClose={onClose} actions={actions}>
      {setup.isError && !data ? (
        <ErrorPanel error={setup.error} onRetry={() => void setup.refetch()} />
      ) : data?.problem ? (
        <p role="alert" className={css['wrong']}>
          {data.problem}
        </p>
      ) : null}
      {sent.error && <ErrorLine error={sent.error} />}
      {parts === null ? (
        !data?.problem && <Skeleton kind="card" count={2} />
      ) : (
        <div key={parts.setup.readAt} className={css['parts']}>
          <p role="status" className={css['hint']}>
            {parts.setup.saving
              ? t('setup.saving')
              : t('setup.readAt', { time: exact(parts.setup.readAt ?? '') })}
          </p>
          <Links {...parts} />
          <Starters {...parts} />
          <Calls {...parts} />
          <Rest {...parts} channel={channel} />
        </div>
      )}
    </Dialog>
  );
}
