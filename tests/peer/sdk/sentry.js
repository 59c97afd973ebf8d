// The peer without what is no part of tracing: error monitoring, sessions, breadcrumbs.
import * as sdk from '@sentry/browser';

globalThis.sdk = sdk;
globalThis.sdkOptions = {
  defaultIntegrations: [
    sdk.eventFiltersIntegration(),
    sdk.httpContextIntegration(),
    // Stands where browserTracingIntegration would add the real one.
    { name: 'WebVitals' },
  ],
};
