"""what the team made of an answer goes with it when it is taken back"""

from alembic import op

revision = "0016_taken_back"
down_revision = "0015_standing_tables"
branch_labels = None
depends_on = None

OF_A_POINT = ("coding", "answered_point", "moderation_decision", "endorsement")

DELETED = {
    "submission": ["DELETE FROM point WHERE submission_id = OLD.id"],
    "point": [f'DELETE FROM "{table}" WHERE point_id = OLD.id' for table in OF_A_POINT],
}
"""Deleted with a row of a table, just before it."""


def upgrade() -> None:
    for table, statements in DELETED.items():
        body = "; ".join(statements)
        name = f"forget_with_{table}"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {body}; RETURN OLD; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {name} BEFORE DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            op.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN {body}; END")


def downgrade() -> None:
    for table in DELETED:
        name = f"forget_with_{table}"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}")
        else:
            op.execute(f"DROP TRIGGER {name}")
