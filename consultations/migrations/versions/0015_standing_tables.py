"""corrections that let earlier tables stand"""

from alembic import op

revision = "0015_standing_tables"
down_revision = "0014_small_group_texts"
branch_labels = None
depends_on = None

CHOICES = ("corrected", "merge", "withdraw", "keep")


def upgrade() -> None:
    _allow((*CHOICES, "stand"))


def downgrade() -> None:
    op.execute("UPDATE correction SET choice = 'withdraw' WHERE choice = 'stand'")
    _allow(CHOICES)


def _allow(choices: tuple[str, ...]) -> None:
    name = op.f("ck_correction_choice")
    with op.batch_alter_table("correction") as batch_op:
        if op.get_bind().dialect.name != "sqlite":  # there the table is made anew without it
            batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"choice IN {choices}")
