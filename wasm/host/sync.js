// Makes the module start synchronously (--extern-pre-js: stands before the glue, in module scope).
//
// emcc's minimal runtime ignores WASM_ASYNC_COMPILATION=0 and always calls
// `WebAssembly.instantiate(bytes, imports).then(...)`. Inside the glue that name means this
// object, which does the same at once, so that whatever fails is thrown by createCore itself.
const WebAssembly = {
  instantiate: (bytes, imports) => ({
    then(started) {
      const { Module, Instance } = globalThis.WebAssembly;
      started({ instance: new Instance(new Module(bytes), imports) });
    },
  }),
};
