// Three routes of Vue Router, which ask the server for something whenever they appear.
import { createApp, h, onMounted } from 'vue';
import {
  createRouter,
  createWebHistory,
  RouterLink,
  RouterView,
  useRoute,
  useRouter,
} from 'vue-router';

const link = (to, text) => h(RouterLink, { to }, () => text);

const Home = {
  setup() {
    onMounted(() => fetch('/api/home'));
    return () =>
      h('nav', [link('/users/7', 'User'), link('/users/7/orders', 'Orders of the user')]);
  },
};

const User = {
  setup() {
    const { id } = useRoute().params;
    onMounted(() => fetch(`/api/users/${id}`));
    return () =>
      h('main', [link('/', 'Home'), link(`/users/${id}/orders`, 'Orders'), h(RouterView)]);
  },
};

const Orders = {
  setup() {
    const { id } = useRoute().params;
    onMounted(() => fetch(`/api/users/${id}/orders`));
    return () => h('p', 'None yet');
  },
};

/** Goes on to `/` as soon as it is there. */
const Start = {
  setup() {
    const router = useRouter();
    onMounted(() => {
      fetch('/api/start');
      router.replace('/');
    });
    return () => null;
  },
};

async function mayEnter({ params }) {
  await fetch(`/api/guard/${params.id}`);
}

const routes = [
  { path: '/', component: Home },
  {
    path: '/users/:id',
    beforeEnter: mayEnter,
    component: User,
    children: [{ path: 'orders', component: Orders }],
  },
  { path: '/start', component: Start },
];

/** @param prepare gets the router before it goes anywhere */
export function start(prepare = () => {}) {
  const router = createRouter({ history: createWebHistory(), routes });
  prepare(router);
  createApp(RouterView).use(router).mount('#app');
}
