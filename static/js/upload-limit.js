// Says at once that a file is too large, before minutes of upload end in a refusal.
(() => {
  "use strict";

  const input = document.querySelector("input[type=file][data-max-bytes]");
  if (!input) return;

  const note = document.createElement("p");
  note.className = "field__error";
  note.setAttribute("role", "alert");
  note.hidden = true;
  input.after(note);

  const check = () => {
    const file = input.files[0];
    const isTooLarge = Boolean(file) && file.size > Number(input.dataset.maxBytes);
    note.hidden = !isTooLarge;
    note.textContent = isTooLarge ? input.dataset.tooLarge : "";
    return !isTooLarge;
  };

  input.addEventListener("change", check);
  input.form.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
})();
