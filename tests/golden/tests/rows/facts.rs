//! What a model says of a member reaches the crate, in its place; what cannot be on the wire is refused.

rows! {}
