"""Codes of import errors → words in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

READ_ANEW = _("The file is read otherwise now, or was checked again. Look at it once more before you decide.")
MESSAGES: dict[str, str | Promise] = {
    # The file as a whole
    "wrong_type": _("This type of file cannot be read. Use CSV, XLSX or JSONL."),
    "old_excel": _("This is the old Excel format (.xls). Save the file as .xlsx or CSV and try again."),
    "binary_excel": _("This is the binary Excel format (.xlsb). Save the file as .xlsx or CSV and try again."),
    "open_document": _("This is an OpenDocument spreadsheet (.ods). Save the file as .xlsx or CSV and try again."),
    "apple_numbers": _("This is a Numbers file. Export it as .xlsx or CSV and try again."),
    "word_processor": _(
        "This is a document of a word processor. Put the technologies into a table and save it as .xlsx or CSV."
    ),
    "is_archive": _("This is a compressed archive. Unpack it and upload the file that is in it."),
    "is_html": _("This is a web page, although its name says otherwise. Open it in Excel and save it as .xlsx."),
    "is_xml": _("This is an XML file. Open it in Excel and save it as .xlsx."),
    "encrypted": _("The file is protected with a password. Save it without a password and try again."),
    "no_sheet": _("The workbook has no sheet with cells."),
    "no_such_sheet": _("There is no sheet of this name."),
    "empty_file": _("The file is empty."),
    "no_rows": _("The file has a header but no rows."),
    "no_header": _("The first row must hold the names of the columns."),
    "no_known_column": _("None of the columns is known. Say what the columns are, or compare them with the template."),
    "double_header": _("Two columns have the same name."),
    "too_many_columns": _("The file has too many columns."),
    "too_many_rows": _("The file has too many rows. Divide it."),
    "not_text": _("This is not a text file, although its name says so."),
    "wrong_encoding": _("The encoding of the file could not be recognised. Save it as UTF-8 and try again."),
    "uncertain_encoding": _("It is not certain in which encoding the file is. Say which it is, or save it as UTF-8."),
    "not_this_encoding": _("The file is not in the encoding that was chosen."),
    "mixed_encoding": _("From this line on the file is in another encoding, or letters are broken. Save it as UTF-8."),
    "broken_csv": _("A quotation mark opens here and is not closed properly. Close it, or remove it, and try again."),
    "not_xlsx": _("This is not a readable Excel file (.xlsx), although its name says so."),
    "unpacks_too_large": _("The Excel file unpacks to far too much data and was not opened."),
    "not_jsonl": _("This is not a JSONL file: every line must be one JSON object."),
    "file_too_large": _("The file is too large."),
    "file_lost": _("The uploaded file is no longer there. Upload it again."),
    "unexpected": _("The import stopped at an unexpected error, which has been recorded. Please tell the operator."),
    "cancelled_midway": _("The import was cancelled while it was running. What it had written by then has stayed."),
    "rows_have_errors": _("Nothing was imported, because some rows have errors and you chose all or nothing."),
    # One row
    "too_many_cells": _("The row has more cells than the header has columns."),
    "not_json": _("The line is not valid JSON."),
    "not_an_object": _("The line is not a JSON object."),
    "no_text": _("The row has no text."),
    "language_not_found": _("The language of the text could not be recognised. State it in the language column."),
    "unknown_language": _("Unknown language. Use ko, ru or en."),
    "holder_not_as_listed": _(
        "Since the file was checked something has changed: this row would give another holder than was listed. "
        "Nothing of it was stored; check the file again."
    ),
    "duplicate_id": _("This external id occurs earlier in the file."),
    "other_source": _("The technology already has a source text in another language."),
    "two_sources": _("Only the text in the source language can be the source."),
    "too_long": _("The value is too long."),
    "wrong_trl": _("The readiness level is a number from 1 to 9."),
    "wrong_ipc": _("Not a patent class (IPC), for example C22C 1/04."),
    "wrong_url": _("Not a web address. It begins with http:// or https://."),
    "unknown_country": _("Unknown country. Use a code such as RU, KR or ZZ for another country."),
    "unknown_field": _("Unknown field of technology."),
    "unknown_ipr_status": _("Unknown state of intellectual property."),
    "unknown_direction": _("Unknown direction. Use ru_kr or kr_ru."),
    "unknown_disclosure": _("Unknown disclosure level. Use public, members or nda."),
    "unknown_transfer_modes": _("Unknown transfer mode."),
    "cell_too_long": _("The cell holds more than 200,000 characters."),
    "error_value": _("The office program shows an error in this cell. Correct the formula, or write the value."),
    "formula_as_text": _("The cell holds a formula instead of its result."),
    "boolean_value": _("The cell holds TRUE or FALSE instead of a text."),
    "bare_number": _("The cell holds a number where a text is expected."),
    "date_in_cell": _(
        "The office program has made a date of what was written here. Format the cell as text and write it again."
    ),
    "id_rounded": _("The office program has rounded this number. Format the cell as text and write all digits."),
    "lost_characters": _("Letters of this cell were lost when the file was saved. Save it again as UTF-8."),
    "not_a_name": _(
        "This is a sentence, not the name of an organisation, and was left out. Is the column the right one?"
    ),
    "name_leads_elsewhere": _(
        "The name of an organisation has no web or e-mail address and no telephone number in it."
    ),
    "json_in_cell": _("The cell holds an object that is not a text by language."),
    "title_needed": _(
        "The title is missing. It is public, so it is not made from a text that is not public: fill in the title."
    ),
    "summary_needed": _(
        "The summary is missing. It is public, so it is not made from a text that is not public: write what "
        "everybody may read."
    ),
    "unknown_provenance": _("Unknown origin of the text. Use source, human or machine."),
    # Remarks that stop nothing
    "unused_column": _("This column is not used."),
    "rows_without_id": _("Rows without an external id: importing them again would create them again."),
    "formula_without_value": _(
        "The formula in this cell has no stored value, so the cell counts as empty. Open and save the file in Excel."
    ),
    "merged_cell": _("The cell is merged with the one above, whose value was taken."),
    "trl_range": _("A range of levels: the lower one was taken."),
    "ipr_read_as": _("The state of intellectual property was read from this text."),
    "rows_without_summary": _(
        "Rows without a summary: visitors see only their titles, because the texts themselves are not public."
    ),
    "disclosure_kept": _(
        "The file would let more people read this technology. Its level was left as it is: change it on the "
        "technology's own page."
    ),
    "texts_shortened": _("Titles or summaries that were too long; their full text is kept in the description."),
    "unchecked_holder": _(
        "An organisation of this name has registered itself and holds nothing yet: check it, then choose it by hand."
    ),
    "undecided_holder": _("It is not certain which organisation is meant: choose the holder by hand."),
    "unknown_holder": _("No organisation with this number is known: choose the holder by hand."),
    "holder_known_by_number": _(
        "The holder was found by its number or id; this name is not among its names. Check that it is meant."
    ),
    "holder_named_otherwise": _("The holder was found by its number or id; another organisation bears this name."),
    "holder_change": _("The file names another holder. It is changed only if you ask for it."),
    "other_holder": _("The technology with this id belongs to somebody else and was left as it is."),
    "looks_like_id": _("The id differs from that of a known technology only in capitals or dashes."),
    "looks_like_id_in_file": _("The id differs from that of an earlier row only in capitals or dashes."),
    "looks_like_row": _("Looks like an earlier row of the file: the same title."),
    "looks_like_technology": _("Looks like a technology that is there already."),
    "other_sheets": _("This sheet has columns that we know, too, and was not read."),
    "draft_would_be_public": _(
        "A draft that is there already. “Publish at once” makes all of it public as it stands now, also what others "
        "wrote in it: read it first."
    ),
    "stays_draft_changed": _(
        "This draft is not as it was when the file was checked, so it was not published: another person has to check "
        "and publish it."
    ),
    "stays_draft_own": _(
        "Whoever decided to publish the file had written a part of this draft, or sent it for review, so it stays: "
        "another person has to check and publish it."
    ),
    "stays_draft_unreadable": _("This draft has no title and summary in any language yet, so it was not published."),
    "stays_draft_repeats": _(
        "Its title or summary, which everybody reads, repeats the description, which not everybody may read. It "
        "stays a draft: write a title and a summary of their own."
    ),
    "new_holder": _("This organisation is not known yet and will be created."),
}


def message_for(code: str) -> str:
    return str(MESSAGES.get(code, code))


def failure_message(code: str, detail: str = "", row: int = 0, column: str = "") -> str:
    """Why the file as a whole was not read, with the place where that is known."""
    places = [_("row %(row)s") % {"row": row}] if row else []
    places += [column] if column else []
    said = "" if detail == str(row) else detail
    return " ".join(filter(None, (", ".join(map(str, places)) + ":" if places else "", message_for(code), said)))
