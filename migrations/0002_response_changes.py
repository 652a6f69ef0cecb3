"""The record of every accepted change of a response."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "response_change",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(length=36), nullable=True),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_response_change_number_counts_from_1")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            name=op.f("fk_response_change_attempt_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["user_account.id"],
            name=op.f("fk_response_change_made_by_id_user_account"),
        ),
        sa.PrimaryKeyConstraint(
            "attempt_id", "position", "number", name=op.f("pk_response_change")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(
        """
        INSERT INTO response_change
            (attempt_id, position, number, at, made_by_id, client, value, is_flagged, is_late)
        SELECT response.attempt_id, position, save_count, coalesce(saved_at, started_at),
            user_id, saved_by, value, is_flagged, coalesce(saved_at > ends_at, false)
        FROM response JOIN attempt ON attempt.id = response.attempt_id
        WHERE save_count > 0
        """
    )
    _forbid_rewriting()


def downgrade() -> None:
    op.drop_table("response_change")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_rewriting_the_record()")


def _forbid_rewriting() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_rewriting_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the record is append-only' USING ERRCODE = '23514'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER response_change_is_append_only BEFORE UPDATE ON response_change
            FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_the_record()
            """
        )
        return
    op.execute(
        """
        CREATE TRIGGER response_change_is_append_only BEFORE UPDATE ON response_change
        BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END
        """
    )
