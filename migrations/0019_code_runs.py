"""Runs of programs while they are written, and how many a person has used."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "code_run",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_code_run_number_counts_from_1")),
        sa.CheckConstraint(
            "length(source_digest) = 64", name=op.f("ck_code_run_source_digest_is_sha_256")
        ),
        sa.CheckConstraint(
            "finished_at >= started_at", name=op.f("ck_code_run_finished_after_start")
        ),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (report IS NULL)",
            name=op.f("ck_code_run_finished_with_a_report"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            name=op.f("fk_code_run_attempt_id_position_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_code_run")),
    )
    op.create_table(
        "run_allowance",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_run_allowance_used_counts_from_0")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_run_allowance_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_run_allowance")),
    )


def downgrade() -> None:
    op.drop_table("run_allowance")
    op.drop_table("code_run")
