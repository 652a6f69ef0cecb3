"""A number that changes with what can be drawn from a bank."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    edition = sa.Column("edition", sa.Integer(), server_default="0", nullable=False)
    op.add_column("item_bank", edition)


def downgrade() -> None:
    op.execute("ALTER TABLE item_bank DROP COLUMN edition")
