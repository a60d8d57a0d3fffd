// The page of texts that have not been sent: those that this browser keeps, too, with the page each belongs to.
(function () {
  "use strict";
  const store = window.portalKept;
  const place = document.querySelector("[data-kept-here]");
  const SHORTEST = 10;
  const TIME = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Seoul" };
  if (!store.account) return;

  // Keys of rows and codes of choices are no text that anybody would copy.
  function isWritten(value) {
    return value.length >= SHORTEST || /[^\x20-\x7e]|\S\s+\S/.test(value);
  }

  function pageOf(key) {
    const name = key.split(":").slice(2).join(":").split("#")[0];
    return name.slice(0, name.lastIndexOf(":"));
  }

  // What the portal keeps need not be read twice.
  function isShownAbove(texts) {
    const above = Array.from(document.querySelectorAll("section[id^=kept-]"), (part) => part.textContent);
    return above.some((text) => texts.every((one) => text.includes(one.trim())));
  }

  function show(key, entry) {
    const texts = entry.entries.map((field) => field[1]).filter(isWritten);
    if (!texts.length || isShownAbove(texts)) return;
    const part = document.getElementById("kept-here").content.cloneNode(true).firstElementChild;
    part.querySelector("[data-kept-time]").textContent = new Date(entry.at).toLocaleString(document.documentElement.lang, TIME);
    part.querySelector("[data-kept-page]").href = entry.page || pageOf(key);
    texts.forEach(function (text) {
      const line = document.createElement("p");
      line.className = "pre-line";
      line.textContent = text;
      part.querySelector("[data-kept-list]").append(line);
    });
    part.querySelector("[data-kept-discard]").addEventListener("click", function () {
      store.remove(key);
      part.remove();
    });
    place.append(part);
    place.hidden = false;
  }

  async function begin() {
    await store.ready;
    await store.refresh();
    await window.portalArrived.forget();
    const found = [];
    store.mine((key, entry) => found.push([key, entry]));
    found.sort((one, other) => other[1].at - one[1].at).forEach(([key, entry]) => show(key, entry));
  }
  begin();
})();
