"""What negotiators and participants receive: the frozen report, its pages and files."""
