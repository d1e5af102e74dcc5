//! Turns a paginator's settings into a call and an initial state; settings that do not apply are found here, before
//! anything is sent.

use serde_json::Value;

use super::resume_token::{ResumeToken, Start};
use super::state::{Position, State};
use super::{PageToken, Paginated, Paginator, Token, TokenError};

/// The call to make for each page, and where the listing begins. If the settings do not apply, the state's first step
/// reports it.
pub(super) fn start<C: Paginated>(paginator: Paginator<C>) -> (C, State) {
    let Paginator {
        mut call,
        page_size,
        max_items,
        starting_token,
        on_repeated_token,
    } = paginator;
    let fitted = fit(&mut call, page_size, max_items, starting_token.as_ref());
    let tokens = C::PAGINATION.tokens.iter();
    let tokens = tokens
        .map(|token| (token.input)(&mut call).token())
        .collect();
    let position = Position {
        tokens,
        offset: *fitted.as_ref().unwrap_or(&0),
    };
    let mut state = State::new(
        names::<C>(),
        on_repeated_token,
        max_items,
        starting_token,
        position,
    );
    if let Err(text) = fitted {
        state.invalidate(text);
    }
    (call, state)
}

/// Sets page size and tokens on the call; returns the offset in the first page.
fn fit<C: Paginated>(
    call: &mut C,
    page_size: Option<i32>,
    max_items: Option<u64>,
    starting_token: Option<&ResumeToken>,
) -> Result<u64, String> {
    if let Some(page_size) = page_size {
        let Some(limit) = C::PAGINATION.limit else {
            return Err(format!(
                "the operation has no parameter for a page size (page_size is {page_size})"
            ));
        };
        if page_size < 1 {
            return Err(format!(
                "expected a page_size of 1 or more, found {page_size}"
            ));
        }
        limit(call, page_size);
    }
    let lists_items = C::PAGINATION.items.is_some();
    if let (false, Some(max_items)) = (lists_items, max_items) {
        return Err(format!(
            "the operation lists pages, not items, so max_items does not apply (max_items is {max_items})"
        ));
    }
    let Some(starting_token) = starting_token else {
        return Ok(0);
    };
    match starting_token.read(&names::<C>())? {
        Start::At { offset, .. } if offset > 0 && !lists_items => Err(
            "the starting token is for a position inside a page, and the operation lists no items"
                .to_owned(),
        ),
        Start::At { values, offset } => {
            for (index, value) in values.into_iter().enumerate() {
                set_token(call, index, value.map(Token::from_json))?;
            }
            Ok(offset)
        }
        Start::ServiceToken(text) => set_service_token(call, text).map(|()| 0),
    }
}

/// Sets a token; the error names its member.
pub(super) fn set_token<C: Paginated>(
    call: &mut C,
    index: usize,
    token: Option<Token>,
) -> Result<(), String> {
    match C::PAGINATION.tokens.get(index) {
        Some(of) => (of.input)(call)
            .set_token(token)
            .map_err(|error| token_error(of, &error)),
        None => Ok(()),
    }
}

/// The names of the input's members for the tokens.
fn names<C: Paginated>() -> Vec<&'static str> {
    let tokens = C::PAGINATION.tokens.iter();
    tokens.map(|token| token.member).collect()
}

/// Sets the first token from the service's own text and clears the others. Numbers and maps are JSON.
fn set_service_token<C: Paginated>(call: &mut C, text: String) -> Result<(), String> {
    for index in 1..C::PAGINATION.tokens.len() {
        set_token(call, index, None)?;
    }
    let json = serde_json::from_str::<Value>(&text)
        .ok()
        .map(Token::from_json);
    match (
        set_token(call, 0, Some(Token::from_json(Value::from(text)))),
        json,
    ) {
        (Ok(()), _) => Ok(()),
        (Err(_), Some(json)) => set_token(call, 0, Some(json)),
        (Err(error), None) => Err(error),
    }
}

fn token_error<C: Paginated>(token: &PageToken<C>, error: &TokenError) -> String {
    format!("the page token does not fit `{}`: {error}", token.member)
}
