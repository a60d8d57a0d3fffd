// Filters lie open beside the results where there is room; on a phone one tap opens them.
(function () {
  "use strict";
  if (!window.matchMedia("(min-width: 64rem)").matches) return;
  document.querySelectorAll("details[data-open-on-wide]").forEach(function (element) {
    element.open = true;
  });
})();
