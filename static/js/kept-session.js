// Who is logged in: asked before a long form is sent, told before the session ends, and when it has
// ended one logs in again without leaving the page.
window.portalSession = (function () {
  "use strict";
  const body = document.body;
  const account = body.dataset.account || "";
  const dialog = document.getElementById("session-over");
  let ending = null;
  const words = (document.querySelector("[data-kept-words]") || { dataset: {} }).dataset;
  const WARN_BEFORE = 300;
  const LATEST = 20000;
  const LONGEST_TIMER = 2 ** 31 - 1;
  let typedAt = 0;
  let timer = null;

  function say(text) {
    const live = document.getElementById("live");
    if (live) live.textContent = text || "";
  }

  // A server that does not answer is told of, too, instead of waiting for it without a word.
  function asked(url, options) {
    const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("late")), LATEST));
    return Promise.race([ask(url, options), late]);
  }

  function ask(url, options) {
    const given = options || {};
    const headers = Object.assign({ Accept: "application/json" }, given.headers);
    return fetch(url, Object.assign({ credentials: "same-origin", cache: "no-store" }, given, { headers: headers })).then(function (response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
  }

  // The token against forgery changes with each log-in: every form of the page gets the newest.
  function applyToken(token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) {
      field.value = token;
    });
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  // "ok", "over", "other" (another person has logged in) or "offline", and what has arrived.
  async function check(attempts) {
    if (!account) return { state: "ok", arrived: [] };
    const query = new URLSearchParams();
    (attempts || []).forEach(function (attempt) {
      query.append("sent", attempt);
    });
    try {
      const answer = await asked(body.dataset.keptUrl + "?" + query, { headers: { "X-Background": "1" } });
      if (answer.account === account) applyToken(answer.csrf);
      const state = answer.account === account ? "ok" : answer.account ? "other" : "over";
      return { state: state, arrived: answer.arrived };
    } catch (error) {
      return { state: "offline", arrived: [] };
    }
  }

  function show(state) {
    if (state === "offline") return tellOffline();
    if (!dialog) return;
    dialog.querySelector("[data-session-other]").hidden = state !== "other";
    if (isOpen()) return;
    if (dialog.showModal) return dialog.showModal();
    // A browser that knows no dialogs shows it in its place.
    dialog.setAttribute("open", "");
    dialog.scrollIntoView({ block: "center" });
    dialog.querySelector("[data-session-log-in]").focus();
  }

  function isOpen() {
    return dialog.hasAttribute("open");
  }

  function tellOffline() {
    const box = document.getElementById("messages");
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    notice.textContent = words.offline;
    box.classList.add("messages");
    box.replaceChildren(notice);
    notice.scrollIntoView({ block: "center" });
  }

  async function goOn() {
    if (!dialog || !isOpen()) return;
    const answer = await check();
    if (answer.state !== "ok") return answer.state === "offline" ? undefined : show(answer.state);
    if (dialog.close) dialog.close();
    else dialog.removeAttribute("open");
    say(words.back);
    document.dispatchEvent(new CustomEvent("portal:resumed"));
    plan(0);
  }

  // The server alone knows when the session ends; other tabs may have prolonged it.
  function plan(secondsLeft) {
    clearTimeout(timer);
    const wait = Math.max(secondsLeft - WARN_BEFORE, 0) * 1000;
    timer = setTimeout(look, Math.min(wait, LONGEST_TIMER));
  }

  async function look() {
    let answer;
    try {
      answer = await asked(body.dataset.sessionStateUrl, { headers: { "X-Background": "1" } });
    } catch (error) {
      return later(60);
    }
    if (!answer.is_logged_in) return over();
    // Who is typing is there, even when nothing of it has been sent yet.
    if (answer.seconds_left <= WARN_BEFORE && Date.now() - typedAt < 120000) return keepOn();
    told(answer.seconds_left);
  }

  function later(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, seconds * 1000);
  }

  function told(secondsLeft) {
    const isNear = secondsLeft <= WARN_BEFORE;
    if (!isNear) {
      if (ending) ending.hidden = true;
      return plan(secondsLeft);
    }
    warning().hidden = false;
    const minutes = Math.max(1, Math.round(secondsLeft / 60));
    ending.querySelector("[data-session-minutes]").textContent = words.minutes.replace("{minutes}", minutes);
    later(Math.min(30, secondsLeft + 1));
  }

  function warning() {
    if (!ending) {
      document.getElementById("messages").before(document.getElementById("session-ending-part").content.cloneNode(true));
      ending = document.getElementById("session-ending");
      ending.querySelector("[data-session-keep]").addEventListener("click", keepOn);
    }
    return ending;
  }

  async function keepOn() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    try {
      const answer = await asked(body.dataset.sessionKeepUrl, { method: "POST", headers: { "X-CSRFToken": field ? field.value : "" } });
      if (!answer.is_logged_in) return over();
      if (ending && answer.seconds_left > WARN_BEFORE) ending.hidden = true;
      // What ends in any case is not asked for again and again.
      if (answer.seconds_left > WARN_BEFORE) plan(answer.seconds_left);
      else later(30);
    } catch (error) {
      await check();
      later(30);
    }
  }

  function over() {
    if (ending) ending.hidden = true;
    if (document.querySelector("form[data-kept=on]")) show("over");
  }

  if (dialog) {
    dialog.querySelector("[data-session-check]").addEventListener("click", async function () {
      const answer = await check();
      if (answer.state === "ok") goOn();
      else if (answer.state !== "offline") show(answer.state);
    });
    window.addEventListener("focus", goOn);
    document.addEventListener("visibilitychange", goOn);
  }
  document.addEventListener("input", function () {
    typedAt = Date.now();
  });
  document.addEventListener("portal:expired", async function () {
    const answer = await check();
    if (answer.state !== "ok") show(answer.state);
  });
  if (body.dataset.sessionSecondsLeft) plan(Number(body.dataset.sessionSecondsLeft));

  return { check: check, show: show, say: say };
})();
