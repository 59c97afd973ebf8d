// Differences that are ours to repair: the specification is on the peer's side. Their scenarios
// count as skipped as long as exactly these differences show up, and fail when they are gone.
//
// `differs` is `path: [ours, peer]`; `spec` the sentence that we break; `cause` where it probably
// lies.
export const known = [];
