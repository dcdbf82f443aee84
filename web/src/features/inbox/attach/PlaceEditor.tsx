import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/design/Field';
import { Place } from '../bubbles/Place';
import { Editor } from './Editor';
import css from './Editor.module.css';
import type { EditorProps } from './Panel';
import { pointIn } from './place';

/** A place, by its coordinates or from a link to a map. */
export function PlaceEditor({ onSend, onClose }: EditorProps) {
  const { t } = useTranslation('kinds');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [isChecked, setChecked] = useState(false);
  const point = pointIn(text);
  const location = point && {
    ...point,
    ...(name.trim() && { name: name.trim() }),
    ...(address.trim() && { address: address.trim() }),
  };
  const submit = () => {
    setChecked(true);
    if (location) onSend({ type: 'location', location });
  };
  const isWrong = point === null && (isChecked || text.trim().length > 8);
  return (
    <Editor title={t('editor.location')} isSendable={point !== null} onSubmit={submit} onClose={onClose}>
      <Field
        label={t('editor.point')}
        hint={t('editor.pointHint')}
        error={isWrong ? t('editor.pointUnknown') : undefined}
        autoFocus
        value={text}
        onChange={setText}
      />
      <div className={css['pair']}>
        <Field label={t('editor.placeName')} value={name} onChange={setName} />
        <Field label={t('editor.placeAddress')} value={address} onChange={setAddress} />
      </div>
      {location && <Place location={location} />}
    </Editor>
  );
}
