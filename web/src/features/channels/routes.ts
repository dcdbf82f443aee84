/** The screens of this area. Each is loaded when it is first opened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { addKinds } from '@/i18n/i18n';

export const channelsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/numbers',
    component: lazyRouteComponent(() => import('./Screen'), 'Screen'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/templates',
    component: lazyRouteComponent(
      () => Promise.all([import('./templates/Screen'), addKinds()]).then(([screen]) => screen),
      'Screen',
    ),
  }),
] as const;
