import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accessRoutes } from '@/features/access/routes';
import { accessShellRoutes } from '@/features/access/shell-routes';
import { channelsPublicRoutes } from '@/features/channels/public-routes';
import { channelsRoutes } from '@/features/channels/routes';
import { crmRoutes } from '@/features/crm/routes';
import { inboxRoutes } from '@/features/inbox/routes';
import { insightRoutes } from '@/features/insight/routes';
import { outreachRoutes } from '@/features/outreach/routes';
import { Skeleton } from '@/design/Skeleton';
import { publicRoute, rootRoute, shellRoute } from './root';

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' });
  },
});

const routeTree = rootRoute.addChildren([
  startRoute,
  publicRoute.addChildren([...accessRoutes, ...channelsPublicRoutes]),
  shellRoute.addChildren([
    ...inboxRoutes,
    ...crmRoutes,
    ...channelsRoutes,
    ...accessShellRoutes,
    ...outreachRoutes,
    ...insightRoutes,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: false,
  defaultPendingComponent: () => <Skeleton kind="row" count={8} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
