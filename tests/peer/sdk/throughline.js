// What is tested, as the package brings it.
import * as sdk from '../../../dist/index.mjs';

globalThis.sdk = sdk;
globalThis.sdkOptions = {};
