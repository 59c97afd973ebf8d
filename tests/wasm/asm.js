// With --bind, emcc 3.1.6 leaves the declaration of this variable out of its minimal runtime.
// eslint-disable-next-line no-unused-vars -- the glue behind this line uses it
let asm;
