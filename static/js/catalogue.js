// Filters lie open beside the results where there is room; on a phone one tap opens them.
(function () {
  "use strict";
  // A search that was refused says so where its results would stand.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const status = event.detail.xhr.status;
    if (event.detail.target.id !== "results" || (status !== 429 && status !== 503)) return;
    event.detail.shouldSwap = event.detail.xhr.responseText.includes('id="results"');
    event.detail.isError = !event.detail.shouldSwap;
  });
  if (!window.matchMedia("(min-width: 64rem)").matches) return;
  document.querySelectorAll("details[data-open-on-wide]").forEach(function (element) {
    element.open = true;
  });
})();
