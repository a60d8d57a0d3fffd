"""Every status and kind of intake, matching and introductions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Field(models.TextChoices):
    """Fields of technology. The first six are those of the centre's own report."""

    METALS = "metals", _("Metals and materials")
    PROCESS = "process", _("Manufacturing process")
    IT = "it", _("Information technology")
    SPACE = "space", _("Space and aviation")
    MEDICAL = "medical", _("Medical")
    AI = "ai", _("Artificial intelligence")
    ELECTRONICS = "electronics", _("Electronics and optics")
    ENERGY = "energy", _("Energy")
    CHEMISTRY = "chemistry", _("Chemistry")
    BIO = "bio", _("Biotechnology")
    AGRIFOOD = "agrifood", _("Agriculture and food")
    ENVIRONMENT = "environment", _("Environment")
    MACHINERY = "machinery", _("Machinery and robotics")
    TRANSPORT = "transport", _("Transport and shipbuilding")
    CONSTRUCTION = "construction", _("Construction and resources")
    OTHER = "other", _("Other field")


class Direction(models.TextChoices):
    """Which way the technology moves: the centre's case 1 and case 2."""

    RUSSIA_TO_KOREA = "ru_kr", _("Case 1: Russia → Korea")
    KOREA_TO_RUSSIA = "kr_ru", _("Case 2: Korea → Russia")


class ReadinessLevel(models.IntegerChoices):
    """Technology readiness levels (TRL) in the plain words of the Korean national scale."""

    BASIC = 1, _("1 – Basic principle known")
    CONCEPT = 2, _("2 – Use described as an idea")
    PROOF = 3, _("3 – Idea proved in the laboratory")
    LABORATORY = 4, _("4 – Key performance measured in the laboratory")
    PROTOTYPE = 5, _("5 – Prototype made and tested")
    PILOT = 6, _("6 – Prototype tested at pilot scale")
    FIELD_TEST = 7, _("7 – Tested in the user's own conditions")
    CERTIFIED = 8, _("8 – Certified and ready for production")
    IN_USE = 9, _("9 – In commercial use")


class TransferMode(models.TextChoices):
    JOINT_DEVELOPMENT = "joint_development", _("Joint development")
    EXPERT_RECRUITMENT = "expert_recruitment", _("Expert recruitment")
    EQUIPMENT_IMPORT = "equipment_import", _("Equipment import")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    CONTRACT_RESEARCH = "contract_research", _("Contract research")
    LICENCE = "licence", _("Licence")
    EQUITY_IN_KIND = "equity_in_kind", _("Equity in kind")


class IprStatus(models.TextChoices):
    GRANTED = "granted", _("Patent granted")
    APPLIED = "applied", _("Patent applied for")
    COPYRIGHT = "copyright", _("Copyright or design right")
    SECRET = "secret", _("Know-how kept secret")
    NONE = "none", _("No protection")
    UNKNOWN = "unknown", _("Not known")


class DisclosureLevel(models.TextChoices):
    """Who may read the full profile. Title and summary of a published one are always public."""

    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members")
    NDA = "nda", _("After a non-disclosure agreement")


class Audience(models.IntegerChoices):
    """How much a reader, or a stored passage of text, is cleared for: a higher one sees more."""

    PUBLIC = 0, _("Public")
    MEMBERS = 1, _("Members")
    NDA = 2, _("After a non-disclosure agreement")
    CENTRE = 3, _("Centre staff")


# For whom the scores are made that are kept: their numbers, order and number tell nobody more than the
# texts that a member may read anyway. See docs/adr/0004.
LISTS_FOR = Audience.MEMBERS


class TechnologyState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ON_HOLD = "on_hold", _("On hold")
    ARCHIVED = "archived", _("Archived")


class Provenance(models.TextChoices):
    SOURCE = "source", _("Source text")
    HUMAN = "human", _("Translated by a person")
    MACHINE = "machine", _("Machine translation")


class DemandState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Emphasis(models.TextChoices):
    """How much a part of the score matters to a company."""

    LESS = "less", pgettext_lazy("matters", "Less")
    NORMAL = "normal", pgettext_lazy("matters", "As usual")
    MORE = "more", pgettext_lazy("matters", "More")


class MatchRequestState(models.TextChoices):
    SUBMITTED = "submitted", _("Received")
    IN_REVIEW = "in_review", _("Being examined")
    QUESTION = "question", _("Question to the company")
    ACCEPTED = "accepted", _("Accepted")
    INTRODUCED = "introduced", _("Introduced")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DeclineReason(models.TextChoices):
    TOO_EARLY = "too_early", _("The technology is at too early a stage")
    NO_BENEFIT = "no_benefit", _("No clear benefit over what exists")
    NOT_COMMERCIAL = "not_commercial", _("The route to a product is unclear")
    UNCLEAR = "unclear", _("The need or the description is unclear")
    HOLDER_UNAVAILABLE = "holder_unavailable", _("The holder cannot be reached or declines")
    ALREADY_TAKEN = "already_taken", _("The technology is already promised to another party")
    EXPORT_CONTROL = "export_control", _("Sanctions or export control do not allow it")
    OUT_OF_SCOPE = "out_of_scope", _("Outside what the centre supports")
    OTHER = "other", _("Another reason (see the note)")


