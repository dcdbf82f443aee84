/** What is unread, in the title and the icon of the tab. */
import { useEffect } from 'react';

const NAME = 'Leadwire';

export function titleOf(unread: number): string {
  if (unread === 0) return NAME;
  return `(${unread >= 99 ? '99+' : unread}) ${NAME}`;
}

export function useBadge(unread: number): void {
  useEffect(() => {
    document.title = titleOf(unread);
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) icon.href = unread > 0 ? '/icon-unread.svg' : '/icon.svg';
    return () => {
      document.title = NAME;
    };
  }, [unread]);
}
