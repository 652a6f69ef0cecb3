"""What learners remember of items, and their notes on mistakes.

The memories of answers that were graded before are made from these at the next start
(``rebuilt_memories``): FSRS is no sum that SQL could do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_item_memory()
    _create_mistake_note()


def downgrade() -> None:
    op.drop_table("mistake_note")
    op.drop_table("item_memory")


def _create_item_memory() -> None:
    op.create_table(
        "item_memory",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Double(), nullable=False),
        sa.Column("fails", sa.Double(), nullable=False),
        sa.Column("last_score", sa.Double(), nullable=False),
        sa.CheckConstraint("stability > 0", name=op.f("ck_item_memory_stability_is_positive")),
        sa.CheckConstraint(
            "difficulty BETWEEN 1 AND 10", name=op.f("ck_item_memory_difficulty_is_1_to_10")
        ),
        sa.CheckConstraint("due_at > reviewed_at", name=op.f("ck_item_memory_due_after_review")),
        sa.CheckConstraint("reviews >= 1", name=op.f("ck_item_memory_reviews_count_from_1")),
        sa.CheckConstraint(
            "wins >= 0 AND fails >= 0", name=op.f("ck_item_memory_sums_are_not_negative")
        ),
        sa.CheckConstraint(
            "wins + fails - reviews BETWEEN -0.001 AND 0.001",
            name=op.f("ck_item_memory_sums_count_the_reviews"),
        ),
        sa.CheckConstraint(
            "last_score BETWEEN 0 AND 1", name=op.f("ck_item_memory_last_score_is_a_share")
        ),
        *_of_a_learner_and_an_item("item_memory"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_item_memory_user_due", "item_memory", ["user_id", "due_at"])


def _create_mistake_note() -> None:
    op.create_table(
        "mistake_note",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause IN ('did not know', 'slip', 'misread', 'out of time')",
            name=op.f("ck_mistake_note_cause_is_known"),
        ),
        sa.CheckConstraint("length(note) <= 2000", name=op.f("ck_mistake_note_note_is_short")),
        sa.CheckConstraint(
            "cause IS NOT NULL OR note <> ''", name=op.f("ck_mistake_note_says_something")
        ),
        *_of_a_learner_and_an_item("mistake_note"),
    )


def _of_a_learner_and_an_item(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f(f"fk_{table}_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f(f"fk_{table}_item_id_item")),
        sa.PrimaryKeyConstraint("user_id", "item_id", name=op.f(f"pk_{table}")),
    )
