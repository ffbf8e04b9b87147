"""cvp: which customer-value level a company's buyers put it on, how sure that is, and the way to Level 4."""

__version__ = "0.1.0"
