import { Package, Wallet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '../FormattedText';
import type { OrderUpdate, PaymentRequest } from '../kinds';
import { Card } from './Card';
import { moneyText } from './facts';
import css from './Kind.module.css';

/** Words that WhatsApp uses for payments; any other is shown as it came. */
const STATUSES = ['pending', 'captured', 'failed', 'canceled'] as const;

function total({ items, tax = 0, shipping = 0, discount = 0 }: PaymentRequest): number {
  return items.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0) + tax + shipping - discount;
}

/** A request to pay: the products, what they cost in all, and whether they are paid. */
export function PaymentCard({ request, status }: { request: PaymentRequest; status: string | undefined }) {
  const { t, i18n } = useTranslation('kinds');
  const { currency } = request;
  const money = (amount: number) => moneyText({ amount: amount / 100, currency }, i18n.language);
  const known = STATUSES.find((word) => word === status);
  const told = known ? t(`payment.${known}`) : (status ?? t('payment.waiting'));
  return (
    <div className={css['interactive']}>
      <FormattedText text={request.body} />
      <Card icon={<Wallet size={20} />} title={t('payment.of', { reference: request.reference })}>
        <ul className={css['items']}>
          {request.items.map((item, index) => (
            <li key={index}>
              <span>
                {item.quantity} × <bdi>{item.name}</bdi>
              </span>
              <span className={css['price']}>{money(item.amount * item.quantity)}</span>
            </li>
          ))}
          <li className={css['total']}>
            <span>{t('card.total')}</span>
            <span className={css['price']}>{money(total(request))}</span>
          </li>
        </ul>
        <span>{told}</span>
      </Card>
      {request.footer && (
        <p className={css['facts']} dir="auto">
          {request.footer}
        </p>
      )}
    </div>
  );
}

/** How far an order has come. */
export function OrderStatusCard({ update }: { update: OrderUpdate }) {
  const { t } = useTranslation('kinds');
  return (
    <div className={css['interactive']}>
      <FormattedText text={update.body} />
      <Card icon={<Package size={20} />} title={t('payment.of', { reference: update.reference })}>
        <span>{t(`order.${update.status}`)}</span>
        {update.description && <bdi>{update.description}</bdi>}
      </Card>
    </div>
  );
}
