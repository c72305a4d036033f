//! Strict JSON with the place of every value.

use crate::duplicate::{Keys, Scope};
use crate::problem::{Problem, too_deep, too_many_values};
use crate::scalar::Scalar;
use crate::{Limits, number};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use ks_object::{Builder, Kind, Position, Tree};

const STRICT: ScannerOptions = ScannerOptions {
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads one JSON value. Strict: no comments, no trailing commas, no key twice, nothing behind the value.
///
/// # Errors
/// Says what is wrong and where.
pub fn json(text: &str, limits: Limits) -> Result<Tree, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if u32::try_from(text.len()).is_err() {
        return Err(Problem::new(1, 1, "the file is larger than 4 GiB; split it"));
    }
    Reading {
        limits,
        text,
        scanner: Scanner::new(text, &STRICT),
        builder: Builder::with_capacity(text.len()),
        keys: Keys::default(),
        open: Vec::new(),
        counted: 0,
        line: 1,
        line_start: 0,
    }
    .document()
}

struct Reading<'a> {
    limits: Limits,
    text: &'a str,
    scanner: Scanner<'a>,
    builder: Builder,
    keys: Keys,
    /// Open arrays (`None`) and objects.
    open: Vec<Option<Scope>>,
    /// How far lines were counted.
    counted: usize,
    line: u32,
    line_start: usize,
}

/// What may stand next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
    Nothing,
}

impl<'a> Reading<'a> {
    fn document(mut self) -> Result<Tree, Problem> {
        let mut expect = Expect::Value;
        while let Some(token) = self.scan()? {
            let at = self.position();
            expect = match (expect, token) {
                (Expect::Nothing, _) => {
                    return Err(problem(
                        at,
                        "the file holds more than one JSON value; put them into a `List` or an array",
                    ));
                }
                (Expect::Value | Expect::ValueOrEnd, Token::OpenBrace) => self.begin(true, at)?,
                (Expect::Value | Expect::ValueOrEnd, Token::OpenBracket) => self.begin(false, at)?,
                (Expect::ValueOrEnd | Expect::CommaOrEnd, Token::CloseBracket)
                    if self.open.last().is_some_and(Option::is_none) =>
                {
                    self.end()
                }
                (Expect::KeyOrEnd | Expect::CommaOrEnd, Token::CloseBrace)
                    if self.open.last().is_some_and(Option::is_some) =>
                {
                    self.end()
                }
                (Expect::CommaOrEnd, Token::Comma) => match self.open.last() {
                    Some(Some(_)) => Expect::Key,
                    _ => Expect::Value,
                },
                (Expect::Key | Expect::KeyOrEnd, Token::String(key)) => {
                    self.check_string(at)?;
                    self.key(&key, at)?;
                    match self.scan()? {
                        Some(Token::Colon) => Expect::Value,
                        _ => return Err(problem(self.position(), "a key has no `:` behind it")),
                    }
                }
                (Expect::Value | Expect::ValueOrEnd, token) => self.scalar(&token, at)?,
                (expect, _) => return Err(problem(at, unexpected(expect))),
            };
        }
        if expect != Expect::Nothing {
            let at = self.position();
            return Err(problem(at, "the JSON ends too early; close what is open"));
        }
        Ok(self.builder.finish())
    }

