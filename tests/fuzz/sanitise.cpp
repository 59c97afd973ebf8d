// What of a URL may enter a payload: nothing is left to filter afterwards, and nothing that was
// user info stands in front of the host; texts without "@" stay; UTF-8 stays UTF-8; of a data: URL
// little is kept.
#include "throughline/url/sanitise.h"

#include "fuzz/support/check.h"
#include "fuzz/support/input.h"
#include "throughline/base/string.h"
#include "throughline/request/request_url.h"

using namespace throughline;
using namespace throughline::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const HeapText url = input.text();
  const HeapText resolved = input.text();
  const HeapText filtered(filter_credentials(url));
  const bool utf8 = is_utf8(url);
  if (Text{url}.find('@') == Text::npos) {
    check(Text{filtered} == Text{url}, "without an @ there are no credentials");
  }
  check(Text{filter_credentials(filtered)} == Text{filtered}, "nothing is left to filter");
  check(!utf8 || is_utf8(filtered), "filtering keeps UTF-8");

  const Text bare = without_query(url);
  check(Text{url}.starts_with(bare) && bare.find_first_of("?#") == Text::npos, "no query is left");

  const HeapText shortened(shorten_data_url(url));
  check(!utf8 || is_utf8(shortened), "shortening keeps UTF-8");
  if (!is_data_url(url)) check(Text{shortened} == Text{url}, "other URLs stay");
  // Ten characters, three dots and a word; the type in front may be as long as the text.
  check(shortened.size() <= url.size() + 64, "shortening adds no more than words");

  // What a span tells about its request, by whichever kind.
  for (const bool xhr : {false, true}) {
    const RequestUrl request{url, resolved, xhr};
    for (const String& said : {request.raw(), request.full()}) {
      const HeapText kept{Text{said}};
      check(is_data_url(kept) || Text{filter_credentials(kept)} == Text{kept}, "it is filtered");
    }
    check(!(utf8 && is_utf8(resolved)) || is_utf8(request.name_target()), "a name is UTF-8");
    check(lies_in(request.parts().host, resolved), "the address is a part of the text");
    check(lies_in(request.parts().query, resolved), "the query is a part of the text");
    check(lies_in(request.parts().fragment, resolved), "the fragment is a part of the text");
  }
  return 0;
}
