"""What is asked: kinds of question, versions, XLSForm."""
