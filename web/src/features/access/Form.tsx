import type { ReactNode, SyntheticEvent } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';
import { toApiError } from '@/api/problem';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import css from './Form.module.css';

interface FormProps {
  title: string;
  text?: ReactNode;
  submit: string;
  isPending: boolean;
  error: unknown;
  onSubmit: () => void;
  children: ReactNode;
  footer?: ReactNode;
}

/** A form of the access screens: its fields, what went wrong, one button. */
export function Form({ title, text, submit, isPending, error, onSubmit, children, footer }: FormProps) {
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isPending) onSubmit();
  };
  // A refusal that names fields is said at the fields.
  const isSaid = error !== null && toApiError(error).fields.size > 0;
  return (
    <>
      <h1>{title}</h1>
      {text && <p className={css['text']}>{text}</p>}
      <AriaForm className={css['form'] ?? ''} onSubmit={send}>
        {children}
        {error !== null && !isSaid && <ErrorLine error={error} />}
        <Button type="submit" look="primary" size="large" isPending={isPending}>
          {submit}
        </Button>
      </AriaForm>
      {footer && <div className={css['footer']}>{footer}</div>}
    </>
  );
}

/** What is wrong with one field, as the API said it. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error === null ? undefined : toApiError(error).fields.get(field);
}
