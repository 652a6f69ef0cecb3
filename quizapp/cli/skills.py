"""Commands over the skill model: beliefs made anew, parameters fitted, listed and restored."""

import time
from collections.abc import Iterable
from typing import NamedTuple

import click
from flask import current_app
from flask.cli import AppGroup

from quizapp.cli.closing import clock_of
from quizapp.cli.failures import told_plainly
from quizapp.db import db
from quizapp.db.transaction import transaction
from quizapp.services import model_editions, rebuilding
from quizapp.services.rebuilding import Change

skills = AppGroup("skills", help="The skill model.")

TRIES = 3
SECONDS_BETWEEN_REPORTS = 20.0


class Rebuilding(NamedTuple):
    """What became of one learner."""

    answers: int
    change: Change


@skills.command()
@click.option("--learner", "email", help="Of this e-mail address alone.")
def rebuild(email: str | None) -> None:
    """Make beliefs and readiness anew from the stored answers; the site may run meanwhile."""
    with told_plainly():
        ids = [rebuilding.learner_id(db.session, email)] if email else None
        rebuild_learners(rebuilding.learner_ids(db.session) if ids is None else ids)


@skills.command()
@click.option("--dry-run", is_flag=True, help="Only say whether a fit would be better.")
@click.option("--seed", type=int, default=0, show_default=True, help="Draws who is held out.")
def fit(*, dry_run: bool, seed: int) -> None:
    """Fit the model's parameters to all answers; they go live if they are better."""
    from quizapp.cli import skill_fitting  # noqa: PLC0415 - loads NumPy, which no server wants

    with told_plainly():
        found, trial = skill_fitting.tried(seed)
        skill_fitting.told(trial)
        if not trial.is_won:
            click.echo("The fit is no better, so everything stays as it is.")
        elif dry_run:
            click.echo("The fit is better. Without --dry-run it would go live.")
        else:
            edition_id = skill_fitting.published(found, trial, clock_of(current_app).now())
            click.echo(f"The fit is better, and live as edition {edition_id}.")
            rebuild_learners(rebuilding.learner_ids(db.session))


@skills.command()
def editions() -> None:
    """List the parameters that were ever live; 0 are those built in."""
    with told_plainly():
        found = model_editions.editions(db.session)
    for each in found:
        click.echo(
            f"{'*' if each.is_live else ' '} {each.id:>3}  {each.fitted_at:%Y-%m-%d %H:%M}  "
            f"{each.answers:,} answers of {each.learners:,} learners: {each.rung}; "
            f"log loss {each.champion_loss:.4f} -> {each.challenger_loss:.4f}"
        )
    click.echo(f"{' ' if any(each.is_live for each in found) else '*'}   0  built in")


@skills.command()
@click.argument("edition_id", metavar="ID", type=click.IntRange(min=0))
def restore(edition_id: int) -> None:
    """Make edition ID live again, 0 for what is built in, and all beliefs anew by it."""
    with told_plainly():
        with transaction() as session:
            if edition_id:
                model_editions.restore(session, edition_id)
            else:
                model_editions.restore_built_in(session)
        click.echo(f"Edition {edition_id} is live.")
        rebuild_learners(rebuilding.learner_ids(db.session))


def rebuild_learners(ids: Iterable[int]) -> None:
    """Beliefs and readiness of these learners are made anew, and what that changed is said."""
    ids = list(ids)
    done: list[Rebuilding] = []
    said_at = time.monotonic()
    for user_id in ids:
        done.append(_rebuild(user_id))
        if time.monotonic() - said_at > SECONDS_BETWEEN_REPORTS:
            said_at = time.monotonic()
            click.echo(f"  {len(done):,} of {len(ids):,} learners")
    answers = sum(each.answers for each in done)
    click.echo(f"Rebuilt: {len(done):,} learners, {answers:,} answers; {_changes(done)}.")


def _rebuild(user_id: int) -> Rebuilding:
    """Reads and computes without a lock; again where an answer came in between."""
    for _ in range(TRIES):
        made = rebuilding.rebuilt(db.session, user_id)
        with transaction() as session:
            change = rebuilding.store(session, user_id, made)
        if change is not None:
            return Rebuilding(len(made.evidence), change)
    with transaction() as session:
        made, change = rebuilding.rebuild_held(session, user_id)
    return Rebuilding(len(made.evidence), change)


def _changes(done: Iterable[Rebuilding]) -> str:
    changed = [each.change for each in done if each.change.nodes]
    if not changed:
        return "nothing changed"
    nodes, most = sum(each.nodes for each in changed), max(each.most_logits for each in changed)
    return f"changed: {nodes:,} beliefs about {len(changed):,} learners, by {most:.3g} at most"
