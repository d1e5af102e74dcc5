//! A row of the table.

/// A spelling, how often it is used, and what becomes of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What programs write.
    pub spelling: &'static str,
    /// How often they write it; 0 where nobody counted.
    pub uses: u32,
    /// How many programs do.
    pub programs: u32,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands and means the same.
    Unchanged,
    /// It does not compile any more; this is written instead.
    Changed(&'static str),
    /// Generated code does not decide it: it belongs to the configuration and to S3, which have work of their own. This is
    /// what stands today.
    Elsewhere(&'static str),
}

impl Row {
    /// A spelling that stands: `_proof` is a function that is written in it.
    pub(crate) const fn unchanged<F: Copy>(
        spelling: &'static str,
        uses: u32,
        programs: u32,
        _proof: F,
    ) -> Self {
        Self {
            spelling,
            uses,
            programs,
            verdict: Verdict::Unchanged,
        }
    }

    /// A spelling that becomes another, in which `_proof` is written.
    pub(crate) const fn changed<F: Copy>(
        spelling: &'static str,
        now: &'static str,
        uses: u32,
        programs: u32,
        _proof: F,
    ) -> Self {
        Self {
            spelling,
            uses,
            programs,
            verdict: Verdict::Changed(now),
        }
    }

    /// A spelling that generated code does not decide.
    pub(crate) const fn elsewhere(
        spelling: &'static str,
        today: &'static str,
        uses: u32,
        programs: u32,
    ) -> Self {
        Self {
            spelling,
            uses,
            programs,
            verdict: Verdict::Elsewhere(today),
        }
    }
}
