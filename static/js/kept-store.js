// What people type is kept in this browser, for each account by itself, until the server says that it
// has arrived. This file: the store. kept.js: the forms. kept-session.js: who is logged in.
window.portalKept = (function () {
  "use strict";
  const PREFIX = "kept:";
  const ENDED = "kept-ended:";
  const LONGEST = 7 * 24 * 3600 * 1000;
  const loadedAt = Date.now();
  const account = document.body.dataset.account || "";

  function each(visit) {
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (key.startsWith(PREFIX)) visit(key, read(key));
      });
    } catch (error) {
      // No store in this browser.
    }
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function remove(key) {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      // Nothing was kept.
    }
  }

  // After a log-out other tabs of this account may still be open: they keep nothing any more.
  function hasEnded() {
    return Number(read(ENDED + account) || 0) > loadedAt;
  }

  function write(key, entry) {
    if (!account || hasEnded()) return false;
    const text = JSON.stringify(entry);
    for (let tries = 0; tries < 5; tries += 1) {
      try {
        localStorage.setItem(key, text);
        return true;
      } catch (error) {
        if (!dropOldest(key)) return false;
      }
    }
    return false;
  }

  // The store is full: what was written longest ago makes room.
  function dropOldest(except) {
    let oldest = null;
    each(function (key, entry) {
      if (key === except) return;
      if (!oldest || ((entry && entry.at) || 0) < oldest.at) oldest = { key: key, at: (entry && entry.at) || 0 };
    });
    if (oldest) remove(oldest.key);
    return Boolean(oldest);
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
      // Then nothing was kept either.
    }
    document.cookie = "kept_ended=; Max-Age=0; Path=/; SameSite=Lax";
  }

  clearAfterLogOut();
  if (account) remove(ENDED + account);
  each(function (key, entry) {
    if (!entry || !entry.at || Date.now() - entry.at > LONGEST) remove(key);
  });

  return {
    account: account,
    keyOf: function (name) {
      return PREFIX + account + ":" + name;
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
