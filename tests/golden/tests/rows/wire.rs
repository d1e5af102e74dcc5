//! How values of each width travel.

rows! {}
