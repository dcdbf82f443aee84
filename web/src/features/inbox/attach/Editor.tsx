import { SendHorizontal } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import css from './Editor.module.css';

const INVALID = 'input[data-invalid], textarea[data-invalid]';

interface EditorFrameProps {
  title: string;
  isSendable: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** An editor in place of the text box: Escape leaves it, and its Send is the composer's. */
export function Editor({ title, isSendable, onSubmit, onClose, children }: EditorFrameProps) {
  const { t } = useTranslation('kinds');
  const form = useRef<HTMLFormElement>(null);
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onClose();
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit();
    // The first field that is wrong is where one goes on.
    if (!isSendable) setTimeout(() => form.current?.querySelector<HTMLElement>(INVALID)?.focus(), 0);
  };
  return (
    // Escape works wherever the focus is in here.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className={css['editor']}
      aria-label={title}
      noValidate
      onSubmit={send}
      onKeyDown={pressed}
    >
      <h2 className={css['title']}>{title}</h2>
      <div className={css['fields']}>{children}</div>
      <div className={css['actions']}>
        <Button onPress={onClose}>{t('editor.cancel')}</Button>
        <Button type="submit" look="primary" icon={<SendHorizontal size={16} aria-hidden />}>
          {t('editor.send')}
        </Button>
      </div>
    </form>
  );
}
