import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { Select } from '@/design/Select';
import { takesValue, type ButtonDraft, type ButtonType } from './draft';
import css from './Screen.module.css';

const BUTTONS: readonly ButtonType[] = ['quick_reply', 'url', 'phone', 'copy_code', 'flow'];
const TARGETS: Partial<Record<ButtonType, 'url' | 'phoneNumber' | 'flowId'>> = {
  url: 'url',
  phone: 'phoneNumber',
  flow: 'flowId',
};

interface ButtonFieldsProps {
  title: string;
  types?: readonly ButtonType[];
  /** How the API names the button, and its sample. */
  field: string;
  sample: string;
  button: ButtonDraft;
  errors: ReadonlyMap<string, string>;
  onChange: (button: ButtonDraft) => void;
  onRemove?: () => void;
}

export function ButtonFields(props: ButtonFieldsProps) {
  const { title, types = BUTTONS, field, sample, button, errors, onChange, onRemove } = props;
  const { t } = useTranslation('kinds');
  const target = TARGETS[button.type];
  return (
    <fieldset className={css['group']}>
      <legend className={css['legend']}>{title}</legend>
      <div className={css['line']}>
        <Select<ButtonType>
          label={t('templates.buttonType')}
          value={button.type}
          options={types.map((id) => ({ id, label: t(`templates.buttonTypes.${id}`) }))}
          onChange={(type) => onChange({ ...button, type })}
        />
        {onRemove && (
          <IconButton label={t('editor.remove', { name: title })} icon={<X size={16} />} onPress={onRemove} />
        )}
      </div>
      <Field
        label={t('templates.buttonText')}
        value={button.text}
        maxLength={25}
        error={errors.get(`${field}.text`) ?? errors.get(`${field}.type`)}
        onChange={(text) => onChange({ ...button, text })}
      />
      {target && (
        <Field
          label={t(`templates.target.${target}`)}
          hint={target === 'url' ? t('templates.urlHint', { one: '{{1}}' }) : undefined}
          value={button.target}
          error={errors.get(`${field}.${target}`)}
          onChange={(changed) => onChange({ ...button, target: changed })}
        />
      )}
      {takesValue(button) && (
        <Field
          label={t('templates.example', { name: t('templates.value') })}
          value={button.example}
          error={errors.get(sample)}
          onChange={(example) => onChange({ ...button, example })}
        />
      )}
    </fieldset>
  );
}
