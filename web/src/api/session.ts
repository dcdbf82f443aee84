/**
 * The session of this tab. The access token lives in memory alone; the refresh token is a cookie that no script reads.
 * One refresh runs at a time, and a sign-out reaches the other tabs.
 */
import { readProblem, toApiError } from './problem';
import type { SignedIn } from './schema';

type Listener = () => void;

let token: string | null = null;
let refreshing: Promise<boolean> | null = null;
const ended = new Set<Listener>();
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('leadwire-session');

tabs?.addEventListener('message', () => end());

function end(): void {
  const had = token !== null;
  token = null;
  if (had) ended.forEach((listener) => listener());
}

async function askForTokens(): Promise<boolean> {
  const response = await fetch('/api/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (response.ok) {
    token = ((await response.json()) as SignedIn).accessToken;
    return true;
  }
  // 422: there is no cookie. 401: the token no longer works. 403: the account is shut out.
  if ([401, 403, 422].includes(response.status)) {
    end();
    return false;
  }
  throw readProblem(response, await response.json().catch(() => null));
}

export const session = {
  get token(): string | null {
    return token;
  },

  begin(signedIn: SignedIn): void {
    token = signedIn.accessToken;
  },

  /** Takes the session up by the cookie. False: nobody is signed in. Throws where the API gave no answer. */
  async refresh(): Promise<boolean> {
    refreshing ??= askForTokens()
      .catch((error: unknown) => {
        throw toApiError(error);
      })
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  },

  async restore(): Promise<boolean> {
    return token !== null || this.refresh();
  },

  /** Ends the session here and in the other tabs, also where the API cannot be reached. */
  async end(): Promise<void> {
    const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    await fetch('/api/auth/logout', { method: 'POST', headers, body: '{}' }).catch(() => undefined);
    tabs?.postMessage('ended');
    end();
  },

  onEnd(listener: Listener): () => void {
    ended.add(listener);
    return () => ended.delete(listener);
  },
};
