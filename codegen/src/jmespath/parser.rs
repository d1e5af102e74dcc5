//! Parses tokens into a tree, with JMESPath's precedences.

use super::token::{Token, tokens};
use super::{Expression, Slice};

/// The deepest nesting of brackets, parentheses, operators and `!`; models use only a few levels.
const MAX_DEPTH: usize = 32;

/// The largest number of tokens in an expression; models use about thirty.
const MAX_TOKENS: usize = 256;

/// An operator that binds less than this ends a projection.
const PROJECTION: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;

/// How strongly a token binds to the expression before it; zero: not at all.
fn power(token: Option<&Token>) -> u8 {
    match token {
        Some(Token::Pipe) => 1,
        Some(Token::Or) => 2,
        Some(Token::And) => 3,
        Some(Token::Compare(_)) => 5,
        Some(Token::Flatten) => 9,
        Some(Token::Star) => STAR,
        Some(Token::Filter) => FILTER,
        Some(Token::Dot) => DOT,
        Some(Token::OpenBrace) => 50,
        Some(Token::OpenBracket) => 55,
        Some(Token::Open) => 60,
        _ => 0,
    }
}

/// Parses an expression; an error says what was expected and what was found.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    let tokens = tokens(text)?;
    if tokens.len() > MAX_TOKENS {
        return Err(format!(
            "expected at most {MAX_TOKENS} tokens, found {}",
            tokens.len()
        ));
    }
    let mut parser = Parser {
        tokens,
        next: 0,
        depth: 0,
    };
    let expression = parser.expression(0)?;
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

    /// An expression, as far as its tokens bind more than `least`.
    fn expression(&mut self, least: u8) -> Parsed {
        if self.depth == MAX_DEPTH {
            return Err(format!(
                "expected a path that nests at most {MAX_DEPTH} deep, found a deeper one"
            ));
        }
        self.depth += 1;
        let mut left = self.beginning()?;
        while least < power(self.peek()) {
            left = self.further(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The beginning of an expression.
    fn beginning(&mut self) -> Parsed {
        let Some(token) = self.peek().cloned() else {
            return Err(self.expected("a path"));
        };
        self.next += 1;
        Ok(match token {
            Token::Current => Expression::Current,
            Token::Quoted(name) => Expression::Member(name),
            Token::Literal(value) => Expression::Literal(value),
            Token::Name(name) => {
                if self.take(&Token::Open) {
                    let arguments = self.several(&Token::Close)?;
                    Expression::Call(name, arguments)
                } else {
                    Expression::Member(name)
                }
            }
            Token::Not => Expression::Not(Box::new(self.expression(NOT)?)),
            Token::Reference => Expression::Reference(Box::new(self.expression(0)?)),
            Token::Open => {
                let inner = self.expression(0)?;
                self.demand(&Token::Close)?;
                inner
            }
            Token::Star => {
                let values = Expression::Values(Box::new(Expression::Current));
                self.each(values, STAR)?
            }
            Token::Flatten => self.flatten(Expression::Current)?,
            Token::Filter => self.filter(Expression::Current)?,
            Token::OpenBrace => self.hash()?,
            Token::OpenBracket => match self.peek() {
                Some(Token::Number(_) | Token::Colon | Token::Star) => {
                    self.bracket(Expression::Current)?
                }
                _ => Expression::List(self.several(&Token::CloseBracket)?),
            },
            _ => {
                self.next -= 1;
                return Err(self.expected("a path"));
            }
        })
    }

    /// The continuation after `left`.
    fn further(&mut self, left: Expression) -> Parsed {
        let token = self.peek().cloned();
        self.next += 1;
        let left = Box::new(left);
        Ok(match token {
            Some(Token::Pipe) => Expression::Then(left, Box::new(self.expression(1)?)),
            Some(Token::Or) => Expression::Or(left, Box::new(self.expression(2)?)),
            Some(Token::And) => Expression::And(left, Box::new(self.expression(3)?)),
            Some(Token::Compare(comparison)) => {
                Expression::Compare(comparison, left, Box::new(self.expression(5)?))
            }
            Some(Token::Flatten) => self.flatten(*left)?,
            Some(Token::Filter) => self.filter(*left)?,
            Some(Token::OpenBracket) => self.bracket(*left)?,
            Some(Token::Dot) if self.take(&Token::Star) => {
                self.each(Expression::Values(left), STAR)?
            }
            Some(Token::Dot) => Expression::Then(left, Box::new(self.after_dot(DOT)?)),
            _ => {
                self.next -= 1;
                return Err(self.expected("an operator or the end of the path"));
            }
        })
    }

    fn after_dot(&mut self, power: u8) -> Parsed {
        match self.peek() {
            Some(Token::Name(_) | Token::Quoted(_) | Token::Star) => self.expression(power),
            Some(Token::OpenBracket) => {
                self.next += 1;
                Ok(Expression::List(self.several(&Token::CloseBracket)?))
            }
            Some(Token::OpenBrace) => {
                self.next += 1;
                self.hash()
            }
            _ => Err(self.expected("a member, `*`, `[` or `{` after a dot")),
        }
    }

    /// After `[`: an index, a slice or `*`.
    fn bracket(&mut self, left: Expression) -> Parsed {
        let left = Box::new(left);
        if self.take(&Token::Star) {
            self.demand(&Token::CloseBracket)?;
            return self.each(*left, STAR);
        }
        let start = self.number();
        if !self.take(&Token::Colon) {
            let Some(index) = start else {
                return Err(self.expected("a number, `:` or `*` after `[`"));
            };
            self.demand(&Token::CloseBracket)?;
            return Ok(Expression::Index(left, index));
        }
        let stop = self.number();
        let step = if self.take(&Token::Colon) {
            self.number()
        } else {
            None
        };
        self.demand(&Token::CloseBracket)?;
        let slice = Slice { start, stop, step };
        self.each(Expression::Slice(left, slice), STAR)
    }

    fn number(&mut self) -> Option<i64> {
        let Some(Token::Number(number)) = self.peek() else {
            return None;
        };
        let number = *number;
        self.next += 1;
        Some(number)
    }

    fn flatten(&mut self, left: Expression) -> Parsed {
        self.each(Expression::Flatten(Box::new(left)), 9)
    }

    fn filter(&mut self, left: Expression) -> Parsed {
        let condition = self.expression(0)?;
        self.demand(&Token::CloseBracket)?;
        let left = Expression::Filter(Box::new(left), Box::new(condition));
        self.each(left, FILTER)
    }

    /// The expression for each item of a list, up to the end of the projection.
    fn each(&mut self, list: Expression, power: u8) -> Parsed {
        let of = match self.peek() {
            next if self::power(next) < PROJECTION => Expression::Current,
            Some(Token::OpenBracket | Token::Filter) => self.expression(power)?,
            Some(Token::Dot) => {
                self.next += 1;
                self.after_dot(power)?
            }
            _ => return Err(self.expected("an operator or the end of the path")),
        };
        Ok(Expression::Each(Box::new(list), Box::new(of)))
    }

    /// One or more expressions, separated by commas, up to the closing token.
    fn several(&mut self, close: &Token) -> Result<Vec<Expression>, String> {
        let mut several = vec![self.expression(0)?];
        while self.take(&Token::Comma) {
            several.push(self.expression(0)?);
        }
        self.demand(close)?;
        Ok(several)
    }

    /// After `{`.
    fn hash(&mut self) -> Parsed {
        let mut members = Vec::new();
        loop {
            let (Some(Token::Name(name)) | Some(Token::Quoted(name))) = self.peek().cloned() else {
                return Err(self.expected("a name in `{…}`"));
            };
            self.next += 1;
            self.demand(&Token::Colon)?;
            members.push((name, self.expression(0)?));
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.demand(&Token::CloseBrace)?;
        Ok(Expression::Hash(members))
    }
}
