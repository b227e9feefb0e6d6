"""The « Promeneurs du Net » dashboard: a département's network, kept in shared spreadsheets."""
