"""Software for confidential talks, from the first concern to a tested AI system."""

__version__ = "0.1.0"
