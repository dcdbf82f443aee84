/** The screens without a session. A mail's token stands behind the `#`, which no server sees. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { publicRoute } from '@/app/root';
import { readNext } from './next';

const validateSearch = (search: Record<string, unknown>): { next?: string } => {
  const next = readNext(search['next']);
  return next === undefined ? {} : { next };
};
const getParentRoute = () => publicRoute;

export const accessRoutes = [
  createRoute({
    getParentRoute,
    path: '/sign-in',
    validateSearch,
    component: lazyRouteComponent(() => import('./SignIn'), 'SignIn'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-up',
    component: lazyRouteComponent(() => import('./SignUp'), 'SignUp'),
  }),
  createRoute({
    getParentRoute,
    path: '/forgot-password',
    component: lazyRouteComponent(() => import('./ForgotPassword'), 'ForgotPassword'),
  }),
  createRoute({
    getParentRoute,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('./ResetPassword'), 'ResetPassword'),
  }),
  createRoute({
    getParentRoute,
    path: '/join',
    component: lazyRouteComponent(() => import('./Join'), 'Join'),
  }),
  createRoute({
    getParentRoute,
    path: '/verify-email',
    component: lazyRouteComponent(() => import('./VerifyEmail'), 'VerifyEmail'),
  }),
] as const;
