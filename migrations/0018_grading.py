"""Programs that wait for their verdict, and the verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Where this migration was undone, programs may await their verdict already.
FILL = """
    INSERT INTO grading_job (attempt_id, position, user_id, turn, queued_at, tries)
    SELECT response.attempt_id, response.position, attempt.user_id,
        row_number() OVER (
            PARTITION BY attempt.user_id ORDER BY attempt.finished_at, attempt.id, position
        ) - 1,
        attempt.finished_at, 0
    FROM response
    JOIN attempt ON attempt.id = response.attempt_id
    JOIN item_revision ON item_revision.id = response.item_revision_id
    WHERE item_revision.kind = 'code' AND attempt.finished_at IS NOT NULL
        AND response.score IS NULL AND response.value IS NOT NULL
"""
RESPONSE = ["response.attempt_id", "response.position"]


def upgrade() -> None:
    _create_grading_job()
    _create_verdict()
    _forbid_rewriting()
    op.execute(FILL)


def downgrade() -> None:
    op.drop_table("verdict")
    op.drop_table("grading_job")


def _create_grading_job() -> None:
    op.create_table(
        "grading_job",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(claim IS NULL) = (leased_until IS NULL)",
            name=op.f("ck_grading_job_claim_has_a_lease"),
        ),
        sa.CheckConstraint("turn >= 0", name=op.f("ck_grading_job_turn_counts_from_0")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_grading_job_tries_count_from_0")),
        sa.CheckConstraint(
            "claim IS NULL OR tries > 0", name=op.f("ck_grading_job_claim_is_a_try")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            RESPONSE,
            name=op.f("fk_grading_job_attempt_id_position_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_grading_job_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_grading_job")),
        sa.UniqueConstraint("claim", name=op.f("uq_grading_job_claim")),
    )
    op.create_index("ix_grading_job_order", "grading_job", ["turn", "queued_at"])
    op.create_index(op.f("ix_grading_job_user_id"), "grading_job", ["user_id"])


def _create_verdict() -> None:
    op.create_table(
        "verdict",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("groups", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=200), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_verdict_score_is_a_share")),
        sa.CheckConstraint(
            "length(source_digest) = 64", name=op.f("ck_verdict_source_digest_is_sha_256")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            RESPONSE,
            name=op.f("fk_verdict_attempt_id_position_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_verdict")),
    )


def _forbid_rewriting() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE TRIGGER verdict_is_never_changed BEFORE UPDATE ON verdict
            FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_the_record()
            """
        )
        return
    op.execute(
        """
        CREATE TRIGGER verdict_is_never_changed BEFORE UPDATE ON verdict
        BEGIN SELECT RAISE(ABORT, 'a verdict is never changed'); END
        """
    )
