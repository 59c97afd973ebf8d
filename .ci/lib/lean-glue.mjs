// Emscripten's glue without what nothing in it reads: a promise of the module, views of the memory,
// exports; and with exports read where they are used. No minifier does that: they are variables that
// are assigned. Each is taken out where it is found as emcc 3.1.6 writes it, and left where another
// version writes it otherwise.

const READY =
  'var readyPromiseResolve,readyPromiseReject;Module["ready"]=new Promise((resolve,reject)=>' +
  '{readyPromiseResolve=resolve;readyPromiseReject=reject});' +
  'function ready(){readyPromiseResolve(Module)}';

/** Views of memory, and exports of the module. */
const ASSIGNED = /\b(HEAP\w+)=new \w+\(b\);?|\b(_\w+)=asm\["\w+"\];/g;

const EXPORTS = 'var asm=output.instance.exports;';

/** Takes an assignment out, and its variable (unless it is the only one declared there). */
const without = (text, assignment, variable) =>
  text
    .replace(assignment, '')
    .replace(new RegExp(`(var [\\w,]*?)\\b${variable},|,${variable}\\b`), '$1');

const uses = (text, name) => text.match(new RegExp(`\\b${name}\\b`, 'g')).length;

/** Raw exports are handed out (wasm/host/exports_js.cmake) without a variable in between. */
function handedOutDirectly(glue) {
  if (!glue.includes(EXPORTS)) return glue;
  // What hands them out stands behind the callback that gets them.
  const text = glue
    .replace(EXPORTS, EXPORTS.slice(4))
    .replace('var wasmMemory', 'var asm,wasmMemory');
  return (
    [...text.matchAll(/\b(_tl_\w+)=(asm\["\w+"\]);/g)]
      // Declared, assigned, handed out.
      .filter(([, variable]) => uses(text, variable) === 3 && text.includes(`:${variable},`))
      .reduce(
        (rest, [assignment, variable, member]) =>
          without(rest, assignment, variable).replace(`:${variable}`, `:${member}`),
        text,
      )
  );
}

/** @param {string} glue */
export function lean(glue) {
  const promise = glue.includes(READY) && glue.includes(';ready()});');
  const text = promise ? glue.replace(READY, '').replace(';ready()});', '});') : glue;
  const unread = [...text.matchAll(ASSIGNED)]
    .map(([assignment, view, exported]) => ({ assignment, name: view ?? exported }))
    // Declared, assigned.
    .filter(({ name }) => uses(text, name) === 2);
  const less = unread.reduce((rest, { assignment, name }) => without(rest, assignment, name), text);
  return handedOutDirectly(less);
}
