/**
 * The socket: a ticket, a connection, a heartbeat, and a new connection with growing pauses when it ends. What frames
 * mean is not known here: they go to `onFrame`. `onReadAgain` is called whenever a frame may have been missed.
 */
import { api, call } from './client';
import { readFrame, type ClientFrame, type ServerFrame } from './frames';
import { session } from './session';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Until `hello` names another. */
const HEARTBEAT_SECONDS = 300;
const READ_AGAIN = 60_000;
const PONG_WITHIN = 10_000;
const SIGNED_OUT = 4401;
const RIGHTS_CHANGED = 4403;

export type Connection = 'connecting' | 'open' | 'lost' | 'offline';

export interface SocketEvents {
  onFrame: (frame: ServerFrame) => void;
  onReadAgain: () => void;
  onRightsChanged: () => void;
  onConnection: (connection: Connection) => void;
}

export interface Socket {
  /** Says which conversation is on screen, now and after each new connection. */
  open: (conversationId: string | null) => void;
  typing: (conversationId: string) => void;
  stop: () => void;
}

/** How long to wait before the try after `tries` failed ones: doubled each time, spread so that not all come at once. */
export function pauseAfter(tries: number, random = Math.random()): number {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
  return longest / 2 + (longest / 2) * random;
}

export function startSocket(events: SocketEvents): Socket {
  let socket: WebSocket | null = null;
  let shown: string | null = null;
  let tries = 0;
  let stopped = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let pong: ReturnType<typeof setTimeout> | undefined;

  const send = (frame: ClientFrame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };

  const later = () => {
    if (stopped) return;
    clearTimeout(retry);
    events.onConnection(navigator.onLine ? 'lost' : 'offline');
    retry = setTimeout(() => void connect(), pauseAfter(tries));
    tries += 1;
  };

  const beat = () => {
    send({ type: 'ping' });
    clearTimeout(pong);
    pong = setTimeout(() => socket?.close(), PONG_WITHIN);
  };

  const beatEvery = (seconds: number) => {
    clearInterval(heartbeat);
    heartbeat = setInterval(beat, seconds * 1000);
  };

  const closed = (code: number) => {
    clearInterval(heartbeat);
    clearTimeout(pong);
    socket = null;
    if (code === RIGHTS_CHANGED) events.onRightsChanged();
    if (code === SIGNED_OUT) void session.refresh().catch(() => undefined);
    later();
  };

  const received = (data: unknown) => {
    const frame = readFrame(data);
    if (!frame) return;
    clearTimeout(pong);
    if (frame.type === 'closing') {
      // A gateway between may not pass a close code on: this frame is the close.
      const ended = socket;
      closed(frame.code);
      ended?.close();
      return;
    }
    tries = 0;
    if (frame.type === 'hello') beatEvery(frame.heartbeatSeconds);
    events.onFrame(frame);
  };

  const opened = () => {
    beatEvery(HEARTBEAT_SECONDS);
    send({ type: 'open', conversationId: shown });
    events.onConnection('open');
    events.onReadAgain();
  };

  const connect = async () => {
    if (stopped || socket) return;
    events.onConnection('connecting');
    const ticket = await call(api.POST('/api/realtime/ticket')).catch(() => null);
    // Another call may have connected, and `stop` may have come, while the ticket was asked for.
    if ((stopped as boolean) || (socket as WebSocket | null)) return;
    if (!ticket) {
      later();
      return;
    }
    const made = new WebSocket(new URL(ticket.url, location.href));
    socket = made;
    // What a socket says after its end was dealt with is not heard.
    const isCurrent = () => socket === made;
    made.addEventListener('open', () => isCurrent() && opened());
    made.addEventListener('message', ({ data }) => isCurrent() && received(data));
    made.addEventListener('close', ({ code }) => isCurrent() && closed(code));
  };

  const wake = () => {
    if (document.visibilityState !== 'visible') return;
    events.onReadAgain();
    if (socket) {
      beat();
      return;
    }
    clearTimeout(retry);
    tries = 0;
    void connect();
  };
  const offline = () => events.onConnection('offline');

  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') events.onReadAgain();
  }, READ_AGAIN);
  addEventListener('online', wake);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', wake);
  void connect();

  return {
    open(conversationId) {
      shown = conversationId;
      send({ type: 'open', conversationId });
    },
    typing: (conversationId) => send({ type: 'typing', conversationId }),
    stop() {
      stopped = true;
      clearTimeout(retry);
      clearInterval(timer);
      clearInterval(heartbeat);
      clearTimeout(pong);
      removeEventListener('online', wake);
      removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', wake);
      socket?.close();
    },
  };
}
