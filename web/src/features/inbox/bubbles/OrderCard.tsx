import { Package } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Order, OrderItem } from '@/api/schema';
import { Card } from './Card';
import { moneyText, totalOf } from './facts';
import css from './Kind.module.css';

function priceText({ itemPrice, currency }: OrderItem, language: string): string {
  const amount = Number(itemPrice ?? NaN);
  if (Number.isNaN(amount) || currency === undefined) return [itemPrice, currency].filter(Boolean).join(' ');
  return moneyText({ amount, currency }, language);
}

/** What the customer put into the basket, and what it costs in all. */
export function OrderCard({ order }: { order: Order }) {
  const { t, i18n } = useTranslation(['kinds', 'inbox']);
  const { language } = i18n;
  const total = totalOf(order);
  return (
    <Card icon={<Package size={20} />} title={t('inbox:message.order')}>
      <ul className={css['items']}>
        {order.items.map((item, index) => (
          <li key={index}>
            <span>
              {item.quantity ?? 1} × <bdi>{item.productRetailerId}</bdi>
            </span>
            <span className={css['price']}>{priceText(item, language)}</span>
          </li>
        ))}
        {total && (
          <li className={css['total']}>
            <span>{t('card.total')}</span>
            <span className={css['price']}>{moneyText(total, language)}</span>
          </li>
        )}
      </ul>
      {order.note && <bdi>{order.note}</bdi>}
    </Card>
  );
}
