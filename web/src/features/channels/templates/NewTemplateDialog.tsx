import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { channelsQuery } from '@/api/queries';
import { Button } from '@/design/Button';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { IconButton } from '@/design/IconButton';
import { Select } from '@/design/Select';
import { showToast } from '@/design/toasts';
import { useCreateTemplate } from './api';
import {
  emptyButton,
  emptyDraft,
  HEADER,
  requestOf,
  takesValue,
  type ButtonDraft,
  type ButtonType,
} from './draft';
import { Preview, type Previewed } from './Preview';
import css from './Screen.module.css';
import { asName, parametersOf, plainName } from './text';

const BUTTONS: readonly ButtonType[] = ['quick_reply', 'url', 'phone', 'copy_code', 'flow'];
const MOST_BUTTONS = 10;
const TARGETS: Partial<Record<ButtonType, 'url' | 'phoneNumber' | 'flowId'>> = {
  url: 'url',
  phone: 'phoneNumber',
  flow: 'flowId',
};

interface ButtonFieldsProps {
  place: number;
  button: ButtonDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (button: ButtonDraft) => void;
  onRemove: () => void;
}

function ButtonFields({ place, button, errors, onChange, onRemove }: ButtonFieldsProps) {
  const { t } = useTranslation('kinds');
  const title = t('editor.button', { number: place + 1 });
  const target = TARGETS[button.type];
  return (
    <fieldset className={css['group']}>
      <legend className={css['legend']}>{title}</legend>
      <div className={css['line']}>
        <Select<ButtonType>
          label={t('templates.buttonType')}
          value={button.type}
          options={BUTTONS.map((id) => ({ id, label: t(`templates.buttonTypes.${id}`) }))}
          onChange={(type) => onChange({ ...button, type })}
        />
        <IconButton label={t('editor.remove', { name: title })} icon={<X size={16} />} onPress={onRemove} />
      </div>
      <Field
        label={t('templates.buttonText')}
        value={button.text}
        maxLength={25}
        error={errors.get(`buttons[${place}].text`) ?? errors.get(`buttons[${place}].type`)}
        onChange={(text) => onChange({ ...button, text })}
      />
      {target && (
        <Field
          label={t(`templates.target.${target}`)}
          hint={target === 'url' ? t('templates.urlHint', { one: '{{1}}' }) : undefined}
          value={button.target}
          error={errors.get(`buttons[${place}].${target}`)}
          onChange={(changed) => onChange({ ...button, target: changed })}
        />
      )}
      {takesValue(button) && (
        <Field
          label={t('templates.example', { name: t('templates.value') })}
          value={button.example}
          error={errors.get(`examples.buttons.${place}`)}
          onChange={(example) => onChange({ ...button, example })}
        />
      )}
    </fieldset>
  );
}

