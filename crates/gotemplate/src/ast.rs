//! The parsed form of a template.

use crate::functions::Function;
use std::rc::Rc;

/// A part of a template. Positions are byte offsets into the source.
#[derive(Debug)]
pub(crate) enum Node {
    Text(Rc<str>),
    Action(Pipe),
    If(Branch),
    With(Branch),
    Range(Branch),
    Template { at: usize, name: Rc<str>, pipe: Option<Pipe> },
    Break,
    Continue,
}

/// `if`, `with` or `range` with its bodies.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) at: usize,
    pub(crate) pipe: Pipe,
    pub(crate) body: Vec<Node>,
    pub(crate) otherwise: Option<Vec<Node>>,
}

/// `$x := a | b`
#[derive(Debug)]
pub(crate) struct Pipe {
    pub(crate) variables: Vec<Rc<str>>,
    /// `=` instead of `:=`.
    pub(crate) assigns: bool,
    pub(crate) commands: Vec<Command>,
}

/// A function call or a value.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) args: Vec<Term>,
}

/// An operand and where it stands.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) at: usize,
    pub(crate) end: usize,
    pub(crate) kind: TermKind,
}

#[derive(Debug)]
pub(crate) enum TermKind {
    Dot,
    Nil,
    Bool(bool),
    Int(i64),
    Float(f64),
    Imaginary(f64),
    Str(Rc<str>),
    /// `.a.b`
    Field(Vec<Rc<str>>),
    /// `$x.a.b`
    Variable(Rc<str>, Vec<Rc<str>>),
    Function(&'static Function),
    Pipe(Box<Pipe>),
    /// `(pipeline).a.b`
    Chain(Box<Term>, Vec<Rc<str>>),
}

/// The text that a template was parsed from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: Rc<str>,
    pub(crate) text: Box<str>,
}

impl Source {
    /// Line, from 1, and byte in the line, from 0.
    pub(crate) fn place(&self, at: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let column = before.len() - memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        (line, column)
    }

    /// What stands there, short.
    pub(crate) fn excerpt(&self, at: usize, end: usize) -> String {
        let text = self.text.get(at..end).unwrap_or_default();
        match text.char_indices().nth(20) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text.to_owned(),
        }
    }
}

/// A named template.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) name: Rc<str>,
    pub(crate) source: Rc<Source>,
    pub(crate) body: Vec<Node>,
}

impl Template {
    /// Whether it has nothing but whitespace: such a definition does not replace another.
    pub(crate) fn is_empty(&self) -> bool {
        self.body.iter().all(|node| matches!(node, Node::Text(text) if text.trim().is_empty()))
    }
}
