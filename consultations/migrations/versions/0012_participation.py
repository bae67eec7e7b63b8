"""participation day by day, a target, and whom partners reach"""

import sqlalchemy as sa
from alembic import op

revision = "0012_participation"
down_revision = "0011_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participation",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_participation_round_id_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_participation")),
    )
    op.add_column("round", sa.Column("target", sa.Integer(), nullable=True))
    op.add_column(
        "outreach_visit",
        sa.Column("reaches", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("outreach_visit", "reaches")
    op.drop_column("round", "target")
    op.drop_table("participation")
