import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { QuotedPrice } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { priceOf, quoteQuery } from './quotes';

/** A price in words, with its category. */
export function usePriceText(): (price: QuotedPrice) => string {
  const { t } = useTranslation('kinds');
  const { money } = useFormats();
  return ({ amount, currency, basis, category }) => {
    if (amount === null) return t('price.unknown');
    switch (basis) {
      case 'open_window':
        return t('price.openWindow');
      case 'free_entry_point':
        return t('price.freeEntry');
      case 'free_allowance':
        return t('price.allowance', { price: money(amount, currency) });
      case 'rate':
      case null:
        return t('price.rate', {
          price: money(amount, currency),
          category: t(`price.category.${category ?? 'other'}`),
        });
    }
  };
}

/** What a message of a category costs in this conversation. */
export function PriceText({ id, category }: { id: string; category: string }) {
  const quote = useQuery(quoteQuery(id)).data;
  const text = usePriceText();
  const { t } = useTranslation('kinds');
  const price = priceOf(quote, category);
  if (!price) return null;
  const left = price.basis === 'free_allowance' ? (quote?.freeMessagesLeft ?? 0) : 0;
  const note = left > 0 && ` ${t('price.left', { left })}`;
  return (
    <span title={price.card ?? undefined}>
      {text(price)}
      {note}
    </span>
  );
}
