//! The progress of a listing, without I/O: which page to request, how much of a page may be returned, whether the
//! listing ends, and the token to resume from.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{OnRepeatedToken, ResumeToken, Token};

/// A position in a listing: the tokens for a page, and the number of items after it that were returned.
#[derive(Clone, Debug)]
pub(super) struct Position {
    pub(super) tokens: Vec<Option<Token>>,
    pub(super) offset: u64,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// Request the page for [`State::tokens`].
    Request,
    /// Return an error to the caller.
    Fail(String),
    /// The listing has ended.
    End,
}

/// The part of a page that is to be returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageSlice {
    pub(super) skip: usize,
    pub(super) keep: usize,
    /// Whether an earlier stream has returned the beginning of the page.
    pub(super) resumed: bool,
}

#[derive(Clone, Debug)]
enum Phase {
    Active,
    /// The tokens of the position were used before, which is an error.
    Repeated,
    /// The settings, or a token from the service, do not apply to the operation.
    Invalid(String),
    /// The tokens of the position were used before, which ends the listing.
    Stopped,
    /// The listing is complete.
    Complete,
}

/// The page whose items are being returned.
#[derive(Clone, Debug)]
struct Page {
    items: u64,
    /// The tokens of the next page; `None` for the last page.
    next: Option<Vec<Option<Token>>>,
}

/// A listing in progress.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The names of the input's members for the tokens.
    names: Vec<&'static str>,
    on_repeated_token: OnRepeatedToken,
    position: Position,
    /// The caller's token, until the first page has arrived.
    resume: Option<ResumeToken>,
    /// How many more items may be returned.
    remaining: Option<u64>,
    page: Option<Page>,
    /// Hashes of the tokens used so far: a long listing keeps 16 bytes per page instead of its tokens.
    seen: HashSet<u128>,
    phase: Phase,
}

impl State {
    /// A listing that begins at `position`; `resume` is the resume token for that position, if there is one.
    pub(super) fn new(
        names: Vec<&'static str>,
        on_repeated_token: OnRepeatedToken,
        max_items: Option<u64>,
        resume: Option<ResumeToken>,
        position: Position,
    ) -> Self {
        let phase = Phase::Active;
        let seen = HashSet::from([hash(&position.tokens)]);
        Self {
            names,
            on_repeated_token,
            position,
            resume,
            remaining: max_items,
            page: None,
            seen,
            phase,
        }
    }

    pub(super) fn next_step(&self) -> Step {
        match &self.phase {
            Phase::Invalid(text) => Step::Fail(text.clone()),
            Phase::Stopped | Phase::Complete => Step::End,
            Phase::Active | Phase::Repeated if self.remaining == Some(0) => Step::End,
            Phase::Repeated => Step::Fail(self.repeated()),
            Phase::Active => Step::Request,
        }
    }

    /// The tokens of the page to request.
    pub(super) fn tokens(&self) -> &[Option<Token>] {
        &self.position.tokens
    }

    /// Ends the listing with this message: the settings or the service's tokens do not apply.
    pub(super) fn invalidate(&mut self, text: String) {
        self.phase = Phase::Invalid(text);
    }

    /// Takes a page with so many items; `next` are its tokens, `more` whether it says that more follow. The items that
    /// are left after the cut are to be returned and counted by [`advance`](Self::advance).
    pub(super) fn receive(
        &mut self,
        items: usize,
        next: Vec<Option<Token>>,
        more: bool,
    ) -> PageSlice {
        self.resume = None;
        // Many services send an empty token when there is none.
        let next: Vec<_> = next
            .into_iter()
            .map(|token| token.filter(|token| !token.is_empty()))
            .collect();
        let next = (more && next.iter().any(Option::is_some)).then_some(next);
        let skip = usize::try_from(self.position.offset)
            .unwrap_or(usize::MAX)
            .min(items);
        let room = self
            .remaining
            .and_then(|remaining| usize::try_from(remaining).ok())
            .unwrap_or(usize::MAX);
        let slice = PageSlice {
            skip,
            keep: (items - skip).min(room),
            resumed: self.position.offset > 0,
        };
        self.page = Some(Page {
            items: u64::try_from(items).unwrap_or(u64::MAX),
            next,
        });
        self.advance(0);
        slice
    }

    /// Counts more items of the page as returned. After the last one, the listing is before the next page.
    pub(super) fn advance(&mut self, items: usize) {
        let items = u64::try_from(items).unwrap_or(u64::MAX);
        self.position.offset = self.position.offset.saturating_add(items);
        self.remaining = self
            .remaining
            .map(|remaining| remaining.saturating_sub(items));
        if let Some(page) = self.page.take_if(|page| self.position.offset >= page.items) {
            self.turn(page);
        }
    }

    /// Goes to the page after `page`.
    fn turn(&mut self, page: Page) {
        let Some(tokens) = page.next else {
            self.phase = Phase::Complete;
            return;
        };
        // If a page is shorter than the offset (resumed with a smaller page size), the rest of the offset applies to
        // the next page.
        self.position = Position {
            tokens,
            offset: self.position.offset - page.items,
        };
        self.phase = match self.on_repeated_token {
            OnRepeatedToken::Continue => Phase::Active,
            _ if self.seen.insert(hash(&self.position.tokens)) => Phase::Active,
            OnRepeatedToken::Error => Phase::Repeated,
            OnRepeatedToken::Stop => Phase::Stopped,
        };
    }

    /// The same position, with the current page to be requested again.
    pub(super) fn without_page(mut self) -> Self {
        self.page = None;
        self
    }

    /// The token to resume from; `None` when the listing is complete.
    pub(super) fn resume_token(&self) -> Option<ResumeToken> {
        match (&self.phase, &self.resume) {
            (Phase::Complete, _) => None,
            (_, Some(resume)) => Some(resume.clone()),
            (_, None) => Some(ResumeToken::new(
                &self.names,
                &self.position.tokens,
                self.position.offset,
            )),
        }
    }

    fn repeated(&self) -> String {
        let tokens: Vec<String> = self
            .names
            .iter()
            .zip(&self.position.tokens)
            .filter_map(|(name, token)| Some(format!("{name} = {}", token.as_ref()?)))
            .collect();
        format!(
            "the service gave the same page token twice, so the listing would not end: {}; to stop there or to go on \
             nevertheless, see Paginator::on_repeated_token",
            tokens.join(", ")
        )
    }
}

/// 128 bits, so that two different tokens are not confused even in a listing of millions of pages.
fn hash(tokens: &[Option<Token>]) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(salt);
        for token in tokens {
            match token {
                None => hasher.write_u8(0),
                Some(token) => {
                    hasher.write_u8(1);
                    hasher.write(token.json().to_string().as_bytes());
                    hasher.write_u8(0xff);
                }
            }
        }
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
