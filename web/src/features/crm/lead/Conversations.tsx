import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Conversation } from '@/api/schema';
import { Badge, Count } from '@/design/Badge';
import { CopyText } from '@/design/CopyText';
import { Panel } from '@/design/Panel';
import { Skeleton } from '@/design/Skeleton';
import css from './Lead.module.css';

function Row({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['crm', 'inbox']);
  const { id, channelName, status, unread, lastMessage } = conversation;
  return (
    <li className={css['item']}>
      <div className={css['itemHead']}>
        <Link to="/inbox/$conversationId" params={{ conversationId: id }}>
          {t('onNumber', { number: channelName })}
        </Link>
        <Badge tone={status === 'open' ? 'green' : 'neutral'}>{t(`inbox:status.${status}`)}</Badge>
        {unread > 0 && <Count value={unread} label={t('inbox:unread', { count: unread })} />}
      </div>
      {lastMessage && <bdi className={css['snippet']}>{lastMessage.text}</bdi>}
      <CopyText text={id} />
    </li>
  );
}

/** One conversation for each number that the lead has written to. */
export function Conversations({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('crm');
  const reads = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.conversation(id),
      queryFn: () => call(api.GET('/api/conversations/{id}', { params: { path: { id } } })),
    })),
  });
  const found = reads.flatMap(({ data }) => (data ? [data] : []));
  const failed = reads.filter(({ error, data }) => error && !data).length;
  return (
    <Panel title={t('conversations')}>
      {reads.some(({ isPending }) => isPending) && <Skeleton count={2} />}
      {ids.length === 0 && <p className={css['muted']}>{t('noConversations')}</p>}
      <ul className={css['items']}>
        {found.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} />
        ))}
      </ul>
      {failed > 0 && <p className={css['muted']}>{t('hiddenConversations', { count: failed })}</p>}
    </Panel>
  );
}
