"""What people may do here. The lake's own verbs (`actions.fold`, `rebuild`, `compact`, `answer`, `load`) are called by
the worker's child and commands alone: they import the engines, which web processes must not."""

from wenguo.insights.actions.asking import ask_lake, cancel_question

__all__ = ["ask_lake", "cancel_question"]
