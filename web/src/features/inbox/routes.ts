/** The inbox: the list's filter is in the address, and so is the conversation on screen. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';
import { readFilter } from './filter';

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  validateSearch: readFilter,
  component: lazyRouteComponent(
    withWords(() => import('./Screen'), 'inbox'),
    'Screen',
  ),
});

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
});

const quickRepliesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/quick-replies',
  component: lazyRouteComponent(
    withWords(() => import('./quick/Screen'), 'kinds', 'inbox'),
    'Screen',
  ),
});

export const inboxRoutes = [inboxRoute.addChildren([conversationRoute]), quickRepliesRoute] as const;
