//! Only what the selection reaches can refuse a model.

rows! {}
