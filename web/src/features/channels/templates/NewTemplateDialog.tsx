import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { channelsQuery } from '@/api/queries';
import type { Template } from '@/api/schema';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { showToast } from '@/design/toasts';
import { useChangeTemplate, useCreateTemplate } from './api';
import { ButtonFields } from './ButtonFields';
import { Cards } from './CardFields';
import { CodeFields } from './CodeFields';
import {
  changeOf,
  emptyButton,
  emptyDraft,
  HEADER,
  requestOf,
  type ButtonDraft,
  type TemplateDraft,
} from './draft';
import { draftOf } from './drafted';
import { HeaderFile } from './HeaderFile';
import { Preview } from './Preview';
import css from './Screen.module.css';
import { asName, parametersOf, plainName } from './text';
import { usePreviewed } from './usePreviewed';

const MOST_BUTTONS = 10;
const HEADERS = ['none', 'text', 'image', 'video', 'document', 'location', 'carousel'] as const;
const CATEGORIES = ['utility', 'marketing', 'authentication'] as const;

interface PartsProps {
  draft: TemplateDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (changed: Partial<TemplateDraft>) => void;
}

/** Header, text, small print and buttons: what the business writes itself. */
function Parts({ draft, errors, onChange }: PartsProps) {
  const { t } = useTranslation('kinds');
  const { header, examples, buttons } = draft;
  const setExample = (name: string, value: string) => onChange({ examples: { ...examples, [name]: value } });
  const setButton = (place: number, button: ButtonDraft) =>
    onChange({ buttons: buttons.with(place, button) });
  const isHeaderFilled = header === 'text' && parametersOf(draft.headerText).length > 0;
  return (
    <>
      <Select<TemplateDraft['header']>
        label={t('templates.header')}
        value={header}
        options={HEADERS.map((id) => ({ id, label: t(`templates.format.${id}`) }))}
        onChange={(format) => onChange({ header: format, file: null })}
      />
      {header === 'text' && (
        <Field
          label={t('templates.headerText')}
          value={draft.headerText}
          maxLength={60}
          error={errors.get('header.text')}
          onChange={(headerText) => onChange({ headerText })}
        />
      )}
      {(header === 'image' || header === 'video' || header === 'document') && (
        <HeaderFile
          kind={header}
          file={draft.file}
          note={errors.get('headerFile') ?? t('templates.fileMissing')}
          onFile={(file) => onChange({ file })}
        />
      )}
      <Field
        label={t('editor.body')}
        hint={t('templates.bodyHint', { one: '{{1}}', named: '{{first_name}}' })}
        lines={5}
        value={draft.body}
        error={errors.get('body')}
        isRequired
        onChange={(body) => onChange({ body })}
      />
      {isHeaderFilled && (
        <Field
          label={t('templates.example', { name: t('templates.header') })}
          value={examples[HEADER] ?? ''}
          error={errors.get('examples.header')}
          onChange={(value) => setExample(HEADER, value)}
        />
      )}
      {parametersOf(draft.body).map((name) => (
        <Field
          key={name}
          label={t('templates.example', { name: `{{${name}}}` })}
          value={examples[name] ?? ''}
          error={errors.get(`examples.body.${name}`)}
          onChange={(value) => setExample(name, value)}
        />
      ))}
      {header === 'carousel' ? (
        <Cards draft={draft} errors={errors} onChange={onChange} />
      ) : (
        <>
          <Field
            label={t('editor.footer')}
            value={draft.footer}
            maxLength={60}
            error={errors.get('footer')}
            onChange={(footer) => onChange({ footer })}
          />
          {buttons.map((button, place) => (
            <ButtonFields
              key={place}
              title={t('editor.button', { number: place + 1 })}
              field={`buttons[${place}]`}
              sample={`examples.buttons.${place}`}
              button={button}
              errors={errors}
              onChange={(changed) => setButton(place, changed)}
              onRemove={() => onChange({ buttons: buttons.toSpliced(place, 1) })}
            />
          ))}
          <Button
            size="small"
            icon={<Plus size={16} aria-hidden />}
            isDisabled={buttons.length >= MOST_BUTTONS}
            onPress={() => onChange({ buttons: [...buttons, emptyButton] })}
          >
            {t('editor.addButton')}
          </Button>
        </>
      )}
    </>
  );
}

interface NewTemplateDialogProps {
  /** The template that is changed; none for a new one. */
  template?: Template;
  onClose: () => void;
}

/** Writes a template or changes one, shows it as it is written, and submits it to WhatsApp. */
export function NewTemplateDialog({ template, onClose }: NewTemplateDialogProps) {
  const { t } = useTranslation('kinds');
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const [draft, setDraft] = useState(template ? draftOf(template) : emptyDraft);
  const [channelId, setChannelId] = useState<string | null>(null);
  const create = useCreateTemplate();
  const change = useChangeTemplate();
  const sent = template ? change : create;
  const errors = sent.error ? toApiError(sent.error).fields : new Map<string, string>();
  const set = (changed: Partial<TemplateDraft>) => setDraft({ ...draft, ...changed });
  const chosen = channelId ?? channels[0]?.id ?? null;
  const onSuccess = ({ name }: Template) => {
    showToast(t('templates.submitted', { name: plainName(name) }));
    onClose();
  };
  const submit = () =>
    template
      ? change.mutate({ id: template.id, body: changeOf(draft, template) }, { onSuccess })
      : create.mutate(requestOf(draft, channels.length > 1 ? chosen : null), { onSuccess });
  const shown = usePreviewed(draft);
  const isFixed = template?.status === 'approved';
  return (
    <FormDialog
      title={
        template ? t('templates.changeTitle', { name: plainName(template.name) }) : t('templates.create')
      }
      submit={t('templates.submit')}
      isPending={sent.isPending}
      error={sent.error}
      fields={Array.from(errors.keys()).filter((field) => field !== 'channelId' && field !== 'buttons')}
      onSubmit={submit}
      onClose={onClose}
    >
      {!template && channels.length > 1 && chosen !== null && (
        <Select
          label={t('templates.channel')}
          value={chosen}
          options={channels.map(({ id, name }) => ({ id, label: name }))}
          onChange={setChannelId}
        />
      )}
      {template ? (
        <p>{t('templates.changeText')}</p>
      ) : (
        <Field
          label={t('templates.name')}
          hint={t('templates.nameHint')}
          value={draft.name}
          error={errors.get('name')}
          autoFocus
          isRequired
          onChange={(name) => set({ name: asName(name) })}
        />
      )}
      <div className={css['pair']}>
        {!template && (
          <Field
            label={t('templates.language')}
            hint={t('templates.languageHint')}
            value={draft.language}
            error={errors.get('language')}
            isRequired
            onChange={(language) => set({ language })}
          />
        )}
        {!isFixed && (
          <Select<TemplateDraft['category']>
            label={t('templates.category')}
            value={draft.category}
            options={CATEGORIES.map((id) => ({ id, label: t(`templates.categories.${id}`) }))}
            onChange={(category) => set({ category })}
          />
        )}
      </div>
      {draft.category === 'authentication' ? (
        <CodeFields code={draft.code} errors={errors} onChange={(code) => set({ code })} />
      ) : (
        <Parts draft={draft} errors={errors} onChange={set} />
      )}
      <Preview template={shown} values={draft.examples} headerValue={draft.examples[HEADER] ?? ''} />
    </FormDialog>
  );
}
