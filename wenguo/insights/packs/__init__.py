"""Lists the product brings along; what people add or change lies in rows."""
