// Small comforts; every page works without this file.
(function () {
  "use strict";

  function focusErrorSummary(root) {
    const summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  // Pop-up menus made of <details>: Escape and a click elsewhere close them.
  function closePopups(except) {
    document.querySelectorAll("details[data-popup][open]").forEach(function (popup) {
      if (!except || !popup.contains(except)) popup.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closePopups(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const popup = document.activeElement && document.activeElement.closest("details[data-popup][open]");
    closePopups();
    if (popup) popup.querySelector("summary").focus();
  });

  // form[data-warn-unsaved]: the browser asks before typed text is thrown away.
  const changed = new Set();
  document.addEventListener("input", function (event) {
    const form = event.target.form;
    if (form && form.hasAttribute("data-warn-unsaved")) changed.add(form);
  });
  document.addEventListener("submit", function (event) {
    changed.delete(event.target);
  });
  document.addEventListener("portal:saved", function (event) {
    changed.delete(event.target);
  });
  document.addEventListener("portal:kept", function (event) {
    changed.delete(event.target);
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed.size) event.preventDefault();
  });

  // A double click sends a form once: a message would stand twice on its thread.
  const sentAt = new WeakMap();
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
    if (Date.now() - (sentAt.get(form) || 0) < 2000) event.preventDefault();
    else sentAt.set(form, Date.now());
  });

  // select[data-submit-on-change], such as the order of a list, submits its form by itself.
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  document.querySelectorAll("[data-hide-with-script]").forEach(function (element) {
    element.hidden = true;
  });

  // button[data-print]
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
  // All that is folded is printed, but what would first have to be asked for.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open], [data-asks])").forEach(function (element) {
      element.open = true;
      element.dataset.openedForPrint = "";
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-opened-for-print]").forEach(function (element) {
      element.open = false;
      delete element.dataset.openedForPrint;
    });
  });

  // What htmx has put in: say it to a screen reader where the new part asks for that.
  function announce(text) {
    const live = document.getElementById("live");
    if (live && text) live.textContent = text;
  }
  document.addEventListener("htmx:afterSettle", function (event) {
    const part = event.target;
    const spoken = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
    if (spoken) announce(spoken.dataset.announce);
    focusErrorSummary(part);
  });
  // A part with aria-busy says whether it is being filled.
  function sayBusy(part, isBusy) {
    if (part && part.hasAttribute("aria-busy")) part.setAttribute("aria-busy", String(isBusy));
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    sayBusy(event.detail.target, true);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    sayBusy(event.detail.target, false);
  });
  // Who has been logged out meanwhile logs in on a page, not inside a card.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const address = new URL(event.detail.xhr.responseURL || location.href);
    if (!address.pathname.startsWith("/accounts/")) return;
    event.detail.shouldSwap = false;
    // What is typed elsewhere on the page stays there: kept-session.js asks to log in beside it.
    if (asksByItself(event)) return;
    if (document.getElementById("session-over")) document.dispatchEvent(new CustomEvent("portal:expired"));
    else location.reload();
  });
  // What asks by itself does not keep a session alive that nobody uses.
  document.addEventListener("htmx:configRequest", function (event) {
    if (/every|load/.test(event.detail.elt.getAttribute("hx-trigger") || "")) event.detail.headers["X-Background"] = "1";
  });
  document.addEventListener("htmx:responseError", showTrouble);
  document.addEventListener("htmx:sendError", showTrouble);
  function asksByItself(event) {
    return /every|load/.test(event.detail.requestConfig.elt.getAttribute("hx-trigger") || "");
  }
  function showTrouble(event) {
    // What asks by itself again and again will get through later; only a person's click needs an answer.
    const box = document.getElementById("messages");
    if (!box || asksByItself(event)) return;
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    const words = document.body.dataset;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    notice.textContent = status >= 400 && status < 500 ? words.refused : words.trouble;
    // What was typed there is kept, also when the form does not come back.
    if (words.account && event.detail.elt.closest("form")) {
      const link = document.createElement("a");
      link.href = words.keptTextsUrl;
      link.textContent = words.keptTexts;
      notice.append(" ", link);
    }
    box.classList.add("messages");
    box.replaceChildren(notice);
  }

  focusErrorSummary(document);
})();
