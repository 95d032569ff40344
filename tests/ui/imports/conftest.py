"""What the tests of these pages share."""

from tests.ui.selection.conftest import programme, small, small_file

__all__ = ["programme", "small", "small_file"]
