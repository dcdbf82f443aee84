/** Remembers the answers of reads by their ETag, so that a read of something unchanged moves no body. */

const KEPT = 100;

interface Kept {
  etag: string;
  body: string;
  headers: Headers;
}

const kept = new Map<string, Kept>();

export function addEtag(request: Request): void {
  const known = request.method === 'GET' ? kept.get(request.url) : undefined;
  if (known) request.headers.set('if-none-match', known.etag);
}

/** The answer itself, or the kept one where the API said 304. */
export async function resolveEtag(request: Request, response: Response): Promise<Response> {
  if (request.method !== 'GET') return response;
  const known = kept.get(request.url);
  if (response.status === 304 && known)
    return new Response(known.body, { status: 200, headers: known.headers });
  const etag = response.headers.get('etag');
  if (!response.ok || etag === null) return response;
  const body = await response.text();
  kept.delete(request.url);
  kept.set(request.url, { etag, body, headers: response.headers });
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return new Response(body, { status: response.status, headers: response.headers });
}

/** For the end of a session: nothing of one person stays for the next. */
export function forgetEtags(): void {
  kept.clear();
}