class Verdict(models.TextChoices):
    """What somebody decided about a match. A request's steps are decisions, too."""

    NOT_RELEVANT = "not_relevant", _("Marked not relevant")
    PUT_BACK = "put_back", _("Put back into the list")
    REQUESTED = "requested", _("Introduction requested")
    ACCEPTED = "accepted", _("Request accepted")
    INTRODUCED = "introduced", _("Parties introduced")
    DECLINED = "declined", _("Request declined")
    WITHDRAWN = "withdrawn", _("Request withdrawn")


class NotRelevantReason(models.TextChoices):
    """Why a company takes a technology out of its list."""

    WRONG_FIELD = "wrong_field", _("It is for another field or use")
    MISREAD = "misread", _("Our words were misunderstood")
    TOO_EARLY = "too_early", _("Not ready enough for us")
    TOO_LATE = "too_late", _("Too finished: there is nothing left to develop together")
    KNOWN = "known", _("We know it already")
    OTHER = "other", _("Another reason")


class Likeness(models.TextChoices):
    """How much an existing technology is like one that is being written, the strongest first."""

    SAME = "same", _("Almost certainly the same")
    VERY = "very", _("Very similar")
    SOME = "some", _("Similar")


class RequestEventKind(models.TextChoices):
    """What one entry on a match request's thread records."""

    MESSAGE = "message", _("Message")
    STATE = "state", _("Change of state")
    OWNER = "owner", _("Change of owner")
    DUE = "due", _("Change of due date")
    INTRODUCTION = "introduction", _("Introduction")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Waiting for the check")
    ASKING = "asking", _("Waiting for what you know about the file")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked: waiting for your decision")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ImportPolicy(models.TextChoices):
    """What happens when some rows of a file have errors."""

    GOOD_ROWS = "good_rows", _("Import the good rows")
    ALL_OR_NOTHING = "all_or_nothing", _("Import nothing if any row has an error")


class RunState(models.TextChoices):
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


class PartStep(models.TextChoices):
    COMPARE = "compare", _("comparing")
    WRITE = "write", _("writing")


class ChangeState(models.TextChoices):
    """Of a change to what the public reads: it waits for a second person, or for those who wrote it."""

    OPEN = "open", pgettext_lazy("change", "Waits for a second person")
    RETURNED = "returned", pgettext_lazy("change", "Returned")
    APPROVED = "approved", pgettext_lazy("change", "Approved")
    DROPPED = "dropped", pgettext_lazy("change", "Dropped")
    # The profile left the public meanwhile: the change went into its draft.
    MERGED = "merged", pgettext_lazy("change", "Taken into the draft")


class PublicationKind(models.TextChoices):
    """How something came into the public."""

    REVIEW = "review", pgettext_lazy("publication", "Published")
    CHANGE = "change", pgettext_lazy("publication", "Change published")
    IMPORT = "import", pgettext_lazy("publication", "Published at once by an import")
    COMMAND = "command", pgettext_lazy("publication", "Published by a command of the operator")
    SAMPLE = "sample", pgettext_lazy("publication", "Published with the sample catalogue")


class TechnologyRefusal(StrEnum):
    """Codes; their sentences stand in wording/refusals.py."""

    IS_MERGED = "technology_is_merged"
    NOT_FROM_THIS_STATE = "technology_not_from_this_state"
    NOTHING_TO_READ = "technology_nothing_to_read"
    SUMMARY_REPEATS = "technology_summary_repeats"
    TITLE_REPEATS = "technology_title_repeats"
    SENT_BY_THE_SAME = "technology_sent_by_the_same"
    WRITTEN_BY_THE_SAME = "technology_written_by_the_same"
    FILE_OF_THE_SAME = "technology_file_of_the_same"
    SECOND_SOURCE = "technology_second_source"
    CHANGE_IS_DECIDED = "technology_change_is_decided"
    NOT_PUBLISHED = "technology_not_published"
    NO_REASON = "technology_no_reason"
    DIFFERENT_HOLDERS = "technology_different_holders"
    ARCHIVED_CANNOT_STAY = "technology_archived_cannot_stay"
    ONE_IS_MERGED = "technology_one_is_merged"
    CHANGE_WAITS = "technology_change_waits"
    ASKED_FOR_BOTH = "technology_asked_for_both"
    BOTH_HAVE_ASKED = "technology_both_have_asked"
    ONE_ASKED_THE_OTHER = "technology_one_asked_the_other"
