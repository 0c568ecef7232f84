"""The word index of PostgreSQL: a generated tsvector of configuration `simple`, with GIN."""

from collections.abc import Iterator, Sequence

from django.db import connection

from infitah.searchindex.engines.question import Forms, Probe, Question, scope

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

    def newest(self, probes: Sequence[Probe], where: Question) -> list[int]:
        """Return the ids of the newest texts that answer each probe, probe after probe."""
        condition, parameters = scope(where)
        one = f"""
            (SELECT text.id FROM searchindex_indexedtext text
             WHERE text.vector @@ %s::tsquery AND {condition}
             ORDER BY text.id DESC LIMIT %s)
        """  # noqa: S608
        values: list[str | int] = []
        for probe in probes:
            values += [_probed(probe), *parameters, probe.limit]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(probes)), values)
            return [pk for (pk,) in cursor.fetchall()]

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Yield each word and stem that the index holds with the number of its texts."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, ndoc FROM ts_stat('SELECT vector FROM searchindex_indexedtext')"
            )
            yield from cursor


def _probed(probe: Probe) -> str:
    where = ":AB" if probe.is_in_title else ""
    begun = [f"'{beginning}':*{where[1:]}" for beginning in probe.beginnings]
    groups = [[f"'{form}'{where}" for form in forms] for forms in probe.words]
    groups[-1] += begun
    return " & ".join(f"({' | '.join(group)})" for group in groups)


def _expression(question: Question) -> str:
    """Return the question in the language of tsquery; tokens hold no quotation marks."""
    groups = [_group(forms) for forms in question.words]
    if question.is_prefix:
        groups[-1] = f"'{question.words[-1][0]}':*AC"  # in words, not in stems
    return (" & " if question.joined == "all" else " | ").join(groups)


def _group(forms: Forms) -> str:
    return "(" + " | ".join(f"'{form}'" for form in forms) + ")"
