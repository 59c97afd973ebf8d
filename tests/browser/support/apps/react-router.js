// Three routes of React Router, which ask the server for something whenever they appear.
import { createElement as h, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Link, Outlet, useNavigate, useParams } from 'react-router';
import { RouterProvider } from 'react-router/dom';

function Home() {
  useEffect(() => {
    fetch('/api/home');
  }, []);
  return h(
    'nav',
    null,
    h(Link, { to: '/users/7' }, 'User'),
    h(Link, { to: '/users/7/orders' }, 'Orders of the user'),
  );
}

function User() {
  const { id } = useParams();
  useEffect(() => {
    fetch(`/api/users/${id}`);
  }, [id]);
  return h(
    'main',
    null,
    h(Link, { to: '/' }, 'Home'),
    h(Link, { to: `/users/${id}/orders` }, 'Orders'),
    h(Outlet),
  );
}

function Orders() {
  const { id } = useParams();
  useEffect(() => {
    fetch(`/api/users/${id}/orders`);
  }, [id]);
  return h('p', null, 'None yet');
}

/** Goes on to `/` as soon as it is there. */
function Start() {
  const navigate = useNavigate();
  useEffect(() => {
    fetch('/api/start');
    navigate('/', { replace: true });
  }, [navigate]);
  return null;
}

async function loadUser({ params }) {
  await fetch(`/api/loader/${params.id}`);
  return null;
}

const routes = [
  { path: '/', Component: Home },
  {
    path: '/users/:id',
    loader: loadUser,
    Component: User,
    HydrateFallback: () => null,
    children: [{ path: 'orders', Component: Orders }],
  },
  { path: '/start', Component: Start },
];

/** @returns the router, before anything is rendered */
export function start() {
  const router = createBrowserRouter(routes);
  createRoot(document.querySelector('#app')).render(h(RouterProvider, { router }));
  return router;
}
