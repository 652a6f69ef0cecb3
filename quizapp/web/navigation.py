"""The main navigation, by role."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user


@dataclass(frozen=True)
class NavItem:
    """One link of the main navigation."""

    href: str
    label: str
    icon: str
    current: bool


_LEARNER = (
    ("home.overview", "Overview", "home", ("home",)),
    ("quizzes.list_quizzes", "Practise", "play", ("quizzes",)),
    ("plan.show", "Plan", "calendar", ("plan",)),
    ("skills.list_skills", "Skills", "chart", ("skills", "readiness")),
    ("notebook.list_mistakes", "Notebook", "edit", ("notebook", "history", "attempts")),
)
_INSTRUCTOR = (
    ("uploads.list_uploads", "Question sets", "file", ("uploads",)),
    ("supervision.list_attempts", "Supervision", "list", ("supervision", "marking")),
)
_ADMIN = (("people.list_people", "People", "people", ("people",)),)


def init_app(app: Flask) -> None:
    """Gives every template ``navigation()``."""
    app.jinja_env.globals["navigation"] = _navigation


def _navigation() -> list[NavItem]:
    """The links for whoever is signed in; asked for only by pages that show them."""
    if not current_user.is_authenticated:
        return []
    user = current_user.user
    entries = (
        *_LEARNER,
        *(_INSTRUCTOR if user.is_instructor else ()),
        *(_ADMIN if user.is_admin else ()),
    )
    return [
        NavItem(url_for(endpoint), label, icon, (request.blueprint or "") in features)
        for endpoint, label, icon, features in entries
    ]
