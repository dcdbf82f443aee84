import { lazy, Suspense } from 'react';
import css from './Content.module.css';

const Formatted = lazy(() => import('./Formatted').then(({ Formatted }) => ({ default: Formatted })));

/** What may be formatting, a list, a quote or a link: the rest is drawn as it is. */
const SIGNS = /[*_~`]|https?:|^> |^- |^\d+\. /m;

/** A text as WhatsApp shows it. Until the part that formats is loaded, its signs stand in it. */
export function FormattedText({ text }: { text: string }) {
  return (
    <div className={css['text']} dir="auto">
      {SIGNS.test(text) ? (
        <Suspense fallback={<p>{text}</p>}>
          <Formatted text={text} />
        </Suspense>
      ) : (
        <p>{text}</p>
      )}
    </div>
  );
}
