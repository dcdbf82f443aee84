import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Checkbox } from '@/design/Checkbox';
import { forwardOf } from './forwards';
import css from './Selection.module.css';
import { MOST_MESSAGES, useSelection } from './selection';

/** A message while messages are being selected: a box stands beside it. */
export function Pickable({ message, children }: { message: Message; children: ReactNode }) {
  return (
    <div className={css['picked']}>
      <Pick message={message} />
      {children}
    </div>
  );
}

function Pick({ message }: { message: Message }) {
  const { t } = useTranslation('kinds');
  const { selected, toggle } = useSelection();
  const isPossible = forwardOf(message) !== null;
  const isPicked = selected?.has(message.id) ?? false;
  const isFull = !isPicked && (selected?.size ?? 0) >= MOST_MESSAGES;
  return (
    <span className={css['pick']} title={isPossible ? undefined : t('forward.cannot')}>
      <Checkbox isSelected={isPicked} isDisabled={!isPossible || isFull} onChange={() => toggle(message)}>
        <span className="visually-hidden">
          {isPossible ? t('forward.pick') : t('forward.cannot')} {message.text}
        </span>
      </Checkbox>
    </span>
  );
}
