//! A waiter is understood, or left out alone.

rows! {}
