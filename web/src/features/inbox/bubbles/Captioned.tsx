import type { ReactNode } from 'react';
import { FormattedText } from '../FormattedText';
import css from './Kind.module.css';

/** A file with the words below it; no wider than the file, as people know it from their phones. */
export function Captioned({ caption, children }: { caption: string | undefined; children: ReactNode }) {
  return (
    <div className={css['captioned']}>
      {children}
      {caption && <FormattedText text={caption} />}
    </div>
  );
}
