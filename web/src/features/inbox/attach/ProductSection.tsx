import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { Arrange } from './Arrange';
import css from './Editor.module.css';
import type { Troubles } from './interactive';
import { LimitedField } from './LimitedField';
import { OFFER_LIMITS, type ProductSectionDraft } from './offers';

interface ProductSectionProps {
  section: ProductSectionDraft;
  index: number;
  count: number;
  troubles: Troubles;
  isChecked: boolean;
  onChange: (section: ProductSectionDraft) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One section of a list of products. */
export function ProductSection({
  section,
  index,
  count,
  troubles,
  isChecked,
  ...props
}: ProductSectionProps) {
  const { t } = useTranslation('kinds');
  const name = t('editor.section', { number: index + 1 });
  const trouble = troubles.get(`sections.${index}.products`);
  const wrong = trouble?.is === 'long' ? t('editor.long', { limit: trouble.limit }) : t('editor.noProducts');
  const isTold = trouble && (isChecked || trouble.is === 'long');
  return (
    <div className={css['group']} role="group" aria-label={name}>
      <div className={css['line']}>
        <LimitedField
          label={t('editor.sectionTitle')}
          value={section.title}
          limit={OFFER_LIMITS.sectionTitle}
          trouble={troubles.get(`sections.${index}.title`)}
          isChecked={isChecked}
          onChange={(title) => props.onChange({ ...section, title })}
        />
        {count > 1 && (
          <Arrange name={name} index={index} count={count} onMove={props.onMove} onRemove={props.onRemove} />
        )}
      </div>
      <Field
        label={t('editor.productIds')}
        lines={3}
        value={section.products}
        error={isTold ? wrong : undefined}
        onChange={(products) => props.onChange({ ...section, products })}
      />
    </div>
  );
}
