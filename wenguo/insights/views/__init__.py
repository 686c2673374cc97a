"""Pages of figures: the KPI page and its rows; boards of charts."""
