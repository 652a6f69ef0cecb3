"""Scripts, styles, fonts and the icon, as built: under names that change with their content."""

import json
from functools import lru_cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, url_for
from whitenoise import WhiteNoise

from quizapp.web.headers import ONE_YEAR

FOR_EVER = f"public, max-age={ONE_YEAR}, immutable"


def init_app(app: Flask) -> None:
    """Templates have ``static(name)``, the address of a file of the static folder as it was built,
    or as it stands there where nothing was. What was built goes out compressed, and is never asked
    for again; the rest is served by Flask, and asked for at each visit.
    """
    vendor = Path(app.static_folder or "", "vendor")
    built = _read(vendor / "manifest.json")
    app.jinja_env.globals["static"] = lru_cache(
        lambda name: url_for("static", filename=built.get(name, name))
    )
    if built:
        served = WhiteNoise(app.wsgi_app, allow_all_origins=False, add_headers_function=_keep)
        served.add_files(vendor / "assets", prefix=f"{app.static_url_path}/vendor/assets/")
        app.wsgi_app = served  # type: ignore[method-assign]


def _read(manifest: Path) -> dict[str, str]:
    """Which file became which, both relative to the static folder."""
    if not manifest.exists():
        return {}
    names: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    return names


def _keep(headers: Headers, _path: str, _address: str) -> None:
    headers["Cache-Control"] = FOR_EVER
