import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Panel } from '@/design/Panel';
import { Switch } from '@/design/Switch';

type Kind = 'marketing' | 'service';
const KINDS: readonly Kind[] = ['marketing', 'service'];

/** What the customer has agreed to receive, and how that came about. */
export function Consent({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const { exact } = useFormats();
  const cache = useQueryClient();
  const mayChange = useMay('inbox:write');
  // A refusal is undone with the proof that the customer agreed.
  const [asked, setAsked] = useState<Kind | null>(null);
  const [note, setNote] = useState('');
  const consent = useQuery({
    queryKey: keys.consent(id),
    queryFn: () => call(api.GET('/api/leads/{id}/consent', { params: { path: { id } } })),
  });
  const change = useMutation({
    mutationFn: (body: Partial<Record<Kind, boolean>> & { note?: string }) =>
      call(api.PATCH('/api/leads/{id}/consent', { params: { path: { id } }, body })),
    onSuccess: (changed) => {
      cache.setQueryData(keys.consent(id), changed);
      setAsked(null);
      setNote('');
    },
  });
  if (!consent.data) return null;
  const { history, ...states } = consent.data;
  return (
    <Panel title={t('consent.title')}>
      {KINDS.map((kind) => (
        <Switch
          key={kind}
          isSelected={states[kind] === 'allowed'}
          isDisabled={!mayChange || change.isPending}
          onChange={(isOn) => (isOn ? setAsked(kind) : change.mutate({ [kind]: false }))}
        >
          {t(`consent.kind.${kind}`)}: {t(`consent.state.${states[kind]}`)}
        </Switch>
      ))}
      {asked !== null && (
        <>
          <Field label={t('consent.note')} value={note} onChange={setNote} maxLength={500} autoFocus />
          <Button
            look="primary"
            isPending={change.isPending}
            isDisabled={note.trim() === ''}
            onPress={() => change.mutate({ [asked]: true, note })}
          >
            {t('consent.save')}
          </Button>
        </>
      )}
      {change.error && <ErrorLine error={change.error} />}
      {history.length > 0 && (
        <ul>
          {history.map((one) => (
            <li key={`${one.kind} ${one.at} ${String(one.allowed)}`}>
              {t(`consent.kind.${one.kind}`)}: {t(one.allowed ? 'consent.allowed' : 'consent.refused')},{' '}
              {t(`consent.source.${one.source}`)}, <time dateTime={one.at}>{exact(one.at)}</time>
              {one.note !== null && <bdi>: {one.note}</bdi>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
