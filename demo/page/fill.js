// Makes an element out of a template of the page.

/**
 * @param {string} id of the template
 * @param {Record<string, string>} [texts] text per selector
 * @returns {HTMLElement} its (first) element
 */
export function fill(id, texts = {}) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const [selector, text] of Object.entries(texts)) {
    copy.querySelector(selector).textContent = text;
  }
  return /** @type {HTMLElement} */ (copy.firstElementChild);
}
