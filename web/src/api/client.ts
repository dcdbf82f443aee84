/** The API's client. Every call carries the access token, and is made once more with a new one after a 401. */
import createClient from 'openapi-fetch';
import { addEtag, resolveEtag } from './etags';
import type { paths } from './schema';
import { readProblem, toApiError } from './problem';
import { session } from './session';

/** An answer that takes longer does not come: the call fails as one without a connection does. */
const LONGEST = 30_000;

async function send(request: Request): Promise<Response> {
  if (session.token !== null) request.headers.set('authorization', `Bearer ${session.token}`);
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(LONGEST)]) });
}

/** A refused code of the second factor is a 401 as well: sent again it would count as a second try. */
async function isWrongCode(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'type' in body && body.type === '/problems/wrong-code';
}

async function fetchWithSession(request: Request): Promise<Response> {
  addEtag(request);
  const again = request.clone();
  const used = session.token;
  const first = await send(request);
  if (first.status !== 401 || used === null || (await isWrongCode(first))) return resolveEtag(request, first);
  const renewed = session.token !== used && session.token !== null ? true : await session.refresh();
  return renewed ? resolveEtag(request, await send(again)) : first;
}

export const api = createClient<paths>({ fetch: fetchWithSession });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of a call; throws `ApiError` where it failed: `const lead = await call(api.GET('/api/leads/{id}', …))`. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  let settled: Answer<T>;
  try {
    settled = await answer;
  } catch (error) {
    throw toApiError(error);
  }
  if (!settled.response.ok) throw readProblem(settled.response, settled.error);
  return settled.data as T;
}
