import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { TimelineLine } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorLine } from '@/design/ErrorPanel';
import { Field } from '@/design/Field';
import { mentionsIn, useNewNote } from '@/features/crm/notes';
import css from './Contact.module.css';

/** The notes about the customer beside the thread, and a place to write one. */
export function Notes({ leadId, timeline }: { leadId: string; timeline: readonly TimelineLine[] }) {
  const { t } = useTranslation('inbox');
  const { brief, exact } = useFormats();
  const users = useQuery(usersQuery).data?.items ?? [];
  const mayWrite = useMay('inbox:write');
  const note = useNewNote(leadId);
  const [text, setText] = useState('');
  const notes = timeline.filter((line) => line.type === 'note_added');
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === '' || note.isPending) return;
    note.mutate({ text: said, mentions: mentionsIn(said, users) }, { onSuccess: () => setText('') });
  };
  return (
    <section className={css['section']}>
      <h3>{t('contact.notes')}</h3>
      {mayWrite && (
        <form className={css['section']} onSubmit={send}>
          <Field
            label={t('contact.note')}
            hint={t('contact.noteHint')}
            value={text}
            onChange={setText}
            lines={2}
            maxLength={4000}
          />
          {note.error && <ErrorLine error={note.error} />}
          <Button type="submit" size="small" isPending={note.isPending}>
            {t('contact.writeNote')}
          </Button>
        </form>
      )}
      <ol>
        {notes.map((line) => (
          <li key={line.id} className={css['event']}>
            <div>
              <bdi>{line.metadata.text}</bdi>
              <time dateTime={line.at} title={exact(line.at)}>
                {[users.find(({ id }) => id === line.metadata.by)?.name, brief(line.at)]
                  .filter(Boolean)
                  .join(' · ')}
              </time>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
