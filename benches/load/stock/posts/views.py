"""All posts, as Django REST Framework's tutorial writes a list."""

from rest_framework import generics, serializers

from .models import Post


class PostSerializer(serializers.ModelSerializer):
    userId = serializers.IntegerField(source="user_id")  # noqa: N815 (the field's name on the wire)

    class Meta:
        model = Post
        fields = ["userId", "id", "title", "body"]


class PostListView(generics.ListAPIView):
    queryset = Post.objects.all()
    serializer_class = PostSerializer
