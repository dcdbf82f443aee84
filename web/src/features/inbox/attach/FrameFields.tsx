import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './Editor.module.css';
import { LIMITS, type Troubles } from './interactive';
import { LimitedField } from './LimitedField';

interface Frame {
  header?: string;
  body: string;
  footer: string;
}

interface FrameFieldsProps {
  frame: Frame;
  bodyLimit: number;
  troubles: Troubles;
  isChecked: boolean;
  onChange: (changed: Partial<Frame>) => void;
  /** What is tapped. */
  children: ReactNode;
  bodyLabel?: string;
}

/** The text of a message with something to tap, and what may stand above and below it. */
export function FrameFields({
  frame,
  bodyLimit,
  bodyLabel,
  troubles,
  isChecked,
  ...props
}: FrameFieldsProps) {
  const { t } = useTranslation('kinds');
  const { onChange, children } = props;
  return (
    <>
      <LimitedField
        label={bodyLabel ?? t('editor.body')}
        lines={2}
        autoFocus
        value={frame.body}
        limit={bodyLimit}
        trouble={troubles.get('body')}
        isChecked={isChecked}
        onChange={(body) => onChange({ body })}
      />
      {children}
      <div className={css['pair']}>
        {frame.header !== undefined && (
          <LimitedField
            label={t('editor.header')}
            value={frame.header}
            limit={LIMITS.header}
            trouble={troubles.get('header')}
            isChecked={isChecked}
            onChange={(header) => onChange({ header })}
          />
        )}
        <LimitedField
          label={t('editor.footer')}
          value={frame.footer}
          limit={LIMITS.footer}
          trouble={troubles.get('footer')}
          isChecked={isChecked}
          onChange={(footer) => onChange({ footer })}
        />
      </div>
    </>
  );
}
