"""Where Konak keeps what is its own on this workstation, beside the registers: settings, logs, what it has seen."""

import os
from pathlib import Path

from platformdirs import site_config_path, user_config_path, user_documents_path, user_log_path, user_state_path

_NAME = "konak"


def settings_file() -> Path:
    """The file of the settings."""
    return user_config_path(_NAME, appauthor=False) / "settings.json"


def computer_files() -> list[Path]:
    """The files in which the administrator of this computer sets what holds for all, the first of which counts most."""
    named = map(Path, os.environ.get("XDG_CONFIG_DIRS", "").split(os.pathsep))
    whole = [folder for folder in named if folder.is_absolute()]
    return [folder / _NAME / "settings.json" for folder in whole or [site_config_path()]]


def log_file() -> Path:
    """The file that faults are written to."""
    return user_log_path(_NAME, appauthor=False) / "konak.log"


def seen() -> Path:
    """The folder of what this workstation has seen of registers; see `models.store.seen`."""
    return user_state_path(_NAME, appauthor=False) / "registers"


def run_folder() -> Path:
    """The user's own folder for what holds while the window is open; never one that all users share."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    own = Path(given) if given else user_state_path(_NAME, appauthor=False) / "run"
    return own / _NAME if given else own


def new_register() -> Path:
    """Where a new register is proposed to lie: a folder that is not there yet."""
    home = user_documents_path()
    names = ["Konak", *(f"Konak {number}" for number in range(2, 100))]
    return next((home / name for name in names if not (home / name).exists()), home / "Konak")
