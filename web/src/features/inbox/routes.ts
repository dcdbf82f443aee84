/** The inbox: the list's filter is in the address, and so is the conversation on screen. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { readFilter } from './filter';

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: readFilter,
  component: lazyRouteComponent(() => import('./Screen'), 'Screen'),
});

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
});

export const inboxRoutes = [inboxRoute.addChildren([conversationRoute])] as const;
