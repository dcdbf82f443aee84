import {
  CalendarClock,
  Check,
  CheckCheck,
  CircleAlert,
  CircleQuestionMark,
  Clock,
  Hourglass,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageStatus } from '@/api/schema';
import css from './Bubble.module.css';

/** How far a message of ours has come: as an icon, and in words for those who do not see it. */
export function Ticks({ status }: { status: MessageStatus | 'sending' | 'waiting' }) {
  const { t } = useTranslation('inbox');
  const [Icon, name] = iconOf(status);
  return (
    <span
      className={css['ticks']}
      data-read={status === 'read' || status === 'played' || undefined}
      title={t(`ticks.${name}`)}
    >
      <Icon size={16} aria-hidden />
      <span className="visually-hidden">{t(`ticks.${name}`)}</span>
    </span>
  );
}

function iconOf(status: MessageStatus | 'sending' | 'waiting') {
  switch (status) {
    case 'sending':
    case 'waiting':
      return [Clock, status] as const;
    case 'scheduled':
      return [CalendarClock, 'scheduled'] as const;
    case 'received':
    case 'cancelled':
    case 'queued':
    case 'claimed':
    case 'accepted':
    case 'unknown':
      return [Clock, 'queued'] as const;
    case 'held':
      return [Hourglass, 'held'] as const;
    case 'sent':
      return [Check, 'sent'] as const;
    case 'delivered':
      return [CheckCheck, 'delivered'] as const;
    case 'read':
    case 'played':
      return [CheckCheck, status] as const;
    case 'failed':
      return [CircleAlert, 'failed'] as const;
    case 'unconfirmed':
      return [CircleQuestionMark, 'unconfirmed'] as const;
  }
}
