"""Arms sales: read in documents and registers, put together, linked to mentions."""

from catnlp.sales.find import find_sales

__all__ = ["find_sales"]
