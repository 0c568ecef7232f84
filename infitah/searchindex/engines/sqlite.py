"""The word index of SQLite: FTS5, ranked by BM25."""

from collections.abc import Iterator, Sequence

from django.db import connection

from infitah.searchindex.engines.question import Forms, Probe, Question, scope

# Words of the title, words of the text, stems of the title, stems of the text.
WEIGHTS = "8.0, 3.0, 4.0, 1.0"


class FullText:
    """FTS5 over the table `searchindex_words`, kept by triggers."""

    def counts(self, forms: Sequence[str]) -> dict[str, int]:
        """Return how many texts hold each of `forms`, in whatever community."""
        marks = ", ".join(["%s"] * len(forms))
        sql = f"SELECT term, doc FROM searchindex_terms WHERE term IN ({marks})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, list(forms))
            return dict(cursor.fetchall())

    def best(self, question: Question, limit: int) -> list[tuple[int, float]]:
        """Return the ids of the best texts with their scores, the best first."""
        condition, parameters = scope(question)
        sql = f"""
            SELECT text.id, -bm25(searchindex_words, {WEIGHTS}) AS score
            FROM searchindex_words JOIN searchindex_indexedtext text
              ON text.id = searchindex_words.rowid
            WHERE searchindex_words MATCH %s AND {condition}
            ORDER BY score DESC, text.id LIMIT %s
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [_expression(question), *parameters, limit])
            return list(cursor.fetchall())

    def newest(self, probes: Sequence[Probe], where: Question) -> list[int]:
        """Return the ids of the newest texts that answer each probe, probe after probe."""
        condition, parameters = scope(where)
        one = f"""
            SELECT id FROM (
                SELECT text.id FROM searchindex_words JOIN searchindex_indexedtext text
                  ON text.id = searchindex_words.rowid
                WHERE searchindex_words MATCH %s AND {condition}
                ORDER BY searchindex_words.rowid DESC LIMIT %s
            )
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
            cursor.execute("SELECT term, doc FROM searchindex_terms")
            yield from cursor


def _probed(probe: Probe) -> str:
    groups = [_group(forms) for forms in probe.words]
    if probe.beginnings:
        begun = [f'"{beginning}"*' for beginning in probe.beginnings]
        groups[-1] = f"({' OR '.join([groups[-1], *begun])})"
    asked = " AND ".join(groups)
    return f"{{title_words title_stems}} : ({asked})" if probe.is_in_title else asked


def _expression(question: Question) -> str:
    """Return the question in the language of FTS5; tokens hold no quotation marks."""
    groups = [_group(forms) for forms in question.words]
    if question.is_prefix:
        groups[-1] = f'{{title_words body_words}} : "{question.words[-1][0]}"*'
    return (" AND " if question.joined == "all" else " OR ").join(groups)


def _group(forms: Forms) -> str:
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"
