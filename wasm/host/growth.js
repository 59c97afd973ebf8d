// How the memory grows (--js-library, linked after Emscripten's own): by what is asked for, in
// pages of 64 KiB. Emscripten's version adds a fifth and retries with less; leaving it out saves
// 0.1 KB brotli and keeps a small page small. At the cap, grow throws and malloc returns null.
mergeInto(LibraryManager.library, {
  emscripten_resize_heap: function (size) {
    try {
      wasmMemory.grow((size - buffer.byteLength + 65535) >>> 16);
      updateGlobalBufferAndViews(wasmMemory.buffer);
      return 1;
    } catch (error) {
      return 0;
    }
  },
});
