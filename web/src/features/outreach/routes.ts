/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';

const getParentRoute = () => shellRoute;

export const outreachRoutes = [
  createRoute({
    getParentRoute,
    path: '/campaigns',
    component: lazyRouteComponent(() => import('./campaigns/Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/new',
    component: lazyRouteComponent(() => import('./campaigns/Editor'), 'NewCampaign'),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/$campaignId',
    component: lazyRouteComponent(() => import('./campaigns/Campaign'), 'Screen'),
  }),
  createRoute({
    getParentRoute,
    path: '/campaigns/$campaignId/edit',
    component: lazyRouteComponent(() => import('./campaigns/Editor'), 'EditCampaign'),
  }),
] as const;
