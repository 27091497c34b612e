"""API keys, what partners handed in, and the view through which the public doors know a key."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# The view runs with its owner's rights: the public role sees these columns and not the table.
KEYS = """
CREATE VIEW record.api_key AS
    SELECT prefix, digest, string_to_array(scopes, ' ') AS scopes, revoked_at IS NULL AS active
    FROM public.events_apikey;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        help_text="The organisation or project that it was given to.", max_length=200
                    ),
                ),
                ("prefix", models.CharField(editable=False, max_length=10, unique=True)),
                (
                    "digest",
                    models.CharField(editable=False, help_text="SHA-256 of the whole key.", max_length=64),
                ),
                ("scopes", models.CharField(default="read", help_text="Parted by blanks.", max_length=100)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                ("last_used_at", models.DateTimeField(editable=False, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="As whom the holder hands in reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="events.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "ordering": ["holder", "id"],
            },
        ),
        migrations.CreateModel(
            name="HandedIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=100)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body_sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_in",
                        to="events.apikey",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_in",
                        to="events.report",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("prefix__regex", "^[a-z0-9]{10}$")), name="key_prefix"
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="key_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("scopes__regex", "^(read|reports:write)( (read|reports:write))*$")),
                name="key_scopes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scopes__contains", "reports:write"), _negated=True),
                    ("source__isnull", False),
                    _connector="OR",
                ),
                name="key_for_reports_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="handedin",
            constraint=models.UniqueConstraint(
                fields=("key", "idempotency_key"), name="one_report_per_idempotency_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="handedin",
            constraint=models.CheckConstraint(
                condition=models.Q(("body_sha256__regex", "^[0-9a-f]{64}$")), name="handed_in_body"
            ),
        ),
        migrations.RunSQL(KEYS, "DROP VIEW record.api_key"),
    ]
