//! Which texts are parsed, and the errors for others.

use super::Expression::{
    And, Compare, Current, Each, Filter, Flatten, Index, Not, Or, Then, Values,
};
use super::{Comparison, Expression, Slice, parse};
use serde_json::json;

fn member(name: &str) -> Box<Expression> {
    Box::new(Expression::Member(name.to_owned()))
}

fn call(name: &str, arguments: Vec<Expression>) -> Box<Expression> {
    Box::new(Expression::Call(name.to_owned(), arguments))
}

fn literal(value: serde_json::Value) -> Box<Expression> {
    Box::new(Expression::Literal(value))
}

fn equal(left: Box<Expression>, right: Box<Expression>) -> Box<Expression> {
    Box::new(Compare(Comparison::Equal, left, right))
}

#[test]
fn what_follows_a_projection_is_about_each_item() {
    let each = |list, of| Box::new(Each(list, of));
    let flat = |list| Box::new(Flatten(list));
    let (a, b, c) = (|| member("a"), || member("b"), || member("c"));
    for (text, expected) in [
        ("a.b", Box::new(Then(a(), b()))),
        (r#"a."b""#, Box::new(Then(a(), b()))),
        ("a[].b", each(flat(a()), b())),
        ("a[].b[].c", each(flat(each(flat(a()), b())), c())),
        // `b[*]` is a projection within the one of `a`.
        ("a[*].b[*].c", each(a(), each(b(), c()))),
        (
            "a.*.b.c",
            each(Box::new(Values(a())), Box::new(Then(b(), c()))),
        ),
        ("a.*.b", each(Box::new(Values(a())), b())),
        ("a[?b].c", each(Box::new(Filter(a(), b())), c())),
        ("a[0].b", Box::new(Then(Box::new(Index(a(), 0)), b()))),
        ("a[].b[0]", each(flat(a()), Box::new(Index(b(), 0)))),
        (
            "a[].b | [-1]",
            Box::new(Then(
                each(flat(a()), b()),
                Box::new(Index(Box::new(Current), -1)),
            )),
        ),
        (
            "a[1:].b",
            each(
                Box::new(Expression::Slice(
                    a(),
                    Slice {
                        start: Some(1),
                        stop: None,
                        step: None,
                    },
                )),
                b(),
            ),
        ),
        (
            "a[::-1]",
            each(
                Box::new(Expression::Slice(
                    a(),
                    Slice {
                        start: None,
                        stop: None,
                        step: Some(-1),
                    },
                )),
                Box::new(Current),
            ),
        ),
        (
            "a[].[b, c][]",
            each(
                flat(each(
                    flat(a()),
                    Box::new(Expression::List(vec![*b(), *c()])),
                )),
                Box::new(Current),
            ),
        ),
        (
            "a.{x: b}",
            Box::new(Then(
                a(),
                Box::new(Expression::Hash(vec![("x".to_owned(), *b())])),
            )),
        ),
        (
            "(a || b)[]",
            each(flat(Box::new(Or(a(), b()))), Box::new(Current)),
        ),
    ] {
        assert_eq!(parse(text), Ok(*expected), "{text}");
    }
}

#[test]
fn not_binds_first_then_comparisons_then_and_then_or_then_pipes() {
    let (a, b) = (|| member("a"), || member("b"));
    let x = || literal(json!("x"));
    assert_eq!(
        parse("!a || a == 'x' && b | b"),
        Ok(Then(
            Box::new(Or(Box::new(Not(a())), Box::new(And(equal(a(), x()), b())))),
            b()
        ))
    );
    assert_eq!(parse("!a.b"), Ok(Then(Box::new(Not(a())), b())));
    assert_eq!(
        parse("length(a[?!(length(b) == `1`)]) == `0`"),
        Ok(*equal(
            call(
                "length",
                vec![Each(
                    Box::new(Filter(
                        a(),
                        Box::new(Not(equal(call("length", vec![*b()]), literal(json!(1)))))
                    )),
                    Box::new(Current)
                )]
            ),
            literal(json!(0))
        ))
    );
    assert_eq!(
        parse("max_by(a, &b)"),
        Ok(*call("max_by", vec![*a(), Expression::Reference(b())]))
    );
}

#[test]
fn literals_are_json_texts_or_texts_without_quotes() {
    for (text, value) in [
        ("`1.5`", json!(1.5)),
        ("`null`", json!(null)),
        (r#"`["ACTIVE"]`"#, json!(["ACTIVE"])),
        ("`[]`", json!([])),
        (r#"`"a\`b"`"#, json!("a`b")),
        ("`ACTIVE`", json!("ACTIVE")),
        (r"'it\'s'", json!("it's")),
    ] {
        assert_eq!(parse(text), Ok(*literal(value)), "{text}");
    }
}

#[test]
fn says_what_is_wrong_with_the_rest() {
    for (text, message) in [
        ("", "expected a path, found its end"),
        (
            "a.",
            "expected a member, `*`, `[` or `{` after a dot, found its end",
        ),
        ("a b", "expected the end of the path, found `b`"),
        ("a[?b", "expected `]`, found its end"),
        ("a[b]", "expected a number, `:` or `*` after `[`, found `b`"),
        ("a[1:2:3:4]", "expected `]`, found `:`"),
        ("f(a", "expected `)`, found its end"),
        (
            "\"f\"(a)",
            "expected an operator or the end of the path, found `(`",
        ),
        ("a = b", "expected `==`, found `= b`"),
        ("'a", "expected `'` at the end of a text, found its end"),
        ("{a}", "expected `:`, found `}`"),
        ("a # b", "expected a path in JMESPath, found `# b`"),
        (
            "a[99999999999999999999]",
            "expected a whole number, found `99999999999999999999`",
        ),
        ("`\"a`", "expected JSON between backticks, found `\"a`"),
    ] {
        assert_eq!(parse(text), Err(message.to_owned()), "{text}");
    }
    let deep = format!("{}a{}", "!(".repeat(50), ")".repeat(50));
    assert_eq!(
        parse(&deep),
        Err("expected a path that nests at most 32 deep, found a deeper one".to_owned())
    );
    let long = format!("a{}", ".a".repeat(999));
    assert_eq!(
        parse(&long),
        Err("expected at most 256 tokens, found 1999".to_owned())
    );
}
