// What people type is kept in this browser, for each account by itself, until the server says that it
// has arrived. This file: the store. kept.js: the forms. kept-session.js: who is logged in.
// Two places hold each text: localStorage, written at once, and IndexedDB, which is on the disk within
// moments (a browser that is killed loses the last minute of the former) and has room when the former is full.
window.portalKept = (function () {
  "use strict";
  const PREFIX = "kept:";
  const ENDED = "kept-ended:";
  const TEXTS = "texts";
  const LONGEST = 7 * 24 * 3600 * 1000;
  const TYPED_IN = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit], [type=button], [type=search])";
  // What says how a page was come to, not which page it is.
  const NOT_OF_THE_PAGE = ["kept", "pressed", "page"];
  const loadedAt = Date.now();
  const account = document.body.dataset.account || "";
  // What IndexedDB holds, or, where there is none, what this page alone remembers.
  const copies = new Map();
  let database = null;

  function wait(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function open() {
    try {
      const asked = indexedDB.open("portal-kept", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(TEXTS);
      database = await wait(asked);
      await refresh();
    } catch (error) {
      database = null;
    }
    clearAfterLogOut();
    each(function (key, entry) {
      if (!entry || !entry.at || Date.now() - entry.at > LONGEST) remove(key);
    });
  }

  function texts(mode) {
    return database.transaction(TEXTS, mode).objectStore(TEXTS);
  }

  // Another tab may have written meanwhile.
  async function refresh() {
    if (!database) return;
    const place = texts("readonly");
    const [keys, entries] = await Promise.all([wait(place.getAllKeys()), wait(place.getAll())]);
    copies.clear();
    keys.forEach((key, index) => copies.set(key, entries[index]));
  }

  function each(visit) {
    const keys = new Set(copies.keys());
    try {
      Object.keys(localStorage).forEach((key) => key.startsWith(PREFIX) && keys.add(key));
    } catch (error) {
      // No such store in this browser.
    }
    keys.forEach((key) => visit(key, read(key)));
  }

  function stored(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function read(key) {
    const one = stored(key);
    const other = copies.get(key) || null;
    return one && other ? (one.at >= other.at ? one : other) : one || other;
  }

  function remove(key) {
    copies.delete(key);
    try {
      localStorage.removeItem(key);
    } catch (error) {
      // Nothing was kept there.
    }
    try {
      if (database) texts("readwrite").delete(key);
    } catch (error) {
      database = null;
    }
  }

  // After a log-out other tabs of this account may still be open: they keep nothing any more.
  function hasEnded() {
    return Number(stored(ENDED + account) || 0) > loadedAt;
  }

  // Whether it lasts longer than this page.
  function write(key, entry) {
    if (!account || hasEnded()) return false;
    copies.set(key, entry);
    let isKept = false;
    try {
      localStorage.setItem(key, JSON.stringify(entry));
      isKept = true;
    } catch (error) {
      // Full, or forbidden: no other text makes room for this one.
    }
    try {
      if (database) texts("readwrite").put(entry, key);
    } catch (error) {
      database = null;
    }
    return isKept || Boolean(database);
  }

  // Logging out on purpose clears what was kept for that account; the server says so with a cookie.
  function clearAfterLogOut() {
    const found = document.cookie.match(/(?:^|; )kept_ended=([0-9a-f]+)/);
    if (!found) return;
    each(function (key) {
      if (key.startsWith(PREFIX + found[1] + ":")) remove(key);
    });
    try {
      localStorage.setItem(ENDED + found[1], JSON.stringify(Date.now()));
    } catch (error) {
      // Then nothing was kept there either.
    }
    document.cookie = "kept_ended=; Max-Age=0; Path=/; SameSite=Lax";
  }

  // --- which form it is: by where it is sent, with what its address says (a claim is about the organisation named
  // there), and by what is typed in it first. Other forms of the page come and go.
  function isPost(form) {
    return (form.getAttribute("method") || "").toLowerCase() === "post";
  }

  function page(address) {
    const url = new URL(address || location.href, location.href);
    NOT_OF_THE_PAGE.forEach((name) => url.searchParams.delete(name));
    return url.pathname + url.search;
  }

  function ownName(form) {
    const first = form.querySelector(TYPED_IN) || form.querySelector("[type=file], select");
    return page(form.getAttribute("action")) + ":" + (form.id || (first ? first.name : ""));
  }

  function nameOf(form) {
    const name = ownName(form);
    const twins = Array.from(document.querySelectorAll("main form")).filter((other) => isPost(other) && ownName(other) === name);
    return twins.indexOf(form) > 0 ? name + "." + twins.indexOf(form) : name;
  }

  try {
    if (account) localStorage.removeItem(ENDED + account);
  } catch (error) {
    // Nothing stands there.
  }

  return {
    account: account,
    TYPED_IN: TYPED_IN,
    isPost: isPost,
    nameOf: nameOf,
    pageHere: () => page(""),
    ready: open(),
    refresh: () => refresh().catch(() => undefined),
    keyOf: function (name, draft) {
      return PREFIX + account + ":" + name + "#" + draft;
    },
    // All texts of one form, the newest first: another window, or an offer that was left alone, has its own.
    of: function (name) {
      const found = [];
      each(function (key, entry) {
        if (account && entry && key.startsWith(PREFIX + account + ":" + name + "#")) found.push({ key: key, entry: entry });
      });
      return found.sort((one, other) => other.entry.at - one.entry.at);
    },
    mine: function (visit) {
      each(function (key, entry) {
        if (account && entry && key.startsWith(PREFIX + account + ":")) visit(key, entry);
      });
    },
    read: read,
    write: write,
    remove: remove,
  };
})();
