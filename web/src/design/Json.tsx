import { ChevronDown, ChevronRight, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Button } from './Button';
import { useCopy } from './CopyText';
import css from './Json.module.css';

/** So deep it stands open at first. */
const OPEN = 3;

type Entry = readonly [string | null, unknown];

function entriesOf(value: unknown): Entry[] | null {
  if (Array.isArray(value)) return value.map((one: unknown) => [null, one] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : null;
}

function Node({ name, value, depth }: { name: string | null; value: unknown; depth: number }) {
  const [isOpen, setOpen] = useState(depth < OPEN);
  const entries = entriesOf(value);
  const key = name !== null && <span className={css['key']}>{JSON.stringify(name)}: </span>;
  if (!entries) {
    return (
      <li>
        {key}
        <span data-kind={typeof value}>{JSON.stringify(value)}</span>
      </li>
    );
  }
  const [begin, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    return (
      <li>
        {key}
        {begin + end}
      </li>
    );
  }
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <li>
      <AriaButton className={css['fold'] ?? ''} aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        <Chevron size={16} aria-hidden />
        {key}
        {isOpen ? begin : `${begin} ${entries.length} ${end}`}
      </AriaButton>
      {isOpen && (
        <>
          <ul>
            {entries.map(([child, one], index) => (
              <Node key={child ?? index} name={child} value={one} depth={depth + 1} />
            ))}
          </ul>
          {end}
        </>
      )}
    </li>
  );
}

/** Any JSON: folded where it is deep, copied at a click. A text that is none stands as it is. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const { t } = useTranslation('common');
  const copy = useCopy();
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <div className={css['json']}>
      <div className={css['tools']}>
        <Button size="small" icon={<Copy size={16} aria-hidden />} onPress={() => void copy(text)}>
          {t('copy')}
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <div role="region" aria-label={label} tabIndex={0} className={css['scroll']}>
        {typeof value === 'string' ? (
          <pre>{value}</pre>
        ) : (
          <ul className={css['root']}>
            <Node name={null} value={value} depth={0} />
          </ul>
        )}
      </div>
    </div>
  );
}
