"""Degrees (WGS84) to metres on the National Grid, as the Ordnance Survey's guide to coordinate systems works it out.

A shift of seven parameters, then the transverse Mercator projection on Airy's ellipsoid: within five metres or so everywhere in Great
Britain, which is less than a generalised ward boundary is out by anyway.
"""

from __future__ import annotations

from math import atan2, cos, hypot, radians, sin, sqrt, tan

_WGS_A, _WGS_B = 6_378_137.0, 6_356_752.314245
_AIRY_A, _AIRY_B = 6_377_563.396, 6_356_256.909
_MOVE = (-446.448, 125.157, -542.060)                                             # metres
_TURN = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
_STRETCH = 1 + 20.4894e-6
_F0, _LAT0, _LON0, _E0, _N0 = 0.9996012717, radians(49), radians(-2), 400_000.0, -100_000.0
_N1 = (_AIRY_A - _AIRY_B) / (_AIRY_A + _AIRY_B)
_E2_WGS = 1 - (_WGS_B / _WGS_A) ** 2
_E2 = 1 - (_AIRY_B / _AIRY_A) ** 2


def to_grid(longitude: float, latitude: float) -> tuple[float, float]:
    """(easting, northing) in metres of a place given in degrees."""
    phi, lam = _on_airy(radians(longitude), radians(latitude))
    sine, cosine, tangent = sin(phi), cos(phi), tan(phi)
    curve = 1 - _E2 * sine * sine
    nu = _AIRY_A * _F0 / sqrt(curve)
    rho = _AIRY_A * _F0 * (1 - _E2) / curve ** 1.5
    eta2, tan2 = nu / rho - 1, tangent * tangent
    one = _arc(phi) + _N0
    two = nu / 2 * sine * cosine
    three = nu / 24 * sine * cosine ** 3 * (5 - tan2 + 9 * eta2)
    three_a = nu / 720 * sine * cosine ** 5 * (61 - 58 * tan2 + tan2 * tan2)
    four = nu * cosine
    five = nu / 6 * cosine ** 3 * (nu / rho - tan2)
    six = nu / 120 * cosine ** 5 * (5 - 18 * tan2 + tan2 * tan2 + 14 * eta2 - 58 * tan2 * eta2)
    off = lam - _LON0
    return (_E0 + off * (four + off * off * (five + off * off * six)),
            one + off * off * (two + off * off * (three + off * off * three_a)))


def _arc(phi: float) -> float:
    """The length of the meridian from the true origin."""
    n, minus, plus = _N1, phi - _LAT0, phi + _LAT0
    return _AIRY_B * _F0 * (
        (1 + n + 1.25 * n * n + 1.25 * n ** 3) * minus
        - (3 * n + 3 * n * n + 2.625 * n ** 3) * sin(minus) * cos(plus)
        + (1.875 * n * n + 1.875 * n ** 3) * sin(2 * minus) * cos(2 * plus)
        - 35 / 24 * n ** 3 * sin(3 * minus) * cos(3 * plus))


def _on_airy(lam: float, phi: float) -> tuple[float, float]:
    """(latitude, longitude) in radians on Airy's ellipsoid, from those of WGS84."""
    nu = _WGS_A / sqrt(1 - _E2_WGS * sin(phi) ** 2)
    x, y, z = nu * cos(phi) * cos(lam), nu * cos(phi) * sin(lam), (1 - _E2_WGS) * nu * sin(phi)
    rx, ry, rz = _TURN
    x, y, z = (_MOVE[0] + _STRETCH * x - rz * y + ry * z, _MOVE[1] + rz * x + _STRETCH * y - rx * z,
               _MOVE[2] - ry * x + rx * y + _STRETCH * z)
    flat = hypot(x, y)
    new = atan2(z, flat * (1 - _E2))
    for _round in range(4):
        nu = _AIRY_A / sqrt(1 - _E2 * sin(new) ** 2)
        new = atan2(z + _E2 * nu * sin(new), flat)
    return new, atan2(y, x)
