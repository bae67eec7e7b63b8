"""a consultation's stamp"""

import sqlalchemy as sa
from alembic import op

revision = "0004_stamp"
down_revision = "0003_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "consultation", sa.Column("stamp", sa.String(length=32), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("consultation", "stamp")
