"""Every setting: name, default, unit, meaning. Read from the environment as ``QUIZAPP_<NAME>``.

A bad value stops the start with a sentence: a service that guesses what was meant loses data later.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from quizapp.clock import ANCHOR

PREFIX = "QUIZAPP_"
ROOT = Path(__file__).resolve().parent.parent
MINIMUM_SECRET_LENGTH = 32
RUNNERS = ("auto", "full", "light", "off")


class ConfigError(Exception):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True)
class Config:
    """The settings of one running app."""

    instance_folder: Path = ROOT / "instance"
    """Where the SQLite file and the generated secret live."""
    questions_folder: Path = ROOT / "questions"
    """The taxonomy and the item banks that `flask bank load` reads."""
    database_url: str = ""
    """SQLAlchemy URL; by default the file `quizapp.sqlite` in the instance folder."""
    secret_key: str = ""
    """Signs cookies, at least 32 characters; by default generated once into the instance folder."""
    public_url: str = ""
    """Where people reach the service, by default host and port; https makes cookies Secure."""
    site_name: str = "Prep"
    """What the pages call the service."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8000
    """Port to listen on, 1..65535."""
    workers: int = 2
    """Server processes, 1..64."""
    threads: int = 2
    """Threads of each process that work on requests, 1..64; each has a database connection."""
    max_upload_bytes: int = 2 * 1024 * 1024
    """Largest question file, in bytes."""
    save_grace_seconds: int = 60
    """How long after the deadline a save that was under way still counts, in seconds."""
    close_interval_seconds: int = 30
    """How often the server closes overdue attempts, in seconds."""
    runner: str = "auto"
    """What runs learners' code: `auto`, by the memory that is free; `full`, `light`, or `off`."""
    runner_workers: int = 0
    """Programs of learners that run at the same time, 0..64; 0 is as many as there are cores."""
    runner_cache: Path = Path()
    """Where the code runner keeps 0.5 GB of compiled code; by default `runner` in the instance."""
    runs_per_minute: int = 10
    """How often a learner may run the tests of their code in a minute, 1..600."""
    sign_in_days: int = 30
    """A sign-in ends after so many days, whatever happens."""
    idle_hours: int = 12
    """A sign-in ends after so many hours without a request, unless an attempt is open."""
    hash_memory_kib: int = 19456
    """Memory of one argon2id password hash, in KiB (OWASP: 19456 with two passes, one lane)."""

    @property
    def is_secure(self) -> bool:
        """True when people reach the service by https."""
        return self.public_url.startswith("https://")

    @property
    def sign_in_lifetime(self) -> timedelta:
        return timedelta(days=self.sign_in_days)

    @property
    def save_grace(self) -> timedelta:
        return timedelta(seconds=self.save_grace_seconds)

    @property
    def runner_socket(self) -> Path:
        """Where the code runner of this server listens; two servers have two ports."""
        return self.instance_folder / f"runner-{self.port}.sock"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **more: Any) -> "Config":
        """The settings of ``environment``, with ``more`` on top. Raises ConfigError."""
        known = {PREFIX + field.name.upper(): field for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith(PREFIX) or name in _NOT_SETTINGS:
                continue
            if name not in known:
                raise ConfigError(f"{name} is not a setting. Settings: {', '.join(sorted(known))}.")
            values[known[name].name] = _READERS[type(known[name].default)](name, text)
        return cls(**{**values, **more}).completed()

    def completed(self) -> "Config":
        """These settings, checked, with generated ones filled in. Raises ConfigError."""
        self._check()
        database_url = self.database_url or f"sqlite:///{self.instance_folder / 'quizapp.sqlite'}"
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["database_url"] = _database_url(database_url)
        values["public_url"] = self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"
        if self.runner_cache == Path():
            values["runner_cache"] = self.instance_folder / "runner"
        values["secret_key"] = self.secret_key or _generated_secret(self.instance_folder)
        return Config(**values)

    def _check(self) -> None:
        _check_range("PORT", self.port, 1, 65_535)
        _check_range("WORKERS", self.workers, 1, 64)
        _check_range("THREADS", self.threads, 1, 64)
        _check_range("MAX_UPLOAD_BYTES", self.max_upload_bytes, 1_000, 100_000_000)
        _check_range("SAVE_GRACE_SECONDS", self.save_grace_seconds, 0, 600)
        _check_range("CLOSE_INTERVAL_SECONDS", self.close_interval_seconds, 1, 3_600)
        _check_range("RUNNER_WORKERS", self.runner_workers, 0, 64)
        if self.runner not in RUNNERS:
            known = f"{', '.join(RUNNERS[:-1])} or {RUNNERS[-1]}"
            raise ConfigError(f"{PREFIX}RUNNER must be {known}, not {self.runner!r}.")
        _check_range("RUNS_PER_MINUTE", self.runs_per_minute, 1, 600)
        _check_range("SIGN_IN_DAYS", self.sign_in_days, 1, 365)
        _check_range("IDLE_HOURS", self.idle_hours, 1, 24 * 365)
        _check_range("HASH_MEMORY_KIB", self.hash_memory_kib, 8, 1_048_576)
        if self.secret_key and len(self.secret_key) < MINIMUM_SECRET_LENGTH:
            raise ConfigError(
                f"{PREFIX}SECRET_KEY is shorter than {MINIMUM_SECRET_LENGTH} characters. "
                "Leave it out to have one generated, or set a long random text."
            )
        if self.public_url and urlsplit(self.public_url).scheme not in ("http", "https"):
            raise ConfigError(f"{PREFIX}PUBLIC_URL must begin with http:// or https://.")


_NOT_SETTINGS = frozenset({"QUIZAPP_TEST_POSTGRES_URL", ANCHOR})


def _read_int(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"{name} must be a whole number, not {text!r}.") from None


def _read_text(name: str, text: str) -> str:
    if not text.strip():
        raise ConfigError(f"{name} is empty. Leave it out to use the default.")
    return text.strip()


def _read_path(name: str, text: str) -> Path:
    return Path(_read_text(name, text)).expanduser().resolve()


_READERS: Mapping[type, Callable[[str, str], Any]] = {
    int: _read_int,
    str: _read_text,
    type(ROOT): _read_path,
}


def _check_range(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ConfigError(f"{PREFIX}{name} must be from {low} to {high}, not {value}.")


def _database_url(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.partition("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise ConfigError(f"{PREFIX}DATABASE_URL must begin with sqlite:/// or postgresql://.")
    if scheme.startswith("sqlite"):
        if rest in ("", "/", "/:memory:"):
            raise ConfigError(f"{PREFIX}DATABASE_URL must name a file: sqlite:///quizapp.sqlite.")
        path = Path(rest.removeprefix("/")).resolve()
        return f"sqlite:///{path}"
    return f"postgresql+psycopg://{rest}"


def _generated_secret(folder: Path) -> str:
    """The secret in ``folder``, made on the first call; only its owner may read it."""
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(descriptor, "w") as file:
        secret = secrets.token_hex(32)
        file.write(secret)
    return secret


def _read_secret(path: Path) -> str:
    secret = path.read_text().strip()
    if len(secret) < MINIMUM_SECRET_LENGTH:
        raise ConfigError(f"{path} holds no whole secret. Delete it to have another one made.")
    return secret
