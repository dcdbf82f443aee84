import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import css from './CopyText.module.css';
import { showToast } from './toasts';

/** Copies, and says so. Where the browser refuses, it says what to do instead. */
export function useCopy(): (text: string) => Promise<boolean> {
  const { t } = useTranslation('common');
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      showToast(t('copied'));
      return true;
    } catch {
      showToast(t('copyFailed'), { look: 'error' });
      return false;
    }
  };
}

/** An id, key or code as it is; a click copies it. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation('common');
  const copy = useCopy();
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      className={css['copy'] ?? ''}
      aria-label={`${t('copy')}: ${label ?? text}`}
      onPress={() => void copy(text).then(setCopied)}
    >
      <code>{text}</code>
      {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
    </Button>
  );
}
