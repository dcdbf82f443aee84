import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import { TaskRow } from '../TaskRow';
import { useLeadTasks } from '../tasks';
import css from './Lead.module.css';

/** What is to be done about the lead, and what was done. */
export function Tasks({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const [now] = useState(() => Date.now());
  const tasks = useLeadTasks(id);
  const items = tasks.data?.items ?? [];
  return (
    <Panel title={t('tasks')}>
      {tasks.isPending && <Skeleton count={2} />}
      {tasks.error && !tasks.data && <ErrorPanel error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data && items.length === 0 && <p className={css['muted']}>{t('noTasks')}</p>}
      <ul>
        {items.map((task) => (
          <TaskRow key={task.id} task={task} now={now} />
        ))}
      </ul>
    </Panel>
  );
}
