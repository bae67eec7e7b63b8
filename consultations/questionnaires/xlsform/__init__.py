"""Questionnaires as spreadsheets: an XLSForm read, and written."""
