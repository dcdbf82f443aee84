import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { Task } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Badge } from '@/design/Badge';
import { Checkbox } from '@/design/Checkbox';
import { IconButton } from '@/design/IconButton';
import css from './TaskRow.module.css';
import { useChangeTask, useDeleteTask } from './tasks';

/** A task: done at a press. */
export function TaskRow({ task, showLead = false, now }: { task: Task; showLead?: boolean; now: number }) {
  const { t } = useTranslation(['crm', 'common']);
  const { brief, exact } = useFormats();
  const users = useQuery(usersQuery).data?.items ?? [];
  const mayWrite = useMay('inbox:write');
  const change = useChangeTask(task);
  const remove = useDeleteTask(task);
  const isDone = change.isPending ? change.variables.done === true : task.doneAt !== null;
  const isLate = !isDone && task.dueAt !== null && Date.parse(task.dueAt) < now;
  const assignee = users.find(({ id }) => id === task.assigneeId)?.name;
  return (
    <li className={css['task']}>
      <Checkbox isSelected={isDone} isDisabled={!mayWrite} onChange={(done) => change.mutate({ done })}>
        <span className={css['text']} data-done={isDone || undefined}>
          {task.text}
        </span>
      </Checkbox>
      <span className={css['more']}>
        {showLead && (
          <Link to="/leads/$leadId" params={{ leadId: task.leadId }}>
            <bdi>{task.leadName ?? t('lead')}</bdi>
          </Link>
        )}
        {task.dueAt && (
          <Badge tone={isLate ? 'red' : 'neutral'}>
            <time dateTime={task.dueAt} title={exact(task.dueAt)}>
              {t('dueAt', { time: brief(task.dueAt) })}
            </time>
          </Badge>
        )}
        {!showLead && assignee && <span>{assignee}</span>}
        {mayWrite && (
          <IconButton
            label={t('deleteTask', { text: task.text })}
            icon={<Trash2 size={16} />}
            onPress={() => remove.mutate()}
          />
        )}
      </span>
    </li>
  );
}
