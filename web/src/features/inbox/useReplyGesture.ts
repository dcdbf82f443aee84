import { useEffect, useRef, type RefObject } from 'react';

/** So far a finger moves a message aside before it is a reply. */
const REPLY_AFTER = 56;

/** A double click, or a swipe to the side, answers a message. */
export function useReplyGesture(onReply: (() => void) | null): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const reply = useRef(onReply);
  useEffect(() => {
    reply.current = onReply;
  }, [onReply]);

  useEffect(() => {
    const line = ref.current;
    if (!line) return;
    let from: { x: number; y: number } | null = null;
    let by = 0;
    const move = (to: number) => {
      by = to;
      line.style.transform = to === 0 ? '' : `translateX(${to}px)`;
    };
    const down = ({ pointerType, clientX, clientY }: PointerEvent) => {
      if (pointerType === 'touch' && reply.current) from = { x: clientX, y: clientY };
    };
    const moved = ({ clientX, clientY }: PointerEvent) => {
      if (!from) return;
      const x = clientX - from.x;
      // A finger that goes up or down scrolls.
      if (Math.abs(clientY - from.y) > Math.max(16, x)) from = null;
      move(from ? Math.min(Math.max(0, x), REPLY_AFTER * 1.3) : 0);
    };
    const up = () => {
      const isReply = from !== null && by >= REPLY_AFTER;
      from = null;
      move(0);
      if (isReply) reply.current?.();
    };
    const twice = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('a, button')) return;
      getSelection()?.removeAllRanges();
      reply.current?.();
    };
    const listeners = [
      ['pointerdown', down],
      ['pointermove', moved],
      ['pointerup', up],
      ['pointercancel', up],
      ['dblclick', twice],
    ] as const;
    listeners.forEach(([type, listener]) => line.addEventListener(type, listener as EventListener));
    return () =>
      listeners.forEach(([type, listener]) => line.removeEventListener(type, listener as EventListener));
  }, []);
  return ref;
}
