"""The numbers that an attempt drew for a question: given at its start, never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("draw", sa.Text()))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_another_draw() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'numbers are drawn once' USING ERRCODE = '23514'; END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER response_draw_stays BEFORE UPDATE OF draw ON response
            FOR EACH ROW WHEN (OLD.draw IS DISTINCT FROM NEW.draw)
            EXECUTE FUNCTION refuse_another_draw()
            """
        )
        return
    op.execute(
        """
        CREATE TRIGGER response_draw_stays BEFORE UPDATE OF draw ON response
        WHEN OLD.draw IS NOT NEW.draw
        BEGIN SELECT RAISE(ABORT, 'numbers are drawn once'); END
        """
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER response_draw_stays ON response")
        op.execute("DROP FUNCTION refuse_another_draw()")
    else:
        op.execute("DROP TRIGGER response_draw_stays")
    op.execute("ALTER TABLE response DROP COLUMN draw")
