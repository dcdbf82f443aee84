import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useMay } from '@/app/me';
import { Button } from '@/design/Button';
import { useSend } from './outgoing';

/** Sends the words of a failed message again, as a new message. */
export function Resend({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const maySend = useMay('inbox:write');
  const { send } = useSend(message.conversationId);
  if (!maySend) return null;
  return (
    <Button size="small" look="quiet" onPress={() => send(message.text, message.replyTo ?? null)}>
      {t('failure.retry')}
    </Button>
  );
}
