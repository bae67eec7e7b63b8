"""What pages share: access, forms, templating, headers."""
