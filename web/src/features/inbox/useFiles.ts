/** The files that wait in the composer. What they become and how they go out is loaded with the part that attaches. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '@/app/me';
import type { Chosen } from './attach/chosen';
import type { FileToSend } from './attach/uploads';
import { useSend } from './outgoing';

const NONE: readonly Chosen[] = [];
/** WhatsApp's limit of a caption. */
const CAPTION_LIMIT = 1024;

/** Loaded by then: no file is chosen before the part that attaches is there. */
const load = () => import('./attach/send');

export function useFiles(id: string, text: string) {
  const cache = useQueryClient();
  const sender = { cache, user: useMe().id, id };
  const { send } = useSend(id);
  const [files, setFiles] = useState(NONE);
  const takesCaption = files.some(
    ({ plan }) => 'as' in plan && (plan.as === 'image' || plan.as === 'video' || plan.as === 'document'),
  );
  return {
    files,
    /** Whether any of them can go out. */
    hasFiles: files.some(({ plan }) => 'as' in plan),
    /** How long the text may be as their caption; null if it is none. */
    limit: takesCaption ? CAPTION_LIMIT : null,
    /** Whether the text follows as a message of its own. */
    isTextApart: files.length > 0 && !takesCaption && text.trim() !== '',
    add: (more: Chosen[]) => setFiles((list) => [...list, ...more]),
    remove: (key: string) => setFiles((list) => list.filter((one) => one.key !== key)),
    setSize: (key: string, width: number, height: number) =>
      setFiles((list) => list.map((one) => (one.key === key ? { ...one, width, height } : one))),
    clear: () => setFiles(NONE),
    send: (replyTo: string | null) => {
      void load().then(({ sendChosen }) =>
        sendChosen({ sender, files, text, replyTo, sendText: (said) => send(said) }),
      );
      setFiles(NONE);
    },
    sendFile: (file: FileToSend, replyTo: string | null) => {
      void load().then(({ sendFile }) => sendFile(sender, file, replyTo));
    },
  };
}
