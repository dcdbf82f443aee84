import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, type Command } from '@/app/commands';
import { Empty } from '@/design/Empty';
import { useConversations } from './conversations';
import { List } from './List';
import css from './Screen.module.css';
import { Thread } from './Thread';

/** The three panes: list, thread, contact. On a phone the thread stands over the list. */
export function Screen() {
  const { t } = useTranslation('inbox');
  const filter = useSearch({ from: '/shell/inbox' });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate({ from: '/inbox' });
  const [isContactShown, setContactShown] = useState(true);
  const conversations = useConversations(filter);
  const items = useMemo(
    () => conversations.data?.pages.flatMap((page) => page.items) ?? [],
    [conversations.data],
  );

  const commands = useMemo<Command[]>(() => {
    const step = (by: number) => {
      const at = items.findIndex(({ id }) => id === conversationId);
      const next = items[at < 0 ? 0 : at + by];
      if (!next) return;
      void navigate({ to: '/inbox/$conversationId', params: { conversationId: next.id }, search: true });
    };
    return [
      { id: 'next', label: t('keys.next'), keys: 'Alt+J', section: 'inbox', run: () => step(1) },
      { id: 'previous', label: t('keys.previous'), keys: 'Alt+K', section: 'inbox', run: () => step(-1) },
      {
        id: 'contact',
        label: t('keys.contact'),
        keys: 'Alt+O',
        section: 'inbox',
        run: () => setContactShown((shown) => !shown),
      },
    ];
  }, [items, conversationId, navigate, t]);
  useCommands(commands);

  return (
    <div className={css['panes']} data-thread={conversationId !== undefined || undefined}>
      <List filter={filter} conversations={conversations} items={items} />
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
        />
      )}
    </div>
  );
}
