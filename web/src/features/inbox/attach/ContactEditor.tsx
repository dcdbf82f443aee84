import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { cardOf, emptyCard, isPhone, type CardDraft } from './card';
import { Editor } from './Editor';
import css from './Editor.module.css';
import type { EditorProps } from './Panel';

/** The card of a person, whom the customer can write to or call. */
export function ContactEditor({ onSend, onClose }: EditorProps) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState(emptyCard);
  const [isChecked, setChecked] = useState(false);
  const set = (part: keyof CardDraft) => (value: string) => setDraft({ ...draft, [part]: value });
  const isNamed = draft.first.trim() !== '';
  const isSendable = isNamed && isPhone(draft.phone);
  const submit = () => {
    setChecked(true);
    if (isSendable) onSend({ type: 'contacts', contacts: [cardOf(draft)] });
  };
  return (
    <Editor title={t('editor.contact')} isSendable={isSendable} onSubmit={submit} onClose={onClose}>
      <div className={css['pair']}>
        <Field
          label={t('editor.firstName')}
          error={isChecked && !isNamed ? t('editor.empty') : undefined}
          autoFocus
          value={draft.first}
          onChange={set('first')}
        />
        <Field label={t('editor.lastName')} value={draft.last} onChange={set('last')} />
      </div>
      <Field
        label={t('editor.phone')}
        type="tel"
        hint={t('editor.phoneHint')}
        error={isChecked && !isPhone(draft.phone) ? t('editor.phoneWrong') : undefined}
        value={draft.phone}
        onChange={set('phone')}
      />
      <div className={css['pair']}>
        <Field label={t('editor.email')} type="email" value={draft.email} onChange={set('email')} />
        <Field label={t('editor.company')} value={draft.company} onChange={set('company')} />
      </div>
    </Editor>
  );
}