    fn scan(&mut self) -> Result<Option<Token<'a>>, Problem> {
        let before = self.scanner.token_end();
        let token = self.scanner.scan().map_err(|error| {
            let line = u32::try_from(error.line_display()).unwrap_or(u32::MAX);
            let column = u32::try_from(error.column_display()).unwrap_or(u32::MAX);
            Problem::new(line, column, format!("{}; mend the JSON syntax", lower(&error.kind().to_string())))
        })?;
        // The scanner passes over all white space of Unicode; JSON has four.
        let gap = &self.text.as_bytes()[before..self.scanner.token_start()];
        if gap.iter().any(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
            return Err(problem(self.position(), "white space that JSON does not know stands before this; remove it"));
        }
        Ok(token)
    }

    fn begin(&mut self, object: bool, at: Position) -> Result<Expect, Problem> {
        if self.open.len() >= self.limits.max_depth {
            return Err(problem(at, too_deep(self.limits)));
        }
        self.room(at)?;
        if object {
            self.builder.begin_map(at);
            self.open.push(Some(self.keys.open()));
            return Ok(Expect::KeyOrEnd);
        }
        self.builder.begin_seq(at);
        self.open.push(None);
        Ok(Expect::ValueOrEnd)
    }

    fn end(&mut self) -> Expect {
        if let Some(Some(scope)) = self.open.pop() {
            self.keys.close(&scope);
        }
        self.builder.end();
        self.after_value()
    }

    fn after_value(&self) -> Expect {
        if self.open.is_empty() { Expect::Nothing } else { Expect::CommaOrEnd }
    }

    fn key(&mut self, key: &str, at: Position) -> Result<(), Problem> {
        let value = self.builder.next_index();
        if let Some(Some(scope)) = self.open.last_mut()
            && let Some(first) = self.keys.add(scope, &self.builder, key, value, at.line)
        {
            return Err(problem(at, format!("key `{key}` is given twice, first on line {first}; remove one")));
        }
        self.builder.key(key);
        Ok(())
    }

    fn scalar(&mut self, token: &Token<'a>, at: Position) -> Result<Expect, Problem> {
        self.room(at)?;
        let scalar = match token {
            Token::String(text) => {
                self.check_string(at)?;
                Scalar::string(text.as_ref())
            }
            Token::Boolean(value) => Scalar::new(Kind::Bool, if *value { "true" } else { "false" }),
            Token::Null => Scalar::new(Kind::Null, ""),
            Token::Number(text) => number(text).ok_or_else(|| {
                problem(at, format!("the number {text} is too large for JSON readers; write it as a string"))
            })?,
            Token::CommentLine(_) | Token::CommentBlock(_) => {
                return Err(problem(at, "JSON has no comments; remove it or name the file .yaml"));
            }
            _ => return Err(problem(at, unexpected(Expect::Value))),
        };
        self.builder.scalar(scalar.kind, &scalar.text, at);
        Ok(self.after_value())
    }

    /// The scanner takes line breaks and other control characters inside strings; JSON does not.
    fn check_string(&self, at: Position) -> Result<(), Problem> {
        let raw = &self.text.as_bytes()[self.scanner.token_start()..self.scanner.token_end()];
        if raw.iter().any(|byte| *byte < 0x20) {
            return Err(problem(at, "a string has a raw line break or control character; escape it (`\\n`, `\\t`)"));
        }
        Ok(())
    }

    fn room(&self, at: Position) -> Result<(), Problem> {
        if self.builder.len() >= self.limits.max_values {
            return Err(problem(at, too_many_values(self.limits)));
        }
        Ok(())
    }

    /// Where the current token begins.
    fn position(&mut self) -> Position {
        let to = self.scanner.token_start().max(self.counted);
        for newline in memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.counted..to]) {
            self.line = self.line.saturating_add(1);
            self.line_start = self.counted + newline + 1;
        }
        self.counted = to;
        let before = &self.text.as_bytes()[self.line_start..to];
        // Every byte but UTF-8's continuation bytes begins a character.
        let column = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
        Position::new(self.line, u32::try_from(column).unwrap_or(u32::MAX))
    }
}

fn number(text: &str) -> Option<Scalar<'_>> {
    match number::integer(text) {
        Some(whole) => Some(Scalar::new(Kind::Int, whole)),
        None => number::float(text).map(Scalar::float),
    }
}

fn unexpected(expect: Expect) -> &'static str {
    match expect {
        Expect::Value | Expect::ValueOrEnd => "a JSON value was expected here",
        Expect::Key | Expect::KeyOrEnd => "a key in double quotes was expected here",
        Expect::CommaOrEnd => "a `,` or the end of the object or array was expected here",
        Expect::Nothing => "the end of the file was expected here",
    }
}

fn problem(at: Position, message: impl Into<String>) -> Problem {
    Problem::new(at.line, at.column, message)
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
