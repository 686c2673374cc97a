"""The lake: facts in Parquet, one definition of every metric, engines that run it (ADR-0016).

Nothing here is imported by web processes: DuckDB, Ibis and Arrow live in short-lived children of the worker.
"""
