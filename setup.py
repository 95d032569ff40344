"""The build: what pyproject.toml says, and before it the catalogues, which are made from what the translators write."""

from pathlib import Path
from typing import ClassVar

from setuptools import setup
from setuptools.command.build import build
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build):
    """Makes the `.mo` beside each `.po` by Babel's own command: for a wheel and for an install that can be edited."""

    sub_commands: ClassVar = [("compile_catalog", None), *build.sub_commands]


class BuildWithTexts(build_py):
    """Puts what the window shows of the root of the sources beside its code, into the wheel."""

    def run(self) -> None:
        """Copy them after the modules."""
        super().run()
        if not self.editable_mode:
            self.copy_file("CHANGELOG.md", str(Path(self.build_lib) / "ui" / "CHANGELOG.md"))


setup(
    cmdclass={"build": BuildWithCatalogues, "build_py": BuildWithTexts},
    options={"compile_catalog": {"domain": "konak", "directory": "models/locale"}},
)
