"""Parameters of the skill model that fits have found, and which of them made each belief."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill_model_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("learners", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=200), nullable=False),
        sa.Column("champion_loss", sa.Double(), nullable=False),
        sa.Column("challenger_loss", sa.Double(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "length(digest) = 16", name=op.f("ck_skill_model_edition_digest_has_16_digits")
        ),
        sa.CheckConstraint(
            "answers > 0 AND learners > 0", name=op.f("ck_skill_model_edition_fitted_to_answers")
        ),
        sa.CheckConstraint(
            "challenger_loss >= 0 AND challenger_loss < champion_loss",
            name=op.f("ck_skill_model_edition_challenger_was_better"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_model_edition")),
        sa.UniqueConstraint("digest", name=op.f("uq_skill_model_edition_digest")),
    )
    op.create_index(
        "uq_skill_model_edition_live",
        "skill_model_edition",
        ["is_live"],
        unique=True,
        sqlite_where=sa.text("is_live"),
        postgresql_where=sa.text("is_live"),
    )
    op.add_column("skill_belief", sa.Column("model_digest", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.execute("ALTER TABLE skill_belief DROP COLUMN model_digest")
    op.drop_table("skill_model_edition")
