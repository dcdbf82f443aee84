import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox, ListChecks, SquarePen } from 'lucide-react';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/schema';
import { localQuery } from '@/api/queries';
import { keyLabel } from '@/app/commands';
import { useMay } from '@/app/me';
import { useCounts } from '@/app/Nav';
import { Checkbox } from '@/design/Checkbox';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { IconButton } from '@/design/IconButton';
import { Skeleton } from '@/design/Skeleton';
import { Tabs } from '@/design/Tabs';
import type { useConversations } from './conversations';

import { askedOf, tabs, type Filter } from './filter';
import { Filters } from './Filters';
import { kindPart } from './kindPart';
import css from './List.module.css';
import { Row } from './Row';
import { useNow } from './useNow';
import { useSetFilter } from './useSetFilter';

const ConversationBar = kindPart(() =>
  import('@/features/crm/bulk/ConversationBar').then(({ ConversationBar }) => ConversationBar),
);

const ROW = 68;

interface ListProps {
  filter: Filter;
  conversations: ReturnType<typeof useConversations>;
  items: readonly Conversation[];
  onNew: () => void;
}

function Nothing({ filter }: { filter: Filter }) {
  const { t } = useTranslation('inbox');
  const local = useQuery(localQuery).data;
  const isFiltered = Object.keys(filter).length > 0;
  const link = local && !isFiltered && (
    <a href={local.simulatorUrl} target="_blank" rel="noopener noreferrer">
      {t('simulator')}
    </a>
  );
  return (
    <Empty icon={<Inbox size={20} />} title={t('emptyTitle')} action={link}>
      {isFiltered ? t('emptyFiltered') : t('empty')}
    </Empty>
  );
}

interface RowsProps extends Omit<ListProps, 'onNew'> {
  /** Null while nothing is being selected. */
  selected: ReadonlySet<string> | null;
  onToggle: (id: string) => void;
}

function Rows({ filter, conversations, items, selected, onToggle }: RowsProps) {
  const { t } = useTranslation('inbox');
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  // With a new function all rows would be measured again.
  const keyAt = useCallback((index: number) => items[index]?.id ?? index, [items]);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render only
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: keyAt,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = conversations;
  useEffect(() => {
    if (last >= items.length - 10 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, items.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (conversations.isPending) return <Skeleton kind="row" count={10} />;
  if (conversations.error && items.length === 0) {
    return <ErrorPanel error={conversations.error} onRetry={() => void conversations.refetch()} />;
  }
  if (items.length === 0) return <Nothing filter={filter} />;
  return (
    <div ref={scroller} className={css['scroller']}>
      <ul className={css['rows']} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const conversation = items[index];
          if (!conversation) return null;
          return (
            <li
              key={conversation.id}
              className={css['place']}
              style={{ transform: `translateY(${start}px)` }}
              data-selecting={selected !== null || undefined}
            >
              {selected && (
                <Checkbox
                  isSelected={selected.has(conversation.id)}
                  onChange={() => onToggle(conversation.id)}
                >
                  <span className="visually-hidden">{t('selectOne', { name: conversation.name })}</span>
                </Checkbox>
              )}
              <Row conversation={conversation} now={now} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function List({ onNew, ...props }: ListProps) {
  const { t } = useTranslation('inbox');
  const setFilter = useSetFilter();
  const mayServe = useMay('inbox:write');
  const counts = useCounts().data;
  const { filter } = props;
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null);
  const toggle = (id: string) =>
    setSelected((now) => {
      const rest = [...(now ?? [])].filter((other) => other !== id);
      return new Set(now?.has(id) ? rest : [...rest, id]);
    });
  return (
    <section className={css['list']} aria-label={t('list')}>
      <header className={css['header']}>
        <h1>{t('title')}</h1>
        {mayServe && selected === null && (
          <IconButton
            outlined
            label={t('select')}
            icon={<ListChecks size={16} />}
            onPress={() => setSelected(new Set())}
          />
        )}
        {mayServe && (
          <IconButton
            outlined
            label={t('new.title')}
            shortcut={keyLabel('Mod+Alt+N')}
            icon={<SquarePen size={16} />}
            onPress={onNew}
          />
        )}
      </header>
      {/* React Aria looks through what a panel holds at each change: the rows stand under it. */}
      <div className={css['tabs']}>
        <Tabs
          label={t('tabs.label')}
          tabs={tabs.map((id) => ({ id, label: t(`tabs.${id}`), count: counts?.[id] }))}
          selected={filter.tab ?? 'mine'}
          onSelect={(tab) => setFilter({ tab })}
        >
          <Filters filter={filter} />
        </Tabs>
      </div>
      {selected && (
        <Suspense>
          <ConversationBar ids={[...selected]} filter={askedOf(filter)} onEnd={() => setSelected(null)} />
        </Suspense>
      )}
      <Rows key={filter.tab} {...props} selected={selected} onToggle={toggle} />
    </section>
  );
}
