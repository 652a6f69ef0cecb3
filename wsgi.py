"""Entry point of servers and of the `flask` command: `flask --app wsgi`."""

from quizapp import create_app

app = create_app()
