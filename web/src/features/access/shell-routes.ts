/** The screens of this area for those who are signed in. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';
import { readTeamSearch } from './team/search';

const getParentRoute = () => shellRoute;

export const accessShellRoutes = [
  createRoute({
    getParentRoute,
    path: '/team',
    validateSearch: readTeamSearch,
    component: lazyRouteComponent(
      withWords(() => import('./team/Screen'), 'team', 'account', 'webhooks'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/account',
    component: lazyRouteComponent(
      withWords(() => import('./account/Screen'), 'account'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(
      withWords(() => import('./settings/Screen'), 'settings'),
      'Screen',
    ),
  }),
] as const;
