/** The socket of the signed-in person, its state, and what to tell it. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import i18next from 'i18next';
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { applyFrame, readAgain } from '@/api/cache';
import { forgetEtags } from '@/api/etags';
import { keys } from '@/api/keys';
import { startSocket, type Connection, type Socket } from '@/api/socket';
import { resumeOutgoing } from '@/features/inbox/outgoing';
import { showToast } from '@/design/toasts';
import { useMe } from './me';
import { notify, tellsFailure } from './notify';

export interface Realtime {
  connection: Connection;
  /** Says which conversation is on screen. */
  open: (conversationId: string | null) => void;
  typing: (conversationId: string) => void;
}

const Context = createContext<Realtime | null>(null);

export function RealtimeProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const { id } = useMe();
  const socket = useRef<Socket | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const navigate = useNavigate();
  const show = useRef<(conversationId: string) => void>(() => undefined);
  useEffect(() => {
    show.current = (conversationId) =>
      void navigate({ to: '/inbox/$conversationId', params: { conversationId } });
  }, [navigate]);

  useEffect(() => resumeOutgoing(cache, id), [cache, id]);

  useEffect(() => {
    const started = startSocket({
      onFrame: (frame) => {
        applyFrame(cache, frame, id);
        notify(frame, id, (conversationId) => show.current(conversationId));
        if (frame.type === 'status' && tellsFailure(frame, id, window.location.pathname)) {
          const run = () => show.current(frame.conversationId);
          showToast(i18next.t('unsent'), { look: 'error', action: { label: i18next.t('open'), run } });
        }
      },
      onReadAgain: () => readAgain(cache),
      onRightsChanged: () => {
        forgetEtags();
        void cache.invalidateQueries({ queryKey: keys.me }).then(() => cache.resetQueries());
      },
      onConnection: setConnection,
    });
    socket.current = started;
    return () => {
      socket.current = null;
      started.stop();
    };
  }, [cache, id]);

  const realtime = useMemo<Realtime>(
    () => ({
      connection,
      open: (conversationId) => socket.current?.open(conversationId),
      typing: (conversationId) => socket.current?.typing(conversationId),
    }),
    [connection],
  );
  return <Context value={realtime}>{children}</Context>;
}

export function useRealtime(): Realtime {
  const realtime = use(Context);
  if (!realtime) throw new Error('useRealtime needs the shell around it');
  return realtime;
}
