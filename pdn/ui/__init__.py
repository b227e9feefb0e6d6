"""What pages share: who is there, the data, French formatting, tables, charts, forms from the schema."""
