import { useTranslation } from 'react-i18next';
import { Field, type FieldProps } from '@/design/Field';
import { lengthOf, type Trouble } from './interactive';

interface LimitedFieldProps extends Omit<FieldProps, 'error'> {
  value: string;
  limit: number;
  trouble: Trouble | undefined;
  /** Whether an empty field shows its trouble: only after a try to send. */
  isChecked: boolean;
}

/** What is not there yet, or not whole yet, is no mistake while one writes. */
const isToldAtOnce = ({ is }: Trouble): boolean => is === 'long' || is === 'twice';

/** A text with a limit: it says how much of it is used, and at once when it is too long. */
export function LimitedField({ value, limit, trouble, isChecked, hint, ...rest }: LimitedFieldProps) {
  const { t } = useTranslation('kinds');
  const count = lengthOf(value);
  const told = trouble && (isChecked || isToldAtOnce(trouble)) ? trouble : undefined;
  const texts = {
    empty: t('editor.empty'),
    long: t('editor.long', { limit }),
    twice: t('editor.twice'),
    noLink: t('editor.linkWrong'),
  };
  return (
    <Field
      {...rest}
      value={value}
      hint={count > 0 ? t('editor.left', { count, limit }) : hint}
      error={told && texts[told.is]}
    />
  );
}
