"""personal codes, contacts"""

import sqlalchemy as sa
from alembic import op

revision = "0005_personal_codes"
down_revision = "0004_stamp"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_code",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("struck_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_personal_code_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_code")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_personal_code_round_id", "personal_code", ["round_id"])
    op.create_table(
        "contact",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_id", sa.String(length=32), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_contact_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_code_id", "contact", ["code_id"])
    op.create_index("ix_contact_round_id", "contact", ["round_id"])


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_table("personal_code")
