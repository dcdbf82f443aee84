import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelsQuery, usersQuery } from '@/api/queries';
import type { Template } from '@/api/schema';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { Preview } from '@/features/channels/templates/Preview';
import { plainName } from '@/features/channels/templates/text';
import { sources, stages } from '@/features/crm/stages';
import { emptyDraft, noValue, previewValues, type AudienceKind, type Draft, type WhenKind } from './draft';
import css from './Editor.module.css';
import { ValueField } from './Values';

export interface StepProps {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  /** What the API says of a field. */
  errorOf: (field: string) => string | undefined;
}

const AUDIENCES: readonly AudienceKind[] = ['all', 'stage', 'tag', 'owner', 'source', 'leads'];

export function AudienceStep({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation(['outreach', 'crm']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const { audience, chosen } = draft;
  const first = (kind: AudienceKind): string => {
    if (kind === 'stage') return emptyDraft.chosen;
    if (kind === 'source') return sources[0];
    return kind === 'owner' ? (users[0]?.id ?? '') : '';
  };
  const choose = (kind: AudienceKind) => change({ audience: kind, chosen: first(kind) });
  const options = {
    stage: stages.map((id) => ({ id: id, label: id })),
    source: sources.map((id) => ({ id: id, label: id })),
    owner: users.map(({ id, name }) => ({ id, label: name })),
  };
  return (
    <div className={css['fields']}>
      <Field
        label={t('outreach:name')}
        value={draft.name}
        isRequired
        maxLength={100}
        error={errorOf('name')}
        onChange={(name) => change({ name })}
      />
      <div className={css['pair']}>
        <Select
          label={t('outreach:audience')}
          value={audience}
          options={AUDIENCES.map((id) => ({ id, label: t(`outreach:audiences.${id}`) }))}
          onChange={choose}
        />
        {(audience === 'stage' || audience === 'source' || audience === 'owner') && (
          <Select
            label={t(`outreach:audiences.${audience}`)}
            value={chosen}
            options={options[audience]}
            onChange={(id) => change({ chosen: id })}
          />
        )}
        {audience === 'tag' && (
          <Field
            label={t('outreach:tag')}
            value={chosen}
            error={errorOf('audience.tag')}
            onChange={(tag) => change({ chosen: tag })}
          />
        )}
        {audience === 'leads' && (
          <Field
            label={t('outreach:leadIds')}
            lines={4}
            value={chosen}
            error={errorOf('audience.leadIds')}
            onChange={(ids) => change({ chosen: ids })}
          />
        )}
      </div>
      <Field
        label={t('outreach:contactedWithinDays')}
        hint={t('outreach:contactedHint')}
        type="number"
        value={draft.contactedWithinDays}
        error={errorOf('exclusions.contactedWithinDays')}
        onChange={(contactedWithinDays) => change({ contactedWithinDays })}
      />
    </div>
  );
}

export function MessageStep(props: StepProps & { templates: readonly Template[] }) {
  const { t } = useTranslation('outreach');
  const { draft, change, errorOf, templates } = props;
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const sendable = templates.filter((one) => one.sendable);
  const template = sendable.find(({ id }) => id === draft.templateId);
  const header = template?.parameters.header ?? null;
  const isMedia = ['image', 'video', 'document'].includes(template?.header?.format ?? '');
  return (
    <div className={css['fields']}>
      <div className={css['pair']}>
        <Select
          label={t('channel')}
          value={draft.channelId}
          options={channels.map(({ id, name }) => ({ id, label: name }))}
          onChange={(channelId) => change({ channelId, templateId: '' })}
        />
        <Select
          label={t('template')}
          value={draft.templateId}
          options={sendable.map(({ id, name, language }) => ({
            id,
            label: `${plainName(name)} (${language})`,
          }))}
          onChange={(templateId) => change({ templateId, header: noValue, body: {}, buttons: {} })}
        />
      </div>
      {errorOf('message.name') && <p role="alert">{errorOf('message.name')}</p>}
      {template && (
        <>
          {header !== null && (
            <ValueField
              name={header}
              value={draft.header}
              error={errorOf('message.header')}
              onChange={(value) => change({ header: value })}
            />
          )}
          {isMedia && (
            <Field
              label={t('file')}
              hint={t('fileHint')}
              type="url"
              value={draft.file}
              error={errorOf('message.file') ?? errorOf('message.file.link')}
              onChange={(file) => change({ file })}
            />
          )}
          {template.parameters.body.map((name) => (
            <ValueField
              key={name}
              name={name}
              value={draft.body[name] ?? noValue}
              error={errorOf(`message.body.${name}`)}
              onChange={(value) => change({ body: { ...draft.body, [name]: value } })}
            />
          ))}
          {template.parameters.buttons.map((place) => (
            <ValueField
              key={place}
              name={template.buttons[place]?.text ?? String(place)}
              value={draft.buttons[String(place)] ?? noValue}
              error={errorOf(`message.buttons.${place}`)}
              onChange={(value) => change({ buttons: { ...draft.buttons, [String(place)]: value } })}
            />
          ))}
          <Preview
            template={template}
            values={previewValues(draft.body, (field) => t(`field.${field}`))}
            headerValue={draft.header.text}
          />
        </>
      )}
    </div>
  );
}

const WHENS: readonly WhenKind[] = ['now', 'at', 'local'];

export function WhenStep({ draft, change, errorOf }: StepProps) {
  const { t } = useTranslation('outreach');
  return (
    <div className={css['fields']}>
      <div className={css['pair']}>
        <Select
          label={t('when')}
          value={draft.when}
          options={WHENS.map((id) => ({ id, label: t(`whens.${id}`) }))}
          onChange={(when) => change({ when })}
        />
        {draft.when !== 'now' && (
          <Field
            label={t('time')}
            type="datetime-local"
            isRequired
            value={draft.time}
            error={errorOf('schedule.at') ?? errorOf('schedule.localTime')}
            onChange={(time) => change({ time })}
          />
        )}
      </div>
      <Checkbox isSelected={draft.isQuiet} onChange={(isQuiet) => change({ isQuiet })}>
        {t('quiet')}
      </Checkbox>
      {draft.isQuiet && (
        <div className={css['pair']}>
          <Field
            label={t('quietFrom')}
            type="time"
            value={draft.quietFrom}
            onChange={(quietFrom) => change({ quietFrom })}
          />
          <Field
            label={t('quietUntil')}
            type="time"
            value={draft.quietUntil}
            onChange={(quietUntil) => change({ quietUntil })}
          />
        </div>
      )}
      <Field
        label={t('budget')}
        hint={t('budgetHint')}
        inputMode="decimal"
        value={draft.budget}
        error={errorOf('budget')}
        onChange={(budget) => change({ budget })}
      />
      <Checkbox
        isSelected={draft.acceptUnknownPrice}
        onChange={(acceptUnknownPrice) => change({ acceptUnknownPrice })}
      >
        {t('acceptUnknownPrice')}
      </Checkbox>
    </div>
  );
}
