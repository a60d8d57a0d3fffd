// Says at once that a file is too large, before minutes of upload end in a refusal.
(() => {
  "use strict";

  const input = document.querySelector("input[type=file][data-max-bytes]");
  if (!input) return;

  const note = document.createElement("ul");
  note.className = "errorlist";
  note.setAttribute("role", "alert");
  input.after(note);

  const check = () => {
    const file = input.files[0];
    const isTooLarge = Boolean(file) && file.size > Number(input.dataset.maxBytes);
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("span"), { textContent: input.dataset.tooLarge }));
    note.replaceChildren(...(isTooLarge ? [line] : []));
    return !isTooLarge;
  };

  input.addEventListener("change", check);
  input.form.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
})();
