"""How much of an attempt was answered, and how long it took: known without its responses."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADD_COUNT = (
    "ALTER TABLE attempt ADD COLUMN {0} INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_attempt_{0}_is_not_negative CHECK ({0} >= 0)"
)
ELAPSED = {
    "sqlite": "(julianday(finished_at) - julianday(started_at)) * 86400 + 0.0005",
    "postgresql": "trunc(extract(epoch FROM finished_at - started_at))",
}
FILL = """
    UPDATE attempt SET
        answered_count = (
            SELECT count(*) FROM response
            WHERE response.attempt_id = attempt.id AND response.value IS NOT NULL
        ),
        seconds_used = CASE WHEN ends_at IS NOT NULL
            THEN CAST({elapsed} AS INTEGER) - paused_seconds
            ELSE (
                SELECT coalesce(sum(seconds_spent), 0) FROM response
                WHERE response.attempt_id = attempt.id
            )
        END
    WHERE finished_at IS NOT NULL
"""


def upgrade() -> None:
    # By hand: as a batch, SQLite would build the table anew, with all that refers to it.
    for name in ("answered_count", "seconds_used"):
        op.execute(ADD_COUNT.format(name))
    op.execute(FILL.format(elapsed=ELAPSED[op.get_bind().dialect.name]))


def downgrade() -> None:
    for name in ("seconds_used", "answered_count"):
        op.execute(f"ALTER TABLE attempt DROP COLUMN {name}")
