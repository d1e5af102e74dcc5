//! Macros: what their tokens contain where they parse as Rust, as those of `join!`, `select!`, `vec!` and `lazy_static!` do.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, File, Item, Macro, Stmt, Token};

/// How deep macros within the tokens of macros are read.
const DEEPEST: usize = 8;

/// What the tokens of a macro are.
pub(super) enum Tokens {
    /// A list of expressions, such as the arguments of `join!`.
    Expressions(Vec<Expr>),
    /// Statements, such as those in `stream!`.
    Statements(Vec<Stmt>),
    /// Parts of them that parse, in another syntax, such as that of `select!`.
    Parts(Vec<Stmt>),
}

/// What a macro at the place of an expression or a statement contains.
pub(super) fn contents(of: &Macro) -> Tokens {
    let tokens = &of.tokens;
    let list = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(list) = list.parse2(tokens.clone()) {
        return Tokens::Expressions(list.into_iter().collect());
    }
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        return Tokens::Statements(statements);
    }
    let mut parts = Vec::new();
    pieces(tokens.clone(), DEEPEST, &mut parts);
    Tokens::Parts(parts)
}

/// The items in a macro at the place of an item; and whether there may be more in it, which is not an item.
pub(super) fn items(of: &Macro) -> (Vec<Item>, bool) {
    if of.path.is_ident("macro_rules") {
        return (Vec::new(), true);
    }
    if let Some(items) = parsed(of.tokens.clone()) {
        return (items, false);
    }
    // `cfg_if!` and others have items in braces, with words between them.
    let mut found = Vec::new();
    let mut rest = false;
    for token in of.tokens.clone() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                match parsed(group.stream()) {
                    Some(items) => found.extend(items),
                    None => rest = true,
                }
            }
            _ => {}
        }
    }
    let rest = rest || found.is_empty();
    (found, rest)
}

/// Items, also where `lazy_static!` writes `static ref`.
fn parsed(tokens: TokenStream) -> Option<Vec<Item>> {
    let file = syn::parse2::<File>(tokens.clone());
    let file = file.or_else(|_| syn::parse2::<File>(without_ref(tokens)));
    file.ok().map(|file| file.items)
}

fn without_ref(tokens: TokenStream) -> TokenStream {
    let mut after_static = false;
    let kept = tokens.into_iter().filter(|token| {
        let word = match token {
            TokenTree::Ident(ident) => ident.to_string(),
            _ => String::new(),
        };
        let is_kept = !(after_static && word == "ref");
        after_static = word == "static";
        is_kept
    });
    // `thread_local!` permits the last semicolon to be missing.
    let end = TokenTree::Punct(Punct::new(';', Spacing::Alone));
    let mut kept: Vec<TokenTree> = kept.collect();
    if !matches!(kept.last(), Some(TokenTree::Punct(last)) if last.as_char() == ';') {
        kept.push(end);
    }
    kept.into_iter().collect()
}

/// The parts of a token stream between `,`, `;`, `=>` and `=` that are statements, and what is in the brackets of others.
fn pieces(tokens: TokenStream, fuel: usize, out: &mut Vec<Stmt>) {
    let mut part: Vec<TokenTree> = Vec::new();
    let mut last = ' ';
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            let c = punct.as_char();
            let is_arrow = last == '=' && c == '>';
            let is_assignment = c == '='
                && punct.spacing() == Spacing::Alone
                && !matches!(last, '=' | '<' | '>' | '!' | '+' | '-' | '*' | '/');
            last = c;
            if matches!(c, ',' | ';') || is_arrow || is_assignment {
                if is_arrow {
                    part.pop();
                }
                piece(std::mem::take(&mut part), fuel, out);
                continue;
            }
        } else {
            last = ' ';
        }
        part.push(token);
    }
    piece(part, fuel, out);
}

fn piece(part: Vec<TokenTree>, fuel: usize, out: &mut Vec<Stmt>) {
    if part.is_empty() {
        return;
    }
    let tokens: TokenStream = part.iter().cloned().collect();
    if let Ok(statements) = Block::parse_within.parse2(tokens) {
        out.extend(statements);
    } else if fuel > 0 {
        for token in part {
            if let TokenTree::Group(group) = token {
                pieces(group.stream(), fuel - 1, out);
            }
        }
    }
}

/// The bodies of the rules of a `macro_rules!`, as statements where they parse, with `$name` as a name.
pub(super) fn rules(of: &Macro) -> Vec<Stmt> {
    let mut found = Vec::new();
    let bodies = of
        .tokens
        .clone()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::Bracket => Some(group),
            _ => None,
        });
    for body in bodies {
        pieces(without_dollars(body.stream(), DEEPEST), DEEPEST, &mut found);
    }
    found
}

fn without_dollars(tokens: TokenStream, fuel: usize) -> TokenStream {
    let kept = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Punct(punct) if punct.as_char() == '$' => None,
        TokenTree::Group(group) if fuel > 0 => {
            let mut inner =
                Group::new(group.delimiter(), without_dollars(group.stream(), fuel - 1));
            inner.set_span(group.span());
            Some(TokenTree::Group(inner))
        }
        other => Some(other),
    });
    kept.collect()
}
