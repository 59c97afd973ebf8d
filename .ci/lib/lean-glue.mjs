// Emscripten's glue without what nothing in it reads: a promise of the module, views of the memory,
// exports. No minifier drops these: they are assigned. Each is taken out where it is found as emcc
// 3.1.6 writes it, and left where another version writes it otherwise.

const READY =
  'var readyPromiseResolve,readyPromiseReject;Module["ready"]=new Promise((resolve,reject)=>' +
  '{readyPromiseResolve=resolve;readyPromiseReject=reject});' +
  'function ready(){readyPromiseResolve(Module)}';

/** Views of memory, and exports of the module. */
const ASSIGNED = /\b(HEAP\w+)=new \w+\(b\);?|\b(_\w+)=asm\["\w+"\];/g;

/** @param {string} glue */
export function lean(glue) {
  const promise = glue.includes(READY) && glue.includes(';ready()});');
  const text = promise ? glue.replace(READY, '').replace(';ready()});', '});') : glue;
  const unread = [...text.matchAll(ASSIGNED)]
    .map(([assignment, view, exported]) => ({ assignment, name: view ?? exported }))
    // Once where it is declared, once where it is assigned.
    .filter(({ name }) => text.match(new RegExp(`\\b${name}\\b`, 'g')).length === 2);
  return unread.reduce(
    (rest, { assignment, name }) =>
      rest
        .replace(assignment, '')
        .replace(new RegExp(`(var [\\w,]*?)\\b${name},|,${name}\\b`), '$1'),
    text,
  );
}
