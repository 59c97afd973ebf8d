// The entry that streams spans, as the script tag would have it.
import * as api from 'throughline/streaming';

globalThis.Throughline = api;
