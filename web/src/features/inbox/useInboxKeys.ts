/** The keys of the inbox: the habits of WhatsApp Web and of Chatwoot, where they do not collide. */
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { useCommands, type Command } from '@/app/commands';
import { tabs, type Filter } from './filter';
import { useSetFilter } from './useSetFilter';

interface InboxKeys {
  items: readonly Conversation[];
  conversationId: string | undefined;
  filter: Filter;
  open: (id: string) => void;
  begin: () => void;
  toggleContact: () => void;
}

export function useInboxKeys({ items, conversationId, filter, open, begin, toggleContact }: InboxKeys) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate({ from: '/inbox' });
  const setFilter = useSetFilter();
  const step = useCallback(
    (by: number) => {
      const at = items.findIndex(({ id }) => id === conversationId);
      const to = items[at < 0 ? 0 : at + by];
      if (to) open(to.id);
    },
    [items, conversationId, open],
  );
  const next = useCallback(() => {
    const at = items.findIndex(({ id }) => id === conversationId);
    const to = items[at + 1] ?? items[at - 1];
    if (to && to.id !== conversationId) open(to.id);
  }, [items, conversationId, open]);
  const leave = useCallback(() => {
    const left = conversationId;
    void navigate({ to: '/inbox', search: true }).then(() => {
      if (left !== undefined) document.getElementById(`row-${left}`)?.focus();
    });
  }, [navigate, conversationId]);

  const commands = useMemo<Command[]>(() => {
    const tab = tabs[(tabs.indexOf(filter.tab ?? 'mine') + 1) % tabs.length];
    const list: Command[] = [
      {
        id: 'next',
        label: t('keys.next'),
        keys: 'Alt+J',
        also: 'Mod+Alt+Shift+]',
        section: 'inbox',
        run: () => step(1),
      },
      {
        id: 'previous',
        label: t('keys.previous'),
        keys: 'Alt+K',
        also: 'Mod+Alt+Shift+[',
        section: 'inbox',
        run: () => step(-1),
      },
      {
        id: 'next-tab',
        label: t('keys.nextTab'),
        keys: 'Alt+N',
        section: 'inbox',
        run: () => setFilter({ tab }),
      },
      { id: 'new', label: t('new.title'), keys: 'Mod+Alt+N', section: 'inbox', run: begin },
      { id: 'contact', label: t('keys.contact'), keys: 'Alt+O', section: 'inbox', run: toggleContact },
    ];
    if (conversationId === undefined) return list;
    return [...list, { id: 'leave', label: t('keys.leave'), keys: 'Escape', section: 'inbox', run: leave }];
  }, [step, leave, begin, toggleContact, filter.tab, conversationId, setFilter, t]);
  useCommands(commands);
  return { next, leave };
}
