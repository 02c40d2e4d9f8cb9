"""The same posts as the product's."""

from django.db import models


class Post(models.Model):
    user_id = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title
