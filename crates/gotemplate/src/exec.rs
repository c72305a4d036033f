//! Runs templates.

mod evaluate;

use crate::ast::{Branch, Node, Pipe, Template};
use crate::error::{Error, ErrorKind, Failure};
use crate::format::display;
use crate::limits::{Limit, Limits};
use crate::quote;
use crate::templates::{Options, Templates};
use crate::value::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// What a missing value prints as. Whole outputs have it taken out.
pub(crate) const NO_VALUE: &str = "<no value>";

/// How many texts of `tpl` are kept parsed.
const PARSED_TEXTS: usize = 1_000;

/// One run over a set of templates: what was used of the limits, and what `tpl` defined.
pub struct Exec<'e> {
    templates: &'e Templates,
    pub(crate) options: Options,
    overlays: Vec<HashMap<Rc<str>, Rc<Template>>>,
    parsed: HashMap<Rc<str>, Rc<[Rc<Template>]>>,
    including: HashMap<Rc<str>, usize>,
    steps: u64,
    bytes: usize,
    depth: usize,
}

/// A template that is being executed.
struct Frame {
    template: Rc<Template>,
    variables: Vec<(Rc<str>, Value)>,
}

enum Flow {
    Next,
    Break,
    Continue,
}

impl<'e> Exec<'e> {
    pub(crate) fn new(templates: &'e Templates, options: Options) -> Self {
        Self {
            templates,
            options,
            overlays: Vec::new(),
            parsed: HashMap::new(),
            including: HashMap::new(),
            steps: 0,
            bytes: 0,
            depth: 0,
        }
    }

    pub(crate) const fn limits(&self) -> &Limits {
        &self.options.limits
    }

    /// Executes the template of this name.
    ///
    /// # Errors
    /// When there is none of this name, when it fails, or when a limit is reached.
    pub fn execute(&mut self, name: &str, data: Value) -> Result<String, Error> {
        let Some(template) = self.find(name) else {
            let message = format!("template: no template {} associated with this chart", quote(name));
            return Err(Error { kind: ErrorKind::Execute, message });
        };
        let text = self.run(template, data)?;
        Ok(if text.contains(NO_VALUE) { text.replace(NO_VALUE, "") } else { text })
    }

    fn find(&self, name: &str) -> Option<Rc<Template>> {
        self.overlays.iter().rev().find_map(|overlay| overlay.get(name)).or_else(|| self.templates.get(name)).cloned()
    }

    fn run(&mut self, template: Rc<Template>, data: Value) -> Result<String, Error> {
        let mut out = String::new();
        self.run_into(template, data, &mut out)?;
        Ok(out)
    }

    fn run_into(&mut self, template: Rc<Template>, data: Value, out: &mut String) -> Result<(), Error> {
        // A template that is handed nil has nothing as its data: fields of it are nothing, too.
        let data = if matches!(data, Value::Nil) { Value::NoValue } else { data };
        if self.depth >= self.limits().max_depth {
            let limit = Limit::Depth(self.limits().max_depth);
            let message = format!("template: {}: {limit}", template.source.name);
            return Err(Error { kind: ErrorKind::Limit(limit), message });
        }
        self.depth += 1;
        let mut frame = Frame { template: template.clone(), variables: vec![(Rc::from("$"), data.clone())] };
        let done = self.walk(&mut frame, &data, &template.body, out);
        self.depth -= 1;
        done.map(|_| ())
    }

    /// What `include` does.
    pub(crate) fn include(&mut self, name: &str, data: Value) -> Result<String, Failure> {
        let Some(template) = self.find(name) else {
            return Err(Failure::new(format!(
                "template: no template {} associated with template \"gotpl\"",
                quote(name)
            )));
        };
        let times = self.including.entry(template.name.clone()).or_default();
        if *times >= self.options.limits.max_includes {
            return Err(Limit::Depth(self.options.limits.max_includes).into());
        }
        *times += 1;
        let name = template.name.clone();
        let result = self.run(template, data);
        if let Some(times) = self.including.get_mut(&name) {
            *times -= 1;
        }
        Ok(result?)
    }

