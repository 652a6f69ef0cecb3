"""Where an item stands in its bank, and whether practice draws from the bank."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE item ADD COLUMN position INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_item_position_counts_from_0 CHECK (position >= 0)"
    )
    op.execute(
        "ALTER TABLE item_bank ADD COLUMN is_practised BOOLEAN DEFAULT false NOT NULL "
        "CONSTRAINT ck_item_bank_practised_has_no_owner "
        "CHECK (owner_id IS NULL OR NOT is_practised)"
    )
    op.execute("UPDATE item_bank SET is_practised = true WHERE owner_id IS NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE item_bank DROP COLUMN is_practised")
    op.execute("ALTER TABLE item DROP COLUMN position")
