/** Reads that more than one screen makes. Reads of one screen stand in its folder. */
import { queryOptions } from '@tanstack/react-query';
import { api, call } from './client';
import { keys } from './keys';

export interface LocalInfo {
  email: string;
  password: string;
  simulatorUrl: string;
  mailboxUrl: string;
}

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => call(api.GET('/api/auth/me')),
  staleTime: 5 * 60_000,
});

export const settingsQuery = queryOptions({
  queryKey: keys.settings,
  queryFn: () => call(api.GET('/api/settings')),
  staleTime: 5 * 60_000,
});

export const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: () => call(api.GET('/api/channels')),
  staleTime: 60_000,
});

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: () => call(api.GET('/api/users')),
  staleTime: 60_000,
});

/** What the local stack tells about itself; null elsewhere. */
export const localQuery = queryOptions({
  queryKey: keys.local,
  queryFn: async (): Promise<LocalInfo | null> => {
    const response = await fetch('/local/info').catch(() => null);
    const isJson = response?.ok && response.headers.get('content-type')?.startsWith('application/json');
    return isJson ? ((await response.json()) as LocalInfo) : null;
  },
  staleTime: Infinity,
});
