"""The build: what pyproject.toml says, and before it the catalogues, which are made from what the translators write."""

from typing import ClassVar

from setuptools import setup
from setuptools.command.build import build


class BuildWithCatalogues(build):
    """Makes the `.mo` beside each `.po` by Babel's own command: for a wheel and for an install that can be edited."""

    sub_commands: ClassVar = [("compile_catalog", None), *build.sub_commands]


setup(
    cmdclass={"build": BuildWithCatalogues},
    options={"compile_catalog": {"domain": "konak", "directory": "models/locale"}},
)
