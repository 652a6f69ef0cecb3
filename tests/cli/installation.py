"""An installation as its commands find it: settings, database file, backups."""

from pathlib import Path

from click.testing import Result
from flask import Flask
from sqlalchemy import make_url

from quizapp.config import Config


def run(app: Flask, *command: str) -> Result:
    return app.test_cli_runner().invoke(args=command)


def config_of(app: Flask) -> Config:
    config: Config = app.extensions["quizapp"]
    return config


def file_of(app: Flask) -> Path:
    return Path(make_url(config_of(app).database_url).database or "")


def backups_of(app: Flask) -> list[Path]:
    return sorted((config_of(app).instance_folder / "backups").iterdir())
