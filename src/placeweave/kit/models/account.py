"""Who can sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class AccountQuerySet(BaseUserManager["Account"]):
    """Ways to make and find accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account that signs in by a code sent to ``email``; a password is never needed."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by its e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """One person's way in, for every place of the installation. What they are in a place is a ``places.Member``."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_steward = models.BooleanField(default=False, help_text="Runs the whole installation.")
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AccountQuerySet] = AccountQuerySet()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Give the name other people know this person by."""
        return self.name
