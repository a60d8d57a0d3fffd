// Says at once that a file is too large, before minutes of upload end in a refusal.
(() => {
  "use strict";

  const input = document.querySelector("input[type=file][data-max-bytes]");
  if (!input) return;

  const note = document.createElement("div");
  note.setAttribute("role", "alert");
  input.after(note);

  const message = () => {
    const list = Object.assign(document.createElement("ul"), { className: "errorlist" });
    const line = list.appendChild(document.createElement("li"));
    line.appendChild(document.createElement("span")).textContent = input.dataset.tooLarge;
    return list;
  };

  const check = () => {
    const file = input.files[0];
    const isTooLarge = Boolean(file) && file.size > Number(input.dataset.maxBytes);
    note.replaceChildren(...(isTooLarge ? [message()] : []));
    return !isTooLarge;
  };

  input.addEventListener("change", check);
  input.form.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
})();
