import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from './Editor';
import css from './Editor.module.css';
import { FrameFields } from './FrameFields';
import { LimitedField } from './LimitedField';
import { emptyFlow, flowOf, OFFER_LIMITS, troublesOfFlow, type FlowDraft } from './offers';
import type { TextEditorProps } from './Panel';

/** A text with a button that opens a form of WhatsApp's. */
export function FlowEditor({ text, onSend, onClose }: TextEditorProps) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyFlow, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfFlow(draft);
  const submit = () => {
    setChecked(true);
    if (troubles.size === 0) onSend({ type: 'flow', flow: flowOf(draft) });
  };
  const field = (name: keyof FlowDraft & ('flowId' | 'title' | 'screen'), limit: number) => ({
    value: draft[name],
    limit,
    trouble: troubles.get(name),
    isChecked,
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  });
  return (
    <Editor title={t('editor.flow')} isSendable={troubles.size === 0} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={draft}
        bodyLimit={OFFER_LIMITS.body}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        <LimitedField label={t('editor.flowTitle')} {...field('title', OFFER_LIMITS.flowTitle)} />
        <div className={css['pair']}>
          <LimitedField
            label={t('editor.flowId')}
            hint={t('editor.flowIdHint')}
            {...field('flowId', OFFER_LIMITS.id)}
          />
          <LimitedField label={t('editor.screen')} {...field('screen', OFFER_LIMITS.id)} />
        </div>
      </FrameFields>
    </Editor>
  );
}
