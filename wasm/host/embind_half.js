// Our JavaScript half of embind (--js-library), in place of Emscripten's: 2.7 KB brotli smaller,
// because it knows only what crosses here (bindings/registration.cpp): void, bool, int, double,
// std::string, flat value objects of these, and free functions. Chosen by THROUGHLINE_EMBIND_JS.
//
// It relies on the private interface between <emscripten/bind.h> and embind.js, of which only
// version 3.1.6 was tried:
//  - the names and argument orders of the `_embind_register_*` functions below;
//  - an invoker is called with the bound function, then the wire values; a getter with its context
//    and the object; a setter with its context, the object and a wire value;
//  - a string travels as an address: a 32-bit length, then the bytes. It is malloc'ed by the
//    sender; JavaScript frees it, whoever sent it;
//  - a value object travels as the address of a C++ object, which JavaScript makes and destroys;
//  - addresses of types (TYPEID) are unique, and argument type lists stay where they are.
//
// Differences from Emscripten's half: argument counts and types are not checked, lone surrogates
// become U+FFFD, and a type nobody registered shows as a TypeError when the function is called.
// Registration stores; types are looked up when a function is called.
//
// emcc 3.1.6 takes ES2019 here, and arrow functions only inside of others.
mergeInto(LibraryManager.library, {
  // By address of the type: `toWire`, `fromWire` and, where the wire value owns memory, `free`.
  $embindTypes: {},

  // UTF-8 between two addresses. What the core writes is well formed; anything else gives some
  // text, never a throw.
  $readUtf8: function (at, end) {
    let text = '';
    while (at < end) {
      let c = HEAPU8[at++];
      if (c > 127) {
        let more = c < 224 ? 1 : c < 240 ? 2 : 3;
        c &= 63 >> more;
        while (more--) c = (c << 6) | (HEAPU8[at++] & 63);
      }
      text += String.fromCodePoint(c > 0x10ffff ? 0xfffd : c);
    }
    return text;
  },

  // Names are ASCII: a module to which no string crosses does without the above.
  $readName: function (address) {
    let name = '';
    while (HEAPU8[address]) name += String.fromCharCode(HEAPU8[address++]);
    return name;
  },

  _embind_register_void__deps: ['$embindTypes'],
  _embind_register_void__sig: 'vi',
  _embind_register_void: function (type) {
    embindTypes[type] = { toWire: (value) => value, fromWire: (wire) => wire };
  },
  _embind_register_integer: '_embind_register_void',
  _embind_register_float: '_embind_register_void',

  _embind_register_bool__deps: ['$embindTypes'],
  _embind_register_bool: function (type) {
    embindTypes[type] = { toWire: (value) => !!value, fromWire: (wire) => !!wire };
  },

  _embind_register_std_string__deps: ['$embindTypes', '$readUtf8'],
  _embind_register_std_string: function (type) {
    embindTypes[type] = {
      toWire(text) {
        // At most three bytes for each UTF-16 unit.
        const address = _malloc(4 + 3 * text.length) || abort('OOM');
        let end = address + 4;
        for (const character of text) {
          let c = character.codePointAt(0);
          if (c < 128) {
            HEAPU8[end++] = c;
          } else {
            if (c >> 11 == 27) c = 0xfffd; // a lone surrogate
            let more = c < 2048 ? 1 : c < 65536 ? 2 : 3;
            // What is too much on the left falls off the byte.
            HEAPU8[end++] = (240 << (3 - more)) | (c >> (6 * more));
            while (more--) HEAPU8[end++] = 128 | ((c >> (6 * more)) & 63);
          }
        }
        HEAPU32[address >> 2] = end - address - 4;
        return address;
      },
      fromWire(address) {
        const text = readUtf8(address + 4, address + 4 + HEAPU32[address >> 2]);
        _free(address);
        return text;
      },
      free: _free,
    };
  },

  _embind_register_value_object__deps: ['$embindTypes'],
  _embind_register_value_object: function (
    type,
    name,
    constructorSignature,
    constructor,
    destructorSignature,
    destructor,
  ) {
    const fields = [];
    const free = wasmTable.get(destructor);
    embindTypes[type] = {
      fields,
      toWire(value) {
        const object = wasmTable.get(constructor)();
        for (const field of fields) {
          const fieldType = embindTypes[field.type];
          const wire = fieldType.toWire(value[field.name]);
          field.set(field.setContext, object, wire);
          if (fieldType.free) fieldType.free(wire);
        }
        return object;
      },
      fromWire(object) {
        const value = {};
        for (const field of fields) {
          value[field.name] = embindTypes[field.type].fromWire(field.get(field.getContext, object));
        }
        free(object);
        return value;
      },
      free,
    };
  },

  _embind_register_value_object_field__deps: ['$embindTypes', '$readName'],
  _embind_register_value_object_field: function (
    object,
    name,
    type,
    getSignature,
    get,
    getContext,
    setType,
    setSignature,
    set,
    setContext,
  ) {
    embindTypes[object].fields.push({
      name: readName(name),
      type,
      get: wasmTable.get(get),
      getContext,
      set: wasmTable.get(set),
      setContext,
    });
  },

  _embind_finalize_value_object: function () {},

  _embind_register_function__deps: ['$embindTypes', '$readName'],
  _embind_register_function: function (name, count, typeList, signature, invoker, bound) {
    Module[readName(name)] = (...values) => {
      const type = (i) => embindTypes[HEAPU32[(typeList >> 2) + i]];
      const wires = values.map((value, i) => type(i + 1).toWire(value));
      const result = wasmTable.get(invoker)(bound, ...wires);
      wires.forEach((wire, i) => type(i + 1).free && type(i + 1).free(wire));
      return type(0).fromWire(result);
    };
  },
});
