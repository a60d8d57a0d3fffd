// form[data-autosave-url]: two seconds after the last key the form is sent to that address.
// The answer is JSON: {"revision": 3, "url": "/where/to/save/next/", "message": "what was left
// out"}, all optional; 422 with a message: nothing could be saved as it stands; 409 means that
// somebody else saved in between. Text that could not be sent stays in this browser.
(function () {
  "use strict";
  const PAUSE = 2000;

  forgetDelivered();

  // A form that was sent and answered by another page, or by a message of success, has arrived.
  function forgetDelivered() {
    try {
      const from = document.referrer && new URL(document.referrer);
      if (!from || from.origin !== location.origin) return;
      const succeeded = location.pathname !== from.pathname || document.querySelector("#messages .notice--success");
      Object.keys(localStorage).forEach(function (key) {
        if (!key.startsWith("draft:")) return;
        const kept = JSON.parse(localStorage.getItem(key));
        if (succeeded && kept.sent && kept.path === from.pathname) localStorage.removeItem(key);
      });
    } catch (error) {
      // No store, or not our entry: nothing to forget.
    }
  }

  document.querySelectorAll("form[data-autosave-url]").forEach(function (form) {
    const box = form.querySelector("[data-autosave-status]");
    // Several people may use one computer: each is offered only their own text.
    const key = "draft:" + ((box && box.dataset.owner) || "") + ":" + location.pathname + ":" + (form.id || form.dataset.autosaveUrl);
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

    function typedText() {
      const entries = [];
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "revision") entries.push([name, value]);
      });
      return entries;
    }

    function keep(sent) {
      try {
        localStorage.setItem(key, JSON.stringify({ path: location.pathname, sent: Boolean(sent), entries: typedText() }));
      } catch (error) {
        // A full or forbidden store: the page itself still holds the text.
      }
    }

    function forget() {
      try {
        localStorage.removeItem(key);
      } catch (error) {
        // Nothing was kept.
      }
    }

    function saved(answer) {
      if (answer.revision !== undefined && form.elements.revision) form.elements.revision.value = answer.revision;
      if (answer.url) form.dataset.autosaveUrl = answer.url;
      if (answer.action) form.action = answer.action;
      if (answer.message) {
        // Saved in part: what could not be read stays in this browser, too.
        keep();
        say("error", answer.message);
        return;
      }
      forget();
      const now = new Date().toLocaleTimeString("ko-KR", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Seoul" });
      say("saved", box && box.dataset.saved.replace("{time}", now));
      if (!again) form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true }));
    }

    async function send() {
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
          headers: { Accept: "application/json", "X-Autosave": "1" },
        });
        if (response.status === 409) {
          stopped = true;
          keep();
          say("conflict");
        } else if (response.status === 422) {
          keep();
          say("error", (await response.json()).message);
        } else if (!response.ok || response.redirected) {
          throw new Error(String(response.status));
        } else {
          saved(await response.json());
        }
      } catch (error) {
        keep();
        say("error");
        timer = setTimeout(send, 15000);
      }
      sending = false;
      if (again && !stopped) send();
    }

    form.addEventListener("input", function () {
      if (stopped) return keep();
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    });
    form.addEventListener("submit", function () {
      clearTimeout(timer);
      stopped = true;
      keep(true);
    });

    offerKeptText();

    function offerKeptText() {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(key)).entries;
      } catch (error) {
        // Nothing was kept.
      }
      const offer = box && box.querySelector("[data-autosave-restore]");
      if (!kept || !offer || JSON.stringify(kept) === JSON.stringify(typedText())) return forget();
      offer.hidden = false;
      offer.querySelector("[data-autosave-accept]").addEventListener("click", function () {
        bringBack(kept);
        offer.hidden = true;
        form.dispatchEvent(new Event("input", { bubbles: true }));
      });
      offer.querySelector("[data-autosave-discard]").addEventListener("click", function () {
        forget();
        offer.hidden = true;
      });
    }

    function bringBack(kept) {
      const values = {};
      kept.forEach(function (entry) {
        (values[entry[0]] = values[entry[0]] || []).push(entry[1]);
      });
      Array.from(form.elements).forEach(function (field) {
        if (!field.name || field.type === "file" || field.type === "hidden") return;
        const given = values[field.name] || [];
        if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
        else if (field.multiple) Array.from(field.options).forEach(function (option) { option.selected = given.includes(option.value); });
        else if (given.length) field.value = given.shift();
      });
    }
  });
})();
