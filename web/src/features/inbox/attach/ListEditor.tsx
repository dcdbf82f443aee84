import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { Editor } from './Editor';
import css from './Editor.module.css';
import { FrameFields } from './FrameFields';
import {
  emptyList,
  emptyRow,
  LIMITS,
  listOf,
  mayAddRow,
  mayAddSection,
  moved,
  troublesOfList,
  type SectionDraft,
} from './interactive';
import { LimitedField } from './LimitedField';
import type { EditorProps } from './Panel';
import { SectionFields } from './SectionFields';

/** A text with a list of up to ten rows, which the customer opens. */
export function ListEditor({ text, onSend, onClose }: EditorProps & { text: string }) {
  const { t } = useTranslation('kinds');
  const [draft, setDraft] = useState({ ...emptyList, body: text });
  const [isChecked, setChecked] = useState(false);
  const troubles = troublesOfList(draft);
  const { sections } = draft;
  const setSections = (changed: SectionDraft[]) => setDraft({ ...draft, sections: changed });
  const submit = () => {
    setChecked(true);
    if (troubles.size === 0) onSend({ type: 'list', list: listOf(draft) });
  };
  return (
    <Editor title={t('editor.list')} isSendable={troubles.size === 0} onSubmit={submit} onClose={onClose}>
      <FrameFields
        frame={draft}
        bodyLimit={LIMITS.listBody}
        troubles={troubles}
        isChecked={isChecked}
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      >
        <LimitedField
          label={t('editor.listButton')}
          value={draft.button}
          limit={LIMITS.listButton}
          trouble={troubles.get('button')}
          isChecked={isChecked}
          onChange={(button) => setDraft({ ...draft, button })}
        />
        {sections.map((section, index) => (
          <SectionFields
            key={index}
            section={section}
            index={index}
            count={sections.length}
            troubles={troubles}
            isChecked={isChecked}
            mayAdd={mayAddRow(draft)}
            onChange={(changed) => setSections(sections.with(index, changed))}
            onMove={(to) => setSections(moved(sections, index, to))}
            onRemove={() => setSections(sections.toSpliced(index, 1))}
          />
        ))}
        <div className={css['adds']}>
          <Button
            size="small"
            icon={<Plus size={16} aria-hidden />}
            isDisabled={!mayAddSection(draft)}
            onPress={() => setSections([...sections, { title: '', rows: [emptyRow] }])}
          >
            {t('editor.addSection')}
          </Button>
          {!mayAddRow(draft) && (
            <span className={css['most']} role="status">
              {t('editor.mostRows', { count: LIMITS.rows })}
            </span>
          )}
        </div>
      </FrameFields>
    </Editor>
  );
}
