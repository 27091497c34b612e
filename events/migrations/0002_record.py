"""The record's schema, and the trigger that keeps machines from publishing."""

from pathlib import Path

from django.db import migrations

SCHEMA = (Path(__file__).parent.parent / "record" / "schema.sql").read_text(encoding="utf-8")

MACHINES_DO_NOT_PUBLISH = """
CREATE FUNCTION public.refuse_machine_publishing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state NOT IN ('draft', 'in_review') OR (TG_OP = 'UPDATE' AND OLD.state <> NEW.state) THEN
        RAISE EXCEPTION 'a worker may only write drafts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.refuse_machine_accepting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'pending' THEN
        RAISE EXCEPTION 'a worker may only write pending claims' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER machines_do_not_publish BEFORE INSERT OR UPDATE ON public.events_incident
    FOR EACH ROW WHEN (current_user = 'sahel_worker') EXECUTE FUNCTION public.refuse_machine_publishing();
CREATE TRIGGER machines_do_not_accept BEFORE INSERT OR UPDATE ON public.events_claim
    FOR EACH ROW WHEN (current_user = 'sahel_worker') EXECUTE FUNCTION public.refuse_machine_accepting();
"""


class Migration(migrations.Migration):
    """Irreversible on purpose: a record is not dropped by a command."""

    dependencies = [("events", "0001_tables")]

    operations = [migrations.RunSQL(SCHEMA), migrations.RunSQL(MACHINES_DO_NOT_PUBLISH)]
