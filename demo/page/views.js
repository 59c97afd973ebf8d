// The two views. Each shows what it has at once and fills in the rest as it comes.

import { fill } from './fill.js';
import { getJson } from './requests.js';
import { Throughline } from './tracing.js';

const { stock, reviews } = document.body.dataset;

const euros = new Intl.NumberFormat('en-IE', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
});

/** @param {HTMLElement} view */
export async function showHome(view) {
  document.title = 'Halden · Lamps for quiet rooms';
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('home'));
  view.replaceChildren(template.content.cloneNode(true));

  const [lamps, opinions] = await Promise.all([
    getJson('/api/products'),
    getJson(`${reviews}/reviews`),
  ]);
  view.querySelector('#grid')?.replaceChildren(...lamps.map((lamp) => card(lamp, opinions)));

  const rating = view.querySelector('#rating');
  const all = Object.values(opinions);
  const count = all.reduce((sum, one) => sum + one.count, 0);
  const stars = all.reduce((sum, one) => sum + one.stars * one.count, 0) / count;
  if (rating) rating.textContent = `★ ${stars.toFixed(1)} from ${count} reviews`;
}

function card(lamp, opinions) {
  const element = fill('card', {
    h3: lamp.name,
    '.price': euros.format(lamp.price),
    '.line': lamp.line,
    '.stars': `★ ${opinions[lamp.id].stars}`,
    '.stock': lamp.inStock ? 'In stock' : 'Made to order',
  });
  element.setAttribute('href', `/lamps/${lamp.id}`);
  element.querySelector('.stock').classList.toggle('out', !lamp.inStock);
  draw(element, lamp.art);
  return element;
}

/**
 * @param {HTMLElement} view
 * @param {string} id
 */
export async function showLamp(view, id) {
  const [lamp, opinion] = await Promise.all([
    getJson(`/api/products/${id}`),
    getJson(`${reviews}/reviews/${id}`),
  ]);
  if (location.pathname !== `/lamps/${id}`) return; // The visitor went on meanwhile.
  document.title = `${lamp.name} · Halden`;

  const element = fill('lamp', {
    '.kind': lamp.kind,
    h1: lamp.name,
    '.price': euros.format(lamp.price),
    '.text': lamp.text,
    '.review': `“${opinion.quote}”`,
  });
  draw(element, lamp.art);
  for (const [fact, value] of lamp.facts) {
    const [name, text] = [document.createElement('dt'), document.createElement('dd')];
    name.textContent = fact;
    text.textContent = value;
    element.querySelector('.facts').append(name, text);
  }
  const by = document.createElement('footer');
  by.textContent = `${opinion.by}, one of ${opinion.count} reviews`;
  element.querySelector('.review').append(by);
  element.querySelector('#check').addEventListener('click', () => checkAvailability(element, id));

  view.replaceChildren(element);
}

/** Asks the second service itself, on its own origin, inside a span of our own. */
async function checkAvailability(element, id) {
  const button = element.querySelector('#check');
  const answer = element.querySelector('.availability');
  button.disabled = true;
  await Throughline.startSpan(
    { name: 'Check availability', op: 'ui.action.click', attributes: { lamp: id } },
    async () => {
      const { pieces, days } = await getJson(`${stock}/availability/${id}`);
      answer.dataset.pieces = pieces;
      answer.textContent =
        pieces > 0
          ? `${pieces} in the workshop. Leaves in ${days} days.`
          : `Made for you in ${days} days.`;
    },
  );
  button.disabled = false;
}

function draw(element, art) {
  element.querySelector('.stage').classList.add(art);
  element.querySelector('use').setAttribute('href', `#${art}`);
}
