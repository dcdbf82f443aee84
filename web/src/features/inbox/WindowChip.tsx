import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';

const CLOSING = 3_600_000;

interface WindowChipProps {
  until: string | null;
  now: number;
  /** Only what is left, for the list. */
  isBrief?: boolean;
}

/** For how long free text may still be sent. */
export function WindowChip({ until, now, isBrief = false }: WindowChipProps) {
  const { t } = useTranslation('inbox');
  const { left } = useFormats();
  const time = until === null ? null : left(until, now);
  if (until === null || time === null) {
    return <Badge>{isBrief ? t('status.closed') : t('window.closed')}</Badge>;
  }
  const isClosing = Date.parse(until) - now < CLOSING;
  return <Badge tone={isClosing ? 'amber' : 'accent'}>{isBrief ? time : t('window.open', { time })}</Badge>;
}
