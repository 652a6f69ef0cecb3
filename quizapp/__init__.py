"""quizapp: timed interview-preparation quizzes that say what to revisit next, and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.config import Config


# Imported inside, so that the domain can be used, and tested, without loading the web.


def create_app(config: "Config | None" = None) -> "Flask":
    """The whole service with its commands. Raises ConfigError for a setting that cannot be used."""
    from quizapp import cli
    from quizapp.factory import make_app

    app = make_app(config)
    cli.init_app(app)
    return app
