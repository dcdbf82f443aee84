import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';

interface Wish {
  name: string;
  phoneNumberId: string;
  businessAccountId: string;
  accessToken: string;
  verifyToken?: string;
}

interface Change {
  accessToken?: string;
  readReceipts?: boolean;
  agentNames?: boolean;
  payments?: boolean;
}

/** Changes a number, and reads all of them again. */
export function useChangeChannel(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) => call(api.PATCH('/api/channels/{id}', { params: { path: { id } }, body })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}

function useAll() {
  const cache = useQueryClient();
  return { onSettled: () => cache.invalidateQueries({ queryKey: keys.channels }) };
}

/** Connects a number. */
export function useConnect() {
  const trimmed = (wish: Wish): Wish => ({
    ...wish,
    name: wish.name.trim(),
    phoneNumberId: wish.phoneNumberId.trim(),
    businessAccountId: wish.businessAccountId.trim(),
    accessToken: wish.accessToken.trim(),
  });
  return useMutation({
    mutationFn: (wish: Wish) => call(api.POST('/api/channels', { body: trimmed(wish) })),
    ...useAll(),
  });
}

/** Pauses a number, or resumes it. */
export function useToggle(id: string) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/channels/{id}/toggle', { params: { path: { id } } })),
    ...useAll(),
  });
}

/** Has Meta asked about a number again. */
export function useCheck(id: string) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/channels/{id}/check', { params: { path: { id } } })),
    ...useAll(),
  });
}

interface ProfileChange {
  about?: string;
  address?: string;
  description?: string;
  email?: string;
  websites?: string[];
}

/** Changes the business profile of a number. */
export function useChangeProfile(id: string) {
  return useMutation({
    mutationFn: (body: ProfileChange) =>
      call(api.PATCH('/api/channels/{id}/profile', { params: { path: { id } }, body })),
    ...useAll(),
  });
}

/** Disconnects a number. */
export function useDisconnect(id: string) {
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/channels/{id}', { params: { path: { id } } })),
    ...useAll(),
  });
}
