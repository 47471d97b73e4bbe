"""What reviewers decide: kept for good, applied after every run, turned into training data."""

from catnlp.review.apply import decide, reapply

__all__ = ["decide", "reapply"]
