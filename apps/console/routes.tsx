import { lazy, type ReactNode } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { PageError } from './shell/page-error.js';
import { homeOf, Shell } from './shell/shell.js';
import { useSession } from './session/session-context.js';
import { SignInPage } from './session/sign-in-page.js';

/** A page of its own chunk. */
const page = <Name extends string>(load: () => Promise<Record<Name, () => ReactNode>>, name: Name) => {
  const Page = lazy<() => ReactNode>(async () => ({ default: (await load())[name] }));
  return <Page />;
};

const Home = () => <Navigate to={homeOf(useSession())} replace />;

export const router = createBrowserRouter([
  { path: '/sign-in', element: <SignInPage />, errorElement: <PageError /> },
  {
    path: '/signed-in',
    element: page(() => import('./session/signed-in-page.js'), 'SignedInPage'),
    errorElement: <PageError />,
  },
  {
    path: '/',
    element: <Shell />,
    errorElement: <PageError />,
    children: [
      { index: true, element: <Home /> },
      { path: 'worklist', element: page(() => import('./worklist/worklist-page.js'), 'WorklistPage') },
      {
        path: 'cases/:orderId/:dispute',
        element: page(() => import('./case-file/case-file-page.js'), 'CaseFilePage'),
      },
      { path: 'audit', element: page(() => import('./audit/audit-search-page.js'), 'AuditSearchPage') },
      { path: 'audit/:orderId', element: page(() => import('./audit/audit-page.js'), 'AuditPage') },
      { path: 'dashboard', element: page(() => import('./dashboard/dashboard-page.js'), 'DashboardPage') },
      { path: 'my', element: page(() => import('./party/my-orders-page.js'), 'MyOrdersPage') },
      { path: 'my/:orderId', element: page(() => import('./party/my-order-page.js'), 'MyOrderPage') },
      { path: '*', element: <PageError /> },
    ],
  },
]);
