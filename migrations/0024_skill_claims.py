"""What learners say about skills themselves: not now, or that they know it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill_claim",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('not-now', 'known')", name=op.f("ck_skill_claim_kind_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_skill_claim_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_skill_claim_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("user_id", "skill_id", name=op.f("pk_skill_claim")),
    )


def downgrade() -> None:
    op.drop_table("skill_claim")
