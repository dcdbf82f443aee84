import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField, type TextFieldProps } from 'react-aria-components/TextField';
import css from './Field.module.css';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  /** For a field whose purpose is plain to see, such as a search. */
  hideLabel?: boolean;
  hint?: string | undefined;
  /** What is wrong with it. */
  error?: string | undefined;
  placeholder?: string | undefined;
  lines?: number;
}

export function Field({ label, hideLabel, hint, error, placeholder, lines, ...rest }: FieldProps) {
  const input = css['input'] ?? '';
  return (
    <TextField
      {...rest}
      isInvalid={error !== undefined}
      // Otherwise the browser would hold the form back for as long as the API's refusal is shown.
      validationBehavior={error === undefined ? 'native' : 'aria'}
      className={css['field'] ?? ''}
    >
      <Label className={hideLabel ? 'visually-hidden' : (css['label'] ?? '')}>{label}</Label>
      {lines ? (
        <TextArea className={input} rows={lines} placeholder={placeholder} />
      ) : (
        <Input className={input} placeholder={placeholder} />
      )}
      {hint && (
        <Text slot="description" className={css['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={css['error'] ?? ''}>{error}</FieldError>
    </TextField>
  );
}
