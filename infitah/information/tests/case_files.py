"""Files of cases for tests, staged and kept as the desk does."""

from io import BytesIO

from infitah.core import files as stored_files
from infitah.information.models import CaseFile
from infitah.information.operations import files
from infitah.information.tests.asked import NOW, OFFICER

TEXT = "محضر الدورة العادية لشهر يناير"


def stage(community_key, text=TEXT, name="minutes.txt"):
    """Return a staged file of plain text."""
    return stored_files.stage(
        BytesIO(text.encode()), community_key=community_key, name=name, now=NOW
    )


def staged(request, text=TEXT, *, title="", role="source", name="minutes.txt", **more):
    """Return a file of the case that nobody looked into yet."""
    stored = stage(request.community.key, text, name)
    return files.keep_file(
        request=request, key=str(stored.key), role=role, title=title, by=OFFICER, now=NOW, **more
    )


def checked_file(request, *, title="وثيقة", findings=(), **more):
    """Return a file of the case that was looked into."""
    file = staged(request, f"{title} {CaseFile.objects.count()}", title=title, **more)
    file.findings, file.checked_at = list(findings), NOW
    file.save()
    return file
