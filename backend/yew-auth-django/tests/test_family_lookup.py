"""The query that is composed once finds what the ORM finds."""

import pytest
from django.db import connection, transaction
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from yew_auth_django.family_lookup import FAMILIES, LOCKED_FAMILIES, FamilyLookup
from yew_auth_django.models import RefreshFamily

pytestmark = pytest.mark.django_db

NOBODYS = "0" * 32


@pytest.fixture
def family(ada) -> RefreshFamily:
    family = RefreshFamily.open(ada)
    family.advance()
    return RefreshFamily.objects.select_related("user").get()


def values(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("families", [FAMILIES, LOCKED_FAMILIES])
def test_each_field_has_the_value_that_the_orm_gives_it(family, families):
    with transaction.atomic():
        found = families.find(family.session_id)
    assert values(found) == values(family)
    assert values(found.user) == values(family.user)
    assert [type(value) for value in values(found).values()] == [
        type(value) for value in values(family).values()
    ]


def test_all_that_a_refresh_reads_comes_by_one_query(family):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        values(LOCKED_FAMILIES.find(family.session_id).user)
        values(LOCKED_FAMILIES.find(family.session_id))
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 2


def test_a_session_that_is_not_there_is_none(family):
    assert FAMILIES.find(NOBODYS) is None


def test_what_is_annotated_is_read_with_it(family):
    lookup = FamilyLookup(name=F("user__username"), seven=Value(7))
    with CaptureQueriesContext(connection) as queries:
        found = lookup.find(family.session_id)
        assert (found.name, found.seven, found.user) == ("ada", 7, family.user)
    assert len(queries) == 1


def test_what_was_found_can_be_saved(family):
    found = FAMILIES.find(family.session_id)
    found.replayed_generations = 2
    found.save(update_fields=["replayed_generations"])
    family.refresh_from_db()
    assert family.replayed_generations == 2
