"""Entry point of servers and of the `flask` command: `flask --app wsgi`."""

from quizapp import create_app
from quizapp.config import ConfigError

try:
    app = create_app()
except ConfigError as error:
    raise SystemExit(f"quizapp cannot start: {error}") from None
