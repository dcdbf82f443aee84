/** Leads by what people type. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';

/** The fewest digits of a phone number that the API searches for. */
const DIGITS = 4;

/** Whether the API can search for it: a word, or four digits. */
export function isSearchable(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /\p{L}/u.test(text) || digits >= DIGITS;
}

export function useSearch(text: string) {
  const q = text.trim();
  return useQuery({
    queryKey: keys.search(q),
    queryFn: () => call(api.GET('/api/search', { params: { query: { q, limit: 50 } } })),
    enabled: isSearchable(q),
    placeholderData: keepPreviousData,
  });
}
