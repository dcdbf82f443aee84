import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/queries';
import type { BulkBody, ConversationFilter } from '@/api/schema';
import { Button } from '@/design/Button';
import { FormDialog } from '@/design/FormDialog';
import { Select } from '@/design/Select';
import { Bar, type BulkRun } from './Bar';

interface ConversationBarProps {
  ids: readonly string[];
  filter: ConversationFilter;
  onEnd: () => void;
}

/** Nine in the morning of the next day. */
function tomorrow(): string {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(9, 0, 0, 0);
  return at.toISOString();
}

const actions = ['open', 'close', 'snooze', 'read'] as const;

function AssignDialog({
  onAssign,
  onClose,
}: {
  onAssign: (user: string | null) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['kinds', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const [user, setUser] = useState('');
  return (
    <FormDialog
      title={t('kinds:jobs.bulk.assign')}
      submit={t('kinds:jobs.bulk.apply')}
      isPending={false}
      error={null}
      fields={[]}
      onSubmit={() => onAssign(user || null)}
      onClose={onClose}
    >
      <Select
        label={t('kinds:jobs.bulk.assign')}
        value={user}
        options={[
          { id: '', label: t('common:nobody') },
          ...users.filter(({ active }) => active).map(({ id, name }) => ({ id, label: name })),
        ]}
        onChange={setUser}
      />
    </FormDialog>
  );
}

/** Changes the conversations that are selected, or all that match. */
export function ConversationBar({ ids, filter, onEnd }: ConversationBarProps) {
  const { t } = useTranslation('kinds');
  const [isAll, setAll] = useState(false);
  const [isAssigning, setAssigning] = useState(false);
  const of = isAll ? { conversations: filter } : { conversationIds: [...ids] };
  const isNothing = !isAll && ids.length === 0;
  const send = (bulk: BulkRun, body: BulkBody) => bulk.run({ ...body, ...of });
  return (
    <Bar count={ids.length} isAll={isAll} onAll={() => setAll(true)} onEnd={onEnd}>
      {(bulk) => (
        <>
          <Button size="small" isDisabled={isNothing || bulk.isPending} onPress={() => setAssigning(true)}>
            {t('jobs.bulk.assign')}
          </Button>
          {actions.map((action) => (
            <Button
              key={action}
              size="small"
              isDisabled={isNothing || bulk.isPending}
              onPress={() => send(bulk, { action, ...(action === 'snooze' && { snoozedUntil: tomorrow() }) })}
            >
              {t(`jobs.bulk.${action}`)}
            </Button>
          ))}
          {isAssigning && (
            <AssignDialog
              onAssign={(assignee) => {
                setAssigning(false);
                send(bulk, { action: 'assign', assignee });
              }}
              onClose={() => setAssigning(false)}
            />
          )}
        </>
      )}
    </Bar>
  );
}
