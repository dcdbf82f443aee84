import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import type { FieldName, Value } from './draft';
import css from './Editor.module.css';

const FIELDS: readonly FieldName[] = ['name', 'first_name', 'phone', 'email', 'stage', 'value'];

interface ValueProps {
  /** The parameter's name. */
  name: string;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
}

/** The value of one parameter: a text for everybody, or a field of the lead with a fallback. */
export function ValueField({ name, value, error, onChange }: ValueProps) {
  const { t } = useTranslation('outreach');
  const options = [
    { id: 'text' as const, label: t('aText') },
    ...FIELDS.map((id) => ({ id, label: t(`field.${id}`) })),
  ];
  const isText = value.kind === 'text';
  return (
    <div className={css['pair']}>
      <Select
        label={t('valueOf', { name })}
        value={value.kind}
        options={options}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      <Field
        label={isText ? t('textOf', { name }) : t('fallbackOf', { name })}
        value={value.text}
        error={error}
        onChange={(text) => onChange({ ...value, text })}
      />
    </div>
  );
}
