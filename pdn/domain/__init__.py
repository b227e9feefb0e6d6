"""The nouns and the rules of a coordination: frozen records, pure functions that take `today`."""
