/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { readAuditSearch } from './audit/search';
import { readEventsSearch } from './events/search';
import { readReportSearch } from './reports/search';

const getParentRoute = () => shellRoute;

export const insightRoutes = [
  createRoute({
    getParentRoute,
    path: '/audit',
    validateSearch: readAuditSearch,
    component: lazyRouteComponent(() => import('./audit/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/costs',
    component: lazyRouteComponent(() => import('./costs/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/events',
    validateSearch: readEventsSearch,
    component: lazyRouteComponent(() => import('./events/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/reports',
    validateSearch: readReportSearch,
    component: lazyRouteComponent(() => import('./reports/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/api/docs',
    component: lazyRouteComponent(() => import('./docs/Screen'), 'Screen'),
  }),
] as const;
