"""quizapp: timed interview-preparation quizzes that say what to revisit next, and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.config import Config


def create_app(config: "Config | None" = None) -> "Flask":
    """The whole service, ready to serve. Raises ConfigError for a setting that cannot be used."""
    # Imported here so that the domain can be used, and tested, without loading the web.
    from quizapp.factory import make_app

    return make_app(config)
