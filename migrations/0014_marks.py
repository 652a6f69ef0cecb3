"""Marks by people, and what of an attempt awaits one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AWAITING_COUNT = (
    "ALTER TABLE attempt ADD COLUMN awaiting_count INTEGER DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_attempt_awaiting_only_when_finished "
    "CHECK (awaiting_count = 0 OR (awaiting_count > 0 AND finished_at IS NOT NULL))"
)
AWAITING_POINTS = (
    "ALTER TABLE attempt ADD COLUMN awaiting_points {type} DEFAULT 0 NOT NULL "
    "CONSTRAINT ck_attempt_awaiting_points_are_of_answers CHECK "
    "(awaiting_points BETWEEN 0 AND max_points AND (awaiting_count > 0 OR awaiting_points = 0))"
)
DOUBLE = {"sqlite": "DOUBLE", "postgresql": "DOUBLE PRECISION"}
# Where this migration was undone: what awaited a mark still has no score. Where 0012 was undone
# too, a response is worth again what its item says, which may be more than all of its attempt.
FILL = """
    UPDATE attempt SET
        awaiting_count = found.number,
        awaiting_points = CASE
            WHEN found.points < attempt.max_points THEN round(CAST(found.points AS NUMERIC), 2)
            ELSE attempt.max_points END
    FROM (
        SELECT attempt_id, count(*) AS number, sum(max_points) AS points
        FROM response WHERE score IS NULL GROUP BY attempt_id
    ) AS found
    WHERE found.attempt_id = attempt.id AND finished_at IS NOT NULL
"""
INDEX = "ix_attempt_user_finished"
COVERED = [
    "user_id",
    "finished_at",
    "quiz_id",
    "seconds_used",
    "answered_count",
    "points",
    "max_points",
]


def upgrade() -> None:
    # By hand: as a batch, SQLite would build the table anew, with all that refers to it.
    op.execute(AWAITING_COUNT)
    op.execute(AWAITING_POINTS.format(type=DOUBLE[op.get_bind().dialect.name]))
    op.execute(FILL)
    op.drop_index(INDEX, table_name="attempt")
    op.create_index(INDEX, "attempt", [*COVERED, "awaiting_points"])
    _create_mark()
    _create_mark_change()
    _forbid_rewriting()


def downgrade() -> None:
    op.drop_table("mark_change")
    op.drop_table("mark")
    op.drop_index(INDEX, table_name="attempt")
    for name in ("awaiting_points", "awaiting_count"):
        op.execute(f"ALTER TABLE attempt DROP COLUMN {name}")
    op.create_index(INDEX, "attempt", COVERED)


def _create_mark() -> None:
    op.create_table(
        "mark",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('self', 'instructor')", name=op.f("ck_mark_kind_is_known")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_mark_score_is_a_share")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_mark_number_counts_from_1")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            name=op.f("fk_mark_attempt_id_position_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["user_account.id"], name=op.f("fk_mark_marked_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", "kind", name=op.f("pk_mark")),
    )


def _create_mark_change() -> None:
    op.create_table(
        "mark_change",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_mark_change_number_counts_from_1")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position", "kind"],
            ["mark.attempt_id", "mark.position", "mark.kind"],
            name=op.f("fk_mark_change_attempt_id_position_kind_mark"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"],
            ["user_account.id"],
            name=op.f("fk_mark_change_marked_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint(
            "attempt_id", "position", "kind", "number", name=op.f("pk_mark_change")
        ),
    )


def _forbid_rewriting() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE TRIGGER mark_change_is_append_only BEFORE UPDATE ON mark_change
            FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_the_record()
            """
        )
        return
    op.execute(
        """
        CREATE TRIGGER mark_change_is_append_only BEFORE UPDATE ON mark_change
        BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
        """
    )
