"""Items that ask nothing: worth 0, and without a response."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# By table: what was checked, and what is
CHECKS = {
    "item_revision": (
        {"points_are_positive": "points > 0"},
        {"points_are_not_negative": "points >= 0"},
    ),
    "response": (
        {"max_points_are_positive": "max_points > 0"},
        {
            "max_points_are_not_negative": "max_points >= 0",
            "nothing_is_given_where_nothing_is_asked": "max_points > 0 OR (value IS NULL AND score"
            " IS NULL AND points IS NULL AND confidence IS NULL AND NOT is_flagged)",
        },
    ),
}
# Where this migration was undone, there may be descriptions already. Rounded: 1.9 - 1 is less than
# 0.9, the points of somebody who reached all of them.
TAKE_OUT = """
    UPDATE attempt SET max_points = round(CAST(max_points - found.points AS NUMERIC), 2)
    FROM (
        SELECT attempt_id, sum(max_points) AS points
        FROM response JOIN item_revision ON item_revision.id = item_revision_id
        WHERE kind = 'description' GROUP BY attempt_id
    ) AS found
    WHERE found.attempt_id = attempt.id
"""
UNSCORE = """
    UPDATE response SET max_points = 0, score = NULL, points = NULL
    WHERE item_revision_id IN (SELECT id FROM item_revision WHERE kind = 'description')
"""
# Before it, nothing could be worth 0: a description is a question that was left blank.
PUT_IN = """
    UPDATE attempt SET max_points = max_points + found.number
    FROM (
        SELECT attempt_id, count(*) AS number FROM response WHERE max_points = 0 GROUP BY attempt_id
    ) AS found
    WHERE found.attempt_id = attempt.id
"""
SCORE = """
    UPDATE response SET max_points = 1, score = blank.score, points = blank.score
    FROM (
        SELECT id, CASE WHEN finished_at IS NOT NULL THEN 0.0 END AS score FROM attempt
    ) AS blank
    WHERE blank.id = attempt_id AND max_points = 0
"""


def upgrade() -> None:
    for table, (former, present) in CHECKS.items():
        _replace_checks(table, former, present)
    op.execute("UPDATE item_revision SET points = 0 WHERE kind = 'description'")
    op.execute(TAKE_OUT)
    op.execute(UNSCORE)


def downgrade() -> None:
    op.execute(PUT_IN)
    op.execute(SCORE)
    op.execute("UPDATE item_revision SET points = 1 WHERE points = 0")
    for table, (former, present) in CHECKS.items():
        _replace_checks(table, present, former)


def _replace_checks(table: str, old: dict[str, str], new: dict[str, str]) -> None:
    """``table`` has the checks ``new`` instead of ``old``: conditions by name."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite_schema(table, _clauses(table, old, " "), _clauses(table, new, " "))
        return
    for name in old:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
    for name, check in new.items():
        op.execute(f"ALTER TABLE {table} ADD {_clauses(table, {name: check})}")


def _clauses(table: str, checks: dict[str, str], between: str = "") -> str:
    return between.join(
        f"CONSTRAINT ck_{table}_{name} CHECK ({check})" for name, check in checks.items()
    )


def _rewrite_schema(table: str, old: str, new: str) -> None:
    """SQLite cannot alter a check. Building the table anew would take all that refers to it along;
    where no stored row changes, its manual has the text of the schema rewritten instead
    (sqlite.org/lang_altertable.html, section 7).
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    done = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :old, :new)"
            " WHERE type = 'table' AND name = :table AND instr(sql, :old) > 0"
        ),
        {"old": old, "new": new, "table": table},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    if done.rowcount != 1:
        raise RuntimeError(f"The table {table} has not the checks that were expected: {old}")
