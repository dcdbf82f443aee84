/** Brings a file into the bucket: its digest, a link for it, and the bytes. */
import { digestOf, putBytes } from '@/api/put';
import { createMedia } from '../mediaApi';
import { plainType } from './files';

interface PutFile {
  file: File;
  signal: AbortSignal;
  onProgress: (sent: number, total: number) => void;
}

/** Gives the file's id, by which a message names it. */
export async function putFile(what: PutFile): Promise<string> {
  const { file, signal, onProgress } = what;
  const sha256 = await digestOf(file);
  const filename = file.name === '' ? {} : { filename: file.name };
  const { id, upload } = await createMedia(
    { mimeType: plainType(file.type), size: file.size, sha256, ...filename },
    signal,
  );
  signal.throwIfAborted();
  onProgress(0, file.size);
  await putBytes(upload, what);
  return id;
}
