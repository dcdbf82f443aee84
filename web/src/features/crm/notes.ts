/** What is written into a lead's timeline by hand. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { ActivityBody, User } from '@/api/schema';

function useForget(id: string) {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: keys.lead(id) });
}

/** The users whom a text names after an `@`. */
export function mentionsIn(text: string, users: readonly Pick<User, 'id' | 'name'>[]): string[] {
  const said = text.toLocaleLowerCase();
  return users.filter(({ name }) => said.includes(`@${name.toLocaleLowerCase()}`)).map(({ id }) => id);
}

export function useNewNote(id: string) {
  const forget = useForget(id);
  return useMutation({
    mutationFn: (body: { text: string; mentions: string[] }) =>
      call(api.POST('/api/leads/{id}/notes', { params: { path: { id } }, body })),
    onSuccess: forget,
  });
}

export function useNewActivity(id: string) {
  const forget = useForget(id);
  return useMutation({
    mutationFn: (body: ActivityBody) =>
      call(api.POST('/api/leads/{id}/activities', { params: { path: { id } }, body })),
    onSuccess: forget,
  });
}
