//! How many retries a client may make while its service fails: enough for single failures, not enough to overload the
//! service.

/// A client's retry quota. It starts full, at 500. A retry takes from it; a call that succeeds gives back what its last
/// retry took, or 1 if it needed none.
#[derive(Clone, Debug)]
pub struct RetryQuota {
    left: u32,
}

impl RetryQuota {
    const FULL: u32 = 500;

    /// A full quota.
    pub fn new() -> Self {
        Self { left: Self::FULL }
    }

    /// Takes `cost`; `false`, and nothing is taken, if there is not enough.
    pub fn take(&mut self, cost: u32) -> bool {
        let left = self.left.checked_sub(cost);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// Gives back for a call that succeeded: what its last retry took, 0 if it needed none.
    pub fn succeed(&mut self, last_cost: u32) {
        self.left = self.left.saturating_add(last_cost.max(1)).min(Self::FULL);
    }

    /// What is left.
    pub fn left(&self) -> u32 {
        self.left
    }
}

impl Default for RetryQuota {
    fn default() -> Self {
        Self::new()
    }
}
