"""First schema: accounts, banks, quizzes, attempts, skills, uploads."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('learner', 'instructor', 'admin')", name=op.f("ck_invitation_role_is_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "question_load",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_load")),
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
    )
    op.create_table(
        "taxonomy_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxonomy_edition")),
        sa.UniqueConstraint("digest", name=op.f("uq_taxonomy_edition_digest")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("target_role", sa.String(length=80), nullable=True),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('learner', 'instructor', 'admin')", name=op.f("ck_user_account_role_is_known")
        ),
        sa.CheckConstraint(
            "email = lower(email)", name=op.f("ck_user_account_email_is_lower_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "item_bank",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_item_bank_owner_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_bank")),
        sa.UniqueConstraint("slug", name=op.f("uq_item_bank_slug")),
    )
    with op.batch_alter_table("item_bank", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_bank_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_sign_in_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "skill_belief",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(length=120), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("variance", sa.Double(), nullable=False),
        sa.Column("wins", sa.Double(), nullable=False),
        sa.Column("fails", sa.Double(), nullable=False),
        sa.Column("last_correct", sa.Double(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_after", sa.Integer(), nullable=False),
        sa.CheckConstraint("variance >= 0", name=op.f("ck_skill_belief_variance_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_skill_belief_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("user_id", "node", name=op.f("pk_skill_belief")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["item_bank.id"], name=op.f("fk_item_bank_id_item_bank")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("bank_id", "slug", name=op.f("uq_item_bank_id_slug")),
    )
    op.create_table(
        "quiz",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=170), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ready-made') = (bank_id IS NOT NULL)",
            name=op.f("ck_quiz_ready_made_has_bank"),
        ),
        sa.CheckConstraint(
            "kind IN ('ready-made', 'practice', 'today', 'mock')",
            name=op.f("ck_quiz_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["item_bank.id"], name=op.f("fk_quiz_bank_id_item_bank")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
        sa.UniqueConstraint("slug", name=op.f("uq_quiz_slug")),
    )
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_bank_id"), ["bank_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bank_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["item_bank.id"], name=op.f("fk_upload_bank_id_item_bank")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_upload_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_user_id"), ["user_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("plan", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=10), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "closed_by IN ('learner', 'deadline')", name=op.f("ck_attempt_closed_by_is_known")
        ),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (closed_by IS NULL)",
            name=op.f("ck_attempt_closed_when_finished"),
        ),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (points IS NULL)", name=op.f("ck_attempt_scored_when_finished")
        ),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_attempt_ends_after_start")),
        sa.CheckConstraint("finished_at <= ends_at", name=op.f("ck_attempt_finished_by_deadline")),
        sa.CheckConstraint(
            "finished_at >= started_at", name=op.f("ck_attempt_finished_after_start")
        ),
        sa.CheckConstraint(
            "points >= 0 AND points <= max_points", name=op.f("ck_attempt_points_within_maximum")
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_attempt_quiz_id_quiz")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_attempt_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attempt_overdue",
            ["ends_at"],
            unique=False,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )
        batch_op.create_index("ix_attempt_user_finished", ["user_id", "finished_at"], unique=False)
        batch_op.create_index(
            "uq_attempt_open",
            ["user_id", "quiz_id"],
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.create_table(
        "item_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "level IN ('entry', 'mid', 'senior')", name=op.f("ck_item_revision_level_is_known")
        ),
        sa.CheckConstraint(
            "difficulty BETWEEN 1 AND 5", name=op.f("ck_item_revision_difficulty_is_1_to_5")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_item_revision_number_counts_from_1")),
        sa.CheckConstraint("points > 0", name=op.f("ck_item_revision_points_are_positive")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_item_revision_seconds_are_positive")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_revision_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_revision")),
        sa.UniqueConstraint(
            "item_id", "content_hash", name=op.f("uq_item_revision_item_id_content_hash")
        ),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_revision_item_id_number")),
    )
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.create_index(
            "uq_item_revision_current",
            ["item_id"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "item_skill",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_item_skill_position_counts_from_0")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["item_revision.id"],
            name=op.f("fk_item_skill_revision_id_item_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_item_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("revision_id", "skill_id", name=op.f("pk_item_skill")),
        sa.UniqueConstraint(
            "revision_id", "position", name=op.f("uq_item_skill_revision_id_position")
        ),
    )
    with op.batch_alter_table("item_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_skill_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "readiness_record",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "low <= value AND value <= high", name=op.f("ck_readiness_record_value_within_range")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_readiness_record_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_readiness_record_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_readiness_record")),
    )
    with op.batch_alter_table("readiness_record", schema=None) as batch_op:
        batch_op.create_index(
            "ix_readiness_record_user_at", ["user_id", "recorded_at"], unique=False
        )

    op.create_table(
        "response",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_revision_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("seconds_spent", sa.Integer(), nullable=False),
        sa.Column("save_count", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_by", sa.String(length=36), nullable=True),
        sa.Column("saved_sequence", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_response_position_counts_from_1")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_response_score_is_a_share")),
        sa.CheckConstraint(
            "seconds_spent >= 0", name=op.f("ck_response_seconds_spent_is_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["item_revision_id"],
            ["item_revision.id"],
            name=op.f("fk_response_item_revision_id_item_revision"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_response")),
        sa.UniqueConstraint(
            "attempt_id", "item_revision_id", name=op.f("uq_response_attempt_id_item_revision_id")
        ),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_item_revision_id"), ["item_revision_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_item_revision_id"))

    op.drop_table("response")
    with op.batch_alter_table("readiness_record", schema=None) as batch_op:
        batch_op.drop_index("ix_readiness_record_user_at")

    op.drop_table("readiness_record")
    with op.batch_alter_table("item_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_skill_skill_id"))

    op.drop_table("item_skill")
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_item_revision_current",
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.drop_table("item_revision")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_open",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )
        batch_op.drop_index("ix_attempt_user_finished")
        batch_op.drop_index(
            "ix_attempt_overdue",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.drop_table("attempt")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_user_id"))

    op.drop_table("upload")
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_bank_id"))

    op.drop_table("quiz")
    op.drop_table("item")
    op.drop_table("skill_belief")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_user_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("item_bank", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_bank_owner_id"))

    op.drop_table("item_bank")
    op.drop_table("user_account")
    op.drop_table("taxonomy_edition")
    op.drop_table("skill")
    op.drop_table("question_load")
    op.drop_table("invitation")
