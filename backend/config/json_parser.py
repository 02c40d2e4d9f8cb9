"""Reads a request's JSON, and refuses what no endpoint could make sense of."""

from io import BytesIO

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

from .storable import is_storable

# The longest that the app sends is a sign-in by code, of some 5 kilobytes.
LONGEST_BODY = 256 * 1024


class BodyTooLong(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"A body is at most {LONGEST_BODY} bytes long."
    default_code = "body_too_long"


class StrictJSONParser(JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(LONGEST_BODY + 1)
        if len(body) > LONGEST_BODY:
            raise BodyTooLong
        try:
            parsed = super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        if not is_storable(parsed):
            raise ParseError("The JSON holds characters that are no text.")
        return parsed
