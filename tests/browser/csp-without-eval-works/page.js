fetch('/api/first').then(() => {
  navigator.sendBeacon('/report', '"done"');
});
