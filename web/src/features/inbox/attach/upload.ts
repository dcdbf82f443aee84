/** How far the upload of a file is. Pure: a step that does not fit where it stands changes nothing. */
import type { ApiError } from '@/api/problem';

export type Upload =
  | { state: 'waiting' }
  | { state: 'preparing' }
  | { state: 'sending'; sent: number; total: number }
  | { state: 'done'; mediaId: string }
  | { state: 'failed'; error: ApiError }
  | { state: 'cancelled' };

export type Step =
  | { step: 'begin' }
  | { step: 'progress'; sent: number; total: number }
  | { step: 'done'; mediaId: string }
  | { step: 'fail'; error: ApiError }
  | { step: 'cancel' }
  | { step: 'retry' };

const isRunning = ({ state }: Upload): boolean =>
  state === 'waiting' || state === 'preparing' || state === 'sending';

export function advance(upload: Upload, step: Step): Upload {
  switch (step.step) {
    case 'begin':
      return upload.state === 'waiting' ? { state: 'preparing' } : upload;
    case 'progress': {
      if (upload.state !== 'preparing' && upload.state !== 'sending') return upload;
      // A second try begins at nothing: the bar does not go back.
      const before = upload.state === 'sending' ? upload.sent : 0;
      return { state: 'sending', sent: Math.max(before, step.sent), total: step.total };
    }
    case 'done':
      return isRunning(upload) ? { state: 'done', mediaId: step.mediaId } : upload;
    case 'fail':
      return isRunning(upload) ? { state: 'failed', error: step.error } : upload;
    case 'cancel':
      return isRunning(upload) || upload.state === 'failed' ? { state: 'cancelled' } : upload;
    case 'retry':
      return upload.state === 'failed' ? { state: 'waiting' } : upload;
  }
}

/** From 0 to 1; null before the first byte has gone. */
export function progressOf(upload: Upload): number | null {
  if (upload.state === 'done') return 1;
  return upload.state === 'sending' && upload.total > 0 ? upload.sent / upload.total : null;
}

/** Another try may succeed where no answer came, or the bucket's link had run out. */
export const triesUploadAgain = (failures: number, { status }: ApiError): boolean =>
  failures < 3 && (status === 0 || status === 403 || status === 429 || status >= 500);
