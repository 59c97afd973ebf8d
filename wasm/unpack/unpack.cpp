// The unpacker: a WebAssembly module of its own, some hundred bytes without imports, that turns the
// text in which the core is embedded back into the core's module. .ci/lib/pack.mjs writes the text
// and says why; js/core/start.ts runs this once and forgets it.
//
// The text is one stream of numbers per kind of thing, each ended by a space. A number is digits,
// of which all but the last are kFinal or more. Digit v is the character v + 35, where `\` is
// skipped.
//
// Nothing is checked here: text and unpacker come in the same script, and the build has run the one
// on the other and compared every byte.
//
// Spec: WebAssembly core, "Binary Format", sections "Instructions" and "Modules".
#include <cstddef>
#include <cstdint>

namespace {

using Byte = std::uint8_t;
using Number = std::uint64_t;

// As in .ci/lib/pack.mjs, in the order that compresses best. Most are also shapes: what the list of
// opcodes says about the operand of each.
enum Stream : unsigned {
  kOpcodes,       // numbers in the list; as a shape: no operand
  kLocals,        // how many others were used since
  kLongs,         // i64, zigzag
  kBlocks,        // one byte
  kRare,          // raw bytes
  kCalls,         // an unsigned number, as it is
  kGlobals,       // the same
  kBranches,      // the same
  kSections,      // raw bytes in front of and behind the functions, between them their number
  kDeclarations,  // of locals
  kList,          // opcode + 256 * shape, the frequent ones first
  kFloats,        // raw bytes
  kOffsets,       // of loads and stores; as a shape: + their alignment
  kIntegers = kOffsets + 4,  // i32, zigzag: one stream for each two opcodes that may follow
  kStreams = kIntegers + 128,
  kLast = kIntegers + 1,  // as a shape: the end of a function
};

// As in .ci/lib/digits.mjs.
constexpr unsigned kFinal = 80;
constexpr unsigned kMore = 10;
constexpr unsigned kLocalIndices = 256;
constexpr unsigned kLongestSize = 5;

const Byte* cursors[kStreams];
Byte* out;
std::uint16_t list[256];
Byte recent[kLocalIndices];
unsigned ahead;

Number read(unsigned stream) {
  Number high = 0;
  for (const Byte*& cursor = cursors[stream];;) {
    unsigned digit = *cursor++ - 35U;
    if (digit > 57) digit--;
    if (digit < kFinal) return high * kFinal + digit;
    high = high * kMore + digit - kFinal + 1;
  }
}

// So that letters are single digits.
void byte(unsigned stream) { *out++ = static_cast<Byte>(read(stream) ^ 0x60); }

void raw(unsigned stream) {
  for (Number count = read(stream); count > 0; count--) byte(stream);
}

void write(Number value) {
  for (; value > 127; value >>= 7) *out++ = static_cast<Byte>(value | 128);
  *out++ = static_cast<Byte>(value);
}

Number copy(unsigned stream) {
  const Number value = read(stream);
  write(value);
  return value;
}

void zigzag(unsigned stream) {
  const Number folded = read(stream);
  auto value = static_cast<std::int64_t>(folded >> 1 ^ -(folded & 1));
  for (; value != (value << 57 >> 57); value >>= 7) *out++ = static_cast<Byte>(value | 128);
  *out++ = static_cast<Byte>(value & 127);
}

void local() {
  const auto place = static_cast<std::size_t>(read(kLocals));
  const Byte index = recent[place];
  __builtin_memmove(recent + 1, recent, place);
  recent[0] = index;
  write(index);
}

unsigned next() {
  const unsigned entry = ahead;
  ahead = list[read(kOpcodes)];
  return entry;
}

void function() {
  // The size goes in front once it is known.
  Byte* const start = out;
  out += kLongestSize;
  for (Number groups = copy(kDeclarations); groups > 0; groups--) {
    copy(kDeclarations);
    byte(kDeclarations);
  }
  unsigned shape;
  do {
    const unsigned entry = next();
    *out++ = static_cast<Byte>(entry);
    shape = entry >> 8;
    switch (shape) {
      case kOpcodes:
      case kLast:
        break;
      case kLocals:
        local();
        break;
      case kLongs:
        zigzag(kLongs);
        break;
      case kIntegers:
        zigzag(kIntegers + ((ahead & 255) >> 1));
        break;
      case kBlocks:
        byte(kBlocks);
        break;
      case kRare:
      case kFloats:
        raw(shape);
        break;
      default:
        if (shape >= kOffsets) {
          write(shape - kOffsets);
          shape = kOffsets;
        }
        copy(shape);
    }
  } while (shape != kLast);
  const auto size = static_cast<std::size_t>(out - start) - kLongestSize;
  out = start;
  write(size);
  __builtin_memmove(out, start + kLongestSize, size);
  out += size;
}

}  // namespace

// Unpacks the text between two addresses to behind it. Returns the end of the module. Needs memory
// that nothing was written to but the text.
extern "C" __attribute__((export_name("unpack"))) Byte* unpack(const Byte* text, Byte* text_end) {
  out = text_end;
  for (const Byte** cursor = cursors; text < text_end;) {
    *cursor++ = text;
    while (*text++ != ' ') {
    }
  }
  for (unsigned i = 0; i < kLocalIndices; i++) recent[i] = static_cast<Byte>(i);
  std::uint16_t* entry = list;
  for (Number count = read(kList); count > 0; count--) {
    *entry++ = static_cast<std::uint16_t>(read(kList));
  }
  next();
  raw(kSections);
  for (Number functions = read(kSections); functions > 0; functions--) function();
  raw(kSections);
  return out;
}
