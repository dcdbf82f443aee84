import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { session } from '@/api/session';
import type { SignedIn } from '@/api/schema';

/** Begins the session and opens the console. */
export function useEnter(next?: string): (signedIn: SignedIn) => void {
  const router = useRouter();
  const cache = useQueryClient();
  return (signedIn) => {
    cache.clear();
    session.begin(signedIn);
    router.history.replace(next ?? '/inbox');
  };
}
