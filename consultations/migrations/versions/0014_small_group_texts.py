"""what small groups said, in prose that a second person has read"""

import sqlalchemy as sa
from alembic import op

revision = "0014_small_group_texts"
down_revision = "0013_pending_submissions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "small_group_text",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=240), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "read_by IS NULL OR read_by <> written_by", name=op.f("ck_small_group_text_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_small_group_text_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["account.id"], name=op.f("fk_small_group_text_written_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["account.id"], name=op.f("fk_small_group_text_read_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_group_text")),
        sa.UniqueConstraint("round_id", "by", "code", name=op.f("uq_small_group_text_round_id")),
    )


def downgrade() -> None:
    op.drop_table("small_group_text")
