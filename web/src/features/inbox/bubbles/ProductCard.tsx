import { ShoppingBag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FormattedText } from '../FormattedText';
import type { Content } from '../kinds';
import { Card } from './Card';
import css from './Kind.module.css';

interface ProductCardProps {
  content: Extract<Content, { type: 'product' | 'product_list' }>;
}

/** Products of the business's catalogue. WhatsApp draws them from the catalogue: we know their ids. */
export function ProductCard({ content }: ProductCardProps) {
  const { t } = useTranslation('kinds');
  const { body, footer } = content;
  return (
    <div className={css['interactive']}>
      {content.type === 'product' ? (
        <Card icon={<ShoppingBag size={20} />} title={t('card.product', { id: content.productId })} />
      ) : (
        <Products list={content} />
      )}
      {body && <FormattedText text={body} />}
      {footer && (
        <p className={css['facts']} dir="auto">
          {footer}
        </p>
      )}
    </div>
  );
}

function Products({ list }: { list: Extract<Content, { type: 'product_list' }> }) {
  const { t } = useTranslation('kinds');
  const count = list.sections.reduce((sum, { productIds }) => sum + productIds.length, 0);
  return (
    <Card icon={<ShoppingBag size={20} />} title={list.header}>
      <span className={css['facts']}>{t('card.products', { count })}</span>
      {list.sections.map(({ title, productIds }, index) => (
        <span key={index}>
          <bdi>{title}</bdi>: <bdi>{productIds.join(', ')}</bdi>
        </span>
      ))}
    </Card>
  );
}
