"""HTTP and HTML: everything a browser touches, and nothing that decides."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from quizapp import markup
from quizapp.domain.mastery import TARGET
from quizapp.web import (
    accounts,
    addresses,
    assets,
    attempts,
    charts,
    errors,
    headers,
    history,
    home,
    images,
    marking,
    navigation,
    notebook,
    origins,
    people,
    plan,
    quizzes,
    readiness,
    reviews,
    signing_in,
    skill_squares,
    skills,
    supervision,
    uploads,
    verdicts,
    words,
)

csrf = CSRFProtect()

FEATURES = (
    home,
    accounts,
    quizzes,
    attempts,
    images,
    history,
    notebook,
    skills,
    readiness,
    plan,
    uploads,
    supervision,
    marking,
    people,
)


def init_app(app: Flask) -> None:
    """Registers every feature, the sign-in, the guards and the words of the templates."""
    addresses.init_app(app)
    csrf.init_app(app)
    signing_in.init_app(app)
    assets.init_app(app)
    headers.init_app(app)  # after the assets, so that they carry the headers too
    origins.init_app(app)
    errors.init_app(app)
    navigation.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    app.jinja_env.globals.update(
        markup=markup.render,
        markup_inline=markup.render_inline,
        code_line=markup.highlighted_line,
        markup_pieces=markup.render_pieces,
        charts=charts,
        now=signing_in.now,
        judgement=words.judgement,
        reviews=reviews,
        said_and_right=words.said_and_right,
        skill_points=words.skill_points,
        skill_squares=skill_squares,
        trend_points=words.trend_points,
        verdicts=verdicts,
        TARGET=TARGET,
    )
    app.jinja_env.filters.update(
        awaiting=words.awaiting,
        clock=words.clock,
        day=words.day,
        moment=words.moment,
        minutes=words.minutes,
        number=words.number,
        signed=words.signed,
        spoken=markup.spoken,
        share=words.share,
        time_of_day=words.time_of_day,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
