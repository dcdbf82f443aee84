/** Connecting a number on Meta's page: the queries and changes of Embedded Signup and of sessions that link phones. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';

/** Remembers in this tab that it went to Meta's page for the user who is signed in, and not for a scanned code. */
const STARTED = 'leadwire-signup';

export const signupQuery = queryOptions({
  queryKey: keys.channelSignup,
  queryFn: () => call(api.GET('/api/channels/signup')),
  staleTime: Infinity,
});

/** How often sessions are read while a QR code waits to be scanned, in milliseconds. */
const WHILE_CONNECTING = 2000;

export const phoneSessionsQuery = queryOptions({
  queryKey: keys.phoneSessions,
  queryFn: () => call(api.GET('/api/sessions')),
  refetchInterval: (query) =>
    query.state.data?.sessions.some(({ status }) => status === 'connecting') ? WHILE_CONNECTING : false,
});

/** Begins a signup, and leaves for Meta's page. */
export function useSignup() {
  return useMutation({
    mutationFn: () => call(api.POST('/api/channels/signup', { body: {} })),
    onSuccess: ({ url }) => {
      sessionStorage.setItem(STARTED, 'yes');
      location.assign(url);
    },
  });
}

/** Whether this tab began a signup; asked once. */
export function takeStarted(): boolean {
  const started = sessionStorage.getItem(STARTED) !== null;
  sessionStorage.removeItem(STARTED);
  return started;
}

function useAll() {
  const cache = useQueryClient();
  return {
    onSettled: async () => {
      await cache.invalidateQueries({ queryKey: keys.phoneSessions });
      await cache.invalidateQueries({ queryKey: keys.channels });
    },
  };
}

/** Makes a QR code that links a phone. */
export function useLinkPhone() {
  return useMutation({ mutationFn: () => call(api.POST('/api/sessions')), ...useAll() });
}

/** Ends a session, and disconnects its number. */
export function useEndSession() {
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/sessions/{id}', { params: { path: { id } } })),
    ...useAll(),
  });
}
