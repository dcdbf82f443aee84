/** Errors of the API: problem documents (RFC 9457) as one typed error. */
import type { Problem } from './schema';

export interface Holder {
  type: string;
  id: string;
  name: string;
}

/** `network` stands for "no answer came", `unreadable` for an answer that is no problem document. */
export type ProblemType = Problem['type'] | 'network' | 'unreadable';

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly type: ProblemType,
    /** The HTTP status; 0 if no answer came. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null = null,
    readonly fields: ReadonlyMap<string, string> = new Map(),
    /** For how many seconds the API asks to wait. */
    readonly retryAfter: number | null = null,
    /** Who has the conversation, where a claim came second. */
    readonly assignee: Holder | null = null,
    readonly windowUntil: string | null = null,
    /** The lead that has the phone number or email address already. */
    readonly leadId: string | null = null,
  ) {
    super(detail || title);
  }

  /** Whether the same request may pass later. */
  get isRetryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

type Body = Partial<Problem> & { assignee?: Holder };

export function readProblem(response: Response, body: unknown): ApiError {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  const requestId = response.headers.get('x-request-id');
  if (typeof body !== 'object' || body === null || !('type' in body)) {
    return new ApiError(
      'unreadable',
      response.status,
      response.statusText,
      '',
      requestId,
      new Map(),
      retryAfter,
    );
  }
  const problem = body as Body;
  const fields = new Map((problem.errors ?? []).map(({ field, detail }) => [field, detail]));
  if (problem.field && !fields.has(problem.field)) fields.set(problem.field, problem.detail ?? '');
  return new ApiError(
    problem.type ?? 'unreadable',
    response.status,
    problem.title ?? response.statusText,
    problem.detail ?? '',
    problem.requestId ?? requestId,
    fields,
    retryAfter,
    problem.assignee ?? null,
    problem.windowUntil ?? null,
    problem.leadId ?? null,
  );
}

export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const said = error instanceof Error ? error.message : '';
  return new ApiError('network', 0, '', said);
}
