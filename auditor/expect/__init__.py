"""Suites x tables -> findings.  The only package that imports Great Expectations, and only when it judges."""

from auditor.expect.adjust import adjusted, in_force
from auditor.expect.judge import expect
from auditor.expect.suites import Suite, load, rules

__all__ = ["Suite", "adjusted", "expect", "in_force", "load", "rules"]
