// Our JavaScript half of embind (--js-library), in place of Emscripten's: 3 KB brotli smaller,
// because it knows only what crosses here: numbers, into free functions. Nothing is converted, so no
// type is registered. Chosen by THROUGHLINE_EMBIND_JS.
//
// It relies on the private interface between <emscripten/bind.h> and embind.js, of which only
// version 3.1.6 was tried:
//  - the name and argument order of the `_embind_register_function` below;
//  - an invoker is called with the bound function, then the wire values, which for numbers are the
//    values.
//
// Differences from Emscripten's half: argument counts and types are not checked; what is no number
// crosses as whatever its wire value is.
//
// emcc 3.1.6 takes ES2019 here, and arrow functions only inside of others.
mergeInto(LibraryManager.library, {
  // Names are ASCII.
  $readName: function (address) {
    let name = '';
    while (HEAPU8[address]) name += String.fromCharCode(HEAPU8[address++]);
    return name;
  },

  _embind_register_function__deps: ['$readName'],
  _embind_register_function: function (name, count, types, signature, invoker, bound) {
    Module[readName(name)] = wasmTable.get(invoker).bind(null, bound);
  },
});
