/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';
import { readJobSearch } from './imports/search';
import { readListSearch } from './leads/search';

const readBoardSearch = ({ pipeline }: Record<string, unknown>): { pipeline?: string } =>
  typeof pipeline === 'string' && /^ppl_\w+$/.test(pipeline) ? { pipeline } : {};

const getParentRoute = () => shellRoute;

export const crmRoutes = [
  createRoute({
    getParentRoute,
    path: '/leads',
    validateSearch: readListSearch,
    component: lazyRouteComponent(
      withWords(() => import('./leads/Screen'), 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/leads/import',
    validateSearch: readJobSearch,
    component: lazyRouteComponent(
      withWords(() => import('./imports/Screen'), 'kinds', 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/leads/$leadId',
    component: lazyRouteComponent(
      withWords(() => import('./lead/Screen'), 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/possible-duplicates',
    component: lazyRouteComponent(
      withWords(() => import('./duplicates/Screen'), 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/board',
    validateSearch: readBoardSearch,
    component: lazyRouteComponent(
      withWords(() => import('./board/Screen'), 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/tasks',
    component: lazyRouteComponent(
      withWords(() => import('./tasks-screen/Screen'), 'crm'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/lead-settings',
    component: lazyRouteComponent(
      withWords(() => import('./lead-settings/Screen'), 'crm'),
      'Screen',
    ),
  }),
] as const;
