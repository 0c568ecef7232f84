"""Figures of access to information: counts, the lists behind them, what they are called."""

from infitah.information.queries.figures.conditions import CONDITIONS
from infitah.information.queries.figures.counting import forget_figures, tally_of, years_of
from infitah.information.queries.figures.data import (
    FIGURE_COLUMNS,
    REQUEST_COLUMNS,
    Cell,
    figure_rows,
    request_rows,
    rows_of,
)
from infitah.information.queries.figures.names import law_code, name_of
from infitah.information.queries.figures.page import (
    FiguresPage,
    FigureView,
    Section,
    address_in,
    figure_view,
    figures_page,
    live_page,
)
from infitah.information.queries.figures.portal import PortalMonth, portal_months
from infitah.information.queries.figures.report import (
    Moved,
    ReportPage,
    Signature,
    moved_since,
    report_address_of,
    report_bearers,
    report_content,
    report_of,
    report_page,
    report_title,
    reports_of,
    url_of_report,
)
from infitah.information.queries.figures.rows import (
    FigureList,
    RequestRow,
    figure_list,
    public_rows,
)
from infitah.information.queries.figures.told import Told, told_in, told_of

__all__ = [
    "CONDITIONS",
    "FIGURE_COLUMNS",
    "REQUEST_COLUMNS",
    "Cell",
    "FigureList",
    "FigureView",
    "FiguresPage",
    "Moved",
    "PortalMonth",
    "ReportPage",
    "RequestRow",
    "Section",
    "Signature",
    "Told",
    "address_in",
    "figure_list",
    "figure_rows",
    "figure_view",
    "figures_page",
    "forget_figures",
    "law_code",
    "live_page",
    "moved_since",
    "name_of",
    "portal_months",
    "public_rows",
    "report_address_of",
    "report_bearers",
    "report_content",
    "report_of",
    "report_page",
    "report_title",
    "reports_of",
    "request_rows",
    "rows_of",
    "tally_of",
    "told_in",
    "told_of",
    "url_of_report",
    "years_of",
]
