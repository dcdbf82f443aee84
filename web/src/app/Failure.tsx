import { useRouter } from '@tanstack/react-router';
import { ErrorPanel } from '@/design/ErrorPanel';

/** A screen that could not be shown. */
export function Failure({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorPanel error={error} onRetry={retry} />;
}
