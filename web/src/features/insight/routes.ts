/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';
import { readAuditSearch } from './audit/search';
import { readEventsSearch } from './events/search';
import { readReportSearch } from './reports/search';

const getParentRoute = () => shellRoute;

export const insightRoutes = [
  createRoute({
    getParentRoute,
    path: '/audit',
    validateSearch: readAuditSearch,
    component: lazyRouteComponent(
      withWords(() => import('./audit/Screen'), 'insight'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/costs',
    component: lazyRouteComponent(
      withWords(() => import('./costs/Screen'), 'insight'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/events',
    validateSearch: readEventsSearch,
    component: lazyRouteComponent(
      withWords(() => import('./events/Screen'), 'insight'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/reports',
    validateSearch: readReportSearch,
    component: lazyRouteComponent(
      withWords(() => import('./reports/Screen'), 'insight'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/api/docs',
    component: lazyRouteComponent(
      withWords(() => import('./docs/Screen'), 'insight'),
      'Screen',
    ),
  }),
] as const;
