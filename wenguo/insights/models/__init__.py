"""What insights keeps: sums for the pages, the lake's files and how far it has read, questions put to it."""

from wenguo.insights.models.asked import AdHocQuery
from wenguo.insights.models.boards import Board, BoardMail
from wenguo.insights.models.lake import LakeFile, LakeState
from wenguo.insights.models.own import OwnMetric
from wenguo.insights.models.public import PublicStatistics
from wenguo.insights.models.regulators import CodeMapping, RegulatorCode, RegulatorFile, RegulatorFirm
from wenguo.insights.models.reports import Commentary, Paper, Report
from wenguo.insights.models.rollups import Counted, Rollup

__all__ = [
    "AdHocQuery",
    "Board",
    "BoardMail",
    "CodeMapping",
    "Commentary",
    "Counted",
    "LakeFile",
    "LakeState",
    "OwnMetric",
    "Paper",
    "PublicStatistics",
    "RegulatorCode",
    "RegulatorFile",
    "RegulatorFirm",
    "Report",
    "Rollup",
]
