import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { IconButton } from './IconButton';
import css from './Toasts.module.css';
import { closeToast, toastStore } from './toasts';

export function Toasts() {
  const { t } = useTranslation('common');
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read);
  return (
    <div className={css['region']} role="status" aria-live="polite">
      {toasts.map(({ id, text, look, action }) => (
        <div key={id} className={css['toast']} data-look={look}>
          {look === 'error' ? <CircleAlert size={20} aria-hidden /> : <CircleCheck size={20} aria-hidden />}
          <p>{text}</p>
          {action && (
            <Button
              size="small"
              onPress={() => {
                closeToast(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label={t('close')} icon={<X size={16} />} onPress={() => closeToast(id)} />
        </div>
      ))}
    </div>
  );
}
