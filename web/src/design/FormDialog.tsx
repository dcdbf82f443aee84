import { useId, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from 'react-aria-components/Form';
import { toApiError } from '@/api/problem';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ErrorLine } from './ErrorPanel';
import css from './FormDialog.module.css';

interface FormDialogProps {
  title: string;
  submit: string;
  isPending: boolean;
  error: unknown;
  /** The fields that say their own refusal; every other refusal is said below. */
  fields: readonly string[];
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that holds a form: Enter sends it. */
export function FormDialog({ fields, error, onSubmit, children, ...props }: FormDialogProps) {
  const { t } = useTranslation('common');
  const form = useId();
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!props.isPending) onSubmit();
  };
  const isSaid = error !== null && fields.some((field) => toApiError(error).fields.has(field));
  const actions = (
    <>
      <Button onPress={props.onClose}>{t('cancel')}</Button>
      <Button type="submit" form={form} look="primary" isPending={props.isPending}>
        {props.submit}
      </Button>
    </>
  );
  return (
    <Dialog title={props.title} isOpen onClose={props.onClose} actions={actions}>
      <Form id={form} className={css['form'] ?? ''} onSubmit={send}>
        {children}
        {error !== null && !isSaid && <ErrorLine error={error} />}
      </Form>
    </Dialog>
  );
}
