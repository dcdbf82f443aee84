import { ListTodo } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Needs } from '@/app/Needs';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Tabs } from '@/design/Tabs';
import { TaskRow } from '../TaskRow';
import { useTasks } from '../tasks';

const tabs = ['mine', 'unassigned', 'done'] as const;
type Tab = (typeof tabs)[number];

function List({ tab }: { tab: Tab }) {
  const { t } = useTranslation('crm');
  const [now] = useState(() => Date.now());
  const pages = useTasks(tab === 'unassigned' ? 'none' : 'me', tab === 'done');
  const tasks = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  if (pages.isPending) return <Skeleton kind="row" count={6} />;
  if (pages.error && tasks.length === 0)
    return <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} />;
  if (tasks.length === 0)
    return (
      <Empty icon={<ListTodo size={20} />} title={t('noTasks')}>
        {t('noTasksText')}
      </Empty>
    );
  return (
    <>
      <ul>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} showLead now={now} />
        ))}
      </ul>
      <LoadMore pages={pages} />
    </>
  );
}

/** What the user has to do, by due time. */
export function Screen() {
  const { t } = useTranslation('crm');
  const [tab, setTab] = useState<Tab>('mine');
  return (
    <Page title={t('tasks')}>
      <Needs permission="inbox:read">
        <Tabs
          label={t('tasks')}
          tabs={tabs.map((id) => ({ id, label: t(`taskTab.${id}`) }))}
          selected={tab}
          onSelect={setTab}
        >
          <List tab={tab} />
        </Tabs>
      </Needs>
    </Page>
  );
}
