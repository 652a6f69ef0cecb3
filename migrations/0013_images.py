"""Pictures in questions: content-addressed, never changed, and tied to what shows them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "image",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_image_digest_is_sha_256")),
        sa.CheckConstraint(
            "media_type IN ('image/png', 'image/jpeg', 'image/webp')",
            name=op.f("ck_image_media_type_is_known"),
        ),
        sa.CheckConstraint("width BETWEEN 1 AND 1600", name=op.f("ck_image_width_is_shown")),
        sa.CheckConstraint("height BETWEEN 1 AND 3200", name=op.f("ck_image_height_is_shown")),
        sa.CheckConstraint(
            "length(data) BETWEEN 1 AND 2097152", name=op.f("ck_image_data_is_2_mb_at_most")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_image")),
    )
    _tie("item_image", "revision_id", "item_revision")
    _tie("upload_image", "upload_id", "upload", sa.Column("name", sa.String(100), nullable=False))
    _forbid_changing()


def downgrade() -> None:
    op.drop_table("upload_image")
    op.drop_table("item_image")
    op.drop_table("image")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_changing_an_image()")


def _tie(table: str, column: str, owner: str, *more: sa.Column[str]) -> None:
    """Rows of ``table`` say which pictures a row of ``owner`` shows."""
    key = [each.name for each in more] or ["image_digest"]
    op.create_table(
        table,
        sa.Column(column, sa.Integer(), nullable=False),
        *more,
        sa.Column("image_digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_digest"], ["image.digest"], name=op.f(f"fk_{table}_image_digest_image")
        ),
        sa.ForeignKeyConstraint(
            [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}")
        ),
        sa.PrimaryKeyConstraint(column, *key, name=op.f(f"pk_{table}")),
    )


def _forbid_changing() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_changing_an_image() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'an image is never changed' USING ERRCODE = '23514'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER image_is_never_changed BEFORE UPDATE ON image
            FOR EACH ROW EXECUTE FUNCTION refuse_changing_an_image()
            """
        )
        return
    op.execute(
        """
        CREATE TRIGGER image_is_never_changed BEFORE UPDATE ON image
        BEGIN SELECT RAISE(ABORT, 'an image is never changed'); END
        """
    )
