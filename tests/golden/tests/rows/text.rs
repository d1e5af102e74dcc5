//! No text of a model becomes code, and no name of one another's.

rows! {}
