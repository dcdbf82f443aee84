import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { Checkbox } from '@/design/Checkbox';
import { Field } from '@/design/Field';
import { FormDialog } from '@/design/FormDialog';
import { asField, isAfterWindow, laterTimes, zoneName } from './later';
import type { Later } from './SendLater';

interface LaterDialogProps {
  title: string;
  submit: string;
  /** Until when the customer can be written to, as far as it is known. */
  windowUntil: string | null;
  /** Of a message that is scheduled: its text, null if it is none, and when it is to be sent. */
  before?: { text: string | null; at: string; unlessTheyWrite: boolean };
  isPending?: boolean;
  error?: unknown;
  onDone: (later: Later, text: string | null) => void;
  onClose: () => void;
}

/** When a message is to be sent, in the time zone of the agent; of one that is scheduled, its text too. */
export function LaterDialog({ windowUntil, before, onDone, ...props }: LaterDialogProps) {
  const { t } = useTranslation('kinds');
  const [first] = useState(() => before?.at ?? laterTimes(new Date())[0]?.at ?? new Date());
  const [time, setTime] = useState(asField(new Date(first)));
  const [text, setText] = useState(before?.text ?? null);
  const [unlessTheyWrite, setUnless] = useState(before?.unlessTheyWrite ?? false);
  const at = new Date(time);
  const fields = props.error ? toApiError(props.error).fields : null;
  const isTime = !Number.isNaN(at.getTime());
  const hint = isTime && isAfterWindow(at, windowUntil) ? ` ${t('later.afterWindow')}` : '';
  return (
    <FormDialog
      title={props.title}
      submit={props.submit}
      isPending={props.isPending ?? false}
      error={props.error ?? null}
      fields={['sendAt', 'text']}
      onSubmit={() => isTime && onDone({ sendAt: at.toISOString(), unlessTheyWrite }, text)}
      onClose={props.onClose}
    >
      {text !== null && (
        <Field
          label={t('later.text')}
          lines={4}
          value={text}
          onChange={setText}
          error={fields?.get('text')}
          isRequired
        />
      )}
      <Field
        label={t('later.time')}
        type="datetime-local"
        hint={t('later.zone', { zone: zoneName() }) + hint}
        value={time}
        onChange={setTime}
        error={fields?.get('sendAt')}
        isRequired
      />
      <Checkbox isSelected={unlessTheyWrite} onChange={setUnless}>
        {t('later.unless')}
      </Checkbox>
    </FormDialog>
  );
}
