import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import css from './Failure.module.css';
import { useHeld } from './held';
import { priceOf, quoteQuery } from './quotes';

/** What can be done about a message that is held for what it costs. */
export function HeldForCost({ message }: { message: Message }) {
  const { t } = useTranslation('kinds');
  const { money } = useFormats();
  const maySend = useMay('inbox:write');
  const quote = useQuery(quoteQuery(message.conversationId)).data;
  const price = priceOf(quote, message.price?.category ?? undefined);
  const { approve, cancel } = useHeld(message);
  if (!maySend) return null;
  const amount = price?.amount ?? null;
  const label =
    amount === null
      ? t('held.approveUnknown')
      : t('held.approve', { price: money(amount, price?.currency ?? null) });
  return (
    <div className={css['actions']}>
      {price && (
        <Button size="small" isPending={approve.isPending} onPress={() => approve.mutate(amount)}>
          {label}
        </Button>
      )}
      <Button size="small" look="quiet" isPending={cancel.isPending} onPress={() => cancel.mutate()}>
        {t('held.cancel')}
      </Button>
    </div>
  );
}
