import { AlarmClock, CircleCheck, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { useMay, useMe } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import css from './Banner.module.css';
import { useAssign } from './conversations';
import { useStatus } from './useStatus';

interface LineProps {
  icon: ReactNode;
  text: string;
  action: string;
  isPending: boolean;
  onAction: () => void;
}

function Line({ icon, text, action, isPending, onAction }: LineProps) {
  const mayServe = useMay('inbox:write');
  return (
    <div className={css['banner']}>
      {icon}
      <bdi className={css['text']}>{text}</bdi>
      {mayServe && (
        <Button size="small" isPending={isPending} onPress={onAction}>
          {action}
        </Button>
      )}
    </div>
  );
}

/** What one should know before answering: it sleeps, it is closed, or a colleague has it. */
export function Banner({ conversation, now }: { conversation: Conversation; now: number }) {
  const { t } = useTranslation('inbox');
  const { exact, time, dayKey } = useFormats();
  const me = useMe().id;
  const { reopen, isPending } = useStatus(conversation.id);
  const assign = useAssign(conversation.id);
  const { status, snoozedUntil, assignee } = conversation;
  if (status === 'snoozed' && snoozedUntil) {
    const isToday = dayKey(snoozedUntil) === dayKey(now);
    return (
      <Line
        icon={<AlarmClock size={16} aria-hidden />}
        text={t('banner.snoozed', { time: isToday ? time(snoozedUntil) : exact(snoozedUntil) })}
        action={t('banner.wake')}
        isPending={isPending}
        onAction={reopen}
      />
    );
  }
  if (status === 'closed') {
    return (
      <Line
        icon={<CircleCheck size={16} aria-hidden />}
        text={t('banner.closed')}
        action={t('header.reopen')}
        isPending={isPending}
        onAction={reopen}
      />
    );
  }
  if (assignee && assignee.id !== me) {
    return (
      <Line
        icon={<UserRoundCheck size={16} aria-hidden />}
        text={t('header.taken', { name: assignee.name })}
        action={t('header.takeOver')}
        isPending={assign.isPending}
        onAction={() => assign.mutate(me)}
      />
    );
  }
  return null;
}
