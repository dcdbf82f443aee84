/** The screens of this area for those who are signed in. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { readTeamSearch } from './team/search';

const getParentRoute = () => shellRoute;

export const accessShellRoutes = [
  createRoute({
    getParentRoute,
    path: '/team',
    validateSearch: readTeamSearch,
    component: lazyRouteComponent(() => import('./team/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/account',
    component: lazyRouteComponent(() => import('./account/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings/Screen'), 'Screen'),
  }),
] as const;
