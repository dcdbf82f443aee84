import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from './Editor';
import { lengthOf, type Trouble } from './interactive';
import { LimitedField } from './LimitedField';
import { OFFER_LIMITS } from './offers';
import type { TextEditorProps } from './Panel';

function troubleOf(body: string): Trouble | undefined {
  if (body.trim() === '') return { is: 'empty' };
  return lengthOf(body) > OFFER_LIMITS.body ? { is: 'long', limit: OFFER_LIMITS.body } : undefined;
}

/** Asks the customer for the permission to call. */
export function CallEditor({ text, onSend, onClose }: TextEditorProps) {
  const { t } = useTranslation('kinds');
  const [body, setBody] = useState(text === '' ? t('call.askText') : text);
  const [isChecked, setChecked] = useState(false);
  const trouble = troubleOf(body);
  const submit = () => {
    setChecked(true);
    if (!trouble) onSend({ type: 'call_permission_request', callPermissionRequest: { body } });
  };
  return (
    <Editor title={t('call.ask')} isSendable={!trouble} onSubmit={submit} onClose={onClose}>
      <LimitedField
        label={t('call.why')}
        value={body}
        limit={OFFER_LIMITS.body}
        trouble={trouble}
        isChecked={isChecked}
        onChange={setBody}
      />
    </Editor>
  );
}
