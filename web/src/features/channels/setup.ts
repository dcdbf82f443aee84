/** The calls about what customers meet at a number besides its messages. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { NumberSetup, NumberSetupChange } from '@/api/schema';

/** While Meta makes a change, the console looks this often. */
const LOOK_AGAIN = 1_000;

export const setupQuery = (id: string) =>
  queryOptions({
    queryKey: keys.channelSetup(id),
    queryFn: () => call(api.GET('/api/channels/{id}/setup', { params: { path: { id } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.saving ? LOOK_AGAIN : false),
  });

export type SetupWish =
  | { kind: 'refresh' }
  | { kind: 'change'; body: NumberSetupChange }
  | { kind: 'addLink'; message: string }
  | { kind: 'changeLink'; code: string; message: string }
  | { kind: 'removeLink'; code: string };

function ask(id: string, wish: SetupWish): Promise<NumberSetup | undefined> {
  const path = { id };
  switch (wish.kind) {
    case 'refresh':
      return call(api.POST('/api/channels/{id}/setup/refresh', { params: { path } }));
    case 'change':
      return call(api.PATCH('/api/channels/{id}/setup', { params: { path }, body: wish.body }));
    case 'addLink':
      return call(
        api.POST('/api/channels/{id}/links', { params: { path }, body: { message: wish.message } }),
      );
    case 'changeLink':
      return call(
        api.PATCH('/api/channels/{id}/links/{code}', {
          params: { path: { id, code: wish.code } },
          body: { message: wish.message },
        }),
      );
    case 'removeLink':
      return call(
        api.DELETE('/api/channels/{id}/links/{code}', { params: { path: { id, code: wish.code } } }),
      ).then(() => undefined);
  }
}

/** Has Meta make a change. One is made at a time. */
export function useSetup(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: SetupWish) => ask(id, wish),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.channelSetup(id) }),
  });
}
