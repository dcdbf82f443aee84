import { Link } from '@tanstack/react-router';
import { FileText, Image, MapPin, Mic, Reply, UserRound, Video, type LucideIcon } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { useMe } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Avatar } from '@/design/Avatar';
import { Count, Dot } from '@/design/Badge';
import css from './Row.module.css';
import { WindowChip } from './WindowChip';

const KINDS: Record<string, LucideIcon> = {
  image: Image,
  video: Video,
  audio: Mic,
  document: FileText,
  location: MapPin,
  contacts: UserRound,
};

/** One conversation in the list. */
export const Row = memo(function Row({ conversation, now }: { conversation: Conversation; now: number }) {
  const { t } = useTranslation(['inbox', 'common']);
  const { brief, exact } = useFormats();
  const { id, name, lastMessage, lastMessageAt, unread, markedUnread, windowUntil, assignee } = conversation;
  const me = useMe().id;
  const Kind = KINDS[lastMessage?.type ?? ''];
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: id }}
      search={true}
      id={`row-${id}`}
      className={css['row']}
      activeProps={{ 'data-active': true, 'aria-current': 'page' }}
      data-unread={unread > 0 || markedUnread || undefined}
    >
      <Avatar name={name} seed={conversation.leadId} />
      <span className={css['text']}>
        <span className={css['line']}>
          <bdi className={css['name']}>{name}</bdi>
          {lastMessageAt && (
            <time className={css['time']} dateTime={lastMessageAt} title={exact(lastMessageAt)}>
              {brief(lastMessageAt, now)}
            </time>
          )}
        </span>
        <span className={css['line']}>
          <span className={css['last']}>
            {lastMessage?.direction === 'outbound' && (
              <Reply size={16} aria-label={t('common:you')} role="img" />
            )}
            {Kind && <Kind size={16} aria-hidden />}
            <bdi className={css['snippet']}>{lastMessage?.text}</bdi>
          </span>
          {assignee && assignee.id !== me && (
            <span title={assignee.name}>
              <Avatar name={assignee.name} seed={assignee.id} size="small" />
              <span className="visually-hidden">{assignee.name}</span>
            </span>
          )}
          <WindowChip until={windowUntil} now={now} isBrief />
          {unread === 0 && markedUnread && <Dot label={t('markedUnread')} />}
          {unread > 0 && <Count value={unread} label={t('unread', { count: unread })} />}
        </span>
      </span>
    </Link>
  );
});
