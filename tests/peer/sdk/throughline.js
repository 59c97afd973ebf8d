// What is tested, as the package brings it.
import * as errors from '../../../dist/errors.mjs';
import * as sdk from '../../../dist/index.mjs';

globalThis.sdk = { ...sdk, ...errors };
globalThis.sdkOptions = {};
