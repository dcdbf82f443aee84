import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { usersQuery } from '@/api/queries';
import { Avatar } from '@/design/Avatar';
import { Select } from '@/design/Select';
import { useAssign } from './conversations';

const NOBODY = 'nobody';

/** Who has the conversation, and a way to give it to another colleague. */
export function AssigneeSelect({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['inbox', 'common']);
  const users = useQuery(usersQuery).data?.items ?? [];
  const assign = useAssign(conversation.id);
  const { assignee } = conversation;
  const people = users.filter(({ active }) => active).map(({ id, name }) => ({ id, name }));
  const known = assignee && !people.some(({ id }) => id === assignee.id) ? [assignee, ...people] : people;
  const options = known.map(({ id, name }) => ({
    id,
    label: name,
    icon: <Avatar name={name} seed={id} size="small" />,
  }));
  return (
    <Select
      label={t('header.assignee')}
      hideLabel
      look="quiet"
      value={assignee?.id ?? NOBODY}
      options={[{ id: NOBODY, label: t('common:nobody') }, ...options]}
      onChange={(id) => assign.mutate(id === NOBODY ? null : id)}
    />
  );
}
