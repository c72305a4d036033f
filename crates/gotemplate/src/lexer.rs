//! Tokens of a template.

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Text,
    Open,
    Close,
    Space,
    Identifier,
    Keyword(Keyword),
    Dot,
    Field,
    Variable,
    Number,
    Char,
    Str,
    RawStr,
    Pipe,
    Comma,
    Declare,
    Assign,
    LeftParen,
    RightParen,
    Eof,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    If,
    Else,
    End,
    Range,
    With,
    Define,
    Block,
    Template,
    Break,
    Continue,
    Nil,
    True,
    False,
}

/// What is wrong and where.
pub(crate) type Wrong = (usize, String);

const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

/// Cuts a template into tokens. Text that a trim marker eats is left out.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Wrong> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), parens: 0 };
    lexer.run()?;
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    parens: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, at: usize) {
        self.tokens.push(Token { kind, at, end: self.at });
    }

    fn run(&mut self) -> Result<(), Wrong> {
        let mut trim = false;
        loop {
            let start = self.at;
            let found = memchr::memmem::find(self.rest().as_bytes(), b"{{");
            let end = found.map_or(self.text.len(), |found| start + found);
            let trims_before = found.is_some() && has_left_trim(&self.text[end + 2..]);
            let mut text = &self.text[start..end];
            let mut from = start;
            if trim {
                let kept = text.trim_start_matches(SPACES);
                from += text.len() - kept.len();
                text = kept;
            }
            if trims_before {
                text = text.trim_end_matches(SPACES);
            }
            if !text.is_empty() {
                self.tokens.push(Token { kind: TokenKind::Text, at: from, end: from + text.len() });
            }
            self.at = end;
            if found.is_none() {
                self.push(TokenKind::Eof, end);
                return Ok(());
            }
            self.at = end + 2 + if trims_before { 2 } else { 0 };
            trim = if self.rest().starts_with("/*") { self.comment()? } else { self.action(end)? };
        }
    }

    /// Skips a comment; whether text behind it is trimmed.
    fn comment(&mut self) -> Result<bool, Wrong> {
        let Some(length) = self.rest().find("*/") else {
            return Err((self.at, "unclosed comment".to_owned()));
        };
        let start = self.at;
        self.at += length + 2;
        match self.close() {
            Some((length, trim)) => {
                self.at += length;
                Ok(trim)
            }
            None => Err((start, "comment ends before closing delimiter".to_owned())),
        }
    }

    /// The length of a closing delimiter that stands here, and whether it trims.
    fn close(&self) -> Option<(usize, bool)> {
        let rest = self.rest();
        if rest.starts_with(SPACES) && rest[1..].starts_with("-}}") {
            return Some((4, true));
        }
        rest.starts_with("}}").then_some((2, false))
    }

    /// The tokens of an action; whether text behind it is trimmed.
    fn action(&mut self, open: usize) -> Result<bool, Wrong> {
        self.push(TokenKind::Open, open);
        self.parens = 0;
        loop {
            let start = self.at;
            if let Some((length, trim)) = self.close() {
                if self.parens > 0 {
                    return Err((start, "unclosed left paren".to_owned()));
                }
                self.at += length;
                self.push(TokenKind::Close, start);
                return Ok(trim);
            }
            let Some(first) = self.rest().chars().next() else {
                return Err((start, "unclosed action".to_owned()));
            };
            self.at += first.len_utf8();
            match first {
                ' ' | '\t' | '\r' | '\n' => self.space(start),
                ':' if self.rest().starts_with('=') => {
                    self.at += 1;
                    self.push(TokenKind::Declare, start);
                }
                ':' => return Err((start, "expected :=".to_owned())),
                '=' => self.push(TokenKind::Assign, start),
                '|' => self.push(TokenKind::Pipe, start),
                ',' => self.push(TokenKind::Comma, start),
                '"' => self.quoted(start, '"', TokenKind::Str)?,
                '\'' => self.quoted(start, '\'', TokenKind::Char)?,
                '`' => self.raw(start)?,
                '$' => self.name(start, TokenKind::Variable)?,
                '.' if !self.rest().starts_with(|next: char| next.is_ascii_digit()) => self.dot(start)?,
                '(' => {
                    self.parens += 1;
                    self.push(TokenKind::LeftParen, start);
                }
                ')' => {
                    if self.parens == 0 {
                        return Err((start, "unexpected right paren U+0029 ')'".to_owned()));
                    }
                    self.parens -= 1;
                    self.push(TokenKind::RightParen, start);
                }
                '+' | '-' | '.' | '0'..='9' => self.number(start)?,
                _ if is_word(first) => self.word(start)?,
                _ => return Err((start, format!("unrecognized character in action: {}", code(first)))),
            }
        }
    }

    fn space(&mut self, start: usize) {
        // A space before `-}}` belongs to the delimiter.
        while self.rest().starts_with(SPACES) && self.close().is_none() {
            self.at += 1;
        }
        self.push(TokenKind::Space, start);
    }

    fn quoted(&mut self, start: usize, quote: char, kind: TokenKind) -> Result<(), Wrong> {
        loop {
            let next = self.rest().chars().next();
            self.at += next.map_or(0, char::len_utf8);
            match next {
                Some('\\') if self.rest().chars().next().is_some_and(|next| next != '\n') => {
                    self.at += self.rest().chars().next().map_or(0, char::len_utf8);
                }
                Some(next) if next == quote => break,
                None | Some('\n') => {
                    let what =
                        if quote == '"' { "unterminated quoted string" } else { "unterminated character constant" };
                    return Err((start, what.to_owned()));
                }
                Some(_) => {}
            }
        }
        self.push(kind, start);
        Ok(())
    }

    fn raw(&mut self, start: usize) -> Result<(), Wrong> {
        let Some(length) = self.rest().find('`') else {
            return Err((start, "unterminated raw quoted string".to_owned()));
        };
        self.at += length + 1;
        self.push(TokenKind::RawStr, start);
        Ok(())
    }

    fn dot(&mut self, start: usize) -> Result<(), Wrong> {
        if self.at_terminator() {
            self.push(TokenKind::Dot, start);
            return Ok(());
        }
        self.name(start, TokenKind::Field)
    }

    /// The word behind a `.` or `$`.
    fn name(&mut self, start: usize, kind: TokenKind) -> Result<(), Wrong> {
        self.skip_word();
        if !self.at_terminator() {
            return Err(self.bad_character());
        }
        self.push(kind, start);
        Ok(())
    }

    fn word(&mut self, start: usize) -> Result<(), Wrong> {
        self.skip_word();
        if !self.at_terminator() {
            return Err(self.bad_character());
        }
        let kind = match &self.text[start..self.at] {
            "if" => TokenKind::Keyword(Keyword::If),
            "else" => TokenKind::Keyword(Keyword::Else),
            "end" => TokenKind::Keyword(Keyword::End),
            "range" => TokenKind::Keyword(Keyword::Range),
            "with" => TokenKind::Keyword(Keyword::With),
            "define" => TokenKind::Keyword(Keyword::Define),
            "block" => TokenKind::Keyword(Keyword::Block),
            "template" => TokenKind::Keyword(Keyword::Template),
            "break" => TokenKind::Keyword(Keyword::Break),
            "continue" => TokenKind::Keyword(Keyword::Continue),
            "nil" => TokenKind::Keyword(Keyword::Nil),
            "true" => TokenKind::Keyword(Keyword::True),
            "false" => TokenKind::Keyword(Keyword::False),
            _ => TokenKind::Identifier,
        };
        self.push(kind, start);
        Ok(())
    }

    fn skip_word(&mut self) {
        let length = self.rest().find(|next: char| !is_word(next)).unwrap_or(self.rest().len());
        self.at += length;
    }

    fn at_terminator(&self) -> bool {
        self.rest()
            .chars()
            .next()
            .is_none_or(|next| matches!(next, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '|' | ':' | ')' | '('))
            || self.rest().starts_with("}}")
    }

    fn bad_character(&self) -> Wrong {
        let found = self.rest().chars().next().map(code).unwrap_or_default();
        (self.at, format!("bad character {found}"))
    }

    fn number(&mut self, start: usize) -> Result<(), Wrong> {
        let is_part = |next: char| next.is_ascii_alphanumeric() || next == '.' || next == '_';
        loop {
            let length = self.rest().find(|next: char| !is_part(next)).unwrap_or(self.rest().len());
            self.at += length;
            // The sign of an exponent.
            let exponent = self.text[start..self.at].ends_with(['e', 'E', 'p', 'P']);
            let hexadecimal = self.text[start..self.at].trim_start_matches(['+', '-']).starts_with(['0'])
                && self.text[start..self.at].to_ascii_lowercase().contains('x');
            let signed = exponent && self.rest().starts_with(['+', '-']);
            if signed && (!hexadecimal || self.text[start..self.at].ends_with(['p', 'P'])) {
                self.at += 1;
                continue;
            }
            break;
        }
        if crate::number::literal(&self.text[start..self.at]).is_none() {
            return Err((start, format!("bad number syntax: {:?}", &self.text[start..self.at])));
        }
        self.push(TokenKind::Number, start);
        Ok(())
    }
}

fn has_left_trim(action: &str) -> bool {
    action.starts_with('-') && action[1..].starts_with(SPACES)
}

fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

fn code(character: char) -> String {
    format!("U+{:04X} '{character}'", u32::from(character))
}
