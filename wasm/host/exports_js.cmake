# Writes the JavaScript that hands out the raw exports as `core.raw`: emcc's minimal runtime keeps
# them to itself, and gives them one-letter names in the module. The names are those that the
# sources declare (bindings/export.h). Keeping the long names in the module as well would cost
# 0.3 KB brotli for 13 of them.
#
# cmake -D OUT=<file> -D SOURCES=<list> -P exports_js.cmake
set(members "")
foreach(source IN LISTS SOURCES)
  file(READ ${source} text)
  string(REGEX MATCHALL "THROUGHLINE_EXPORT[ \n][^(){};]*tl_[a-z0-9_]+[(]" declarations "${text}")
  foreach(declaration IN LISTS declarations)
    string(REGEX MATCH "(tl_[a-z0-9_]+)[(]$" match "${declaration}")
    string(APPEND members "${CMAKE_MATCH_1}: _${CMAKE_MATCH_1},\n  ")
  endforeach()
endforeach()

file(WRITE ${OUT} "\
// Written by wasm/host/exports_js.cmake.
Module.raw = {
  ${members}tl_memory: wasmMemory,
};
// The bytes are compiled: let them go.
Module['wasm'] = undefined;
")
