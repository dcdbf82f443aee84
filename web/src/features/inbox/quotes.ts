/** What messages cost in a conversation: asked of the API before one is sent, and sent along as the most that it may cost. */
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Quote, QuotedPrice } from '@/api/schema';
import type { Sendable } from './kinds';

const MINUTE = 60_000;

export const quoteQuery = (id: string) =>
  queryOptions({
    queryKey: keys.quote(id),
    queryFn: () => call(api.POST('/api/quotes', { body: { conversationId: id } })),
    staleTime: MINUTE,
    refetchInterval: 5 * MINUTE,
  });

/** The price of a message of this category; undefined while it is not known. */
export const priceOf = (quote: Quote | undefined, category: string | undefined): QuotedPrice | undefined =>
  quote?.categories.find((price) => price.category === category);

/** What a person agreed to who saw the price: the most that a message may cost. */
export interface Agreed {
  maxPrice?: string;
  acceptUnknownPrice?: boolean;
}

/** What was shown for what is sent. Where nothing was, the API takes the price at which it accepts the message. */
export function agreedTo(cache: QueryClient, id: string, said: Sendable | undefined): Agreed {
  const category = said?.type === 'template' ? said.shown.category : 'service';
  const amount = priceOf(cache.getQueryData<Quote>(keys.quote(id)), category)?.amount;
  return amount ? { maxPrice: amount } : {};
}
