"""Documents as data: headings, texts, tables, pictures. `pdf` and `docx` write the same document.

Both import heavy libraries: use them in a child of the worker, not in a web process.
"""

from wenguo.lib.documents.parts import Document, Heading, Picture, Remark, Sheet, Text

__all__ = ["Document", "Heading", "Picture", "Remark", "Sheet", "Text"]
