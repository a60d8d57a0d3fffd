// What stands in a form: what was typed, over which version of the row, and which files wait on the server for it.
window.portalFields = (function () {
  "use strict";
  const NOT_TYPED = ["csrfmiddlewaretoken", "form_token", "form_attempt", "draft_token", "kept_file", "drop_file", "send_again", "kept_post"];
  const REVISION = /^(.*-)?(expected_)?revision(_\d+)?$/;

  function entriesOf(form) {
    const entries = [];
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && !NOT_TYPED.includes(name) && !REVISION.test(name)) entries.push([name, value.replace(/\r\n/g, "\n")]);
    });
    return entries;
  }

  function revisionFields(form) {
    return Array.from(form.elements).filter((field) => field.name && REVISION.test(field.name));
  }

  function revisionsOf(form) {
    return revisionFields(form).map((field) => [field.name, field.value]);
  }

  function revisionOf(form) {
    const [field] = revisionFields(form);
    return field ? field.value : "";
  }

  // Files that the server keeps: each stands in a line of its own before the field it was chosen in.
  function filesOf(form) {
    return Array.from(form.querySelectorAll("[data-kept-file]"), fileIn).filter((file) => file);
  }

  function fileIn(line) {
    let field = line.nextElementSibling;
    while (field && field.type !== "file") field = field.nextElementSibling;
    if (!field || line.querySelector("[name=drop_file]").checked) return null;
    const text = (name) => line.querySelector(name).textContent.trim();
    return { field: field.name, token: line.querySelector("[name=kept_file]").value, name: text("strong"), size: text("[data-kept-size]") };
  }

  function isSame(some, others) {
    return JSON.stringify(some) === JSON.stringify(others);
  }

  function stands(form, entry) {
    const there = filesOf(form).map((file) => file.token);
    return isSame(entry.entries, entriesOf(form)) && (entry.files || []).every((file) => there.includes(file.token));
  }

  // Texts of before this was written down know one version only.
  function revisionsIn(form, entry) {
    if (entry.revisions) return entry.revisions;
    const [field] = revisionFields(form);
    return field && entry.revision ? [[field.name, entry.revision]] : [];
  }

  function isNewer(form, entry) {
    return revisionsIn(form, entry).some(([name, value]) => form.elements[name] && form.elements[name].value !== value);
  }

  // Over an older version: then the server shows both, where it would else overwrite what somebody saved meanwhile.
  function bringRevisionsBack(form, entry) {
    revisionsIn(form, entry).forEach(function ([name, value]) {
      const field = form.elements[name];
      if (field && "value" in field) field.value = value;
    });
  }

  function isAsServed(form) {
    return Array.from(form.elements).every(function (field) {
      if (!field.name || field.type === "hidden" || field.type === "file") return true;
      if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked;
      if (!field.options) return field.value === field.defaultValue;
      const chosen = Array.from(field.options).filter((option) => option.defaultSelected);
      if (!chosen.length && !field.multiple) return field.selectedIndex <= 0;
      return Array.from(field.options).every((option) => option.selected === option.defaultSelected);
    });
  }

  function bringBack(form, entry) {
    const values = {};
    entry.entries.forEach(([name, value]) => (values[name] = values[name] || []).push(value));
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || field.type === "file" || NOT_TYPED.includes(field.name) || REVISION.test(field.name)) return;
      const given = values[field.name] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.multiple) Array.from(field.options).forEach((option) => (option.selected = given.includes(option.value)));
      else if (field.type === "hidden" && !field.name.endsWith("-TOTAL_FORMS")) return;
      else if (given.length) field.value = given.shift();
    });
    addRows(form, values);
    addFiles(form, entry.files || []);
    bringRevisionsBack(form, entry);
  }

  // Rows that this page does not show yet come back with the next answer.
  function addRows(form, values) {
    Object.keys(values).forEach(function (name) {
      const row = name.match(/^(.+)-\d+-[^-]+$/);
      if (form.elements[name] || !row || !form.elements[row[1] + "-TOTAL_FORMS"]) return;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: name, value: values[name][0] }));
    });
  }

  function addFiles(form, files) {
    const there = filesOf(form).map((file) => file.token);
    files.forEach(function (file) {
      const field = Array.from(form.querySelectorAll("[type=file]")).find((one) => one.name === file.field);
      if (!field || there.includes(file.token)) return;
      const line = document.getElementById("kept-file").content.cloneNode(true).firstElementChild;
      line.querySelectorAll("[name=kept_file], [name=drop_file]").forEach((one) => (one.value = file.token));
      line.querySelectorAll("[data-kept-name]").forEach((one) => (one.textContent = file.name));
      line.querySelector("[data-kept-size]").textContent = file.size;
      field.before(line);
    });
  }

  return {
    entriesOf: entriesOf,
    revisionOf: revisionOf,
    revisionsOf: revisionsOf,
    filesOf: filesOf,
    isSame: isSame,
    stands: stands,
    isNewer: isNewer,
    isAsServed: isAsServed,
    bringBack: bringBack,
    bringRevisionsBack: bringRevisionsBack,
  };
})();
