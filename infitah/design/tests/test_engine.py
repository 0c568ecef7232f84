"""What is finished is looked over: numbers in groups stay together on every page and in mails."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from infitah.design.engine import together


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ("<p>3 150 000 درهم</p>", "<p>3_150_000 درهم</p>"),
        ("<p>3 <mark>150</mark> 000</p>", "<p>3_<mark>150</mark>_000</p>"),
        ("<td>3</td> <td>150</td>", "<td>3</td> <td>150</td>"),
        ("<p>12 <b>150</b> 000</p>", "<p>12 <b>150</b> 000</p>"),
        ('<input value="3 150"><p>4 120</p>', '<input value="3 150"><p>4_120</p>'),
        ("<textarea>3 150</textarea> 4 120", "<textarea>3 150</textarea> 4_120"),
        ("<script>3 150</script><PRE>3 150</PRE>", "<script>3 150</script><PRE>3 150</PRE>"),
        ("<p>1 &lt; 3 150</p>", "<p>1 &lt; 3_150</p>"),
        ("<p>+212 5 35 66 00 00</p>", "<p>\u200e+212_5_35_66_00_00</p>"),
        (
            '<bdi class="phone">+212 5 35 66 00 00</bdi>',
            '<bdi class="phone">+212_5_35_66_00_00</bdi>',
        ),
    ],
)
def test_text_of_a_page_and_nothing_else(made: str, shown: str) -> None:
    assert together(made) == shown.replace("_", "\u00a0")


def test_every_template_is_looked_over() -> None:
    made = engines["django"].from_string("<p>{{ words }}</p>").render({"words": "<b>4 120"})
    assert made == "<p>&lt;b&gt;4\u00a0120</p>" and isinstance(made, SafeString)
    shown = render_to_string("design/empty_state.html", {"sentence": "لا شيء عن 3 150 000"})
    assert "3\u00a0150\u00a0000" in shown
