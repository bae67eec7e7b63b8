"""saved forms"""

import sqlalchemy as sa
from alembic import op

revision = "0002_saved_forms"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_form",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_saved_form_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_form")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_saved_form_round_id", "saved_form", ["round_id"])


def downgrade() -> None:
    op.drop_table("saved_form")
