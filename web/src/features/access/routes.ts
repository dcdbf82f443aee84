/** The screens without a session. A mail's token stands behind the `#`, which no server sees. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { publicRoute } from '@/app/root';
import { withWords } from '@/i18n/i18n';
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
    component: lazyRouteComponent(
      withWords(() => import('./SignIn'), 'access'),
      'SignIn',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-up',
    component: lazyRouteComponent(
      withWords(() => import('./SignUp'), 'access'),
      'SignUp',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/forgot-password',
    component: lazyRouteComponent(
      withWords(() => import('./ForgotPassword'), 'access'),
      'ForgotPassword',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/reset-password',
    component: lazyRouteComponent(
      withWords(() => import('./ResetPassword'), 'access'),
      'ResetPassword',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/join',
    component: lazyRouteComponent(
      withWords(() => import('./Join'), 'access'),
      'Join',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/verify-email',
    component: lazyRouteComponent(
      withWords(() => import('./VerifyEmail'), 'access'),
      'VerifyEmail',
    ),
  }),
] as const;
