import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/design/Button';
import { Arrange } from './Arrange';
import css from './Editor.module.css';
import { emptyRow, LIMITS, moved, type RowDraft, type SectionDraft, type Troubles } from './interactive';
import { LimitedField } from './LimitedField';

interface SectionFieldsProps {
  section: SectionDraft;
  index: number;
  count: number;
  troubles: Troubles;
  isChecked: boolean;
  mayAdd: boolean;
  onChange: (section: SectionDraft) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** One section of a list with its rows. */
export function SectionFields({ section, index, count, troubles, isChecked, ...props }: SectionFieldsProps) {
  const { t } = useTranslation('kinds');
  const { title, rows } = section;
  const place = `sections.${index}`;
  const name = t('editor.section', { number: index + 1 });
  const setRows = (changed: RowDraft[]) => props.onChange({ ...section, rows: changed });
  return (
    <div className={css['group']} role="group" aria-label={name}>
      <div className={css['line']}>
        <LimitedField
          label={t(count > 1 ? 'editor.sectionTitle' : 'editor.sectionTitleOptional')}
          value={title}
          limit={LIMITS.sectionTitle}
          trouble={troubles.get(`${place}.title`)}
          isChecked={isChecked}
          onChange={(changed) => props.onChange({ ...section, title: changed })}
        />
        {count > 1 && (
          <Arrange name={name} index={index} count={count} onMove={props.onMove} onRemove={props.onRemove} />
        )}
      </div>
      {rows.map((row, at) => {
        const rowName = t('editor.row', { number: at + 1 });
        return (
          <div key={at} className={css['line']} role="group" aria-label={rowName}>
            <div className={css['pair']}>
              <LimitedField
                label={t('editor.rowTitle')}
                value={row.title}
                limit={LIMITS.rowTitle}
                trouble={troubles.get(`${place}.rows.${at}.title`)}
                isChecked={isChecked}
                onChange={(changed) => setRows(rows.with(at, { ...row, title: changed }))}
              />
              <LimitedField
                label={t('editor.rowDescription')}
                value={row.description}
                limit={LIMITS.rowDescription}
                trouble={troubles.get(`${place}.rows.${at}.description`)}
                isChecked={isChecked}
                onChange={(changed) => setRows(rows.with(at, { ...row, description: changed }))}
              />
            </div>
            <Arrange
              name={rowName}
              index={at}
              count={rows.length}
              onMove={(to) => setRows(moved(rows, at, to))}
              onRemove={() => setRows(rows.toSpliced(at, 1))}
            />
          </div>
        );
      })}
      <div className={css['adds']}>
        <Button
          size="small"
          icon={<Plus size={16} aria-hidden />}
          isDisabled={!props.mayAdd}
          onPress={() => setRows([...rows, emptyRow])}
        >
          {t('editor.addRow')}
        </Button>
      </div>
    </div>
  );
}
