"""A person's accommodations: a time factor, a pause allowance, practice without a timer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accommodation",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("time_factor", sa.Double(), nullable=False),
        sa.Column("pause_minutes", sa.Integer(), nullable=False),
        sa.Column("is_untimed_in_practice", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "time_factor BETWEEN 1 AND 4", name=op.f("ck_accommodation_time_factor_is_1_to_4")
        ),
        sa.CheckConstraint(
            "pause_minutes BETWEEN 0 AND 240", name=op.f("ck_accommodation_pause_is_0_to_240")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_accommodation_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"],
            ["user_account.id"],
            name=op.f("fk_accommodation_set_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_accommodation")),
    )


def downgrade() -> None:
    op.drop_table("accommodation")
