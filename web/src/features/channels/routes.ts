/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';

export const channelsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/numbers',
    component: lazyRouteComponent(
      withWords(() => import('./Screen'), 'channels'),
      'Screen',
    ),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/templates',
    component: lazyRouteComponent(
      withWords(() => import('./templates/Screen'), 'kinds', 'channels'),
      'Screen',
    ),
  }),
] as const;
