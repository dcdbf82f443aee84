import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { ErrorLine } from './ErrorPanel';

interface ConfirmProps {
  title: string;
  /** What goes, by its name. */
  children: ReactNode;
  action: string;
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** The question before something destructive. */
export function Confirm({ title, children, action, isPending, error, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation('common');
  const actions = (
    <>
      <Button onPress={onClose}>{t('cancel')}</Button>
      <Button look="danger" isPending={isPending} onPress={onConfirm}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog title={title} role="alertdialog" isOpen onClose={onClose} actions={actions}>
      <p>{children}</p>
      {error !== null && <ErrorLine error={error} />}
    </Dialog>
  );
}
