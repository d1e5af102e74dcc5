//! JMESPath, as much of it as models use in waiters: members, `[]`, `[*]`, `.*`, filters, `length`, comparisons, `&&`,
//! `||`, `!`, and literals. What is not of that is refused with its place in the text.

mod token;

use token::{Token, tokens};

/// The deepest nesting of brackets, parentheses and `!`; models have three.
const MAX_DEPTH: usize = 16;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// A way from the value at hand.
    Path(Vec<Part>),
    /// `length(…)`
    Length(Box<Expression>),
    /// `'text'`
    Text(String),
    /// `` `1` ``
    Number(serde_json::Number),
    /// `` `true` ``
    Flag(bool),
    /// Two values, compared.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Both hold.
    And(Box<Expression>, Box<Expression>),
    /// One holds at least.
    Or(Box<Expression>, Box<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
}

/// A step of a way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// `name`
    Member(String),
    /// `[]`: each item, and of items that are lists each of theirs.
    Flatten,
    /// `[*]`: each item.
    Items,
    /// `.*`: each value of a map.
    Values,
    /// `[?…]`: each item of which something holds.
    Filter(Expression),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks which of two numbers is the greater one.
    pub(crate) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// Reads an expression; an error says what was expected and what was found.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let expression = parser.or()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.expected("the end of the path")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

type Parsed = Result<Expression, String>;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn demand(&mut self, token: &Token) -> Result<(), String> {
        if self.take(token) {
            Ok(())
        } else {
            Err(self.expected(&token.to_string()))
        }
    }

    fn expected(&self, what: &str) -> String {
        match self.peek() {
            Some(token) => format!("expected {what}, found {token}"),
            None => format!("expected {what}, found its end"),
        }
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Parsed) -> Parsed {
        if self.depth == MAX_DEPTH {
            return Err(format!(
                "expected parentheses that nest at most {MAX_DEPTH} deep, found deeper ones"
            ));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.take(&Token::Or) {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.comparison()?;
        while self.take(&Token::And) {
            left = Expression::And(Box::new(left), Box::new(self.comparison()?));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.not()?;
        let Some(Token::Compare(comparison)) = self.peek() else {
            return Ok(left);
        };
        let comparison = *comparison;
        self.next += 1;
        let right = self.not()?;
        Ok(Expression::Compare(
            comparison,
            Box::new(left),
            Box::new(right),
        ))
    }

    fn not(&mut self) -> Parsed {
        if self.take(&Token::Not) {
            let of = self.deeper(Self::not)?;
            return Ok(Expression::Not(Box::new(of)));
        }
        if self.take(&Token::Open) {
            let inner = self.deeper(Self::or)?;
            self.demand(&Token::Close)?;
            return Ok(inner);
        }
        match self.peek().cloned() {
            Some(Token::Text(text)) => self.literal(Expression::Text(text)),
            Some(Token::Number(number)) => self.literal(Expression::Number(number)),
            Some(Token::Flag(flag)) => self.literal(Expression::Flag(flag)),
            Some(Token::Name(name)) => {
                self.next += 1;
                if self.take(&Token::Open) {
                    self.call(&name)
                } else {
                    self.path(name)
                }
            }
            _ => Err(self.expected("a member, `length(`, a literal, `!` or `(`")),
        }
    }

    fn literal(&mut self, literal: Expression) -> Parsed {
        self.next += 1;
        Ok(literal)
    }

    fn call(&mut self, function: &str) -> Parsed {
        if function != "length" {
            return Err(format!(
                "expected the function `length`, which is the only one that the generator knows, found `{function}`"
            ));
        }
        let of = self.deeper(Self::or)?;
        self.demand(&Token::Close)?;
        Ok(Expression::Length(Box::new(of)))
    }

    fn path(&mut self, first: String) -> Parsed {
        let mut parts = vec![Part::Member(first)];
        loop {
            if self.take(&Token::Flatten) {
                parts.push(Part::Flatten);
            } else if self.take(&Token::Items) {
                parts.push(Part::Items);
            } else if self.take(&Token::Filter) {
                let condition = self.deeper(Self::or)?;
                self.demand(&Token::CloseBracket)?;
                parts.push(Part::Filter(condition));
            } else if self.take(&Token::Dot) {
                match self.peek().cloned() {
                    Some(Token::Name(name)) => parts.push(Part::Member(name)),
                    Some(Token::Star) => parts.push(Part::Values),
                    _ => return Err(self.expected("a member or `*` after a dot")),
                }
                self.next += 1;
            } else {
                return Ok(Expression::Path(parts));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Part {
        Part::Member(name.to_owned())
    }

    fn path(parts: &[Part]) -> Box<Expression> {
        Box::new(Expression::Path(parts.to_vec()))
    }

    #[test]
    fn reads_what_waiters_hold() {
        let equal = |left, right| Expression::Compare(Comparison::Equal, left, right);
        let number = |number: u64| Box::new(Expression::Number(number.into()));
        assert_eq!(
            parse(r#"a.b[].c[*]."d e".*"#),
            Ok(*path(&[
                member("a"),
                member("b"),
                Part::Flatten,
                member("c"),
                Part::Items,
                member("d e"),
                Part::Values
            ]))
        );
        let stable = Expression::And(
            Box::new(equal(
                Box::new(Expression::Length(path(&[member("d")]))),
                number(1),
            )),
            Box::new(equal(path(&[member("e")]), path(&[member("f")]))),
        );
        let unstable = Part::Filter(Expression::Not(Box::new(stable)));
        assert_eq!(
            parse("length(s[?!(length(d) == `1` && e == f)]) == `0`"),
            Ok(equal(
                Box::new(Expression::Length(path(&[member("s"), unstable]))),
                number(0)
            ))
        );
        // `!` binds first, then comparisons, then `&&`, then `||`.
        let a = || path(&[member("a")]);
        assert_eq!(
            parse("!a || a == 'x' && a"),
            Ok(Expression::Or(
                Box::new(Expression::Not(a())),
                Box::new(Expression::And(
                    Box::new(equal(a(), Box::new(Expression::Text("x".to_owned())))),
                    a()
                ))
            ))
        );
    }

    #[test]
    fn says_what_is_wrong_with_the_rest() {
        for (text, message) in [
            (
                "",
                "expected a member, `length(`, a literal, `!` or `(`, found its end",
            ),
            ("a.", "expected a member or `*` after a dot, found its end"),
            ("a b", "expected the end of the path, found `b`"),
            ("a == b == c", "expected the end of the path, found `==`"),
            ("a[?b", "expected `]`, found its end"),
            (
                "contains(a, 'b')",
                "expected the function `length`, which is the only one that the generator knows, found `contains`",
            ),
            ("a[0]", "expected `[]`, `[*]` or `[?`, found `[0]`"),
            ("a | b", "expected `||`, found `| b`"),
            ("a = b", "expected `==`, found `= b`"),
            ("'a", "expected `'` at the end of a text, found its end"),
            (
                "`[1]`",
                "expected text, a number, true or false between backticks, found `[1]`",
            ),
            ("a{b}", "expected a path in JMESPath, found `{b}`"),
        ] {
            assert_eq!(parse(text), Err(message.to_owned()), "{text}");
        }
        let deep = format!("{}a{}", "!(".repeat(99), ")".repeat(99));
        assert_eq!(
            parse(&deep),
            Err("expected parentheses that nest at most 16 deep, found deeper ones".to_owned())
        );
    }
}
