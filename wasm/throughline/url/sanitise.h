// What of a URL may enter a payload: the one place where credentials are taken out.
//
// Spec: spans.md section 6.1; design.md section 6, point 3.
#pragma once

#include "throughline/base/string.h"
#include "throughline/base/text.h"

namespace throughline {

// Replaces the user info of an absolute or scheme-relative URL text by "%filtered%" (user only)
// or "%filtered%:%filtered%". Works on raw texts of any kind; texts without user info and
// relative ones come back unchanged. Back slashes count as slashes for http(s), tabs and line
// breaks inside the text are seen through as the URL Standard strips them.
[[nodiscard]] String filter_credentials(Text url);

// The text up to the first "?" or "#".
[[nodiscard]] Text without_query(Text url);

// data:<mime>[,base64][,<first ten characters>... [truncated]] for texts starting with a
// lower-case "data:" (spans.md section 6.1, vectors `data url`). `data_length` 10 in names.
[[nodiscard]] bool is_data_url(Text url);
[[nodiscard]] String shorten_data_url(Text url);

}  // namespace throughline
