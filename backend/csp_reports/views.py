"""Where browsers report what the app's page was not let do."""

import logging
from dataclasses import asdict

from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from config.metrics import CSP_REPORTS
from yew_auth_django.own_requests import from_anyone

from .parsers import ReportingApiParser, ReportUriParser
from .report import violations

logger = logging.getLogger(__name__)


class ReportView(APIView):
    """Browsers send these without cookies, without an Origin, and expect nothing."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (ReportingApiParser, ReportUriParser)
    throttle_scope = "csp_reports"

    def post(self, request):
        for violation in violations(request.data):
            CSP_REPORTS.inc()
            logger.warning(
                "the page's policy refused %s", violation.directive, extra=asdict(violation)
            )
        return Response(status=status.HTTP_204_NO_CONTENT)


report = from_anyone(ReportView.as_view())
