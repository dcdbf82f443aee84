/** What happens when the session ends: nothing of the person stays in memory, and sign-in leads back to where they were. */
import type { QueryClient } from '@tanstack/react-query';
import { forgetEtags } from '@/api/etags';
import { session } from '@/api/session';
import type { router as Router } from './router';

export function endSessionWith(router: typeof Router, cache: QueryClient): void {
  session.onEnd(() => {
    const next = router.state.location.href;
    void router.navigate({ to: '/sign-in', search: { next }, replace: true }).then(() => {
      cache.clear();
      forgetEtags();
    });
  });
}
