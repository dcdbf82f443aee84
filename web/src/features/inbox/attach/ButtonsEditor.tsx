import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { Arrange } from './Arrange';
import { Editor } from './Editor';
import css from './Editor.module.css';
import { FrameFields } from './FrameFields';
import { buttonsOf, emptyButtons, LIMITS, mayAddButton, moved, troublesOfButtons } from './interactive';
import { LimitedField } from './LimitedField';
import type { EditorProps } from './Panel';

/** A text with up to three buttons for the customer to tap. */
export function ButtonsEditor({ text, onSend, onClose }: EditorProps & { text: string }) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyButtons, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfButtons(draft);
  const { titles } = draft;
  const setTitles = (changed: string[]) => setDraft({ ...draft, titles: changed });
  const submit = () => {
    setChecked(true);
    if (troubles.size === 0) onSend({ type: 'buttons', buttons: buttonsOf(draft) });
  };
  return (
    <Editor title={t('editor.buttons')} isSendable={troubles.size === 0} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={draft}
        bodyLimit={LIMITS.buttonsBody}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        {titles.map((title, index) => {
          const name = t('editor.button', { number: index + 1 });
          return (
            <div key={index} className={css['line']}>
              <LimitedField
                label={name}
                value={title}
                limit={LIMITS.buttonTitle}
                trouble={troubles.get(`titles.${index}`)}
                isChecked={isChecked}
                onChange={(changed) => setTitles(titles.with(index, changed))}
              />
              <Arrange
                name={name}
                index={index}
                count={titles.length}
                onMove={(to) => setTitles(moved(titles, index, to))}
                onRemove={() => setTitles(titles.toSpliced(index, 1))}
              />
            </div>
          );
        })}
        <div className={css['adds']}>
          <Button
            size="small"
            icon={<Plus size={16} aria-hidden />}
            isDisabled={!mayAddButton(draft)}
            onPress={() => setTitles([...titles, ''])}
          >
            {t('editor.addButton')}
          </Button>
          {!mayAddButton(draft) && (
            <span className={css['most']} role="status">
              {t('editor.mostButtons', { count: LIMITS.buttons })}
            </span>
          )}
        </div>
      </FrameFields>
    </Editor>
  );
}
