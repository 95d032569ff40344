"""What the tests of these pages share."""

from tests.ui.departures.windows import picture

__all__ = ["picture"]
