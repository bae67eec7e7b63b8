"""submissions that a snapshot does not hold yet, noted by triggers"""

import sqlalchemy as sa
from alembic import op

revision = "0013_pending_submissions"
down_revision = "0012_participation"
branch_labels = None
depends_on = None

CHANGED = "answers, kind, channel, entry, language, weight, round_id"

SQLITE = {
    "added": ("INSERT", "new", 0),
    "changed": (f"UPDATE OF {CHANGED}", "new", 1),
    "deleted": ("DELETE", "old", 1),
}

NOTE = """
CREATE FUNCTION note_pending_submission() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of submission;
BEGIN
    IF TG_OP = 'DELETE' THEN of := OLD; ELSE of := NEW; END IF;
    INSERT INTO pending_submission (id, round_id, known)
    VALUES (of.id, of.round_id, TG_OP <> 'INSERT')
    ON CONFLICT (id) DO UPDATE SET known = pending_submission.known;
    RETURN NULL;
END $$
"""
"""An update that changes nothing locks the row: whoever takes it in at this moment is waited for."""


def upgrade() -> None:
    op.create_table(
        "pending_submission",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_submission")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pending_submission_round_id", "pending_submission", ["round_id"])
    op.create_table(
        "snapshot_state",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_state")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(NOTE)
        op.execute(
            f"CREATE TRIGGER note_pending AFTER INSERT OR DELETE OR UPDATE OF {CHANGED} "
            "ON submission FOR EACH ROW EXECUTE FUNCTION note_pending_submission()"
        )
        return
    for name, (event, row, known) in SQLITE.items():
        op.execute(
            f"CREATE TRIGGER note_{name}_submission AFTER {event} ON submission BEGIN "
            "INSERT INTO pending_submission (id, round_id, known) "
            f"VALUES ({row}.id, {row}.round_id, {known}) ON CONFLICT (id) DO NOTHING; END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER note_pending ON submission")
        op.execute("DROP FUNCTION note_pending_submission")
    else:
        for name in SQLITE:
            op.execute(f"DROP TRIGGER note_{name}_submission")
    op.drop_table("snapshot_state")
    op.drop_table("pending_submission")
