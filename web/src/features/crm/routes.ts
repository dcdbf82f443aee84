/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { addKinds } from '@/i18n/i18n';
import { readJobSearch } from './imports/search';
import { readListSearch } from './leads/search';

const getParentRoute = () => shellRoute;

export const crmRoutes = [
  createRoute({
    getParentRoute,
    path: '/leads',
    validateSearch: readListSearch,
    component: lazyRouteComponent(() => import('./leads/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/leads/import',
    validateSearch: readJobSearch,
    component: lazyRouteComponent(
      () => Promise.all([import('./imports/Screen'), addKinds()]).then(([screen]) => screen),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/leads/$leadId',
    component: lazyRouteComponent(() => import('./lead/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/board',
    component: lazyRouteComponent(() => import('./board/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./tasks-screen/Screen'), 'Screen'),
  }),
] as const;
