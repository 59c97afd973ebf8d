# Writes the JavaScript that hands out the raw exports as `core.raw`: emcc's minimal runtime keeps
# them to itself, and gives them one-letter names in the module. The names are those that the
# sources declare (bindings/export.h). Keeping the long names in the module as well would cost
# 0.3 KB brotli for 13 of them.
#
# Without embind it also takes the functions that it would bind out of their table, by the names in
# the lists of the sources (bindings/hand_out.h).
#
# cmake -D OUT=<file> -D SOURCES=<list> [-D CALLS=ON] -P exports_js.cmake
set(members "")
set(calls "")
foreach(source IN LISTS SOURCES)
  file(READ ${source} text)
  string(REGEX MATCHALL "THROUGHLINE_EXPORT[ \n][^(){};]*tl_[a-z0-9_]+[(]" declarations "${text}")
  foreach(declaration IN LISTS declarations)
    string(REGEX MATCH "(tl_[a-z0-9_]+)[(]$" match "${declaration}")
    string(APPEND members "${CMAKE_MATCH_1}: _${CMAKE_MATCH_1},\n  ")
  endforeach()
  string(REGEX MATCHALL "\n  CALL[(][a-zA-Z]+" listed "${text}")
  list(TRANSFORM listed REPLACE ".*[(]" " ")
  string(APPEND calls ${listed})
endforeach()
string(STRIP "${calls}" calls)
if(CALLS)
  set(take_calls "
'${calls}'.split(' ').forEach((name, index) => {
  Module[name] = wasmTable.get(HEAPU32[(_tl_calls() >> 2) + index]);
});")
endif()

file(WRITE ${OUT} "\
// Written by wasm/host/exports_js.cmake.
Module.raw = {
  ${members}memory: wasmMemory,
};${take_calls}
// The bytes are compiled: let them go.
Module['wasm'] = undefined;
")
