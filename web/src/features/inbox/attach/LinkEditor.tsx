import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from './Editor';
import { FrameFields } from './FrameFields';
import { LimitedField } from './LimitedField';
import { emptyLink, linkOf, OFFER_LIMITS, troublesOfLink } from './offers';
import type { TextEditorProps } from './Panel';

/** A text with a button that opens a web page. */
export function LinkEditor({ text, onSend, onClose }: TextEditorProps) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyLink, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfLink(draft);
  const submit = () => {
    setChecked(true);
    if (troubles.size === 0) onSend({ type: 'cta_url', ctaUrl: linkOf(draft) });
  };
  return (
    <Editor title={t('editor.ctaUrl')} isSendable={troubles.size === 0} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={draft}
        bodyLimit={OFFER_LIMITS.body}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        <LimitedField
          label={t('editor.linkTitle')}
          value={draft.title}
          limit={OFFER_LIMITS.linkTitle}
          trouble={troubles.get('title')}
          isChecked={isChecked}
          onChange={(title) => setDraft({ ...draft, title })}
        />
        <LimitedField
          label={t('editor.link')}
          type="url"
          hint={t('editor.linkHint')}
          value={draft.url}
          limit={OFFER_LIMITS.url}
          trouble={troubles.get('url')}
          isChecked={isChecked}
          onChange={(url) => setDraft({ ...draft, url })}
        />
      </FrameFields>
    </Editor>
  );
}
