"""questionnaires on paper"""

import sqlalchemy as sa
from alembic import op

revision = "0006_paper_batches"
down_revision = "0005_personal_codes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_paper_batch_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_paper_batch_round_id")),
    )
    op.create_table(
        "keyed_form",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("first", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_by", sa.Integer(), nullable=True),
        sa.Column("second", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batch.id"], name=op.f("fk_keyed_form_batch_id_paper_batch")
        ),
        sa.ForeignKeyConstraint(
            ["first_by"], ["account.id"], name=op.f("fk_keyed_form_first_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["second_by"], ["account.id"], name=op.f("fk_keyed_form_second_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyed_form")),
        sa.UniqueConstraint("batch_id", "place", name=op.f("uq_keyed_form_batch_id")),
    )
    op.create_table(
        "outreach_visit",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consultation_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=30), nullable=False),
        sa.Column("partner", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_outreach_visit_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_visit")),
        sa.UniqueConstraint(
            "consultation_id", "tag", name=op.f("uq_outreach_visit_consultation_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("outreach_visit")
    op.drop_table("keyed_form")
    op.drop_table("paper_batch")
