"""Units by dimension, through pint: what converts into what.  Currencies never convert."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Base:
    """``value * factor + offset`` is in the base unit of ``dimension``."""

    dimension: str
    factor: float
    offset: float = 0.0

    def of(self, value: Decimal | float) -> float:
        """A value in the unit as a value in the base unit; numbers that a unit does not change stay exact."""
        return float(value) if self.factor == 1.0 and not self.offset else round(float(value) * self.factor + self.offset, 9)


@cache
def base(unit: str | None) -> Base | None:
    """The base of a unit by its canonical name ("mile per hour"); None where it is no physical unit."""
    if not unit:
        return None
    import tokenize

    import pint

    unit = unit.removesuffix(" of age")  # an age is measured in time
    name = " / ".join(part.strip().replace(" ", "_") for part in unit.replace("/", " per ").split(" per "))
    try:
        zero = _registry().Quantity(0.0, name).to_base_units()
        one = _registry().Quantity(1.0, name).to_base_units()
    except (pint.PintError, AttributeError, ValueError, TypeError, AssertionError, ArithmeticError, tokenize.TokenError):
        return None
    return Base(str(one.dimensionality), float(one.magnitude - zero.magnitude), float(zero.magnitude))


@cache
def amount(unit: str | None, per: str | None) -> str | None:
    """The unit of a rate without what it is per, which texts leave out ("$73 a barrel", "$73"); a speed stays one."""
    if unit is None or per is None or not unit.endswith(f" per {per}") or ((speed := base(unit)) and speed.dimension == _SPEED):
        return unit
    return unit.removesuffix(f" per {per}")


_SPEED = "[length] / [time]"


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()
