//! Builds the tree of a template. As strict as Go: functions and variables must exist.

use crate::ast::{Branch, Command, Node, Pipe, Source, Template, Term, TermKind};
use crate::error::{Error, ErrorKind};
use crate::lexer::{Keyword, Token, TokenKind, Wrong, tokens};
use crate::number::{Literal, literal};
use crate::{functions, quote};
use std::rc::Rc;

/// How deep blocks and parentheses may be nested.
const MAX_NESTING: usize = 400;

/// Parses a template. The first of the result is the text itself, the others are what it defines.
pub(crate) fn parse(name: &str, text: &str) -> Result<Vec<Template>, Error> {
    let source = Rc::new(Source { name: Rc::from(name), text: Box::from(text) });
    let fail = |(at, message): Wrong| {
        let (line, _) = source.place(at);
        Error { kind: ErrorKind::Parse, message: format!("template: {name}:{line}: {message}") }
    };
    let tokens = tokens(text).map_err(fail)?;
    let mut parser = Parser {
        source: source.clone(),
        tokens,
        at: 0,
        variables: vec![Rc::from("$")],
        loops: 0,
        depth: 0,
        defined: Vec::new(),
    };
    let body = parser.document().map_err(fail)?;
    let mut all = vec![Template { name: source.name.clone(), source, body }];
    all.append(&mut parser.defined);
    Ok(all)
}

struct Parser {
    source: Rc<Source>,
    tokens: Vec<Token>,
    at: usize,
    variables: Vec<Rc<str>>,
    loops: usize,
    depth: usize,
    defined: Vec<Template>,
}

type Parsed<T> = Result<T, Wrong>;

/// How a list of nodes ended.
enum End {
    End,
    Else,
}

impl Parser {
    fn text(&self, token: Token) -> &str {
        &self.source.text[token.at..token.end]
    }

    fn peek(&self) -> Token {
        let last = self.tokens.len() - 1;
        self.tokens[self.at.min(last)]
    }

    fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn peek_non_space(&mut self) -> Token {
        while self.peek().kind == TokenKind::Space {
            self.at += 1;
        }
        self.peek()
    }

    fn next_non_space(&mut self) -> Token {
        self.peek_non_space();
        self.next()
    }

    fn unexpected<T>(&self, token: Token, context: &str) -> Parsed<T> {
        if token.kind == TokenKind::Eof {
            return Err((token.at, "unexpected EOF".to_owned()));
        }
        let text = self.text(token);
        let shown = match token.kind {
            TokenKind::Keyword(_) => format!("<{text}>"),
            _ => format!("{text:?}"),
        };
        Err((token.at, format!("unexpected {shown} in {context}")))
    }

    fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err((self.peek().at, format!("nested more than {MAX_NESTING} levels deep; flatten the template")));
        }
        Ok(())
    }

    fn document(&mut self) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            match self.peek().kind {
                TokenKind::Eof => return Ok(nodes),
                TokenKind::Open if self.is_define() => self.define()?,
                _ => match self.node(&mut nodes)? {
                    None => {}
                    Some(End::End) => return Err((self.peek().at, "unexpected {{end}}".to_owned())),
                    Some(End::Else) => return Err((self.peek().at, "unexpected {{else}}".to_owned())),
                },
            }
        }
    }

    fn is_define(&self) -> bool {
        let behind = |at: usize| self.tokens.get(self.at + at).map(|token| token.kind);
        let at = if behind(1) == Some(TokenKind::Space) { 2 } else { 1 };
        behind(at) == Some(TokenKind::Keyword(Keyword::Define))
    }

    fn define(&mut self) -> Parsed<()> {
        self.next();
        self.next_non_space();
        let name = self.name("define clause")?;
        self.close("define clause")?;
        let body = self.separate_body("define clause")?;
        self.add(name, body)
    }

    /// The body of a template of its own, with variables of its own.
    fn separate_body(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let variables = std::mem::replace(&mut self.variables, vec![Rc::from("$")]);
        let loops = std::mem::take(&mut self.loops);
        let (body, end) = self.list(context)?;
        self.variables = variables;
        self.loops = loops;
        match end {
            End::End => Ok(body),
            End::Else => Err((self.peek().at, format!("unexpected {{{{else}}}} in {context}"))),
        }
    }

    fn add(&mut self, name: Rc<str>, body: Vec<Node>) -> Parsed<()> {
        let template = Template { name, source: self.source.clone(), body };
        match self.defined.iter().position(|other| other.name == template.name) {
            None => self.defined.push(template),
            Some(at) if self.defined[at].is_empty() => self.defined[at] = template,
            Some(_) if template.is_empty() => {}
            Some(_) => {
                let message = format!("multiple definition of template {}", quote(&template.name));
                return Err((self.peek().at, message));
            }
        }
        Ok(())
    }

    /// A name in quotes, as `define` and `template` want it.
    fn name(&mut self, context: &str) -> Parsed<Rc<str>> {
        let token = self.next_non_space();
        match token.kind {
            TokenKind::Str | TokenKind::RawStr => self.string(token),
            _ => self.unexpected(token, context),
        }
    }

    fn close(&mut self, context: &str) -> Parsed<()> {
        let token = self.next_non_space();
        if token.kind == TokenKind::Close { Ok(()) } else { self.unexpected(token, context) }
    }

    /// Nodes up to `end` or `else`, whose action is read, too (of `else` only the word).
    fn list(&mut self, context: &str) -> Parsed<(Vec<Node>, End)> {
        self.enter()?;
        let mut nodes = Vec::new();
        loop {
            if self.peek().kind == TokenKind::Eof {
                return Err((self.peek().at, format!("unexpected EOF in {context}: an {{{{end}}}} is missing")));
            }
            if let Some(end) = self.node(&mut nodes)? {
                self.depth -= 1;
                return Ok((nodes, end));
            }
        }
    }

    fn node(&mut self, nodes: &mut Vec<Node>) -> Parsed<Option<End>> {
        let token = self.next();
        if token.kind == TokenKind::Text {
            nodes.push(Node::Text(Rc::from(self.text(token))));
            return Ok(None);
        }
        let first = self.peek_non_space();
        let TokenKind::Keyword(keyword) = first.kind else {
            nodes.push(Node::Action(self.pipeline("command", TokenKind::Close)?));
            return Ok(None);
        };
        let node = match keyword {
            Keyword::End => {
                self.next();
                self.close("end")?;
                return Ok(Some(End::End));
            }
            Keyword::Else => {
                self.next();
                return Ok(Some(End::Else));
            }
            Keyword::If => self.branch("if").map(Node::If)?,
            Keyword::With => self.branch("with").map(Node::With)?,
            Keyword::Range => self.branch("range").map(Node::Range)?,
            Keyword::Template => self.template()?,
            Keyword::Block => self.block()?,
            Keyword::Break | Keyword::Continue => {
                self.next();
                let word = if keyword == Keyword::Break { "break" } else { "continue" };
                self.close(word)?;
                if self.loops == 0 {
                    return Err((first.at, format!("{{{{{word}}}}} outside {{{{range}}}}")));
                }
                if keyword == Keyword::Break { Node::Break } else { Node::Continue }
            }
            Keyword::Define => return self.unexpected(first, "command"),
            Keyword::Nil | Keyword::True | Keyword::False => Node::Action(self.pipeline("command", TokenKind::Close)?),
        };
        nodes.push(node);
        Ok(None)
    }

    fn branch(&mut self, context: &str) -> Parsed<Branch> {
        let at = self.next().at;
        let outside = self.variables.len();
        let pipe = self.pipeline(context, TokenKind::Close)?;
        let is_range = context == "range";
        self.loops += usize::from(is_range);
        let (body, end) = self.list(context)?;
        self.loops -= usize::from(is_range);
        let otherwise = match end {
            End::End => None,
            End::Else => Some(self.otherwise(context)?),
        };
        self.variables.truncate(outside);
        Ok(Branch { at, pipe, body, otherwise })
    }

    fn otherwise(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let next = self.peek_non_space();
        match next.kind {
            TokenKind::Keyword(Keyword::If) if context == "if" => {
                self.enter()?;
                let branch = self.branch("if")?;
                self.depth -= 1;
                return Ok(vec![Node::If(branch)]);
            }
            TokenKind::Keyword(Keyword::With) if context == "with" => {
                self.enter()?;
                let branch = self.branch("with")?;
                self.depth -= 1;
                return Ok(vec![Node::With(branch)]);
            }
            _ => self.close("else")?,
        }
        match self.list(context)? {
            (body, End::End) => Ok(body),
            (_, End::Else) => Err((self.peek().at, "expected end; found {{else}}".to_owned())),
        }
    }

    fn template(&mut self) -> Parsed<Node> {
        let at = self.next().at;
        let name = self.name("template clause")?;
        if self.peek_non_space().kind == TokenKind::Close {
            self.next();
            return Ok(Node::Template { at, name, pipe: None });
        }
        let pipe = self.pipeline("template clause", TokenKind::Close)?;
        Ok(Node::Template { at, name, pipe: Some(pipe) })
    }

    fn block(&mut self) -> Parsed<Node> {
        let at = self.next().at;
        let name = self.name("block clause")?;
        let pipe = self.pipeline("block clause", TokenKind::Close)?;
        let body = self.separate_body("block clause")?;
        self.add(name.clone(), body)?;
        Ok(Node::Template { at, name, pipe: Some(pipe) })
    }

    fn pipeline(&mut self, context: &str, end: TokenKind) -> Parsed<Pipe> {
        self.enter()?;
        let start = self.peek_non_space().at;
        let (variables, assigns) = self.declarations(context)?;
        let mut commands = Vec::new();
        loop {
            let token = self.next_non_space();
            if token.kind == end {
                if commands.is_empty() {
                    return Err((start, format!("missing value for {context}")));
                }
                break;
            }
            self.at -= 1;
            commands.push(self.command(end)?);
        }
        for command in commands.iter().skip(1) {
            if let Some(Term { at, kind, .. }) = command.args.first()
                && matches!(
                    kind,
                    TermKind::Bool(_)
                        | TermKind::Dot
                        | TermKind::Nil
                        | TermKind::Int(_)
                        | TermKind::Float(_)
                        | TermKind::Imaginary(_)
                        | TermKind::Str(_)
                )
            {
                return Err((*at, "non executable command in pipeline stage".to_owned()));
            }
        }
        // The names exist from here on, not inside their own pipeline.
        if !assigns {
            self.variables.extend(variables.iter().cloned());
        }
        self.depth -= 1;
        Ok(Pipe { variables, assigns, commands })
    }

    fn declarations(&mut self, context: &str) -> Parsed<(Vec<Rc<str>>, bool)> {
        let mut variables = Vec::new();
        loop {
            let before = self.at;
            let token = self.peek_non_space();
            if token.kind != TokenKind::Variable {
                return Ok((variables, false));
            }
            self.next();
            let next = self.peek_non_space();
            match next.kind {
                TokenKind::Declare | TokenKind::Assign => {
                    self.next();
                    let name: Rc<str> = Rc::from(self.text(token));
                    let assigns = next.kind == TokenKind::Assign;
                    variables.push(name);
                    for name in variables.iter().filter(|_| assigns) {
                        self.check_variable(name, token.at)?;
                    }
                    return Ok((variables, assigns));
                }
                TokenKind::Comma if context == "range" && variables.is_empty() => {
                    self.next();
                    variables.push(Rc::from(self.text(token)));
                }
                TokenKind::Comma => return Err((next.at, format!("too many declarations in {context}"))),
                _ => {
                    self.at = before;
                    if !variables.is_empty() {
                        return Err((token.at, "range can only initialize variables".to_owned()));
                    }
                    return Ok((variables, false));
                }
            }
        }
    }

    fn command(&mut self, end: TokenKind) -> Parsed<Command> {
        let mut args = Vec::new();
        loop {
            self.peek_non_space();
            if let Some(term) = self.operand()? {
                args.push(term);
            }
            let token = self.next();
            match token.kind {
                TokenKind::Space => continue,
                kind if kind == end => self.at -= 1,
                // Go lets a pipeline end with a `|`.
                TokenKind::Pipe => {}
                TokenKind::Eof => return Err((token.at, "unclosed action".to_owned())),
                _ => return self.unexpected(token, "operand"),
            }
            break;
        }
        if args.is_empty() {
            return Err((self.peek().at, "empty command".to_owned()));
        }
        Ok(Command { args })
    }

    fn operand(&mut self) -> Parsed<Option<Term>> {
        let Some(term) = self.term()? else { return Ok(None) };
        if self.peek().kind != TokenKind::Field {
            return Ok(Some(term));
        }
        let mut fields = Vec::new();
        let mut end = term.end;
        while self.peek().kind == TokenKind::Field {
            let token = self.next();
            fields.push(Rc::from(&self.text(token)[1..]));
            end = token.end;
        }
        let at = term.at;
        let kind = match term.kind {
            TermKind::Field(mut path) => {
                path.append(&mut fields);
                TermKind::Field(path)
            }
            TermKind::Variable(name, mut path) => {
                path.append(&mut fields);
                TermKind::Variable(name, path)
            }
            TermKind::Bool(_)
            | TermKind::Str(_)
            | TermKind::Int(_)
            | TermKind::Float(_)
            | TermKind::Imaginary(_)
            | TermKind::Nil
            | TermKind::Dot => {
                return Err((term.at, format!("unexpected . after term {:?}", self.source.excerpt(term.at, term.end))));
            }
            kind => TermKind::Chain(Box::new(Term { at, end: term.end, kind }), fields),
        };
        Ok(Some(Term { at, end, kind }))
    }

    fn term(&mut self) -> Parsed<Option<Term>> {
        let token = self.peek();
        let text = self.text(token).to_owned();
        let kind = match token.kind {
            TokenKind::Identifier => match functions::find(&text) {
                Some(function) => TermKind::Function(function),
                None => return Err((token.at, format!("function {} not defined", quote(&text)))),
            },
            TokenKind::Dot => TermKind::Dot,
            TokenKind::Keyword(Keyword::Nil) => TermKind::Nil,
            TokenKind::Keyword(Keyword::True) => TermKind::Bool(true),
            TokenKind::Keyword(Keyword::False) => TermKind::Bool(false),
            TokenKind::Variable => {
                self.check_variable(&text, token.at)?;
                TermKind::Variable(Rc::from(text), Vec::new())
            }
            TokenKind::Field => TermKind::Field(vec![Rc::from(&text[1..])]),
            TokenKind::Number => match literal(&text) {
                Some(Literal::Int(value)) => TermKind::Int(value),
                Some(Literal::Float(value)) => TermKind::Float(value),
                Some(Literal::Imaginary(value)) => TermKind::Imaginary(value),
                None => return Err((token.at, format!("bad number syntax: {text:?}"))),
            },
            TokenKind::Char => match crate::quoting::unquote(&text).and_then(|text| single(&text)) {
                Some(character) => TermKind::Int(i64::from(u32::from(character))),
                None => return Err((token.at, format!("malformed character constant: {text}"))),
            },
            TokenKind::Str | TokenKind::RawStr => TermKind::Str(self.string(token)?),
            TokenKind::LeftParen => {
                self.next();
                let pipe = self.pipeline("parenthesized pipeline", TokenKind::RightParen)?;
                let end = self.tokens[self.at - 1].end;
                return Ok(Some(Term { at: token.at, end, kind: TermKind::Pipe(Box::new(pipe)) }));
            }
            _ => return Ok(None),
        };
        self.next();
        Ok(Some(Term { at: token.at, end: token.end, kind }))
    }

    fn string(&self, token: Token) -> Parsed<Rc<str>> {
        let text = self.text(token);
        if token.kind == TokenKind::RawStr {
            return Ok(Rc::from(&text[1..text.len() - 1]));
        }
        crate::quoting::unquote(text)
            .map(Rc::from)
            .ok_or_else(|| (token.at, format!("invalid syntax in string {text}")))
    }

    fn check_variable(&self, name: &str, at: usize) -> Parsed<()> {
        if self.variables.iter().any(|known| &**known == name) {
            return Ok(());
        }
        Err((at, format!("undefined variable {}", quote(name))))
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
