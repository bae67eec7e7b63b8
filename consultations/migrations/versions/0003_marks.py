"""marks of a submission, a declared burst"""

import sqlalchemy as sa
from alembic import op

revision = "0003_marks"
down_revision = "0002_saved_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("marks", sa.JSON(), server_default="[]", nullable=False))
    op.add_column(
        "round", sa.Column("burst", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("round", "burst")
    op.drop_column("submission", "marks")
