//! Checks that the results of rules can be sent: a URL, headers, names in a signature. The values of their holes are
//! checked when a request is made.

use super::{Expr, Piece};
use crate::http::{self, HOLE};
use crate::json::Node;

pub(super) fn url(node: &Node<'_, '_>, url: Option<&Expr>) {
    let Some(Expr::Text(pieces)) = url else {
        return;
    };
    let begins_with_hole = matches!(pieces.first(), Some(Piece::Hole { .. }));
    if let Some(expected) = http::wrong_with_endpoint(&filled_in(pieces), begins_with_hole) {
        node.expected(&expected);
    }
}

pub(super) fn header_name(node: &Node<'_, '_>, name: &str) {
    if !http::is_token(name) || http::OF_TRANSPORT.contains(&name.to_ascii_lowercase().as_str()) {
        node.problem(format!(
            "expected the name of a header that rules can set, found {name:?}"
        ));
    }
}

pub(super) fn header_value(node: &Node<'_, '_>, value: Option<&Expr>) {
    each(node, value, http::is_header_value, "the value of a header");
}

pub(super) fn scope(node: &Node<'_, '_>, value: Option<&Expr>) {
    let expected = "a name of letters, digits and `-._~` for the signature";
    each(node, value, http::is_scope_name, expected);
}

pub(super) fn region_of_set(node: &Node<'_, '_>, pieces: &[Piece]) {
    let region = filled_in(pieces);
    if region != "*" && !http::is_scope_name(&region) {
        node.expected("the name of a region, or `*`");
    }
}

fn each(node: &Node<'_, '_>, value: Option<&Expr>, fits: fn(&str) -> bool, expected: &str) {
    if let Some(Expr::Text(pieces)) = value
        && !fits(&filled_in(pieces))
    {
        node.expected(expected);
    }
}

fn filled_in(pieces: &[Piece]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Literal(literal) => literal.as_str(),
        Piece::Hole { .. } => HOLE,
    });
    text.collect()
}
