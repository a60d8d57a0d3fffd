// A change of language in the middle of a form: the text stands in it again, and chosen files wait on the server.
window.portalLanguage = (function () {
  "use strict";
  const BRING_BACK = "kept-bring-back";

  // What serves browsers without scripts (web/kept/language_change.py) is done better here.
  document.querySelectorAll("[data-no-script]").forEach(function (part) {
    if (part.dataset.noScript === "away") return part.remove();
    ["form", "formaction", "formmethod", "formnovalidate", "target", "data-no-script"].forEach((name) => part.removeAttribute(name));
    if (part.name === "interface_language") part.name = "language";
    if (part.id === "kept-form") part.removeAttribute("id");
  });

  // Which texts stand in their forms again at once.
  function remember(keys) {
    try {
      if (keys) sessionStorage.setItem(BRING_BACK, JSON.stringify(keys));
      else sessionStorage.removeItem(BRING_BACK);
    } catch (error) {
      // Then they are offered.
    }
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(BRING_BACK)) || [];
    } catch (error) {
      return [];
    }
  }

  // Chosen in this page, or before it and kept on the server.
  function hasFiles(form) {
    return window.portalFields.filesOf(form).length > 0 || hasChosen(form);
  }

  function hasChosen(form) {
    return Array.from(form.querySelectorAll("[type=file]")).some((field) => field.files && field.files.length);
  }

  async function keepOnServer(form) {
    const data = new FormData(form);
    const page = new URL(form.getAttribute("action") || location.href, location.href);
    data.append("kept_page", page.pathname + page.search);
    const answer = await fetch(document.body.dataset.keptPutUrl, { method: "POST", body: data, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return (await answer.json()).kept;
  }

  function go(form, button) {
    if (form.requestSubmit) form.requestSubmit(button);
    else button.click();
  }

  function change(form, event, typed, keys) {
    if (form.elements.next && document.body.dataset.answer === "GET") form.elements.next.value = location.pathname + location.search;
    remember(keys);
    const withFiles = form.dataset.ready ? [] : typed.filter(hasFiles);
    if (!withFiles.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter || document.activeElement;
    const leave = function () {
      form.dataset.ready = "1";
      go(form, button);
    };
    // One stands in its form again, the others are offered.
    Promise.all(withFiles.map(keepOnServer)).then(function ([kept]) {
      const address = new URL(location.href);
      address.searchParams.set("kept", kept);
      form.elements.next.value = address.pathname + address.search;
      document.body.dataset.answer = "KEPT";
      leave();
    }, leave);
  }

  return { remember: remember, remembered: remembered, hasFiles: hasFiles, change: change };
})();
