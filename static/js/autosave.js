// form[data-autosave-url]: two seconds after the last key the form is sent to that address.
// The answer is JSON: {"revision": 3, "url": "/where/to/save/next/", "message": "what was left
// out"}, all optional; 422 with a message: nothing could be saved as it stands; 409 means that
// somebody else saved in between. Text that could not be sent stays in this browser, and is sent again after a
// while – by the page itself, which is no use of the session – unless the server has refused it for good.
(function () {
  "use strict";
  const PAUSE = 2000;
  const AGAIN = 15000;

  document.querySelectorAll("form[data-autosave-url]").forEach(function (form) {
    const box = form.querySelector("[data-autosave-status]");
    let timer = null;
    let sending = false;
    let again = false;
    let stopped = false;

    function say(state, text) {
      if (!box) return;
      const line = box.querySelector(".autosave");
      line.dataset.state = state;
      line.textContent = text || box.dataset[state] || "";
    }

    // kept.js keeps what could not be saved in this browser.
    function keep() {
      form.dispatchEvent(new CustomEvent("portal:unsaved", { bubbles: true }));
    }

    function saved(answer) {
      if (answer.revision !== undefined && form.elements.revision) form.elements.revision.value = answer.revision;
      if (answer.url) form.dataset.autosaveUrl = answer.url;
      if (answer.action) {
        form.dispatchEvent(new CustomEvent("portal:moves", { bubbles: true }));
        form.action = answer.action;
        // From now on a reload opens what has been saved, and Back comes to it.
        history.replaceState(history.state, "", answer.action);
      }
      if (answer.message) {
        // Saved in part: what could not be read stays in this browser, too.
        keep();
        say("error", answer.message);
        return;
      }
      const now = new Date().toLocaleTimeString("ko-KR", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Seoul" });
      say("saved", box && box.dataset.saved.replace("{time}", now));
      if (!again) form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true }));
    }

    async function send(byItself) {
      if (sending) {
        again = true;
        return;
      }
      sending = true;
      again = false;
      say("saving");
      try {
        const response = await fetch(form.dataset.autosaveUrl, {
          method: "POST",
          body: new FormData(form),
          headers: Object.assign({ Accept: "application/json", "X-Autosave": "1" }, byItself ? { "X-Background": "1" } : {}),
        });
        if (response.status === 409) {
          stopped = true;
          keep();
          say("conflict", (await response.json()).message);
        } else if (response.status === 422) {
          keep();
          say("error", (await response.json()).message);
        } else if (!response.ok || response.redirected) {
          // Logged out, or logged in again in another tab: the page says so, or learns the new token.
          if (response.redirected || response.status === 403) document.dispatchEvent(new CustomEvent("portal:expired"));
          const error = new Error(String(response.status));
          // Deleted, or not for this person any more: asking once more would change nothing.
          error.isLasting = response.status >= 400 && response.status < 500 && ![403, 408, 429].includes(response.status);
          throw error;
        } else {
          saved(await response.json());
        }
      } catch (error) {
        keep();
        say("error");
        if (!error.isLasting) timer = setTimeout(() => send(true), AGAIN);
      }
      sending = false;
      if (again && !stopped) send(false);
    }

    form.addEventListener("input", function () {
      if (stopped) return keep();
      clearTimeout(timer);
      timer = setTimeout(() => send(false), PAUSE);
    });
    form.addEventListener("submit", function () {
      clearTimeout(timer);
      stopped = true;
    });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) stopped = false;
    });
    document.addEventListener("portal:resumed", function () {
      if (status() === "error") send(false);
    });

    function status() {
      const line = box && box.querySelector(".autosave");
      return line ? line.dataset.state : "";
    }
  });
})();
