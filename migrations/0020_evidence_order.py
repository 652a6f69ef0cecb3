"""The order in which answers were taken in as evidence on their learner's skills."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ADD = """
    ALTER TABLE response ADD COLUMN evidence_number INTEGER
    CONSTRAINT ck_response_evidence_number_counts_from_1 CHECK (evidence_number >= 1)
"""
# As near as stored times come: what a person or the runner scored by that, the rest by the end of
# its attempt.
FILL = """
    WITH first_mark AS (
        SELECT attempt_id, position, min(at) AS at FROM mark_change
        WHERE number = 1 GROUP BY attempt_id, position
    ), numbered AS (
        SELECT response.attempt_id, response.position, row_number() OVER (
            PARTITION BY attempt.user_id
            ORDER BY coalesce(first_mark.at, verdict.graded_at, attempt.finished_at),
                response.attempt_id, response.position
        ) AS number
        FROM response
        JOIN attempt ON attempt.id = response.attempt_id
        LEFT JOIN first_mark ON first_mark.attempt_id = response.attempt_id
            AND first_mark.position = response.position
        LEFT JOIN verdict ON verdict.attempt_id = response.attempt_id
            AND verdict.position = response.position
        WHERE attempt.finished_at IS NOT NULL AND response.value IS NOT NULL
            AND response.score IS NOT NULL AND response.saved_at IS NOT NULL
    )
    UPDATE response SET evidence_number = numbered.number FROM numbered
    WHERE numbered.attempt_id = response.attempt_id AND numbered.position = response.position
"""


def upgrade() -> None:
    # By hand: as a batch, SQLite would build the table anew, with all that refers to it.
    op.execute(ADD)
    op.execute(FILL)


def downgrade() -> None:
    op.execute("ALTER TABLE response DROP COLUMN evidence_number")
