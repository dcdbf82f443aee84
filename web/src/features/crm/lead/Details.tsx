import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { usersQuery } from '@/api/queries';
import type { LeadWithHistory } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Fact, Facts, Panel } from '@/design/Panel';
import { Select } from '@/design/Select';
import { useChangeLead } from '../change';
import { bodyOf, detailsOf, tagsOf } from '../details';
import { FieldInput } from '../FieldInput';
import { FieldValueText } from '../FieldValueText';
import { changedValues, draftOf, fieldsQuery, type FieldDraft } from '../fields';
import { TagList } from '../TagList';
import css from './Lead.module.css';

const said = ['name', 'phone', 'email', 'tags', 'value', 'currency', 'lostReason'];

function Edit({ lead, onDone }: { lead: LeadWithHistory; onDone: () => void }) {
  const { t } = useTranslation(['crm', 'common']);
  const [was] = useState(() => detailsOf(lead));
  const [form, setForm] = useState(was);
  const [tag, setTag] = useState('');
  const change = useChangeLead(lead);
  const fields = useQuery(fieldsQuery).data?.items ?? [];
  const [drafts, setDrafts] = useState<Record<string, FieldDraft>>(() =>
    Object.fromEntries(Object.entries(lead.fields).map(([key, value]) => [key, draftOf(value)])),
  );
  const [known] = useState(lead.fields);
  const tags = tagsOf(form.tags);
  const setTags = (next: readonly string[]) => setForm({ ...form, tags: next.join(', ') });
  const withTag = () => (tag.trim() === '' ? tags : [...tags, ...tagsOf(tag)]);
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    error: change.error ? toApiError(change.error).fields.get(name) : undefined,
    autoComplete: 'off',
  });
  const errors = change.error ? toApiError(change.error).fields : new Map<string, string>();
  const isSaid =
    said.some((name) => errors.has(name)) || fields.some(({ key }) => errors.has(`fields.${key}`));
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const values = changedValues(fields, known, drafts);
    const body = {
      ...bodyOf(was, { ...form, tags: withTag().join(', ') }),
      ...(Object.keys(values).length > 0 && { fields: values }),
    };
    if (Object.keys(body).length === 0) onDone();
    else change.mutate(body, { onSuccess: onDone });
  };
  return (
    <form className={css['form']} onSubmit={send}>
      <Field label={t('name')} maxLength={200} autoFocus {...field('name')} />
      {lead.conversations.length === 0 && (
        <Field label={t('phone')} hint={t('phoneHint')} type="tel" {...field('phone')} />
      )}
      <Field label={t('email')} type="email" {...field('email')} />
      <div className={css['tags']}>
        <TagList tags={tags} onRemove={(gone) => setTags(tags.filter((one) => one !== gone))} />
        <Field
          label={t('addTag')}
          value={tag}
          onChange={setTag}
          maxLength={50}
          error={field('tags').error}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || tag.trim() === '') return;
            event.preventDefault();
            setTags(withTag());
            setTag('');
          }}
        />
      </div>
      <Field label={t('value')} type="number" {...field('value')} />
      <Field label={t('currency')} hint={t('currencyHint')} maxLength={3} {...field('currency')} />
      {lead.stage === 'Lost' && (
        <Field label={t('lostReason')} maxLength={500} lines={2} {...field('lostReason')} />
      )}
      {fields.map((one) => (
        <FieldInput
          key={one.key}
          field={one}
          draft={drafts[one.key] ?? ''}
          error={errors.get(`fields.${one.key}`)}
          onChange={(draft) => setDrafts({ ...drafts, [one.key]: draft })}
        />
      ))}
      {change.error && !isSaid && <ErrorLine error={change.error} />}
      <div className={css['itemHead']}>
        <Button type="submit" look="primary" isPending={change.isPending}>
          {t('common:save')}
        </Button>
        <Button onPress={onDone}>{t('common:cancel')}</Button>
      </div>
    </form>
  );
}

function Owner({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation(['crm', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const mayWrite = useMay('inbox:write');
  const change = useChangeLead(lead);
  const shown = change.isPending ? (change.variables.ownerId ?? '') : (lead.ownerId ?? '');
  const people = users.filter(({ id, active }) => active || id === lead.ownerId);
  return (
    <>
      <Select
        label={t('owner')}
        hideLabel
        look="chip"
        value={shown}
        isDisabled={!mayWrite}
        options={[
          { id: '', label: t('common:nobody') },
          ...people.map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={(ownerId) => ownerId !== shown && change.mutate({ ownerId: ownerId || null })}
      />
      {change.error && <ErrorLine error={change.error} />}
    </>
  );
}

/** What the team wrote down about the lead. It is edited in place. */
export function Details({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation(['crm', 'common']);
  const { money } = useFormats();
  const mayWrite = useMay('inbox:write');
  const fields = useQuery(fieldsQuery).data?.items ?? [];
  const [isEdited, setEdited] = useState(false);
  const edit = (
    <Button look="quiet" icon={<Pencil size={16} />} onPress={() => setEdited(true)}>
      {t('edit')}
    </Button>
  );
  return (
    <Panel title={t('details')} actions={mayWrite && !isEdited ? edit : undefined}>
      {isEdited ? (
        <Edit lead={lead} onDone={() => setEdited(false)} />
      ) : (
        <Facts>
          <Fact name={t('owner')}>
            <Owner lead={lead} />
          </Fact>
          <Fact name={t('email')}>
            {lead.email ? <a href={`mailto:${lead.email}`}>{lead.email}</a> : t('none')}
          </Fact>
          <Fact name={t('tags')}>{lead.tags.length > 0 ? <TagList tags={lead.tags} /> : t('none')}</Fact>
          <Fact name={t('value')}>
            {lead.value !== null && lead.currency ? money(lead.value, lead.currency) : t('none')}
          </Fact>
          {fields
            .filter(({ key }) => lead.fields[key] !== undefined)
            .map(({ key, name, type }) => (
              <Fact key={key} name={name}>
                <FieldValueText value={lead.fields[key] ?? ''} isUrl={type === 'url'} />
              </Fact>
            ))}
          {lead.lostReason && <Fact name={t('lostReason')}>{lead.lostReason}</Fact>}
        </Facts>
      )}
    </Panel>
  );
}
