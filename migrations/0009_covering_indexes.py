"""A learner's past is read from two indexes alone, however many others there are."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_attempt_user_finished": (
        "attempt",
        ["user_id", "finished_at"],
        ["quiz_id", "seconds_used", "answered_count", "points", "max_points"],
    ),
    "ix_readiness_record_user_at": (
        "readiness_record",
        ["user_id", "recorded_at"],
        ["value", "low", "high"],
    ),
}


def upgrade() -> None:
    for name, (table, columns, covered) in INDEXES.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns + covered)


def downgrade() -> None:
    for name, (table, columns, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
