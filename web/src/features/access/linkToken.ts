import { useState } from 'react';

/** The token of a mailed link. It is read once and leaves the address bar, so that it is in no history. */
export function useLinkToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'));
  return token === '' ? null : token;
}
