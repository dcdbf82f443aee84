/** The roots that screens hang on: `publicRoute` for those without a session, `shellRoute` for all others. */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from '@/api/queries';
import { session } from '@/api/session';
import { Failure } from './Failure';
import { NotFound } from './NotFound';
import { queryClient } from './query-client';

export const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: Failure,
  notFoundComponent: NotFound,
});

export const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'public',
  component: lazyRouteComponent(() => import('./PublicPage'), 'PublicPage'),
});

export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if (!(await session.restore())) throw redirect({ to: '/sign-in', search: { next: location.href } });
    await queryClient.query({ ...meQuery, staleTime: 'static' });
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
  errorComponent: Failure,
});
