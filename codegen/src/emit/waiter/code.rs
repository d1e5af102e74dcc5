//! Writes expressions.

use super::super::file::ident;
use crate::rust::{Code, Sign, Taken};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

/// A piece of Rust; adjacent pieces are separated by parentheses or commas.
pub(super) fn code(of: &Code) -> TokenStream {
    let all = |of: &[Code]| of.iter().map(code).collect::<Vec<_>>();
    match of {
        Code::Variable { name, clone } => {
            let name = Ident::new(name, Span::call_site());
            if *clone {
                quote!(#name.clone())
            } else {
                quote!(#name)
            }
        }
        Code::Fields {
            of,
            optional,
            fields,
            taken,
        } => self::fields(of, *optional, fields, *taken),
        Code::Call {
            function,
            arguments,
            fallible,
        } => {
            let (function, arguments) = (ident(function), all(arguments));
            let or_error = fallible.then(|| quote!(?));
            quote!(jmespath::#function(#(#arguments),*) #or_error)
        }
        Code::Closure(body) => {
            let (body, value) = bound(body);
            quote!(|#value| Ok(#body))
        }
        Code::Method {
            of,
            method,
            arguments,
        } => {
            let (of, method, arguments) = (operand(of), ident(method), all(arguments));
            quote!(#of.#method(#(#arguments),*))
        }
        Code::Map(of, body) => {
            let (of, (body, value)) = (operand(of), bound(body));
            quote!(#of.map(|#value| #body))
        }
        Code::IfSome(of, some) => {
            let (of, (some, value)) = (code(of), bound(some));
            quote!(match #of { Some(#value) => #some, None => None })
        }
        Code::Let(of, body) => {
            let (of, (body, value)) = (code(of), bound(body));
            quote!({ let #value = #of; #body })
        }
        Code::If(condition, yes, no) => {
            let (condition, yes, no) = (code(condition), code(yes), code(no));
            quote!(if #condition { #yes } else { #no })
        }
        Code::Or(left, right) => {
            let (left, right) = (code(left), code(right));
            quote!(match #left { left if jmespath::holds(&left) => left, _ => #right })
        }
        Code::And(left, right) => {
            let (left, right) = (code(left), code(right));
            quote!(match #left { left if jmespath::holds(&left) => #right, left => left })
        }
        Code::Operator(sign, left, right) => {
            let within = |of: &Code| match of {
                // `&&` and `||` need no parentheses within themselves, nor do operators that bind tighter.
                Code::Operator(inner, ..)
                    if is_tighter(*inner, *sign)
                        || (inner == sign && matches!(sign, Sign::And | Sign::Or)) =>
                {
                    code(of)
                }
                of => operand(of),
            };
            let (left, sign, right) = (within(left), self::sign(*sign), within(right));
            quote!(#left #sign #right)
        }
        Code::Order(sign, left, right) => {
            let sign = self::sign(*sign);
            match (&**left, &**right) {
                (left, Code::Some(right)) if is_literal(right) => {
                    let (left, right) = (operand(left), code(right));
                    quote!(#left.map(|value| value #sign #right))
                }
                (Code::Some(left), right) if is_literal(left) => {
                    let (left, right) = (code(left), operand(right));
                    quote!(#right.map(|value| #left #sign value))
                }
                (left, right) => {
                    let (left, right) = (operand(left), code(right));
                    quote!(#left.zip(#right).map(|(left, right)| left #sign right))
                }
            }
        }
        Code::Not(of) => {
            let of = operand(of);
            quote!(!#of)
        }
        Code::Dereferenced(of) => {
            let of = operand(of);
            quote!(*#of)
        }
        Code::Borrowed(of) => {
            let of = operand(of);
            quote!(&#of)
        }
        Code::As(of, ty) => {
            let (of, ty) = (operand(of), ident(ty));
            quote!(#of as #ty)
        }
        Code::Part(of, at) => {
            let (of, at) = (operand(of), Literal::usize_unsuffixed(*at));
            quote!(#of.#at)
        }
        Code::Some(of) => {
            let of = code(of);
            quote!(Some(#of))
        }
        Code::None => quote!(None),
        Code::Text(text) => quote!(#text),
        Code::Flag(flag) => quote!(#flag),
        Code::Integer(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!(#number)
        }
        Code::Float(number) => {
            let number = Literal::f64_unsuffixed(*number);
            quote!(#number)
        }
        Code::Default => quote!(Default::default()),
        Code::Empty => quote!(Vec::<&str>::new()),
        Code::Vec(items) => {
            let items = all(items);
            match items.as_slice() {
                [] => quote!(Vec::new()),
                items => quote!(Vec::from([#(#items),*])),
            }
        }
        Code::Tuple(parts) => {
            let parts = all(parts);
            quote!((#(#parts,)*))
        }
    }
}

/// The expression for the variable `value`, and the variable, which is `_` if it is not used.
fn bound(body: &Code) -> (TokenStream, TokenStream) {
    let body = code(body);
    let value = if names(body.clone(), "value") {
        quote!(value)
    } else {
        quote!(_)
    };
    (body, value)
}

/// Whether an identifier is among the tokens.
pub(super) fn names(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => names(group.stream(), name),
        _ => false,
    })
}

/// The same as an operand of an operator or a method: in parentheses if it needs them.
fn operand(of: &Code) -> TokenStream {
    let spelled = code(of);
    match of {
        Code::Operator(..)
        | Code::Not(_)
        | Code::Dereferenced(_)
        | Code::As(..)
        | Code::If(..)
        | Code::IfSome(..)
        | Code::Or(..)
        | Code::And(..)
        | Code::Let(..) => quote!((#spelled)),
        Code::Integer(number) if *number < 0 => quote!((#spelled)),
        Code::Float(number) if *number < 0.0 => quote!((#spelled)),
        _ => spelled,
    }
}

fn is_literal(of: &Code) -> bool {
    matches!(of, Code::Integer(_) | Code::Float(_))
}

/// Comparisons bind tighter than `&&`, which binds tighter than `||`.
fn is_tighter(inner: Sign, outer: Sign) -> bool {
    let strength = |sign| match sign {
        Sign::Or => 0,
        Sign::And => 1,
        _ => 2,
    };
    strength(inner) > strength(outer)
}

fn sign(sign: Sign) -> TokenStream {
    match sign {
        Sign::And => quote!(&&),
        Sign::Or => quote!(||),
        Sign::Equal => quote!(==),
        Sign::NotEqual => quote!(!=),
        Sign::Less => quote!(<),
        Sign::LessOrEqual => quote!(<=),
        Sign::Greater => quote!(>),
        Sign::GreaterOrEqual => quote!(>=),
    }
}

/// `output.a.as_ref().and_then(|value| value.b.as_ref()?.c.as_ref())`
fn fields(of: &Code, optional: bool, fields: &[String], taken: Taken) -> TokenStream {
    let fields: Vec<Ident> = fields.iter().map(|field| ident(field)).collect();
    let Some((last, above)) = fields.split_last() else {
        return code(of);
    };
    let end = match taken {
        Taken::Copied => quote!(.#last),
        Taken::Borrowed | Taken::AsText => quote!(.#last.as_ref()),
        Taken::Unboxed => quote!(.#last.as_deref()),
    };
    let of = operand(of);
    let found = match (optional, above.split_first()) {
        (true, _) => quote!(#of.and_then(|value| value #(.#above.as_ref()?)* #end)),
        (false, None) => quote!(#of #end),
        (false, Some((first, above))) => {
            quote!(#of.#first.as_ref().and_then(|value| value #(.#above.as_ref()?)* #end))
        }
    };
    match taken {
        Taken::AsText => quote!(#found.map(|value| value.as_str())),
        _ => found,
    }
}
