//! Where a listing stands, without I/O: which page is to be asked for, how much of a page may be handed out, whether
//! the listing ends, and the token to go on with.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};

use super::{OnRepeatedToken, ResumeToken, Token};

/// A place in a listing: the tokens that give a page, and how many of the items from there on were handed out.
#[derive(Clone, Debug)]
pub(super) struct Position {
    pub(super) tokens: Vec<Option<Token>>,
    pub(super) offset: u64,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// Ask for the page that [`State::tokens`] give.
    Request,
    /// Tell the caller what is wrong.
    Fail(String),
    /// There is nothing more.
    End,
}

/// Which part of a page is to be handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) skip: usize,
    pub(super) keep: usize,
    /// Whether an earlier stream has handed out the beginning of the page.
    pub(super) resumed: bool,
}

#[derive(Clone, Debug)]
enum Phase {
    Going,
    /// The tokens of the position were used before, and that is an error.
    Repeated,
    /// The settings, or a token of the service's, do not fit the operation.
    Unfit(String),
    /// The tokens of the position were used before, and that ends the listing.
    Stopped,
    /// The listing has no more.
    Complete,
}

/// The page that is being handed out.
#[derive(Clone, Debug)]
struct Page {
    items: u64,
    /// The tokens of the page after it; `None` for the last page.
    next: Option<Vec<Option<Token>>>,
}

/// A listing that is under way.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The input members that take the tokens.
    names: Vec<&'static str>,
    on_repeated_token: OnRepeatedToken,
    position: Position,
    /// The token that the caller gave, until the first page comes.
    given: Option<ResumeToken>,
    /// How many items may still be handed out.
    remaining: Option<u64>,
    page: Option<Page>,
    /// Hashes of the tokens used so far: a long listing keeps 16 bytes a page and not its tokens.
    seen: HashSet<u128>,
    phase: Phase,
}

impl State {
    /// A listing that begins at `position`; `given` is the resume token that led there, if one did.
    pub(super) fn new(
        names: Vec<&'static str>,
        on_repeated_token: OnRepeatedToken,
        max_items: Option<u64>,
        given: Option<ResumeToken>,
        position: Position,
    ) -> Self {
        let phase = Phase::Going;
        let seen = HashSet::from([hash(&position.tokens)]);
        Self {
            names,
            on_repeated_token,
            position,
            given,
            remaining: max_items,
            page: None,
            seen,
            phase,
        }
    }

    pub(super) fn next_step(&self) -> Step {
        match &self.phase {
            Phase::Unfit(text) => Step::Fail(text.clone()),
            Phase::Stopped | Phase::Complete => Step::End,
            Phase::Going | Phase::Repeated if self.remaining == Some(0) => Step::End,
            Phase::Repeated => Step::Fail(self.repeated()),
            Phase::Going => Step::Request,
        }
    }

    /// The tokens of the page to ask for.
    pub(super) fn tokens(&self) -> &[Option<Token>] {
        &self.position.tokens
    }

    /// The settings or the service's tokens turned out not to fit: fails with that text.
    pub(super) fn unfit(&mut self, text: String) {
        self.phase = Phase::Unfit(text);
    }

    /// A page with so many items came; `next` are the tokens that it carries, `more` what it says of more to come.
    /// The items that the cut leaves are to be handed out and counted by [`advance`](Self::advance).
    pub(super) fn receive(&mut self, items: usize, next: Vec<Option<Token>>, more: bool) -> Cut {
        self.given = None;
        // An empty token is how many services say that there is none.
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
        let cut = Cut {
            skip,
            keep: (items - skip).min(room),
            resumed: self.position.offset > 0,
        };
        self.page = Some(Page {
            items: u64::try_from(items).unwrap_or(u64::MAX),
            next,
        });
        self.advance(0);
        cut
    }

    /// So many more items of the page were handed out. After the last one the listing stands before the next page.
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

    /// Goes over to the page after `page`.
    fn turn(&mut self, page: Page) {
        let Some(tokens) = page.next else {
            self.phase = Phase::Complete;
            return;
        };
        // A page that is shorter than the offset (resumed with a smaller page size) passes the rest of it on.
        self.position = Position {
            tokens,
            offset: self.position.offset - page.items,
        };
        self.phase = match self.on_repeated_token {
            OnRepeatedToken::Continue => Phase::Going,
            _ if self.seen.insert(hash(&self.position.tokens)) => Phase::Going,
            OnRepeatedToken::Error => Phase::Repeated,
            OnRepeatedToken::Stop => Phase::Stopped,
        };
    }

    /// The same place, with the page that was being handed out to be asked for again.
    pub(super) fn without_page(mut self) -> Self {
        self.page = None;
        self
    }

    /// The token to go on with; `None` when the listing is complete.
    pub(super) fn resume_token(&self) -> Option<ResumeToken> {
        match (&self.phase, &self.given) {
            (Phase::Complete, _) => None,
            (_, Some(given)) => Some(given.clone()),
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
             all the same, see Paginator::on_repeated_token",
            tokens.join(", ")
        )
    }
}

/// 128 bits, so that two different tokens are not taken for one another even in a listing of millions of pages.
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
