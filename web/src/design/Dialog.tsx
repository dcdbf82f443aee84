import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import css from './Dialog.module.css';
import { IconButton } from './IconButton';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the primary one last. */
  actions?: ReactNode;
  /** `alertdialog` for a question about something destructive. */
  role?: 'dialog' | 'alertdialog';
  /** A dialog in the middle, or a drawer at the edge. */
  look?: 'dialog' | 'wide' | 'drawer';
}

export function Dialog({ look = 'dialog', role = 'dialog', ...props }: DialogProps) {
  const { t } = useTranslation('common');
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      isDismissable
      className={css['scrim'] ?? ''}
      data-look={look}
    >
      <Modal className={css['modal'] ?? ''} data-look={look}>
        <AriaDialog role={role} className={css['dialog'] ?? ''}>
          <header className={css['header']}>
            <Heading slot="title" level={2}>
              {props.title}
            </Heading>
            <IconButton label={t('close')} icon={<X size={16} />} onPress={props.onClose} />
          </header>
          <div className={css['body']}>{props.children}</div>
          {props.actions && <footer className={css['actions']}>{props.actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
