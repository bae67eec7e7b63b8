"""corrections, witnesses, and the key of each head"""

import sqlalchemy as sa
from alembic import op

revision = "0011_corrections"
down_revision = "0010_assisted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_constraint(op.f("uq_report_round_id"), type_="unique")
        batch_op.create_index(op.f("ix_report_round_id"), ["round_id"])
    op.add_column(
        "tree_head",
        sa.Column("public_key", sa.String(length=64), server_default="", nullable=False),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.String(length=32), nullable=False),
        sa.Column("later_id", sa.String(length=32), nullable=True),
        sa.Column("choice", sa.String(length=10), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("data_digest", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "choice IN ('corrected', 'merge', 'withdraw', 'keep')",
            name=op.f("ck_correction_choice"),
        ),
        sa.ForeignKeyConstraint(
            ["later_id"], ["report.id"], name=op.f("fk_correction_later_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_correction_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction") as batch_op:
        batch_op.create_index(op.f("ix_correction_later_id"), ["later_id"])
        batch_op.create_index(op.f("ix_correction_report_id"), ["report_id"])
    op.create_table(
        "witness",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_witness_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
    )
    with op.batch_alter_table("witness") as batch_op:
        batch_op.create_index(op.f("ix_witness_consultation_id"), ["consultation_id"])


def downgrade() -> None:
    op.drop_table("witness")
    op.drop_table("correction")
    op.drop_column("tree_head", "public_key")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_index(op.f("ix_report_round_id"))
        batch_op.create_unique_constraint(op.f("uq_report_round_id"), ["round_id"])
