// Makes the module start where WebAssembly is not to be had (--extern-pre-js: stands before the
// glue, in module scope). Inside the glue that name means this object, which starts the module that
// was made JavaScript of: `createModule`, which .ci/lib/generate.mjs puts into the same file.
const WebAssembly = {
  instantiate: (bytes, imports) => ({
    then(started) {
      started({ instance: { exports: createModule(Object.values(imports)[0]) } });
    },
  }),
};
