from django.db import models


class Post(models.Model):
    user_id = models.PositiveIntegerField("author")
    title = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title
