"""The two forms in which browsers send reports."""

from config.json_parser import StrictJSONParser


class ReportUriParser(StrictJSONParser):
    """The older one (CSP 2, `report-uri`): one report."""

    media_type = "application/csp-report"


class ReportingApiParser(StrictJSONParser):
    """The newer one (Reporting API, `report-to`): a list of reports of any kind."""

    media_type = "application/reports+json"
