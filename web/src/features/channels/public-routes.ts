/** The screens of this area without a session. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { publicRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';

interface Search {
  scan?: string;
  code?: string;
  state?: string;
}

const text = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
};

const validateSearch = (search: Record<string, unknown>): Search => {
  const found: Search = {};
  for (const name of ['scan', 'code', 'state'] as const) {
    const value = text(search[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
};

export const channelsPublicRoutes = [
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/numbers/link',
    validateSearch,
    component: lazyRouteComponent(
      withWords(() => import('./LinkPage'), 'channels'),
      'LinkPage',
    ),
  }),
] as const;
