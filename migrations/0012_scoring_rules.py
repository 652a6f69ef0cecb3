"""What a response counts for by the rules of its quiz, and how sure the learner was."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ADD = "ALTER TABLE {table} ADD COLUMN {column} CONSTRAINT ck_{table}_{name} CHECK ({check})"
COLUMNS = (
    {
        "table": "response",
        "column": "confidence SMALLINT",
        "name": "confidence_is_known",
        "check": "confidence BETWEEN 1 AND 3",
    },
    {
        "table": "response",
        "column": "max_points {double} DEFAULT 1 NOT NULL",
        "name": "max_points_are_positive",
        "check": "max_points > 0",
    },
    {
        "table": "response",
        "column": "points {double}",
        "name": "points_within_maximum",
        "check": "points BETWEEN -2 * max_points AND max_points",
    },
    {
        "table": "response_change",
        "column": "confidence SMALLINT",
        "name": "confidence_is_known",
        "check": "confidence BETWEEN 1 AND 3",
    },
)
DOUBLE = {"sqlite": "DOUBLE", "postgresql": "DOUBLE PRECISION"}
FILL = """
    UPDATE response SET max_points = (
        SELECT points FROM item_revision WHERE item_revision.id = response.item_revision_id
    )
"""


def upgrade() -> None:
    # By hand: as a batch, SQLite would build the tables anew, with all that refers to them.
    for each in COLUMNS:
        op.execute(ADD.format(**each).format(double=DOUBLE[op.get_bind().dialect.name]))
    op.execute(FILL)
    op.execute("UPDATE response SET points = score * max_points WHERE score IS NOT NULL")


def downgrade() -> None:
    for each in reversed(COLUMNS):
        name = each["column"].partition(" ")[0]
        op.execute(f"ALTER TABLE {each['table']} DROP COLUMN {name}")
