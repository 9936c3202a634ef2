"""The sample programme: nine lots, real postcodes, invented people, October 2018 to 15 July 2020, built through the rooms' own actions."""

from __future__ import annotations

from coachdesk.demo.build import SAMPLE_DAY, Made, prepare
from coachdesk.demo.papers import write_documents

__all__ = ["SAMPLE_DAY", "Made", "prepare", "write_documents"]
