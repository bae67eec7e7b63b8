"""an end to taking others' answers"""

import sqlalchemy as sa
from alembic import op

revision = "0010_assisted"
down_revision = "0009_recordings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "round",
        sa.Column("assisted_ended", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("round", "assisted_ended")
