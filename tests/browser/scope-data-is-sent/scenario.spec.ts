import { transactionsOf } from '../support/envelope.js';
import { expect, test } from '../support/test.js';

test('what scopes carry comes with the transactions that started in them', async ({
  page,
  site,
  collector,
}) => {
  await site.open(page);
  const [inside, outside] = await transactionsOf(collector, 2);
  expect(inside).toMatchObject({
    transaction: 'inside',
    tags: { team: 'shop', step: 'pay' },
    user: { id: '7' },
    contexts: { cart: { items: ['[Object]'], button: '[HTMLBodyElement]' }, trace: {} },
  });
  expect(outside!['tags']).toEqual({ team: 'shop' });
});
