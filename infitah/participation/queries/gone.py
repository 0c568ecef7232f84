"""What is still told of a comment that can no longer be read: the page under which it stood."""

from infitah.core.viewer import Viewer
from infitah.participation.models import Comment
from infitah.participation.queries.conversation import Asked, asked_subject


def subject_of_comment(
    *, viewer: Viewer, slug: str, idea: str = "", paragraph: int = 0, number: int
) -> Asked | None:
    """Return the idea or paragraph under which comment `number` was given, readable or not.

    None where no such number was given, or where nobody may read the subject. Two queries.
    """
    subject = asked_subject(
        viewer=viewer, slug=slug, idea=idea, paragraph=paragraph, language=viewer.language
    )
    if subject is None:
        return None
    under = {"idea__reference": idea} if idea else {"paragraph_id": paragraph}
    given = Comment.objects.filter(consultation=subject.consultation, number=number, **under)
    return subject if given.exists() else None
