import { Clock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import { laterTimes, zoneName } from './later';
import { LaterDialog } from './LaterDialog';

export interface Later {
  sendAt: string;
  unlessTheyWrite: boolean;
}

interface SendLaterProps {
  conversation: Conversation;
  isDisabled: boolean;
  onSend: (later: Later) => void;
}

/** Sends what stands in the composer at another time. */
export function SendLater({ conversation, isDisabled, onSend }: SendLaterProps) {
  const { t, i18n } = useTranslation('kinds');
  const [isPicking, setPicking] = useState(false);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const quick = laterTimes(new Date()).map(({ name, at }) => ({
    id: name,
    label: t(`later.${name}`),
    shortcut: time.format(at),
    run: () => onSend({ sendAt: at.toISOString(), unlessTheyWrite: false }),
  }));
  return (
    <>
      <Menu
        label={t('later.menu', { zone: zoneName() })}
        trigger={
          <IconButton outlined label={t('later.send')} icon={<Clock size={16} />} isDisabled={isDisabled} />
        }
        actions={[...quick, { id: 'pick', label: t('later.pick'), run: () => setPicking(true) }]}
      />
      {isPicking && (
        <LaterDialog
          title={t('later.send')}
          submit={t('later.schedule')}
          windowUntil={conversation.windowUntil}
          onDone={(later) => {
            setPicking(false);
            onSend(later);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}
