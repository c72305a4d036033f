//! Values of pipelines, commands and operands.

use super::{Exec, Frame, failed};
use crate::access::{field, is_short_circuit};
use crate::ast::{Command, Pipe, Term, TermKind};
use crate::error::{Error, Failure};
use crate::functions::Function;
use crate::value::Value;
use std::rc::Rc;

impl Exec<'_> {
    pub(super) fn pipeline(&mut self, frame: &mut Frame, dot: &Value, pipe: &Pipe) -> Result<Value, Error> {
        let mut value = None;
        for command in &pipe.commands {
            let result = self.command(frame, dot, command, value.take())?;
            // What came out of an interface is nothing if it was nil.
            value = Some(if matches!(result, Value::Nil) { Value::NoValue } else { result });
        }
        let value = value.unwrap_or(Value::NoValue);
        for name in &pipe.variables {
            if pipe.assigns {
                frame.assign(name, value.clone());
            } else {
                frame.variables.push((name.clone(), value.clone()));
            }
        }
        Ok(value)
    }

    fn command(
        &mut self,
        frame: &mut Frame,
        dot: &Value,
        command: &Command,
        last: Option<Value>,
    ) -> Result<Value, Error> {
        let Some((first, rest)) = command.args.split_first() else { return Ok(Value::NoValue) };
        match &first.kind {
            TermKind::Function(function) => self.call(frame, dot, first, function, rest, last),
            TermKind::Field(path) => {
                let args = self.arguments(frame, dot, rest, last)?;
                self.chain(frame, dot.clone(), first, path, args)
            }
            TermKind::Variable(name, path) if !path.is_empty() => {
                let args = self.arguments(frame, dot, rest, last)?;
                self.chain(frame, frame.get(name), first, path, args)
            }
            TermKind::Chain(inner, path) => {
                let value = self.argument(frame, dot, inner)?;
                let args = self.arguments(frame, dot, rest, last)?;
                self.chain(frame, value, first, path, args)
            }
            _ if !rest.is_empty() || last.is_some() => {
                let what = frame.template.source.excerpt(first.at, first.end);
                Err(failed(
                    frame,
                    first.at,
                    first.end,
                    &Failure::new(format!("can't give argument to non-function {what}")),
                ))
            }
            TermKind::Nil => Err(failed(frame, first.at, first.end, &Failure::new("nil is not a command"))),
            _ => self.argument(frame, dot, first),
        }
    }

    fn arguments(
        &mut self,
        frame: &mut Frame,
        dot: &Value,
        terms: &[Term],
        last: Option<Value>,
    ) -> Result<Vec<Value>, Error> {
        let mut args = Vec::with_capacity(terms.len() + usize::from(last.is_some()));
        for term in terms {
            args.push(self.argument(frame, dot, term)?.stored());
        }
        args.extend(last.map(Value::stored));
        Ok(args)
    }

    fn argument(&mut self, frame: &mut Frame, dot: &Value, term: &Term) -> Result<Value, Error> {
        Ok(match &term.kind {
            TermKind::Dot => dot.clone(),
            TermKind::Nil => Value::Nil,
            TermKind::Bool(value) => Value::Bool(*value),
            TermKind::Int(value) => Value::int(*value),
            TermKind::Float(value) => Value::Float(*value),
            TermKind::Imaginary(value) => Value::Complex(*value),
            TermKind::Str(text) => Value::Str(text.clone()),
            TermKind::Field(path) => return self.chain(frame, dot.clone(), term, path, Vec::new()),
            TermKind::Variable(name, path) => return self.chain(frame, frame.get(name), term, path, Vec::new()),
            TermKind::Function(function) => return self.call(frame, dot, term, function, &[], None),
            TermKind::Pipe(pipe) => return self.pipeline(frame, dot, pipe),
            TermKind::Chain(inner, path) => {
                let value = self.argument(frame, dot, inner)?;
                return self.chain(frame, value, term, path, Vec::new());
            }
        })
    }

    /// The value of fields of fields; arguments belong to the last, which then is a method.
    fn chain(
        &mut self,
        frame: &Frame,
        mut value: Value,
        term: &Term,
        path: &[Rc<str>],
        args: Vec<Value>,
    ) -> Result<Value, Error> {
        for (at, name) in path.iter().enumerate() {
            let args: &[Value] = if at + 1 == path.len() { &args } else { &[] };
            value = field(&value, name, args).map_err(|failure| failed(frame, term.at, term.end, &failure))?;
        }
        Ok(value)
    }

    fn call(
        &mut self,
        frame: &mut Frame,
        dot: &Value,
        term: &Term,
        function: &'static Function,
        terms: &[Term],
        last: Option<Value>,
    ) -> Result<Value, Error> {
        let end = terms.last().map_or(term.end, |last| last.end);
        self.step().map_err(|limit| failed(frame, term.at, end, &limit.into()))?;
        if is_short_circuit(function.name) {
            let stop_at = function.name == "or";
            let mut value = None;
            for term in terms {
                let next = self.argument(frame, dot, term)?;
                if next.truth() == stop_at {
                    return Ok(next);
                }
                value = Some(next);
            }
            return last.or(value).ok_or_else(|| {
                let message = format!("wrong number of args for {}: want at least 1 got 0", function.name);
                failed(frame, term.at, end, &Failure::new(message))
            });
        }
        let mut args = self.arguments(frame, dot, terms, last)?;
        function.check(&mut args).map_err(|message| failed(frame, term.at, end, &Failure::new(message)))?;
        let result = (function.run)(self, &args).and_then(|value| {
            self.charge_value(&value)?;
            Ok(value)
        });
        result.map_err(|failure| {
            let message = format!("error calling {}: {failure}", function.name);
            failed(frame, term.at, end, &with_message(&failure, message))
        })
    }

    fn charge_value(&mut self, value: &Value) -> Result<(), Failure> {
        let size = match value {
            Value::Str(text) => text.len(),
            Value::Raw(bytes) | Value::Bytes(bytes) => bytes.len(),
            Value::List(list) => list.items.len() * size_of::<Value>(),
            _ => return Ok(()),
        };
        self.check_text(size)?;
        Ok(self.charge(size)?)
    }
}

fn with_message(failure: &Failure, message: String) -> Failure {
    Failure::Nested(Error { kind: failure.kind(), message })
}
