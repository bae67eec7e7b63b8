"""The command `consultations`: each floor brings its own commands."""

import importlib
import sys

import click

from consultations.errors import ConsultationsError

COMMANDS = {
    "demo": "demonstration.commands:demo",
    "serve": "serving:serve",
    "db": "database:database",
    "account": "participants.commands:account",
    "invitations": "participants.commands:invitations",
    "load": "bundles.commands:load",
    "round": "workspace.commands:round_",
    "questionnaire": "questionnaires.commands:questionnaire",
    "responses": "submissions.commands:responses",
    "report": "reports.commands:report",
    "check": "checking:check",
}
REFUSED, WRONG_USAGE = 1, 2


class LazyCommands(click.Group):
    """Imports a command's floor only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(importlib.import_module(f"consultations.{module}"), name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="consultations")
def group() -> None:
    """Consultations on draft norms, from the text to the report."""


def main() -> None:
    """Run a command: status 0 done, 1 refused or partly done, 2 wrong usage."""
    try:
        group(prog_name="consultations")
    except ConsultationsError as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
