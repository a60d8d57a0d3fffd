// Which texts have arrived. A page may be older than the text: it was made while the text was still on its way
// (the server was started anew, the connection broke). It would show what stood there before, without a word.
window.portalArrived = (function () {
  "use strict";
  const store = window.portalKept;
  const session = window.portalSession;
  const MOST_ASKED = 50;

  // Asks, and forgets them; gives [[key, entry], …].
  async function forget() {
    const attempts = [];
    store.mine((key, entry) => entry.sent && attempts.push(entry.sent));
    if (!attempts.length) return [];
    const answer = await session.check(attempts.slice(-MOST_ASKED));
    const arrived = [];
    store.mine((key, entry) => answer.arrived.includes(entry.sent) && arrived.push([key, entry]));
    arrived.forEach(([key, entry]) => forgetOne(key, entry));
    return arrived;
  }

  function nameIn(key) {
    return key.split(":").slice(2).join(":").split("#")[0];
  }

  // Copies of it in other windows have arrived with it.
  function forgetOne(key, arrived) {
    store.of(nameIn(key)).forEach(function (kept) {
      if (kept.key === key || JSON.stringify(kept.entry.entries) === JSON.stringify(arrived.entries)) store.remove(kept.key);
    });
  }

  // Led here by the sending itself, the page shows what has been made of it.
  function wasLedHere() {
    const [navigation] = performance.getEntriesByType("navigation");
    return !navigation || navigation.redirectCount > 0;
  }

  function isOlder(form, arrived) {
    const found = arrived.find(([key]) => nameIn(key) === form.name);
    if (!found || JSON.stringify(found[1].entries) === JSON.stringify(form.entries)) return false;
    return form.revision ? form.revision === found[1].revision : !wasLedHere();
  }

  // `forms`: [{element, name, entries, revision, isTouched}, …]
  async function tell(arrived, forms) {
    const older = document.body.dataset.answer === "GET" ? forms.filter((form) => isOlder(form, arrived)) : [];
    if (!older.length) return;
    if (forms.some((form) => form.isTouched)) return older.forEach((form) => say(form.element));
    // It waits until the forgetting is on the disk, so that this happens once.
    await store.refresh();
    location.replace(location.pathname + location.search);
  }

  function say(form) {
    form.prepend(document.getElementById("kept-older").content.cloneNode(true));
    form.querySelector("[data-kept-newer-page]").href = location.pathname + location.search;
  }

  return { forget: forget, tell: tell };
})();