/** Writes a template, shows it as it is written, and submits it to WhatsApp. */
export function NewTemplateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('kinds');
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const [draft, setDraft] = useState(emptyDraft);
  const [channelId, setChannelId] = useState<string | null>(null);
  const create = useCreateTemplate();
  const errors = create.error ? toApiError(create.error).fields : new Map<string, string>();
  const set = (changed: Partial<typeof draft>) => setDraft({ ...draft, ...changed });
  const setExample = (name: string, value: string) => set({ examples: { ...draft.examples, [name]: value } });
  const setButton = (place: number, button: ButtonDraft) =>
    set({ buttons: draft.buttons.with(place, button) });
  const chosen = channelId ?? channels[0]?.id ?? null;
  const names = parametersOf(draft.body);
  const isHeaderFilled = draft.header === 'text' && parametersOf(draft.headerText).length > 0;
  const submit = () =>
    create.mutate(requestOf(draft, channels.length > 1 ? chosen : null), {
      onSuccess: ({ name }) => {
        showToast(t('templates.submitted', { name: plainName(name) }));
        onClose();
      },
    });
  const shown: Previewed = {
    header:
      draft.header === 'none'
        ? null
        : draft.header === 'text'
          ? { format: 'text', text: draft.headerText }
          : { format: 'location' },
    body: draft.body || t('templates.bodyEmpty'),
    footer: draft.footer,
    buttons: draft.buttons.map(({ type, text }) => ({ type, text: text || t('templates.buttonText') })),
  };
  return (
    <FormDialog
      title={t('templates.create')}
      submit={t('templates.submit')}
      isPending={create.isPending}
      error={create.error}
      fields={Array.from(errors.keys()).filter((field) => field !== 'channelId' && field !== 'buttons')}
      onSubmit={submit}
      onClose={onClose}
    >
      {channels.length > 1 && chosen !== null && (
        <Select
          label={t('templates.channel')}
          value={chosen}
          options={channels.map(({ id, name }) => ({ id, label: name }))}
          onChange={setChannelId}
        />
      )}
      <Field
        label={t('templates.name')}
        hint={t('templates.nameHint')}
        value={draft.name}
        error={errors.get('name')}
        autoFocus
        isRequired
        onChange={(name) => set({ name: asName(name) })}
      />
      <div className={css['pair']}>
        <Field
          label={t('templates.language')}
          hint={t('templates.languageHint')}
          value={draft.language}
          error={errors.get('language')}
          isRequired
          onChange={(language) => set({ language })}
        />
        <Select<typeof draft.category>
          label={t('templates.category')}
          value={draft.category}
          options={(['utility', 'marketing'] as const).map((id) => ({
            id,
            label: t(`templates.categories.${id}`),
          }))}
          onChange={(category) => set({ category })}
        />
      </div>
      <Select<typeof draft.header>
        label={t('templates.header')}
        value={draft.header}
        options={(['none', 'text', 'location'] as const).map((id) => ({
          id,
          label: t(`templates.format.${id}`),
        }))}
        onChange={(header) => set({ header })}
      />
      {draft.header === 'text' && (
        <Field
          label={t('templates.headerText')}
          value={draft.headerText}
          maxLength={60}
          error={errors.get('header.text')}
          onChange={(headerText) => set({ headerText })}
        />
      )}
      <Field
        label={t('editor.body')}
        hint={t('templates.bodyHint', { one: '{{1}}', named: '{{first_name}}' })}
        lines={5}
        value={draft.body}
        error={errors.get('body')}
        isRequired
        onChange={(body) => set({ body })}
      />
      {isHeaderFilled && (
        <Field
          label={t('templates.example', { name: t('templates.header') })}
          value={draft.examples[HEADER] ?? ''}
          error={errors.get('examples.header')}
          onChange={(value) => setExample(HEADER, value)}
        />
      )}
      {names.map((name) => (
        <Field
          key={name}
          label={t('templates.example', { name: `{{${name}}}` })}
          value={draft.examples[name] ?? ''}
          error={errors.get(`examples.body.${name}`)}
          onChange={(value) => setExample(name, value)}
        />
      ))}
      <Field
        label={t('editor.footer')}
        value={draft.footer}
        maxLength={60}
        error={errors.get('footer')}
        onChange={(footer) => set({ footer })}
      />
      {draft.buttons.map((button, place) => (
        <ButtonFields
          key={place}
          place={place}
          button={button}
          errors={errors}
          onChange={(changed) => setButton(place, changed)}
          onRemove={() => set({ buttons: draft.buttons.toSpliced(place, 1) })}
        />
      ))}
      <Button
        size="small"
        icon={<Plus size={16} aria-hidden />}
        isDisabled={draft.buttons.length >= MOST_BUTTONS}
        onPress={() => set({ buttons: [...draft.buttons, emptyButton] })}
      >
        {t('editor.addButton')}
      </Button>
      <Preview template={shown} values={draft.examples} headerValue={draft.examples[HEADER] ?? ''} />
    </FormDialog>
  );
}
