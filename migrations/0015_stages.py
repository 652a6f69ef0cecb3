"""Stages: ranges of an attempt's positions that are open one after the other."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = {
    "stages": "JSON",
    "stage_first": "INTEGER {check}stage_first_counts_from_1 CHECK (stage_first >= 1)",
    "stage_last": "INTEGER {check}stage_is_a_range CHECK ("
    "(stage_first IS NULL) = (stage_last IS NULL) AND stage_first <= stage_last)",
    "stage_ends_at": "{moment} {check}stage_ends_by_deadline CHECK ("
    "stage_ends_at <= ends_at AND (stage_ends_at IS NULL OR stage_first IS NOT NULL))",
    "lapsed_first": "INTEGER {check}lapsed_comes_before CHECK (lapsed_first < stage_first)",
    "lapsed_at": "{moment} {check}lapsed_has_a_time CHECK ("
    "(lapsed_at IS NULL) = (lapsed_first IS NULL))",
}
CHECK = "CONSTRAINT ck_attempt_"
MOMENT = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
KIND = "ck_time_change_kind_is_known"
PLACE = "ck_time_change_stages_have_a_place"
ONCE = "uq_time_change_attempt_id_stage_first"


def upgrade() -> None:
    # By hand: as a batch, SQLite would build the table anew, with all that refers to it.
    for name, kind in COLUMNS.items():
        moment = MOMENT[op.get_bind().dialect.name]
        definition = kind.format(check=CHECK, moment=moment)
        op.execute(f"ALTER TABLE attempt ADD COLUMN {name} {definition}")
    # Nothing refers to this one.
    with op.batch_alter_table("time_change") as changed:
        changed.add_column(sa.Column("stage_first", sa.Integer(), nullable=True))
        changed.drop_constraint(op.f(KIND), type_="check")
        changed.create_check_constraint(
            op.f(KIND), "kind IN ('added', 'pause', 'resumption', 'stage', 'lapse')"
        )
        changed.create_check_constraint(
            op.f(PLACE), "(kind IN ('stage', 'lapse')) = (stage_first IS NOT NULL)"
        )
        changed.create_unique_constraint(op.f(ONCE), ["attempt_id", "stage_first"])


def downgrade() -> None:
    op.execute("DELETE FROM time_change WHERE kind IN ('stage', 'lapse')")
    with op.batch_alter_table("time_change") as changed:
        changed.drop_constraint(op.f(ONCE), type_="unique")
        changed.drop_constraint(op.f(PLACE), type_="check")
        changed.drop_constraint(op.f(KIND), type_="check")
        changed.create_check_constraint(op.f(KIND), "kind IN ('added', 'pause', 'resumption')")
        changed.drop_column("stage_first")
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE attempt DROP COLUMN {name}")
