import { useRef } from 'react';
import { api } from '@/api/client';

const COLLEAGUES_EVERY = 3_000;
const CUSTOMER_EVERY = 20_000;

/** Says that one types: to the colleagues by the socket, to the customer by the API, each not too often. */
export function useTypingSignal(id: string, typing: (id: string) => void): () => void {
  const last = useRef({ colleagues: 0, customer: 0 });
  return () => {
    const now = Date.now();
    if (now - last.current.colleagues > COLLEAGUES_EVERY) {
      last.current.colleagues = now;
      typing(id);
    }
    if (now - last.current.customer > CUSTOMER_EVERY) {
      last.current.customer = now;
      // It is a courtesy: a failure changes nothing for the agent.
      api.POST('/api/conversations/{id}/typing', { params: { path: { id } } }).catch(() => undefined);
    }
  };
}
