"""Publishing: one year's document of the sample, put together and written in every form."""

from pathlib import Path

from benchmarks.files import SAMPLE
from benchmarks.job import BUDGET, Job, Rival, command, task
from benchmarks.jobs import Place

FORMS = ("docx", "pdf", "xlsx", "html", "md", "csv", "json")
PUBLISH = (
    "publish",
    "--year",
    "2024",
    "--measure",
    "initial",
    "--as-of",
    "2024-02-28",
    "--out",
    "/nowhere",
    "--dry-run",
)


def jobs(place: Place) -> list[Job]:
    """The whole command, the document, each form."""
    sample = place.files.path(SAMPLE, 0)
    whole = command("budget", BUDGET, "--ledger", sample, *PUBLISH)
    assembled = task("budget", "publishing:assemble", ledger=sample)
    return [
        Job("publish", "budget publish, every form, dry run, whole process", whole, ()),
        Job("publish-document", "the document put together, in process", assembled, ()),
        *(_form(sample, form) for form in FORMS),
    ]


def _form(sample: Path, form: str) -> Job:
    ours = task("budget", "publishing:write", ledger=sample, form=form)
    page = task("WeasyPrint, of its page", "publishing:weasyprint", needs="weasyprint", ledger=sample)
    rivals = (Rival(page, 1 / 3),) if form == "pdf" else ()
    return Job(f"publish-{form}", f"the document as {form}, in process", ours, rivals)
