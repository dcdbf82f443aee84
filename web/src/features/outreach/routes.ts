/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';

const getParentRoute = () => shellRoute;

export const outreachRoutes = [
  createRoute({
    getParentRoute,
    path: '/campaigns',
    component: lazyRouteComponent(
      withWords(() => import('./campaigns/Screen'), 'outreach'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/new',
    component: lazyRouteComponent(
      withWords(() => import('./campaigns/Editor'), 'outreach'),
      'NewCampaign',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/$campaignId',
    component: lazyRouteComponent(
      withWords(() => import('./campaigns/Campaign'), 'outreach'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/$campaignId/edit',
    component: lazyRouteComponent(
      withWords(() => import('./campaigns/Editor'), 'outreach'),
      'EditCampaign',
    ),
  }),
] as const;
