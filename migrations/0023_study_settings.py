"""The time that learners give to their plans, and links to their calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_settings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rest_days", sa.Integer(), nullable=False),
        sa.Column("calendar_token_hash", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "minutes BETWEEN 10 AND 120", name=op.f("ck_study_settings_minutes_are_10_to_120")
        ),
        sa.CheckConstraint(
            "rest_days BETWEEN 0 AND 126", name=op.f("ck_study_settings_a_day_is_left_to_study")
        ),
        sa.CheckConstraint(
            "length(calendar_token_hash) = 64",
            name=op.f("ck_study_settings_calendar_token_hash_is_sha_256"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_study_settings_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_study_settings")),
        sa.UniqueConstraint(
            "calendar_token_hash", name=op.f("uq_study_settings_calendar_token_hash")
        ),
    )


def downgrade() -> None:
    op.drop_table("study_settings")
