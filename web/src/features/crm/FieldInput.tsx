import { useTranslation } from 'react-i18next';
import type { CustomField } from '@/api/schema';
import { Chips } from '@/design/Chips';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import type { FieldDraft } from './fields';

interface FieldInputProps {
  field: CustomField;
  draft: FieldDraft;
  error?: string | undefined;
  onChange: (draft: FieldDraft) => void;
}

const inputs = { text: 'text', number: 'text', date: 'date', url: 'url' } as const;

/** The input for a custom field, as its type wants it. */
export function FieldInput({ field, draft, error, onChange }: FieldInputProps) {
  const { t } = useTranslation('crm');
  const text = typeof draft === 'string' ? draft : '';
  switch (field.type) {
    case 'multiple_choice':
      return (
        <Chips
          label={field.name}
          chips={field.choices.map((id) => ({ id, label: id }))}
          selected={typeof draft === 'string' ? [] : draft}
          onChange={onChange}
        />
      );
    case 'choice':
    case 'boolean': {
      const options =
        field.type === 'choice'
          ? field.choices.map((id) => ({ id, label: id }))
          : [
              { id: 'true', label: t('yes') },
              { id: 'false', label: t('no') },
            ];
      const isListed = text === '' || options.some(({ id }) => id === text);
      const gone = isListed ? [] : [{ id: text, label: text }];
      return (
        <Select
          label={field.name}
          value={text}
          options={[{ id: '', label: t('none') }, ...options, ...gone]}
          onChange={onChange}
        />
      );
    }
    default:
      return (
        <Field
          label={field.name}
          type={inputs[field.type]}
          inputMode={field.type === 'number' ? 'decimal' : undefined}
          maxLength={field.type === 'url' ? 2000 : 1000}
          value={text}
          error={error}
          onChange={onChange}
          autoComplete="off"
        />
      );
  }
}
