"""Where the parts meet: settings, database and web become one Flask app."""

from inspect import iscoroutinefunction

from flask import Flask

from quizapp import clock, web
from quizapp.config import ROOT, Config
from quizapp.db import db, prepare_engine
from quizapp.services import runner_state
from quizapp.services.passwords import Passwords


def make_app(config: Config | None) -> Flask:
    """The app over ``config``, or over the environment's settings. Raises ConfigError."""
    config = config or Config.from_environment()
    app = Flask("quizapp", template_folder="web/templates", static_folder="web/static")
    app.config.from_mapping(_flask_settings(config))
    app.extensions["quizapp"] = config
    app.extensions["quizapp.clock"] = clock.from_environment()
    app.extensions["quizapp.passwords"] = Passwords(config.hash_memory_kib)
    db.init_app(app)
    _close_no_async_sessions(app)
    with app.app_context():
        prepare_engine(db.engine)
        if config.runner != "off":
            runner_state.use_socket(db.engine, config.runner_socket)
    web.init_app(app)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SITE_NAME": config.site_name,
        "SQLALCHEMY_ENGINES": {
            "default": {
                "url": config.database_url,
                **_pool(config),
            }
        },
        "ALEMBIC": {"script_location": str(ROOT / "migrations")},
        "ALEMBIC_CONTEXT": {"render_as_batch": True, "transactional_ddl": True},
        "MAX_CONTENT_LENGTH": config.max_upload_bytes + 100_000,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1_000,
        # Cookies know no ports: two servers on one machine must not sign each other's people out.
        "SESSION_COOKIE_NAME": "__Host-quizapp" if config.is_secure else f"quizapp-{config.port}",
        "SESSION_COOKIE_SECURE": config.is_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": config.sign_in_days * 86_400,
        "SESSION_REFRESH_EACH_REQUEST": False,  # a sign-in ends when the server says so
        "WTF_CSRF_TIME_LIMIT": None,
        "PREFERRED_URL_SCHEME": "https" if config.is_secure else "http",
    }


def _close_no_async_sessions(app: Flask) -> None:
    """Takes the extension's async clean-up away: it starts a thread at the end of every request,
    for sessions that nobody here opens.
    """
    app.teardown_appcontext_funcs[:] = [
        each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)
    ]


# A server that is gone without a word is noticed in seconds, not in TCP's quarter of an hour.
_WATCH = {
    "tcp_user_timeout": 4000,  # milliseconds
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
}


def _pool(config: Config) -> dict[str, object]:
    """A connection for each thread; a server may go away and come back, a file cannot."""
    common: dict[str, object] = {
        "pool_size": config.threads + 1,
        "pool_timeout": 5,
        "hide_parameters": True,  # answers and tokens have no place in a log
    }
    if config.database_url.startswith("sqlite"):
        return common
    limits = "-c lock_timeout=4000 -c idle_in_transaction_session_timeout=60000"
    return {
        **common,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": 4, "options": limits, **_WATCH},
    }
