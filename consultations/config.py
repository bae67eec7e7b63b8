"""Settings: environment variables named CONSULTATIONS_*, or a `.env` file."""

import secrets
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from consultations.errors import SetupError
from consultations.words import N_

DEMONSTRATION_SECRET = "demonstration-only-not-a-secret"  # noqa: S105 - public on purpose
DATABASE_FILE = "consultations.sqlite"
SECRET_FILE = "secret.key"  # noqa: S105 - a file name


class Settings(BaseSettings):
    """Every setting there is; `docs/settings.md` explains each."""

    model_config = SettingsConfigDict(
        env_prefix="CONSULTATIONS_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    instance: Path = Path("instance")
    database_url: str | None = None
    analytics_url: str | None = None
    secret_key: SecretStr | None = None
    languages: Annotated[list[str], NoDecode] = ["en", "fr", "ar"]
    site_name: str = "Consultations"
    threshold: int = Field(default=5, ge=2)
    max_form_bytes: int = Field(default=2_000_000, ge=10_000)
    max_bundle_bytes: int = Field(default=500_000_000, ge=1_000_000)
    guesses_per_minute: int = Field(default=10, ge=1)
    answers_per_address: int = Field(default=30, ge=1)
    proxies: int = Field(default=0, ge=0, le=10)
    proof_of_work: bool = False
    secure_cookies: bool = False
    site_address: str | None = Field(default=None, pattern=r"^https?://[^/?#\s]+/?$")
    exit_address: str | None = Field(default=None, pattern=r"^https?://[^\s<>\"']+$")
    mail_server: str | None = None
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str | None = None
    mail_password: SecretStr | None = None
    mail_sender: str = "consultations@localhost"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("languages", mode="before")
    @classmethod
    def _split_languages(cls, given: object) -> object:
        return given.replace(",", " ").split() if isinstance(given, str) else given

    @field_validator("database_url", "analytics_url")
    @classmethod
    def _readable_url(cls, given: str | None) -> str | None:
        if given is not None:
            try:
                make_url(given).get_dialect()
            except ArgumentError as error:
                raise ValueError("not a database address that SQLAlchemy can read") from error
        return given

    @property
    def database(self) -> str:
        """The database's address: SQLite in the instance folder unless one is named."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{self.instance.resolve() / DATABASE_FILE}"


def read_settings() -> Settings:
    """Read the environment; raises SetupError naming the setting that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "CONSULTATIONS_" + "_".join(str(part) for part in first["loc"]).upper()
        cause = first["msg"].removeprefix("Value error, ")
        raise SetupError(
            N_("The setting %(name)s is wrong: %(cause)s."), name=name, cause=cause
        ) from error


def make_instance(settings: Settings) -> None:
    """Make the instance folder, and the embedded database readable by its owner alone."""
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.database_url is None:
        (settings.instance / DATABASE_FILE).touch(mode=0o600)


def secret_key(settings: Settings) -> str:
    """The secret of this instance: the one set, else one made and kept in the instance folder."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    kept = settings.instance / SECRET_FILE
    if not kept.exists():
        settings.instance.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()
