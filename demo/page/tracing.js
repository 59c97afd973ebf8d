// What the script tag left for the page's own code, with the types of the package.

/** @type {typeof import('throughline')} */
export const Throughline = globalThis['Throughline'];
