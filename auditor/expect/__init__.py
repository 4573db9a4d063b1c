"""Suites x tables -> findings.  The only package that imports Great Expectations, and only when it judges."""

from auditor.expect.judge import expect
from auditor.expect.suites import Suite, load, rules

__all__ = ["Suite", "expect", "load", "rules"]
