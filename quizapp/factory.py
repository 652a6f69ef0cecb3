"""Where the parts meet: settings, database, web and commands become one Flask app."""

from flask import Flask

from quizapp import cli, web
from quizapp.config import ROOT, Config
from quizapp.db import alembic, db, prepare_engine
from quizapp.services.passwords import Passwords


def make_app(config: Config | None) -> Flask:
    """The app over ``config``, or over the environment's settings. Raises ConfigError."""
    config = config or Config.from_environment()
    app = Flask("quizapp", template_folder="web/templates", static_folder="web/static")
    app.config.from_mapping(_flask_settings(config))
    app.extensions["quizapp"] = config
    app.extensions["quizapp.passwords"] = Passwords(config.hash_memory_kib)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    alembic.init_app(app)
    web.init_app(app)
    cli.init_app(app)
    return app


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SITE_NAME": config.site_name,
        "SQLALCHEMY_ENGINES": {
            "default": {
                "url": config.database_url,
                # A server may have gone away and come back; a file cannot.
                "pool_pre_ping": not config.database_url.startswith("sqlite"),
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
        "WTF_CSRF_TIME_LIMIT": None,
        "PREFERRED_URL_SCHEME": "https" if config.is_secure else "http",
    }
