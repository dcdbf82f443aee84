import { Megaphone, ShoppingBag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { webLink } from './facts';
import css from './Kind.module.css';

/** Where a customer came from: the ad that they tapped, or the product that they ask about. */
export function Origin({ message }: { message: Message }) {
  const { t } = useTranslation(['kinds', 'inbox']);
  const { referral, referredProduct } = message;
  const link = webLink(referral?.sourceUrl);
  const product = referredProduct?.productRetailerId;
  return (
    <>
      {referral && (
        <div className={css['origin']}>
          <span className={css['why']}>
            <Megaphone size={16} aria-hidden /> {t('inbox:message.ad')}
          </span>
          {referral.headline && <bdi className={css['title']}>{referral.headline}</bdi>}
          {referral.body && <bdi className={css['blurb']}>{referral.body}</bdi>}
          {link !== null && (
            <a href={link} target="_blank" rel="noopener noreferrer">
              {t('card.openAd')}
            </a>
          )}
        </div>
      )}
      {product !== undefined && (
        <div className={css['origin']}>
          <span className={css['why']}>
            <ShoppingBag size={16} aria-hidden /> {t('card.askedProduct', { id: product })}
          </span>
        </div>
      )}
    </>
  );
}
