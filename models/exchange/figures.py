"""The figures of a month as a table for a spreadsheet: names in the reader's language, numbers plain.

They are what a partner may have beside the report: the same rule shows and hides in both.
"""

from models.exchange.table_export import as_csv
from models.rules.figure_lines import lines
from models.rules.figures import MonthFigures
from models.rules.small_counts import shown_month
from models.rules.wording import figure
from models.text import Message, Translator


def figures_as_csv(figures: MonthFigures, tr: Translator) -> bytes:
    """The figures as CSV in UTF-8 with a mark, as spreadsheets know it: name, key, value."""
    rows = [(figure(name), of, value) for name, of, value in lines(shown_month(figures), tr)]
    written = [[tr.render(cell) if isinstance(cell, Message) else str(cell) for cell in row] for row in rows]
    return as_csv([tr("Figure"), tr("Of what"), tr("Value")], written)