    /// What `tpl` does: the text sees every template, and what it defines is seen by nobody else.
    pub(crate) fn tpl(&mut self, text: &str, data: Value) -> Result<String, Failure> {
        if !text.contains("{{") {
            return Ok(text.replace(NO_VALUE, ""));
        }
        let known = self.parsed.get(text).cloned();
        let templates = match known {
            Some(templates) => templates,
            None => {
                let templates = crate::parser::parse("gotpl", text)
                    .map_err(|error| Failure::new(format!("cannot parse template {}: {error}", short(text))))?;
                let templates: Rc<[Rc<Template>]> = templates.into_iter().map(Rc::new).collect();
                if self.parsed.len() < PARSED_TEXTS {
                    self.parsed.insert(Rc::from(text), templates.clone());
                }
                templates
            }
        };
        let Some((main, defined)) = templates.split_first() else { return Ok(String::new()) };
        let overlay = defined.iter().map(|template| (template.name.clone(), template.clone())).collect();
        self.overlays.push(overlay);
        let result = self.run(main.clone(), data);
        self.overlays.pop();
        match result {
            Ok(text) => Ok(text.replace(NO_VALUE, "")),
            Err(error) => {
                let message = format!("error during tpl function execution for {}: {}", short(text), error.message);
                Err(Failure::Nested(Error { message, ..error }))
            }
        }
    }

