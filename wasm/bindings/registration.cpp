// The C++ types that may cross through embind where Emscripten's JavaScript half is linked: void,
// int and double. Ours wants none (host/embind_half.js).
//
// libembind would register every type it knows, wide strings and memory views included, and name
// unknown types with sprintf: 3.7 KB brotli for nothing we use. It is therefore not linked (no
// --bind), and this file defines what bind.h expects of it. A function that is bound with another
// type compiles and links, and throws when it is called: `... due to unbound types`.
#include <emscripten/bind.h>

#include <climits>

// Emscripten's JavaScript half asks for it to word that error (and is exported to it by the link
// line); types have no names here.
extern "C" const char* __getTypeName(const void*) { return nullptr; }

extern "C" __attribute__((constructor)) void __embind_register_native_and_builtin_types() {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_integer(TypeID<int>::get(), "int", sizeof(int), INT_MIN, INT_MAX);
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
}
