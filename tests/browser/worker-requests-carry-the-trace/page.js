// Runs as a worker: without a document there is no page load and no location to compare with.
globalThis.importScripts('/throughline.min.js');
const { init, browserTracingIntegration, explainPropagation } = Throughline;

init({ tracePropagationTargets: ['/api'], integrations: [browserTracingIntegration()] });
fetch('/api/listed');
fetch('/unlisted');
const xhr = new XMLHttpRequest();
xhr.open('GET', '/api/by-xhr');
xhr.send();

init({ integrations: [browserTracingIntegration()] });
fetch('/path');
fetch(`${location.origin}/absolute`).then(() =>
  fetch('/report', { method: 'POST', body: JSON.stringify(explainPropagation('/path').reason) }),
);
