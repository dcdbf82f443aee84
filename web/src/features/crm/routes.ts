/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { readListSearch } from './leads/search';

const readBoardSearch = ({ pipeline }: Record<string, unknown>): { pipeline?: string } =>
  typeof pipeline === 'string' && /^ppl_\w+$/.test(pipeline) ? { pipeline } : {};

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
    path: '/leads/$leadId',
    component: lazyRouteComponent(() => import('./lead/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/board',
    validateSearch: readBoardSearch,
    component: lazyRouteComponent(() => import('./board/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/tasks',
    component: lazyRouteComponent(() => import('./tasks-screen/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/lead-settings',
    component: lazyRouteComponent(() => import('./lead-settings/Screen'), 'Screen'),
  }),
] as const;
