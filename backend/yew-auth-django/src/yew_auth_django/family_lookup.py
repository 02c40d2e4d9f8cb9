"""A session and its user by the session's id: the query that every request begins with.

Django composes the SQL of a query each time it is asked. For this query that takes three times as
long as all the rest of it, so it is composed once.
"""

from functools import cache

from django.db import connections, router
from django.db.models import QuerySet

from .models import RefreshFamily

# What nothing but a refresh reads. Any other attribute is there without another query.
_OF_REFRESH = (
    "opened_at",
    "current",
    "current_issued_at",
    "current_expires_at",
    "predecessor",
    "replayed",
    "replayed_generations",
)


class FamilyLookup:
    """Finds sessions. `annotations` are read by the same query, as those of a queryset are.

    With `lock`, for a refresh, the row is the caller's alone until their transaction ends. SQLite
    has no such locks: there the transaction has begun with the write lock.
    """

    def __init__(self, *, lock: bool = False, **annotations):
        self._lock = lock
        self._annotations = annotations
        self._composed = cache(self._compose)

    def find(self, session_id: str) -> RefreshFamily | None:
        """The session of this id, 32 lowercase hexadecimal digits, with its user."""
        find_database = router.db_for_write if self._lock else router.db_for_read
        return self._composed(find_database(RefreshFamily)).one(session_id)

    def _compose(self, database: str) -> "_ComposedQuery":
        families = RefreshFamily.objects.using(database).select_related("user")
        families = families.annotate(**self._annotations)
        if self._lock:
            return _ComposedQuery(families.select_for_update(of=("self",)))
        return _ComposedQuery(families.defer(*_OF_REFRESH))


class _ComposedQuery:
    """SQL in which nothing but the id changes, and how a row of it is read."""

    def __init__(self, families: QuerySet):
        any_id = RefreshFamily().pk
        compiler = families.filter(pk=any_id).query.get_compiler(families.db)
        # The id is the last parameter: it stands in the only condition.
        self._sql, (*self._parameters, _) = compiler.as_sql()
        self._database = families.db
        columns = [column for column, *_ in compiler.select]
        # What SQLite has no type for, it returns as text.
        self._converters = compiler.get_converters(columns)
        [user] = compiler.klass_info["related_klass_infos"]
        self._family = _Instance(compiler.klass_info, columns)
        self._user = _Instance(user, columns)
        self._annotations = compiler.annotation_col_map

    def one(self, session_id: str) -> RefreshFamily | None:
        connection = connections[self._database]
        parameter = RefreshFamily._meta.pk.get_db_prep_value(session_id, connection)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [*self._parameters, parameter])
            row = cursor.fetchone()
        return self._read(list(row), connection) if row else None

    def _read(self, row: list, connection) -> RefreshFamily:
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        family = self._family.of(row, self._database)
        family.user = self._user.of(row, self._database)
        for name, place in self._annotations.items():
            setattr(family, name, row[place])
        return family


class _Instance:
    """A model, and which columns of a row are its fields."""

    def __init__(self, info: dict, columns: list):
        self._model = info["model"]
        self._places = info["select_fields"]
        self._names = [columns[place].target.attname for place in self._places]

    def of(self, row: list, database: str):
        return self._model.from_db(database, self._names, [row[place] for place in self._places])


FAMILIES = FamilyLookup()
LOCKED_FAMILIES = FamilyLookup(lock=True)
