"""The word index of PostgreSQL: a generated tsvector of configuration `simple`, with GIN."""

from collections.abc import Sequence

from django.db import connection

from infitah.searchindex.engines.question import Forms, Question, scope

# Stems of the text, words of the text, stems of the title, words of the title.
WEIGHTS = "{0.1, 0.35, 0.5, 1.0}"
COUNTED = 2000
"""Texts after which a word is simply frequent: counting further would read the whole index."""


class FullText:
    """tsvector in the column `vector`; ts_rank with normalisation 1 (performance.md 5)."""

    def counts(self, forms: Sequence[str]) -> dict[str, int]:
        """Return how many texts hold each of `forms`, up to COUNTED, in whatever community."""
        sql = """
            SELECT form, (
                SELECT count(*) FROM (
                    SELECT 1 FROM searchindex_indexedtext
                    WHERE vector @@ plainto_tsquery('simple', form) LIMIT %s
                ) AS holding
            ) FROM unnest(%s::text[]) AS form
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [COUNTED, list(forms)])
            return dict(cursor.fetchall())

    def best(self, question: Question, limit: int) -> list[tuple[int, float]]:
        """Return the ids of the best texts with their scores, the best first."""
        condition, parameters = scope(question)
        sql = f"""
            SELECT text.id, ts_rank('{WEIGHTS}', text.vector, asked, 1) AS score
            FROM searchindex_indexedtext text, to_tsquery('simple', %s) AS asked
            WHERE text.vector @@ asked AND {condition}
            ORDER BY score DESC, text.id LIMIT %s
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [_expression(question), *parameters, limit])
            return list(cursor.fetchall())


def _expression(question: Question) -> str:
    """Return the question in the language of tsquery; tokens hold no quotation marks."""
    groups = [_group(forms) for forms in question.words]
    if question.is_prefix:
        groups[-1] = f"'{question.words[-1][0]}':*AC"  # in words, not in stems
    return (" & " if question.joined == "all" else " | ").join(groups)


def _group(forms: Forms) -> str:
    return "(" + " | ".join(f"'{form}'" for form in forms) + ")"
