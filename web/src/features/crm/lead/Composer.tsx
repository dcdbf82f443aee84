import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import { useMe } from '@/app/me';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { Select } from '@/design/Select';
import { Tabs } from '@/design/Tabs';
import { mentionsIn, useNewActivity, useNewNote } from '../notes';
import { useNewTask } from '../tasks';
import css from './Lead.module.css';

const modes = ['note', 'task', 'call', 'email', 'meeting'] as const;
type Mode = (typeof modes)[number];

/** A time as the field of a form has it, in the time of this machine. */
const isoOf = (local: string): string | null => (local === '' ? null : new Date(local).toISOString());

interface WriterProps {
  id: string;
  mode: Mode;
}

function Writer({ id, mode }: WriterProps) {
  const { t } = useTranslation(['crm', 'common']);
  const me = useMe().id;
  const users = useQuery(usersQuery).data?.items ?? [];
  const [text, setText] = useState('');
  const [due, setDue] = useState('');
  const [assignee, setAssignee] = useState(me);
  const note = useNewNote(id);
  const task = useNewTask(id);
  const activity = useNewActivity(id);
  const write = mode === 'note' ? note : mode === 'task' ? task : activity;
  const done = {
    onSuccess: () => {
      setText('');
      setDue('');
    },
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (write.isPending || (said === '' && (mode === 'note' || mode === 'task'))) return;
    if (mode === 'note') note.mutate({ text: said, mentions: mentionsIn(said, users) }, done);
    else if (mode === 'task')
      task.mutate({ text: said, dueAt: isoOf(due), assigneeId: assignee || null }, done);
    else activity.mutate({ type: mode, text: said || null, at: isoOf(due) }, done);
  };
  return (
    <form className={css['form']} onSubmit={send}>
      <Field
        label={t(`write.${mode}`)}
        hint={mode === 'note' ? t('noteHint') : undefined}
        value={text}
        onChange={setText}
        lines={mode === 'note' ? 3 : 2}
        maxLength={mode === 'task' ? 500 : 4000}
      />
      {mode !== 'note' && (
        <Field
          label={t(mode === 'task' ? 'due' : 'tookPlace')}
          type="datetime-local"
          value={due}
          onChange={setDue}
        />
      )}
      {mode === 'task' && (
        <Select
          label={t('assignee')}
          value={assignee}
          options={[
            { id: '', label: t('common:nobody') },
            ...users.filter(({ active }) => active).map((user) => ({ id: user.id, label: user.name })),
          ]}
          onChange={setAssignee}
        />
      )}
      {write.error && <ErrorLine error={write.error} />}
      <div>
        <Button type="submit" look="primary" isPending={write.isPending}>
          {t(`writeNow.${mode}`)}
        </Button>
      </div>
    </form>
  );
}

/** Writes a note, a task, or what took place outside WhatsApp. */
export function Composer({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const [mode, setMode] = useState<Mode>('note');
  return (
    <Tabs
      label={t('compose')}
      tabs={modes.map((one) => ({ id: one, label: t(`mode.${one}`) }))}
      selected={mode}
      onSelect={setMode}
    >
      <Writer key={mode} id={id} mode={mode} />
    </Tabs>
  );
}
