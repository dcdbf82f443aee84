/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';

export const channelsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/numbers',
    component: lazyRouteComponent(() => import('./Screen'), 'Screen'),
  }),
] as const;
