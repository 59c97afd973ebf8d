# Toolchain file of the presets `wasm` and `wasm-debug`: whichever Emscripten `em-config` on the
# PATH belongs to, Debian's package or an emsdk.
#
# Do not set EM_CACHE: Debian's libraries are prebuilt, and every compile fails without them.
execute_process(COMMAND em-config EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)

set(CMAKE_CXX_FLAGS_MINSIZEREL "-Oz -flto -DNDEBUG -mnontrapping-fptoint -msign-ext -mbulk-memory" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g3" CACHE STRING "" FORCE)
