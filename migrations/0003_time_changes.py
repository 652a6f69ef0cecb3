"""Pauses, and the record of every change of an attempt's deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADD_SECONDS = (
    "ALTER TABLE attempt ADD COLUMN {0}_seconds INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_attempt_{0}_is_not_negative CHECK ({0}_seconds >= 0)"
)


def upgrade() -> None:
    op.add_column("attempt", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    # By hand: as a batch, SQLite would build the table anew, with all that refers to it.
    for name in ("pause_left", "paused"):
        op.execute(ADD_SECONDS.format(name))
    op.create_table(
        "time_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("old_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('added', 'pause', 'resumption')", name=op.f("ck_time_change_kind_is_known")
        ),
        sa.CheckConstraint(
            "(old_ends_at IS NULL) = (new_ends_at IS NULL)",
            name=op.f("ck_time_change_stays_timed_or_untimed"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_time_change_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["user_account.id"],
            name=op.f("fk_time_change_made_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_change")),
    )
    op.create_index(op.f("ix_time_change_attempt_id"), "time_change", ["attempt_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_time_change_attempt_id"), table_name="time_change")
    op.drop_table("time_change")
    for name in ("paused_seconds", "pause_left_seconds", "paused_at"):
        op.execute(f"ALTER TABLE attempt DROP COLUMN {name}")
