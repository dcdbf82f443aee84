/**
 * Files on their way: each stands in the thread at once, its bytes go to the bucket, and then the message goes out like
 * any other. Those of a conversation follow one another, so that they arrive in the order in which they were chosen.
 */
import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import { forgetOutgoing, keepOutgoing } from '../kept';
import type { FileKind, MediaView } from '../kinds';
import { keepLocal } from '../localFiles';
import { changeOutgoing, startOutgoing, type Outgoing } from '../outgoing';
import { fileSend } from '../resends';
import { putFile } from './putFile';
import { plainType } from './files';
import { advance, triesUploadAgain, type Step } from './upload';

/** A file that a person has chosen, and what it goes out as. */
export interface FileToSend {
  file: File;
  kind: FileKind;
  /** Where this tab shows it from. */
  address: string;
  caption?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
}

/** Where something is sent from: whose, and into which conversation. */
export interface Sender {
  cache: QueryClient;
  user: string;
  id: string;
}

interface Running extends Sender {
  chosen: FileToSend;
  abort: AbortController;
}

const running = new Map<string, Running>();
const queues = new Map<string, Promise<void>>();
const PAUSE = 2_000;

/** Leaving now would lose the bytes, and with them the message. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

function watchLeaving(): void {
  if (running.size > 0) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
}

const found = ({ cache, id }: Running, key: string): Outgoing | undefined =>
  cache.getQueryData<Outgoing[]>(keys.outgoing(id))?.find((one) => one.key === key);

function step(one: Running, key: string, next: Step): void {
  changeOutgoing(one.cache, one.id, (list) =>
    list.map((other) =>
      other.key === key && other.upload ? { ...other, upload: advance(other.upload, next) } : other,
    ),
  );
}

/** Resolves once there is a connection, and some time has passed. */
async function pause(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    const go = () => resolve(null);
    if (navigator.onLine) setTimeout(go, PAUSE);
    else addEventListener('online', go, { once: true, signal });
    signal.addEventListener('abort', go, { once: true });
  });
}

async function upload(one: Running, key: string): Promise<string | null> {
  const { file } = one.chosen;
  const { signal } = one.abort;
  const onProgress = (sent: number, total: number) => step(one, key, { step: 'progress', sent, total });
  step(one, key, { step: 'begin' });
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await putFile({ file, signal, onProgress });
    } catch (error) {
      const refused = toApiError(error);
      if (!triesUploadAgain(failures, refused)) {
        step(one, key, { step: 'fail', error: refused });
        return null;
      }
      await pause(signal);
    }
  }
  return null;
}

async function run(key: string): Promise<void> {
  const one = running.get(key);
  if (!one) return;
  const mediaId = await upload(one, key);
  const outgoing = found(one, key);
  if (mediaId === null || !outgoing?.media) return;
  const { cache, user, id, chosen } = one;
  const { kind, caption, file, address } = chosen;
  running.delete(key);
  watchLeaving();
  keepLocal(mediaId, address);
  const content = fileSend(kind, {
    mediaId,
    ...(caption && { caption }),
    ...(kind === 'document' && { filename: file.name }),
  });
  const { replyTo, text, at } = outgoing;
  const ready: Outgoing = { key, replyTo, text, at, content, media: { ...outgoing.media, id: mediaId } };
  keepOutgoing(user, { key, replyTo, text, at, content, conversationId: id });
  changeOutgoing(cache, id, (list) => list.map((other) => (other.key === key ? ready : other)));
  startOutgoing(cache, user, id, ready);
}

function enqueue(id: string, next: () => Promise<void>): void {
  const before = queues.get(id) ?? Promise.resolve();
  queues.set(id, before.then(next));
}

function viewOf(key: string, { file, address, width, height }: FileToSend): MediaView {
  return {
    id: key,
    state: 'stored',
    mimeType: plainType(file.type),
    size: file.size,
    filename: file.name,
    width: width ?? null,
    height: height ?? null,
    url: address,
    thumbnailUrl: null,
    error: null,
  };
}

export function sendFile(sender: Sender, chosen: FileToSend, replyTo: string | null): void {
  const key = crypto.randomUUID();
  const { file, kind, caption } = chosen;
  running.set(key, { ...sender, chosen, abort: new AbortController() });
  watchLeaving();
  const content = fileSend(kind, {
    ...(caption && { caption }),
    ...(kind === 'document' && { filename: file.name }),
  });
  const outgoing: Outgoing = {
    key,
    text: caption ?? '',
    replyTo,
    at: new Date().toISOString(),
    content,
    media: viewOf(key, chosen),
    upload: { state: 'waiting' },
  };
  changeOutgoing(sender.cache, sender.id, (list) => [...list, outgoing]);
  enqueue(sender.id, () => run(key));
}

/** For what follows the files that are on their way, such as the words after a recording. */
export function afterUploads(id: string, then: () => void): void {
  enqueue(id, () => {
    then();
    return Promise.resolve();
  });
}

export function retryUpload(key: string): void {
  const one = running.get(key);
  if (!one) return;
  step(one, key, { step: 'retry' });
  enqueue(one.id, () => run(key));
}

export function cancelUpload({ cache, user, id }: Sender, key: string): void {
  const one = running.get(key);
  one?.abort.abort();
  running.delete(key);
  watchLeaving();
  if (one) URL.revokeObjectURL(one.chosen.address);
  forgetOutgoing(user, key);
  changeOutgoing(cache, id, (list) => list.filter((other) => other.key !== key));
}
