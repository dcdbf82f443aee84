import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { usersQuery } from '@/api/queries';
import type { Import, ImportPreview, ImportSettingsBody, Source, Stage } from '@/api/schema';
import { Button } from '@/design/Button';
import { ErrorLine, ErrorPanel } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { Table } from '@/design/Table';
import { tagsOf } from '../details';
import { sources, stages } from '../stages';
import { previewQuery, useCheck } from './api';
import css from './Screen.module.css';

const fields = [
  'name',
  'firstName',
  'lastName',
  'phone',
  'email',
  'stage',
  'source',
  'tags',
  'owner',
  'value',
  'currency',
  'lostReason',
  'consent',
  'consentProof',
] as const;
type Held = (typeof fields)[number];

const duplicates = ['skip', 'update', 'update_only'] as const;
type Duplicates = (typeof duplicates)[number];

interface Chosen {
  columns: readonly (Held | null)[];
  duplicates: Duplicates;
  callingCode: string;
  currency: string;
  tags: string;
  stage: Stage;
  source: Source;
  ownerId: string;
  consentProof: string;
}

const bodyOf = (chosen: Chosen): ImportSettingsBody => ({
  columns: [...chosen.columns],
  duplicates: chosen.duplicates,
  stage: chosen.stage,
  source: chosen.source,
  tags: tagsOf(chosen.tags),
  ...(chosen.callingCode.trim() && { callingCode: chosen.callingCode.trim() }),
  ...(chosen.currency.trim() && { currency: chosen.currency.trim() }),
  ...(chosen.ownerId && { ownerId: chosen.ownerId }),
  ...(chosen.consentProof.trim() && { consentProof: chosen.consentProof.trim() }),
});

interface PartProps {
  chosen: Chosen;
  onChange: (change: Partial<Chosen>) => void;
}

function Columns({ preview, chosen, onChange }: PartProps & { preview: ImportPreview }) {
  const { t } = useTranslation('kinds');
  const rows = preview.columns.map((column, place) => ({ ...column, id: String(place), place }));
  const options = [
    { id: '' as const, label: t('jobs.import.leaveOut') },
    ...fields.map((id) => ({ id, label: t(`jobs.import.fields.${id}`) })),
  ];
  const hold = (place: number, held: Held | '') =>
    onChange({
      // A field is in one column: choosing it for another one takes it away from the first.
      columns: chosen.columns.map((now, at) => (at === place ? held || null : now === held ? null : now)),
    });
  return (
    <Table
      label={t('jobs.import.column')}
      columns={[
        { id: 'header', label: t('jobs.import.column'), cell: ({ header }) => <bdi>{header || '–'}</bdi> },
        {
          id: 'samples',
          label: t('jobs.import.samples'),
          cell: ({ samples }) =>
            samples.slice(0, 3).map((sample, place) => (
              <bdi key={place} className={css['sample']}>
                {sample}
              </bdi>
            )),
        },
        {
          id: 'holds',
          label: t('jobs.import.holds'),
          cell: ({ place, header }) => (
            <Select<Held | ''>
              label={`${t('jobs.import.holds')} ${header}`}
              hideLabel
              value={chosen.columns[place] ?? ''}
              options={options}
              onChange={(held) => hold(place, held)}
            />
          ),
        },
      ]}
      rows={rows}
    />
  );
}

function Choices({ chosen, onChange, error }: PartProps & { error: unknown }) {
  const { t } = useTranslation(['kinds', 'crm', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const wrong = (name: string) => (error ? toApiError(error).fields.get(name) : undefined);
  const labels = { skip: 'skip', update: 'update', update_only: 'updateOnly' } as const;
  return (
    <div className={css['form']}>
      <Select<Duplicates>
        label={t('kinds:jobs.import.duplicates')}
        value={chosen.duplicates}
        options={duplicates.map((id) => ({ id, label: t(`kinds:jobs.import.${labels[id]}`) }))}
        onChange={(value) => onChange({ duplicates: value })}
      />
      <Field
        label={t('kinds:jobs.import.callingCode')}
        hint={t('kinds:jobs.import.callingCodeHint')}
        value={chosen.callingCode}
        onChange={(callingCode) => onChange({ callingCode })}
        error={wrong('callingCode')}
        maxLength={5}
      />
      <Field
        label={t('kinds:jobs.import.currency')}
        hint={t('kinds:jobs.import.currencyHint')}
        value={chosen.currency}
        onChange={(currency) => onChange({ currency })}
        error={wrong('currency')}
        maxLength={3}
      />
      <Field
        label={t('kinds:jobs.import.tags')}
        hint={t('kinds:jobs.import.tagsHint')}
        value={chosen.tags}
        onChange={(tags) => onChange({ tags })}
        error={wrong('tags')}
      />
      <Select
        label={t('kinds:jobs.import.stage')}
        value={chosen.stage}
        options={stages.map((id) => ({ id, label: t(`common:stage.${id}`) }))}
        onChange={(stage) => onChange({ stage })}
      />
      <Select
        label={t('kinds:jobs.import.source')}
        value={chosen.source}
        options={sources.map((id) => ({ id, label: t(`crm:sources.${id}`) }))}
        onChange={(source) => onChange({ source })}
      />
      <Select
        label={t('kinds:jobs.import.owner')}
        value={chosen.ownerId}
        options={[
          { id: '', label: t('common:nobody') },
          ...users.filter(({ active }) => active).map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={(ownerId) => onChange({ ownerId })}
      />
      <Field
        label={t('kinds:jobs.import.proof')}
        hint={t('kinds:jobs.import.proofHint')}
        value={chosen.consentProof}
        onChange={(consentProof) => onChange({ consentProof })}
        error={wrong('consentProof')}
        maxLength={500}
      />
    </div>
  );
}

function Form({ job, preview, onChecked }: { job: Import; preview: ImportPreview; onChecked: () => void }) {
  const { t } = useTranslation('kinds');
  const [chosen, setChosen] = useState<Chosen>(() => ({
    columns: preview.columns.map(({ field }) => fields.find((held) => held === field) ?? null),
    duplicates: 'skip',
    callingCode: '',
    currency: '',
    tags: '',
    stage: 'New',
    source: 'Other',
    ownerId: '',
    consentProof: '',
  }));
  const check = useCheck(job.id);
  const change = (next: Partial<Chosen>) => setChosen((now) => ({ ...now, ...next }));
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    check.mutate(bodyOf(chosen), { onSuccess: onChecked });
  };
  return (
    <Panel
      title={t('jobs.import.mapTitle')}
      text={t('jobs.import.mapText', {
        name: job.filename,
        encoding: preview.encoding,
        separator: preview.separator === '\t' ? '⇥' : preview.separator,
      })}
    >
      <form onSubmit={send}>
        <Columns preview={preview} chosen={chosen} onChange={change} />
        <Choices chosen={chosen} onChange={change} error={check.error} />
        {check.error && <ErrorLine error={check.error} />}
        <div className={css['buttons']}>
          <Button type="submit" look="primary" isPending={check.isPending}>
            {t('jobs.import.check')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** What each column holds, and what holds for every row. */
export function Mapping({ job, onChecked }: { job: Import; onChecked: () => void }) {
  const { data, error, isPending, refetch } = useQuery(previewQuery(job.id));
  if (isPending) return <Skeleton kind="row" count={6} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <Form job={job} preview={data} onChecked={onChecked} />;
}
