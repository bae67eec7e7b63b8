"""receipts of answers withdrawn or replaced"""

import sqlalchemy as sa
from alembic import op

revision = "0007_spent_receipts"
down_revision = "0006_paper_batches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent_receipt",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_spent_receipt_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_receipt")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("spent_receipt")
