"""Figures of access to information: counts, the lists behind them, what they are called."""

from infitah.information.queries.figures.conditions import CONDITIONS
from infitah.information.queries.figures.counting import forget_figures, tally_of, years_of
from infitah.information.queries.figures.data import (
    FIGURE_COLUMNS,
    REQUEST_COLUMNS,
    Cell,
    figure_rows,
    request_rows,
)
from infitah.information.queries.figures.names import law_code, name_of
from infitah.information.queries.figures.page import (
    FiguresPage,
    FigureView,
    Section,
    address_in,
    figure_view,
    figures_page,
)
from infitah.information.queries.figures.rows import (
    FigureList,
    RequestRow,
    figure_list,
    public_rows,
)

__all__ = [
    "CONDITIONS",
    "FIGURE_COLUMNS",
    "REQUEST_COLUMNS",
    "Cell",
    "FigureList",
    "FigureView",
    "FiguresPage",
    "RequestRow",
    "Section",
    "address_in",
    "figure_list",
    "figure_rows",
    "figure_view",
    "figures_page",
    "forget_figures",
    "law_code",
    "name_of",
    "public_rows",
    "request_rows",
    "tally_of",
    "years_of",
]
