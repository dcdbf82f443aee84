/** Brings bytes into the bucket by a signed request. */
import { ApiError } from './problem';
import type { UploadRequest } from './schema';

export interface PutBytes {
  file: File;
  signal: AbortSignal;
  onProgress: (sent: number, total: number) => void;
}

/** The browser sets these by itself and lets no page do it. */
const FORBIDDEN = ['content-length', 'host'];

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** The SHA-256 digest of a file, in base64. */
export async function digestOf(file: File): Promise<string> {
  return base64(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
}

/** `fetch` tells no progress of what it sends. */
export function putBytes(target: UploadRequest, { file, signal, onProgress }: PutBytes): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () =>
      reject(new ApiError(request.status === 0 ? 'network' : 'unreadable', request.status, '', ''));
    request.open(target.method, target.url);
    for (const [name, value] of Object.entries(target.headers)) {
      if (!FORBIDDEN.includes(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener('load', () => (request.status < 300 ? resolve() : fail()));
    request.addEventListener('error', fail);
    request.addEventListener('abort', fail);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
