import { useQueryClient } from '@tanstack/react-query';
import { Phone, PhoneMissed } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Conversation, Message } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { useSend } from '../outgoing';
import { Card } from './Card';

interface CallCardProps {
  message: Message;
  missed: boolean;
  seconds: number | null;
}

/** A call of the customer. A missed one can be called back where the phone is shown, or permission asked for. */
export function CallCard({ message, missed, seconds }: CallCardProps) {
  const { t } = useTranslation('kinds');
  const cache = useQueryClient();
  const conversation = cache.getQueryData<Conversation>(keys.conversation(message.conversationId));
  const phone = conversation?.phone ?? null;
  const minutes = seconds === null ? null : Math.max(1, Math.round(seconds / 60));
  return (
    <Card
      icon={missed ? <PhoneMissed size={20} /> : <Phone size={20} />}
      title={t(missed ? 'call.missed' : 'call.voice')}
    >
      {minutes !== null && <span>{t('call.minutes', { count: minutes })}</span>}
      {missed && phone !== null && <a href={`tel:${phone}`}>{t('call.back')}</a>}
      {missed && <AskPermission id={message.conversationId} />}
    </Card>
  );
}

/** WhatsApp lets a business call once the customer has said yes. */
function AskPermission({ id }: { id: string }) {
  const { t } = useTranslation('kinds');
  const { send } = useSend(id);
  const maySend = useMay('inbox:write');
  const [isAsked, setAsked] = useState(false);
  if (!maySend) return null;
  const ask = () => {
    setAsked(true);
    send({ type: 'call_permission_request', callPermissionRequest: { body: t('call.askText') } });
  };
  return (
    <Button size="small" isDisabled={isAsked} onPress={ask}>
      {t('call.ask')}
    </Button>
  );
}
