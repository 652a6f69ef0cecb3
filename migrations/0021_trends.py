"""What the read-out of the skill model needs: surprises, and a node's own last answer."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "skill_belief"
# Without prerequisites nothing but an answer on a node has touched it.
FILL = f"""
    UPDATE {TABLE} SET answered_at = updated_at, answered_after = updated_after
    WHERE wins + fails > 0
"""  # noqa: S608


def upgrade() -> None:
    for name in ("trend", "surprise"):
        op.add_column(TABLE, sa.Column(name, sa.Double(), server_default="0", nullable=False))
    op.add_column(TABLE, sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    count = sa.Column("answered_after", sa.Integer(), server_default="0", nullable=False)
    op.add_column(TABLE, count)
    op.execute(FILL)


def downgrade() -> None:
    for name in ("trend", "surprise", "answered_at", "answered_after"):
        op.drop_column(TABLE, name)
