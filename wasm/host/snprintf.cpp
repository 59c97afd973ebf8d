// The snprintf of the WebAssembly modules. The only caller is nlohmann/json, which writes control
// characters with "\\u%04x"; the C library's version is 4.1 KB brotli. The native build has the
// real one, and a test with U+0001 in both keeps them alike.
//
// Knows text and four-digit hex, which it takes every conversion for, and no size limit.
#include <cstdarg>
#include <cstddef>
#include <cstdio>

extern "C" int snprintf(char* out, std::size_t, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char* at = out;
  for (; *format != 0; ++format) {
    if (*format != '%') {
      *at++ = *format;
      continue;
    }
    while (*format != 'x' && *format != 'X') ++format;
    const unsigned value = va_arg(arguments, unsigned);
    for (int shift = 12; shift >= 0; shift -= 4) {
      *at++ = "0123456789abcdef"[(value >> shift) & 15];
    }
  }
  *at = 0;
  va_end(arguments);
  return static_cast<int>(at - out);
}
