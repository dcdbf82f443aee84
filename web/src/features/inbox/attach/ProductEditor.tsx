import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from './Editor';
import css from './Editor.module.css';
import { FrameFields } from './FrameFields';
import { LimitedField } from './LimitedField';
import { emptyProduct, OFFER_LIMITS, productOf, troublesOfProduct } from './offers';
import type { TextEditorProps } from './Panel';

/** A product of the catalogue. */
export function ProductEditor({ text, onSend, onClose }: TextEditorProps) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyProduct, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfProduct(draft);
  const submit = () => {
    setChecked(true);
    if (troubles.size === 0) onSend({ type: 'product', product: productOf(draft) });
  };
  return (
    <Editor title={t('editor.product')} isSendable={troubles.size === 0} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={{ body: draft.body, footer: draft.footer }}
        bodyLabel={t('editor.bodyOptional')}
        bodyLimit={OFFER_LIMITS.body}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        <div className={css['pair']}>
          <LimitedField
            label={t('editor.catalogId')}
            hint={t('editor.catalogHint')}
            value={draft.catalogId}
            limit={OFFER_LIMITS.id}
            trouble={troubles.get('catalogId')}
            isChecked={isChecked}
            onChange={(catalogId) => setDraft({ ...draft, catalogId })}
          />
          <LimitedField
            label={t('editor.productId')}
            value={draft.productId}
            limit={OFFER_LIMITS.id}
            trouble={troubles.get('productId')}
            isChecked={isChecked}
            onChange={(productId) => setDraft({ ...draft, productId })}
          />
        </div>
      </FrameFields>
    </Editor>
  );
}
