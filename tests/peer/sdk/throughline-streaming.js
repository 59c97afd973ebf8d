// What is tested where spans are streamed, as the package brings it.
import * as sdk from '../../../dist/streaming.mjs';

globalThis.sdk = sdk;
globalThis.sdkOptions = {};
