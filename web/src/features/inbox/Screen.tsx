import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { Suspense, useCallback, useMemo, useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/design/Empty';
import { part } from '@/design/part';
import { useConversations } from './conversations';
import { Divider } from './Divider';
import { List } from './List';
import css from './Screen.module.css';
import { Thread } from './Thread';
import { useInboxKeys } from './useInboxKeys';
import { LIST, usePane } from './usePane';

const NewConversationDialog = part(() =>
  import('./NewConversationDialog').then((module) => module.NewConversationDialog),
);

/** The three panes: list, thread, contact. On a phone the thread stands over the list. */
export function Screen() {
  const { t } = useTranslation('inbox');
  const filter = useSearch({ from: '/shell/inbox' });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate({ from: '/inbox' });
  const [isContactShown, setContactShown] = useState(true);
  const [isStarting, setStarting] = useState(false);
  const pane = usePane('list', LIST);
  const conversations = useConversations(filter);
  const items = useMemo(
    () => conversations.data?.pages.flatMap((page) => page.items) ?? [],
    [conversations.data],
  );
  const open = useCallback(
    (id: string) =>
      void navigate({ to: '/inbox/$conversationId', params: { conversationId: id }, search: true }),
    [navigate],
  );
  const begin = useCallback(() => setStarting(true), []);
  const toggleContact = useCallback(() => setContactShown((shown) => !shown), []);
  const { next, leave } = useInboxKeys({ items, conversationId, filter, open, begin, toggleContact });

  return (
    <div
      className={css['panes']}
      data-thread={conversationId !== undefined || undefined}
      style={{ '--pane-list': `${pane.width}px` } as CSSProperties}
    >
      <List filter={filter} conversations={conversations} items={items} onNew={begin} />
      <Divider label={t('panes.list')} pane={pane} side="before" />
      {conversationId === undefined ? (
        <section className={css['nothing']}>
          <Empty icon={<MessagesSquare size={20} />} title={t('pickTitle')}>
            {t('pick')}
          </Empty>
        </section>
      ) : (
        <Thread
          key={conversationId}
          id={conversationId}
          isContactShown={isContactShown}
          onContact={setContactShown}
          onNext={next}
          onLeave={leave}
        />
      )}
      {isStarting && (
        <Suspense>
          <NewConversationDialog
            onClose={() => setStarting(false)}
            onOpen={(id) => {
              setStarting(false);
              open(id);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
