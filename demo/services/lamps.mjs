// What the shop sells; what it costs, prices/main.cpp knows. `art` names a drawing in page/index.html.

/**
 * @typedef {object} Lamp
 * @property {string} id
 * @property {string} name
 * @property {string} kind
 * @property {string} art
 * @property {string} line one sentence for the card
 * @property {string} text a paragraph for its own page
 * @property {[string, string][]} facts
 */

/** @type {Lamp[]} */
export const lamps = [
  {
    id: 'sopp',
    name: 'Sopp',
    kind: 'Table lamp',
    art: 'sopp',
    line: 'A glass cap that glows all the way through.',
    text: 'Mouth-blown opal glass on a turned base. Sopp has no shade to hide its bulb, because the whole cap is the light: soft enough for a bedside, bright enough for a page.',
    facts: [
      ['Height', '34 cm'],
      ['Material', 'Opal glass, ash'],
      ['Light', '4 W, 2700 K, dims'],
    ],
  },
  {
    id: 'klokke',
    name: 'Klokke',
    kind: 'Pendant',
    art: 'klokke',
    line: 'Spun brass, white inside, for over the table.',
    text: 'One sheet of brass, spun by hand into a bell and lacquered white within, so that it throws a warm round pool onto the table and leaves the ceiling to the evening.',
    facts: [
      ['Diameter', '38 cm'],
      ['Material', 'Spun brass'],
      ['Light', '7 W, 2700 K, dims'],
    ],
  },
  {
    id: 'bue',
    name: 'Bue',
    kind: 'Floor lamp',
    art: 'bue',
    line: 'One long arc from behind the sofa.',
    text: 'A single steel arc that stands behind the sofa and ends exactly where you read. The foot is cast iron and heavier than it looks, which is the point of it.',
    facts: [
      ['Reach', '120 cm'],
      ['Material', 'Steel, cast iron'],
      ['Light', '8 W, 2700 K, dims'],
    ],
  },
  {
    id: 'papir',
    name: 'Papir',
    kind: 'Pendant',
    art: 'papir',
    line: 'Folded paper, light as the room it hangs in.',
    text: 'Eleven ribs and a sheet of mulberry paper. Papir arrives flat, opens in a minute and weighs less than the cable it hangs from.',
    facts: [
      ['Diameter', '46 cm'],
      ['Material', 'Mulberry paper, bamboo'],
      ['Light', '6 W, 2700 K'],
    ],
  },
  {
    id: 'krok',
    name: 'Krok',
    kind: 'Desk lamp',
    art: 'krok',
    line: 'Two joints, one spring, and it stays put.',
    text: 'The desk lamp everybody knows, with everything left out that rattles. Two joints, one hidden spring; you place the light with a fingertip and it stays.',
    facts: [
      ['Reach', '68 cm'],
      ['Material', 'Powder-coated steel'],
      ['Light', '5 W, 3000 K, dims'],
    ],
  },
  {
    id: 'vegg',
    name: 'Vegg',
    kind: 'Wall lamp',
    art: 'vegg',
    line: 'A quiet half moon that washes the wall.',
    text: 'A half disc of plaster that stands a hand away from the wall and lights it instead of you. Made for stairs, corridors and the side of the bed.',
    facts: [
      ['Width', '28 cm'],
      ['Material', 'Plaster'],
      ['Light', '4 W, 2700 K, dims'],
    ],
  },
];
