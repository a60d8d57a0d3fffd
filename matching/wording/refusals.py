"""Why something about technologies is refused, in words."""

from django.utils.translation import gettext_lazy as _

from matching.enums import TechnologyRefusal as Refused

SENTENCES = {
    # Moves of a profile
    Refused.IS_MERGED: _("This record was merged into another one and stays in the archive."),
    Refused.NOT_FROM_THIS_STATE: _("This is not possible from the state “%(state)s”."),
    Refused.NOTHING_TO_READ: _("Write the title and the summary in at least one language first."),
    Refused.SUMMARY_REPEATS: _(
        "The summary, which everybody reads, repeats the description, which not everybody may read (%(language)s). "
        "Write a summary of its own first."
    ),
    Refused.TITLE_REPEATS: _(
        "The title, which everybody reads, repeats the description, which not everybody may read (%(language)s). "
        "Write a title of its own first."
    ),
    Refused.SENT_BY_THE_SAME: _("You sent this profile for review, so another person has to check and publish it."),
    Refused.WRITTEN_BY_THE_SAME: _("You wrote a part of it, so another person has to check and publish it."),
    Refused.FILE_OF_THE_SAME: _(
        "You uploaded this file or said how it is to be read, so another person has to decide to publish it at once. "
        "Without that everything new is kept as a draft."
    ),
    Refused.SECOND_SOURCE: _("Only one text can be the source, and now it is the text in: %(language)s."),
    # Changes that wait for a second person
    Refused.CHANGE_IS_DECIDED: _("This change does not wait for approval any more."),
    Refused.NOT_PUBLISHED: _("The technology is not published any more."),
    Refused.NO_REASON: _("Say what has to be different."),
    # Two records of one technology
    Refused.DIFFERENT_HOLDERS: _("They have different holders: decide first whose technology it is."),
    Refused.ARCHIVED_CANNOT_STAY: _(
        "An archived record cannot stay: choose the other one, or take it out of the archive."
    ),
    Refused.ONE_IS_MERGED: _("One of them was merged already."),
    Refused.CHANGE_WAITS: _("A change of the record that goes is waiting for a second person: decide it first."),
    Refused.ASKED_FOR_BOTH: _("“%(name)s” has a pending request for both: close one of them first."),
    # Two records of one organisation
    Refused.BOTH_HAVE_ASKED: _("Both have a pending request for “%(title)s”: close one of them first."),
    Refused.ONE_ASKED_THE_OTHER: _("One has a pending request for “%(title)s” of the other: close it first."),
}
