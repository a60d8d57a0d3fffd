// Every form with a text box, with a line that takes a paragraph, or with three fields to fill in, is
// kept as one types, and offered again after a log-in, Back, reload, a change of language, a crash.
// A new form has it by itself; a form with data-kept="off" has it not, nor has one with a password.
// Forgotten only when the server says that this very text has arrived (web/kept/sent_forms.py), or has
// saved it meanwhile (autosave.js).
(function () {
  "use strict";
  const store = window.portalKept;
  const session = window.portalSession;
  const language = window.portalLanguage;
  const fields = window.portalFields;
  if (!store.account) return;
  const PAUSE = 300;
  const MOST_OFFERS = 5;
  const TYPED_IN = store.TYPED_IN;
  const PARAGRAPH = 200;
  const waiting = new Map();
  const states = new WeakMap();
  const drafts = new WeakMap();
  let pressed = null;

  function takesPart(form) {
    if (!store.isPost(form) || form.dataset.kept === "off" || form.querySelector("[type=password]")) return false;
    if (new URL(form.action, location.href).pathname.startsWith("/accounts/")) return false;
    if (Array.from(form.querySelectorAll("[type=text]")).some((field) => field.maxLength >= PARAGRAPH)) return true;
    return form.querySelector("textarea, [type=file]") !== null || form.querySelectorAll(TYPED_IN + ", select").length >= 3;
  }

  const nameOf = store.nameOf;

  function random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Each opened form writes under a name of its own, so that it never replaces what is still offered.
  function keyOf(form) {
    if (!drafts.has(form)) drafts.set(form, random());
    return store.keyOf(nameOf(form), drafts.get(form));
  }

  function keep(form, attempt) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const isKept = store.write(keyOf(form), {
      at: Date.now(),
      entries: fields.entriesOf(form),
      revision: fields.revisionOf(form),
      revisions: fields.revisionsOf(form),
      files: fields.filesOf(form),
      sent: attempt || null,
      page: store.pageHere(),
    });
    const said = form.querySelector("[data-kept-nowhere]");
    if (isKept && said) said.remove();
    if (!isKept && !said) form.prepend(document.getElementById("kept-nowhere").content.cloneNode(true));
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
  document.addEventListener("portal:moves", (event) => store.remove(keyOf(event.target)));
  document.addEventListener("portal:saved", function (event) {
    // What was typed while it was being saved is not saved yet.
    if (waiting.has(event.target)) return;
    store.remove(keyOf(event.target));
  });
  document.addEventListener("portal:unsaved", (event) => keep(event.target));

  // Older browsers do not tell which button sent the form.
  document.addEventListener("click", (event) => (pressed = event.target.closest("button, input[type=submit]")), true);
  document.addEventListener("keydown", () => (pressed = null), true);

  // --- sending: only when the same person is still logged in, so that the page is not lost
  document.addEventListener(
    "submit",
    function (event) {
      const form = event.target;
      if (form.matches(".language-switch")) return changeLanguage(form, event);
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
      const submitter = event.submitter || (pressed && pressed.form === form && pressed.type === "submit" ? pressed : null);
      send(form, submitter, state).catch(() => go(form, submitter, state));
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
    go(form, submitter, state);
  }

  function go(form, submitter, state) {
    state.isAsking = false;
    state.mayGo = true;
    const button = submitter && submitter.form === form ? submitter : null;
    if (form.requestSubmit) form.requestSubmit(button || undefined);
    else (button || form.querySelector("[type=submit], button:not([type])")).click();
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
    field.value = random();
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

  function changeLanguage(form, event) {
    const forms = Array.from(document.querySelectorAll("form[data-kept=on]"));
    const typed = forms.filter((kept) => waiting.has(kept) || store.read(keyOf(kept)) || language.hasFiles(kept));
    typed.forEach(function (kept) {
      keep(kept);
      // Nothing is lost: the browser need not ask.
      kept.dispatchEvent(new CustomEvent("portal:kept", { bubbles: true }));
    });
    language.change(form, event, typed, typed.map(keyOf));
  }

  // --- offering
  function described(form) {
    const isTouched = waiting.has(form) || language.hasFiles(form);
    return { element: form, name: nameOf(form), entries: fields.entriesOf(form), revision: fields.revisionOf(form), isTouched: isTouched };
  }

  async function look(root) {
    await store.ready;
    await store.refresh();
    const arrived = await window.portalArrived.forget();
    const forms = Array.from(root.querySelectorAll("form")).filter(takesPart);
    await window.portalArrived.tell(arrived, forms.map(described));
    forms.forEach(function (form) {
      form.dataset.kept = "on";
      offer(form);
    });
    language.remember(null);
  }

  function offer(form) {
    form.querySelectorAll("[data-kept-offer]").forEach((old) => old.remove());
    let others = store.of(nameOf(form)).filter((kept) => !drafts.has(form) || kept.key !== keyOf(form));
    const standing = others.find((kept) => fields.stands(form, kept.entry));
    const asked = standing ? null : others.find((kept) => language.remembered().includes(kept.key));
    if (standing) standOnItsVersion(form, standing.entry);
    if (asked) noteThatItIsBack(form, asked.entry);
    const mine = standing || asked;
    if (mine && !drafts.has(form)) drafts.set(form, mine.key.slice(mine.key.lastIndexOf("#") + 1));
    // A file that waits on the server is known to this page alone.
    if (!asked && fields.filesOf(form).length) keep(form);
    others = others.filter((kept) => kept !== mine && !fields.stands(form, kept.entry));
    others.slice(0, MOST_OFFERS).reverse().forEach((kept) => offerOne(form, kept));
  }

  // The browser itself has filled it in again, on a page that may be newer than the text. The answer to a sending
  // says on purpose which version it stands on.
  function standOnItsVersion(form, entry) {
    if (document.body.dataset.answer === "GET" && !fields.isAsServed(form)) fields.bringRevisionsBack(form, entry);
  }

  function noteThatItIsBack(form, entry) {
    const isNewer = fields.isNewer(form, entry);
    fields.bringBack(form, entry);
    form.prepend(document.getElementById("kept-note").content.cloneNode(true));
    form.querySelector("[data-kept-newer]").hidden = !isNewer;
    form.querySelector("[data-kept-choose]").hidden = !form.querySelector("[type=file]") || (entry.files || []).length > 0;
  }

  function offerOne(form, kept) {
    form.prepend(document.getElementById("kept-offer").content.cloneNode(true));
    const box = form.querySelector("[data-kept-offer]");
    const time = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Seoul" };
    box.querySelector("[data-kept-time]").textContent = new Date(kept.entry.at).toLocaleString(document.documentElement.lang, time);
    const isNewer = fields.isNewer(form, kept.entry);
    box.querySelector("[data-kept-newer]").hidden = !isNewer;
    list(box.querySelector("[data-kept-list]"), form, kept.entry);
    box.querySelector("[data-kept-accept]").addEventListener("click", function () {
      // What was typed meanwhile is offered in its place.
      if (waiting.has(form)) keep(form);
      drafts.set(form, kept.key.slice(kept.key.lastIndexOf("#") + 1));
      fields.bringBack(form, kept.entry);
      offer(form);
      // What was saved since is compared when the person saves; nothing is sent by itself before that.
      if (isNewer) keep(form);
      else form.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.querySelector("[data-kept-discard]").addEventListener("click", function () {
      store.remove(kept.key);
      box.remove();
    });
    const folded = form.closest("details:not([open])");
    if (folded) folded.open = true;
  }

  function list(place, form, entry) {
    entry.entries.forEach(function ([name, value]) {
      const field = form.elements[name];
      if (!value || !field || !field.matches || !field.matches(TYPED_IN + ", select")) return;
      const option = Array.from(field.options || []).find((one) => one.value === value);
      listOne(place, labelOf(field) || name, option ? option.textContent : value);
    });
    (entry.files || []).forEach((file) => listOne(place, labelOf(form.elements[file.field]) || "", file.name));
  }

  function labelOf(field) {
    return field && field.labels && field.labels[0] ? field.labels[0].firstChild.textContent.trim() : "";
  }

  function listOne(place, label, value) {
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = label;
    text.className = "pre-line";
    text.textContent = value;
    place.append(term, text);
  }

  // On a shared computer Back leads into pages of whoever was there before, and browsers fill in what that person typed.
  function leaveNothingOfOthers() {
    const state = history.state || {};
    const isOfAnother = state.keptAccount && state.keptAccount !== store.account;
    if (isOfAnother) document.querySelectorAll("form").forEach((form) => form.reset());
    history.replaceState(Object.assign({}, state, { keptAccount: store.account }, isOfAnother ? { keptTokens: {} } : {}), "");
  }

  // After the browser has put back what it remembers by itself.
  window.addEventListener("pageshow", function () {
    leaveNothingOfOthers();
    bringTokensBack();
    look(document);
  });
  document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement || document));
})();