    /// Counts bytes that were made.
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), Limit> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.options.limits.max_bytes {
            return Err(Limit::Bytes(self.options.limits.max_bytes));
        }
        Ok(())
    }

    /// Refuses a text of this length before it is made.
    pub(crate) fn check_text(&self, bytes: usize) -> Result<(), Failure> {
        if bytes > self.options.limits.max_text {
            return Err(Limit::Text(self.options.limits.max_text).into());
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Limit> {
        self.steps += 1;
        if self.steps > self.options.limits.max_steps {
            return Err(Limit::Steps(self.options.limits.max_steps));
        }
        Ok(())
    }

    fn walk(&mut self, frame: &mut Frame, dot: &Value, nodes: &[Node], out: &mut String) -> Result<Flow, Error> {
        for node in nodes {
            self.step().map_err(|limit| failed(frame, 0, 0, &limit.into()))?;
            match node {
                Node::Text(text) => self.write(frame, 0, text, out)?,
                Node::Action(pipe) => {
                    let value = self.pipeline(frame, dot, pipe)?;
                    if pipe.variables.is_empty() {
                        let (at, end) = place(pipe);
                        match &value {
                            Value::Str(text) => self.write(frame, at, text, out)?,
                            other => {
                                let text = display(other, self.limits().max_text)
                                    .map_err(|failure| failed(frame, at, end, &failure))?;
                                self.write(frame, at, &text, out)?;
                            }
                        }
                    }
                }
                Node::If(branch) => {
                    let mark = frame.variables.len();
                    let value = self.pipeline(frame, dot, &branch.pipe)?;
                    let flow = self.choose(frame, dot, dot, branch, value.truth(), out)?;
                    frame.variables.truncate(mark);
                    if !matches!(flow, Flow::Next) {
                        return Ok(flow);
                    }
                }
                Node::With(branch) => {
                    let mark = frame.variables.len();
                    let value = self.pipeline(frame, dot, &branch.pipe)?;
                    let flow = self.choose(frame, dot, &value, branch, value.truth(), out)?;
                    frame.variables.truncate(mark);
                    if !matches!(flow, Flow::Next) {
                        return Ok(flow);
                    }
                }
                Node::Range(branch) => {
                    let mark = frame.variables.len();
                    let flow = self.range(frame, dot, branch, out)?;
                    frame.variables.truncate(mark);
                    if !matches!(flow, Flow::Next) {
                        return Ok(flow);
                    }
                }
                Node::Template { at, name, pipe } => {
                    let data = match pipe {
                        Some(pipe) => self.pipeline(frame, dot, pipe)?,
                        None => Value::NoValue,
                    };
                    let Some(template) = self.find(name) else {
                        let failure = Failure::new(format!("template {} not defined", quote(name)));
                        return Err(failed(frame, *at, *at + "template".len(), &failure));
                    };
                    self.run_into(template, data, out)?;
                }
                Node::Break => return Ok(Flow::Break),
                Node::Continue => return Ok(Flow::Continue),
            }
        }
        Ok(Flow::Next)
    }

    fn write(&mut self, frame: &Frame, at: usize, text: &str, out: &mut String) -> Result<(), Error> {
        let room = self.check_text(out.len() + text.len()).and_then(|()| Ok(self.charge(text.len())?));
        room.map_err(|failure| failed(frame, at, at, &failure))?;
        out.push_str(text);
        Ok(())
    }

    fn choose(
        &mut self,
        frame: &mut Frame,
        outer: &Value,
        inner: &Value,
        branch: &Branch,
        truth: bool,
        out: &mut String,
    ) -> Result<Flow, Error> {
        match &branch.otherwise {
            _ if truth => self.walk(frame, inner, &branch.body, out),
            Some(otherwise) => self.walk(frame, outer, otherwise, out),
            None => Ok(Flow::Next),
        }
    }

    fn range(&mut self, frame: &mut Frame, dot: &Value, branch: &Branch, out: &mut String) -> Result<Flow, Error> {
        let value = self.pipeline(frame, dot, &branch.pipe)?;
        let entries: Vec<(Value, Value)> = match &value {
            Value::NoValue | Value::Nil => Vec::new(),
            Value::List(list) => (0..).zip(&list.items).map(|(at, item)| (Value::int(at), item.clone())).collect(),
            Value::Map(map) => map.entries().into_iter().map(|(key, value)| (Value::Str(key), value)).collect(),
            Value::Object(object) if object.entries().is_some() => {
                let is_map = object.kind_name() == "map";
                let entries = object.entries().unwrap_or_default();
                let key = |at: i64, key| if is_map { Value::Str(key) } else { Value::int(at) };
                (0..).zip(entries).map(|(at, (name, value))| (key(at, name), value)).collect()
            }
            Value::Int(count, kind) => {
                if branch.pipe.variables.len() > 1 {
                    let failure = Failure::new(format!("can't use {count} to iterate over more than one variable"));
                    let (at, end) = place(&branch.pipe);
                    return Err(failed(frame, at, end, &failure));
                }
                return self.range_count(frame, branch, *count, *kind, dot, out);
            }
            other => {
                let shown = display(other, 1 << 16).unwrap_or_default();
                let (at, end) = place(&branch.pipe);
                return Err(failed(frame, at, end, &Failure::new(format!("range can't iterate over {shown}"))));
            }
        };
        if entries.is_empty() {
            return self.choose(frame, dot, dot, branch, false, out);
        }
        for (key, item) in entries {
            match self.iteration(frame, branch, key, item, out)? {
                Flow::Break => break,
                Flow::Next | Flow::Continue => {}
            }
        }
        Ok(Flow::Next)
    }

    fn range_count(
        &mut self,
        frame: &mut Frame,
        branch: &Branch,
        count: i64,
        kind: crate::value::IntKind,
        dot: &Value,
        out: &mut String,
    ) -> Result<Flow, Error> {
        if count <= 0 {
            return self.choose(frame, dot, dot, branch, false, out);
        }
        for at in 0..count {
            let item = Value::Int(at, kind);
            if matches!(self.iteration(frame, branch, item.clone(), item, out)?, Flow::Break) {
                break;
            }
        }
        Ok(Flow::Next)
    }

    fn iteration(
        &mut self,
        frame: &mut Frame,
        branch: &Branch,
        key: Value,
        item: Value,
        out: &mut String,
    ) -> Result<Flow, Error> {
        self.step().map_err(|limit| failed(frame, branch.at, branch.at, &limit.into()))?;
        let mark = frame.variables.len();
        match branch.pipe.variables.as_slice() {
            [] => {}
            [only] => frame.assign(only, item.clone()),
            [first, second, ..] => {
                frame.assign(first, key);
                frame.assign(second, item.clone());
            }
        }
        let flow = self.walk(frame, &item, &branch.body, out)?;
        frame.variables.truncate(mark);
        Ok(flow)
    }
}

impl Frame {
    fn get(&self, name: &str) -> Value {
        let found = self.variables.iter().rev().find(|(known, _)| &**known == name);
        found.map_or(Value::NoValue, |(_, value)| value.clone())
    }

    fn assign(&mut self, name: &Rc<str>, value: Value) {
        if let Some(found) = self.variables.iter_mut().rev().find(|(known, _)| known == name) {
            found.1 = value;
        }
    }
}

fn place(pipe: &Pipe) -> (usize, usize) {
    let first = pipe.commands.first().and_then(|command| command.args.first());
    let last = pipe.commands.last().and_then(|command| command.args.last());
    first.zip(last).map_or((0, 0), |(first, last)| (first.at, last.end))
}

/// A failure with its place in the template.
fn failed(frame: &Frame, at: usize, end: usize, failure: &Failure) -> Error {
    let source = &frame.template.source;
    let (line, column) = source.place(at);
    let (name, excerpt) = (&source.name, source.excerpt(at, end));
    let executing = quote(&frame.template.name);
    Error {
        kind: failure.kind(),
        message: format!("template: {name}:{line}:{column}: executing {executing} at <{excerpt}>: {failure}"),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((cut, _)) => quote(&text[..cut]) + "...",
        None => quote(text),
    }
}
