"""Forms as a browser without scripts sends them: the fields of the page, with what was typed."""

from typing import Any

from bs4 import BeautifulSoup


def page_form(response: Any, name: str) -> Any:
    """The form of the page that has a field of this name."""
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    return next(form for form in soup.find_all("form", method="post") if form.find(attrs={"name": name}))


def fields_of(form: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for element in form.find_all(["input", "textarea", "select"]):
        name, kind = element.get("name"), element.get("type")
        if (
            not name
            or kind in ("file", "submit")
            or (kind in ("checkbox", "radio") and not element.has_attr("checked"))
        ):
            continue
        if element.name == "select":
            value = next((option.get("value", "") for option in element.find_all("option", selected=True)), "")
        else:
            value = element.get("value", "") if element.name == "input" else element.get_text().removeprefix("\n")
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def filled(response: Any, name: str, **typed: Any) -> dict[str, Any]:
    return fields_of(page_form(response, name)) | typed
