import { useQuery } from '@tanstack/react-query';
import { Clock, Hourglass, Mail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { channelsQuery } from '@/api/queries';
import { Select } from '@/design/Select';
import { statuses, type Filter } from './filter';
import css from './Filters.module.css';
import { useSetFilter } from './useSetFilter';

const ALL = 'all';

/** The filters under the tabs. They live in the address. */
export function Filters({ filter }: { filter: Filter }) {
  const { t } = useTranslation('inbox');
  const set = useSetFilter();
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const yes = (is: boolean) => (is ? (true as const) : undefined);

  return (
    <div className={css['filters']}>
      <ToggleButton
        className={css['chip'] ?? ''}
        isSelected={filter.waiting ?? false}
        onChange={(is) => set({ waiting: yes(is) })}
      >
        <Clock size={16} aria-hidden />
        {t('filter.waiting')}
      </ToggleButton>
      <ToggleButton
        className={css['chip'] ?? ''}
        isSelected={filter.closing ?? false}
        onChange={(is) => set({ closing: yes(is) })}
      >
        <Hourglass size={16} aria-hidden />
        {t('filter.closing')}
      </ToggleButton>
      <ToggleButton
        className={css['chip'] ?? ''}
        isSelected={filter.unread ?? false}
        onChange={(is) => set({ unread: yes(is) })}
      >
        <Mail size={16} aria-hidden />
        {t('filter.unread')}
      </ToggleButton>
      <Select
        label={t('filter.status')}
        hideLabel
        look="chip"
        value={filter.status ?? 'open'}
        options={statuses.map((id) => ({ id, label: t(`status.${id}`) }))}
        onChange={(status) => set({ status: status === 'open' ? undefined : status })}
      />
      {channels.length > 1 && (
        <Select
          label={t('filter.number')}
          hideLabel
          look="chip"
          value={filter.channel ?? ALL}
          options={[
            { id: ALL, label: t('filter.allNumbers') },
            ...channels.map(({ id, name }) => ({ id, label: name })),
          ]}
          onChange={(channel) => set({ channel: channel === ALL ? undefined : channel })}
        />
      )}
    </div>
  );
}
