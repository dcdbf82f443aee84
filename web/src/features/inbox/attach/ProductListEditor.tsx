import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { Editor } from './Editor';
import css from './Editor.module.css';
import { FrameFields } from './FrameFields';
import { LIMITS, moved } from './interactive';
import { LimitedField } from './LimitedField';
import {
  emptyProductList,
  emptySection,
  hasTooManyProducts,
  mayAddProductSection,
  OFFER_LIMITS,
  productListOf,
  troublesOfProductList,
  type ProductSectionDraft,
} from './offers';
import type { TextEditorProps } from './Panel';
import { ProductSection } from './ProductSection';

/** Several products of the catalogue, in sections. */
export function ProductListEditor({ text, onSend, onClose }: TextEditorProps) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyProductList, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfProductList(draft);
  const isTooMany = hasTooManyProducts(draft);
  const isSendable = troubles.size === 0 && !isTooMany;
  const { sections, header, ...frame } = draft;
  const setSections = (changed: ProductSectionDraft[]) => setDraft({ ...draft, sections: changed });
  const submit = () => {
    setChecked(true);
    if (isSendable) onSend({ type: 'product_list', productList: productListOf(draft) });
  };
  return (
    <Editor title={t('editor.productList')} isSendable={isSendable} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={{ body: frame.body, footer: frame.footer }}
        bodyLimit={OFFER_LIMITS.body}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        <div className={css['pair']}>
          <LimitedField
            label={t('editor.heading')}
            value={header}
            limit={LIMITS.header}
            trouble={troubles.get('header')}
            isChecked={isChecked}
            onChange={(changed) => setDraft({ ...draft, header: changed })}
          />
          <LimitedField
            label={t('editor.catalogId')}
            hint={t('editor.catalogHint')}
            value={draft.catalogId}
            limit={OFFER_LIMITS.id}
            trouble={troubles.get('catalogId')}
            isChecked={isChecked}
            onChange={(catalogId) => setDraft({ ...draft, catalogId })}
          />
        </div>
        {sections.map((section, index) => (
          <ProductSection
            key={index}
            section={section}
            index={index}
            count={sections.length}
            troubles={troubles}
            isChecked={isChecked}
            onChange={(changed) => setSections(sections.with(index, changed))}
            onMove={(to) => setSections(moved(sections, index, to))}
            onRemove={() => setSections(sections.toSpliced(index, 1))}
          />
        ))}
        <div className={css['adds']}>
          <Button
            size="small"
            icon={<Plus size={16} aria-hidden />}
            isDisabled={!mayAddProductSection(draft)}
            onPress={() => setSections([...sections, emptySection])}
          >
            {t('editor.addSection')}
          </Button>
          {isTooMany && (
            <span className={css['wrong']} role="alert">
              {t('editor.mostProducts', { count: OFFER_LIMITS.products })}
            </span>
          )}
        </div>
      </FrameFields>
    </Editor>
  );
}
