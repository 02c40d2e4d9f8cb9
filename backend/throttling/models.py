"""What the processes of all hosts count together, where there is no Redis."""

from django.db import models


class Counter(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveBigIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.key
