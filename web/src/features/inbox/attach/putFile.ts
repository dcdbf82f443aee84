/** Brings a file into the bucket: its digest, a link for it, and the bytes. */
import { ApiError } from '@/api/problem';
import { createMedia, type UploadTarget } from '../mediaApi';
import { plainType } from './files';

interface PutFile {
  file: File;
  signal: AbortSignal;
  onProgress: (sent: number, total: number) => void;
}

/** The browser sets these by itself and lets no page do it. */
const FORBIDDEN = ['content-length', 'host'];

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

/** `fetch` tells no progress of what it sends. */
function put(target: UploadTarget, { file, signal, onProgress }: PutFile): Promise<void> {
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

/** Gives the file's id, by which a message names it. */
export async function putFile(what: PutFile): Promise<string> {
  const { file, signal, onProgress } = what;
  const sha256 = base64(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const filename = file.name === '' ? {} : { filename: file.name };
  const { id, upload } = await createMedia(
    { mimeType: plainType(file.type), size: file.size, sha256, ...filename },
    signal,
  );
  signal.throwIfAborted();
  onProgress(0, file.size);
  await put(upload, what);
  return id;
}
