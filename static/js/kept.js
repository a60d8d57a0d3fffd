// Every form with a text box, or with three fields to type in, is kept as one types, and offered again
// after a log-in, Back, reload, a change of language, a crash. A new form has it by itself; a form with
// data-kept="off" has it not, nor has one with a password. Forgotten only when the server says that
// this very text has arrived (web/sent_forms.py), or has saved it meanwhile (autosave.js).
(function () {
  "use strict";
  const store = window.portalKept;
  const session = window.portalSession;
  if (!store.account) return;
  const PAUSE = 300;
  const TYPED_IN = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit], [type=button], [type=search])";
  const NOT_TYPED = ["csrfmiddlewaretoken", "form_token", "form_attempt", "draft_token", "kept_file", "drop_file", "send_again", "kept_post"];
  const REVISIONS = /(^|-)(expected_)?revision$/;
  const waiting = new Map();
  const states = new WeakMap();

  function isPost(form) {
    return (form.getAttribute("method") || "").toLowerCase() === "post";
  }

  function takesPart(form) {
    if (!isPost(form) || form.dataset.kept === "off" || form.querySelector("[type=password]")) return false;
    if (new URL(form.action, location.href).pathname.startsWith("/accounts/")) return false;
    return form.querySelector("textarea") !== null || form.querySelectorAll(TYPED_IN).length >= 3;
  }

  function nameOf(form) {
    const path = new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
    const forms = Array.from(document.querySelectorAll("main form[method=post]"));
    return path + ":" + (form.id || forms.filter((other) => !other.id).indexOf(form));
  }

  function entriesOf(form) {
    const entries = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && !NOT_TYPED.includes(name) && !REVISIONS.test(name)) entries.push([name, value.replace(/\r\n/g, "\n")]);
    });
    return entries;
  }

  function revisionOf(form) {
    const field = Array.from(form.elements).find((element) => element.name && REVISIONS.test(element.name));
    return field ? field.value : "";
  }

  function isSame(some, others) {
    return JSON.stringify(some) === JSON.stringify(others);
  }

  function keep(form, attempt) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    store.write(store.keyOf(nameOf(form)), {
      at: Date.now(),
      entries: entriesOf(form),
      revision: revisionOf(form),
      sent: attempt || null,
    });
  }

  function keepAllWaiting() {
    Array.from(waiting.keys()).forEach((form) => keep(form));
  }

  // --- typing
  function typed(event) {
    const form = event.target.form || (event.target.tagName === "FORM" ? event.target : null);
    if (!form || !takesPart(form) || event.target.type === "file" || event.target.closest("[data-kept-offer]")) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => keep(form), PAUSE));
  }
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  window.addEventListener("pagehide", keepAllWaiting);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") keepAllWaiting();
  });
  document.addEventListener("portal:moves", (event) => store.remove(store.keyOf(nameOf(event.target))));
  document.addEventListener("portal:saved", function (event) {
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
    store.remove(store.keyOf(nameOf(event.target)));
  });
  document.addEventListener("portal:unsaved", (event) => keep(event.target));

  // --- sending: only when the same person is still logged in, so that the page is not lost
  document.addEventListener(
    "submit",
    function (event) {
      const form = event.target;
      if (form.matches(".language-switch")) return changeLanguage(form);
      if (!takesPart(form) || event.defaultPrevented) return;
      const state = states.get(form) || {};
      states.set(form, state);
      if (state.mayGo) {
        state.mayGo = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (state.isAsking) return;
      state.isAsking = true;
      send(form, event.submitter, state);
    },
    true,
  );

  async function send(form, submitter, state) {
    keep(form);
    const answer = await session.check();
    state.isAsking = false;
    if (answer.state !== "ok") return session.show(answer.state);
    const attempt = note(form);
    rememberToken(form);
    keep(form, attempt);
    state.mayGo = true;
    form.requestSubmit(submitter && submitter.form === form ? submitter : undefined);
    state.mayGo = false;
  }

  function note(form) {
    let field = form.elements.form_attempt;
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "form_attempt";
      form.append(field);
    }
    field.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return field.value;
  }

  // Gone back to, the page may have been asked for anew: it is still the form that was sent.
  function rememberToken(form) {
    if (!form.elements.form_token || form.hasAttribute("hx-post")) return;
    const tokens = Object.assign({}, (history.state || {}).keptTokens, { [nameOf(form)]: form.elements.form_token.value });
    history.replaceState(Object.assign({}, history.state, { keptTokens: tokens }), "");
  }

  function bringTokensBack() {
    const tokens = (history.state || {}).keptTokens || {};
    document.querySelectorAll("form").forEach(function (form) {
      const token = takesPart(form) && tokens[nameOf(form)];
      if (token && form.elements.form_token && document.body.dataset.answer === "GET") form.elements.form_token.value = token;
    });
  }

  function changeLanguage(form) {
    const forms = Array.from(document.querySelectorAll("form[data-kept=on]")).filter((kept) => waiting.has(kept) || store.read(store.keyOf(nameOf(kept))));
    forms.forEach(function (kept) {
      keep(kept);
      // Nothing is lost: the browser need not ask.
      kept.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
    });
    if (form.elements.next && document.body.dataset.answer === "GET") form.elements.next.value = location.pathname + location.search;
    sessionStorage.setItem("kept-bring-back", location.pathname);
  }

  // --- offering
  async function look(root) {
    const attempts = [];
    store.mine((key, entry) => entry.sent && attempts.push(entry.sent));
    if (attempts.length) {
      const answer = await session.check(attempts.slice(-50));
      store.mine((key, entry) => answer.arrived.includes(entry.sent) && store.remove(key));
    }
    root.querySelectorAll("form").forEach(function (form) {
      if (!takesPart(form)) return;
      form.dataset.kept = "on";
      offer(form);
    });
    sessionStorage.removeItem("kept-bring-back");
  }

  function offer(form) {
    const key = store.keyOf(nameOf(form));
    const kept = store.read(key);
    form.querySelectorAll("[data-kept-offer]").forEach((old) => old.remove());
    if (!kept || waiting.has(form) || isSame(kept.entries, entriesOf(form))) return;
    if (sessionStorage.getItem("kept-bring-back") === location.pathname) {
      bringBack(form, kept.entries);
      return form.prepend(document.getElementById("kept-note").content.cloneNode(true));
    }
    form.prepend(document.getElementById("kept-offer").content.cloneNode(true));
    const box = form.querySelector("[data-kept-offer]");
    const time = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Seoul" };
    box.querySelector("[data-kept-time]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, time);
    box.querySelector("[data-kept-newer]").hidden = kept.revision === revisionOf(form);
    list(box.querySelector("[data-kept-list]"), form, kept.entries);
    box.querySelector("[data-kept-accept]").addEventListener("click", function () {
      bringBack(form, kept.entries);
      box.remove();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.querySelector("[data-kept-discard]").addEventListener("click", function () {
      store.remove(key);
      box.remove();
    });
    const folded = form.closest("details:not([open])");
    if (folded) folded.open = true;
  }

  function list(place, form, entries) {
    entries.forEach(function (entry) {
      const field = form.elements[entry[0]];
      if (!entry[1] || !field || !field.matches || !field.matches(TYPED_IN)) return;
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = field.labels && field.labels[0] ? field.labels[0].firstChild.textContent.trim() : entry[0];
      text.className = "pre-line";
      text.textContent = entry[1];
      place.append(term, text);
    });
  }

  function bringBack(form, entries) {
    const values = {};
    entries.forEach((entry) => (values[entry[0]] = values[entry[0]] || []).push(entry[1]));
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || field.type === "file" || NOT_TYPED.includes(field.name) || REVISIONS.test(field.name)) return;
      const given = values[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.multiple) Array.from(field.options).forEach((option) => (option.selected = given.includes(option.value)));
      else if (field.type === "hidden" && !field.name.endsWith("-TOTAL_FORMS")) return;
      else if (given.length) field.value = given.shift();
    });
    // Rows that this page does not show yet come back with the next answer.
    Object.keys(values).forEach(function (name) {
      if (form.elements[name] || !/-\d+-/.test(name)) return;
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: name, value: values[name][0] });
      form.append(field);
    });
  }

  // After the browser has put back what it remembers by itself.
  window.addEventListener("pageshow", function () {
    bringTokensBack();
    look(document);
  });
  document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement || document));
})();
