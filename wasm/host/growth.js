// After the memory grew (--js-library; host/malloc.cpp calls it): the glue's views are detached.
mergeInto(LibraryManager.library, {
  throughline_memory_grew: function () {
    updateGlobalBufferAndViews(wasmMemory.buffer);
  },
});
