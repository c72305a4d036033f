//! Builds a tree from parser events.

use crate::Limits;
use crate::duplicate::{Keys, Scope};
use crate::problem::{Problem, TAB, explain, too_deep, too_many_values};
use crate::scalar::{self, Scalar, Schema};
use granit_parser::{Event, Marker, Parser, ScalarStyle, Span, StructureStyle, Tag, options};
use ks_object::{Builder, Kind, Position, Tree};
use std::borrow::Cow;

/// What the tags of YAML itself begin with: `!!str` is `tag:yaml.org,2002:str`.
const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Reads one document after the other and keeps its buffers.
#[derive(Debug)]
pub(crate) struct Reader {
    limits: Limits,
    schema: Schema,
    keys: Keys,
    open: Vec<Open>,
    anchors: Vec<Anchor>,
    /// Of a key that is given twice the last one counts.
    last_key_counts: bool,
}

/// An open mapping or list.
#[derive(Debug)]
struct Open {
    /// Where it stands in the tree.
    at: u32,
    /// Its anchor, 0 for none.
    anchor: usize,
    /// How deep it is nested below itself so far.
    height: usize,
    /// Whether it is written in brackets.
    flow: bool,
    /// `None` for a list.
    map: Option<Map>,
}

#[derive(Debug)]
struct Map {
    scope: Scope,
    next: Next,
    /// Values of its merge keys.
    merges: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Key,
    Value,
    /// The value of a merge key `<<`.
    Merge,
}

#[derive(Debug, Clone)]
enum Anchor {
    /// Its value is still open: an alias to it would contain itself.
    Open,
    /// A key, which has no place in the tree.
    Key {
        kind: Kind,
        text: String,
    },
    Value {
        at: u32,
        height: usize,
    },
}

/// A document on its way.
struct Building<'r> {
    reader: &'r mut Reader,
    text: &'r str,
    builder: Builder,
    /// Lines of the file before the document.
    lines: u32,
    /// Where the event before this one ended.
    before: Marker,
    /// How many lists and mappings in brackets are open.
    flow: u32,
    has_tabs: bool,
}

impl Reader {
    pub(crate) fn new(limits: Limits, schema: Schema) -> Self {
        Self { limits, schema, keys: Keys::default(), open: Vec::new(), anchors: Vec::new(), last_key_counts: false }
    }

    /// A reader that lets a mapping have a key twice.
    pub(crate) fn lenient(limits: Limits) -> Self {
        Self { last_key_counts: true, ..Self::new(limits, Schema::default()) }
    }

    /// Reads the one document in `text`, which begins on line `line` of its file.
    pub(crate) fn read<'r>(&'r mut self, text: &'r str, line: u32) -> Result<Option<Tree>, Problem> {
        self.keys.clear();
        self.open.clear();
        self.anchors.clear();
        let lines = line.saturating_sub(1);
        if u32::try_from(text.len()).is_err() {
            return Err(Problem::new(line, 1, "the document is larger than 4 GiB; split it"));
        }
        let limits = self.limits;
        let parser = Parser::new_from_str_with_options(
            text,
            options! {
                emit_comments: false,
                flow_nesting_limit: limits.max_depth,
                block_nesting_limit: limits.max_depth,
            },
        );
        let mut building = Building {
            reader: self,
            text,
            builder: Builder::with_capacity(text.len()),
            lines,
            before: Marker::default().with_byte_offset(Some(0)),
            flow: 0,
            has_tabs: memchr::memchr(b'\t', text.as_bytes()).is_some(),
        };
        for event in parser {
            match event {
                Ok((event, span)) => {
                    if building.has_tabs && building.flow == 0 {
                        building.refuse_tabs(&span)?;
                    }
                    building.event(event, &span)?;
                    building.before = span.end;
                }
                Err(error) => {
                    return Err(building.problem(error.marker(), explain(&error, limits)));
                }
            }
        }
        let tree = building.builder.finish();
        Ok(tree.root().is_some_and(|root| root.kind() != Kind::Null).then_some(tree))
    }
}

impl Building<'_> {
    fn event(&mut self, event: Event<'_>, span: &Span) -> Result<(), Problem> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), span),
            Event::SequenceStart(style, anchor, _) => {
                let in_map = self.reader.open.last().is_some_and(|open| open.map.is_some());
                let position = match style {
                    StructureStyle::Block if in_map => self.indicator(&['-'], span),
                    _ => self.position(&span.start),
                };
                self.begin(false, style, anchor, position, span)
            }
            Event::MappingStart(style, anchor, _) => self.begin(true, style, anchor, self.position(&span.start), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentStart(..) if !self.builder.is_empty() => {
                Err(self.problem(&span.start, "another document begins here; put `---` on a line of its own before it"))
            }
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &Span,
    ) -> Result<(), Problem> {
        let own_tag = tag.and_then(|tag| tag.suffix_in_namespace(YAML_TAGS));
        let merge_tag = tag.is_none() || own_tag.as_deref() == Some("merge");
        let may_merge = style == ScalarStyle::Plain && merge_tag && text == "<<";
        let text = self.without_last_break(text, style, span);
        let is_core_key = self.reader.schema == Schema::Core && self.next() == Next::Key;
        let scalar = match own_tag {
            // Keys of the core schema are texts as they stand.
            None if is_core_key => Scalar::string(text),
            None if tag.is_none() && style == ScalarStyle::Plain => scalar::plain(text, self.reader.schema),
            None => Scalar::string(text),
            Some(own) => scalar::tagged(&own, text).map_err(|message| self.problem(&span.start, message))?,
        };
        if self.next() == Next::Key {
            if anchor > 0 {
                self.set_anchor(anchor, Anchor::Key { kind: scalar.kind, text: scalar.text.clone().into_owned() });
            }
            return if may_merge { self.merge_key() } else { self.key(scalar, span) };
        }
        if scalar.is_no_json() {
            return Err(
                self.problem(&span.start, "infinite and not-a-number values have no JSON form; quote the value")
            );
        }
        self.room(1, span)?;
        let at = self.builder.next_index();
        let position = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.indicator(&['|', '>'], span),
            _ => self.plain_position(span),
        };
        self.builder.scalar(scalar.kind, &scalar.text, position);
        self.set_anchor(anchor, Anchor::Value { at, height: 0 });
        self.value_done(at, 0, span)
    }

    /// A block scalar that ends with the file has no line break there, unless the file has.
    fn without_last_break<'t>(&self, text: Cow<'t, str>, style: ScalarStyle, span: &Span) -> Cow<'t, str> {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        if !block || self.text.ends_with('\n') || span.end.byte_offset() != Some(self.text.len()) {
            return text;
        }
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_suffix('\n').unwrap_or(text)),
            Cow::Owned(mut text) => {
                text.truncate(text.trim_end_matches('\n').len().max(text.len().saturating_sub(1)));
                Cow::Owned(text)
            }
        }
    }

    fn key(&mut self, key: Scalar<'_>, span: &Span) -> Result<(), Problem> {
        let Some(key) = key.into_key() else {
            return Err(self.problem(&span.start, "a key is null, which JSON has no form for; name it or quote it"));
        };
        let position = self.position(&span.start);
        let at = self.builder.next_index();
        let Some(Open { map: Some(map), .. }) = self.reader.open.last_mut() else { return Ok(()) };
        map.next = Next::Value;
        if let Some(first) = self.reader.keys.add(&mut map.scope, &self.builder, &key, at, position.line) {
            if self.reader.last_key_counts {
                if let Some(old) = self.reader.keys.replace(&map.scope, &self.builder, &key, at) {
                    self.builder.hide(old);
                }
                self.builder.key(&key);
                return Ok(());
            }
            let message = format!("key `{key}` is given twice, first on line {first}; remove one");
            return Err(self.problem(&span.start, message));
        }
        self.builder.key(&key);
        Ok(())
    }

    /// Where a scalar begins; an absent one behind the colon of its key, as other readers have it.
    fn plain_position(&self, span: &Span) -> Position {
        let Position { line, column } = self.position(&span.start);
        let rest = span.start.byte_offset().and_then(|at| self.text.get(at..)).unwrap_or_default();
        Position::new(line, column + u32::from(span.start == span.end && rest.starts_with(':')))
    }

    fn merge_key(&mut self) -> Result<(), Problem> {
        if let Some(Open { map: Some(map), .. }) = self.reader.open.last_mut() {
            map.next = Next::Merge;
        }
        self.builder.key("<<");
        Ok(())
    }

    fn begin(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        anchor: usize,
        position: Position,
        span: &Span,
    ) -> Result<(), Problem> {
        if self.next() == Next::Key {
            let message = "a mapping or list stands where a key must be; quote it if it is meant as text";
            return Err(self.problem(&span.start, message));
        }
        if self.reader.open.len() >= self.reader.limits.max_depth {
            return Err(self.problem(&span.start, too_deep(self.reader.limits)));
        }
        self.room(1, span)?;
        let at = self.builder.next_index();
        if is_map {
            self.builder.begin_map(position);
        } else {
            self.builder.begin_seq(position);
        }
        self.set_anchor(anchor, Anchor::Open);
        let map = is_map.then(|| Map { scope: self.reader.keys.open(), next: Next::Key, merges: Vec::new() });
        let flow = style == StructureStyle::Flow;
        self.flow += u32::from(flow);
        self.reader.open.push(Open { at, anchor, height: 0, flow, map });
        Ok(())
    }

    fn end(&mut self, span: &Span) -> Result<(), Problem> {
        let Some(Open { at, anchor, height, flow, map }) = self.reader.open.pop() else { return Ok(()) };
        self.flow -= u32::from(flow);
        if let Some(Map { mut scope, merges, .. }) = map {
            for from in merges {
                self.merge(from, &mut scope, span)?;
            }
            self.reader.keys.close(&scope);
        }
        self.builder.end();
        self.set_anchor(anchor, Anchor::Value { at, height: height + 1 });
        self.value_done(at, height + 1, span)
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<(), Problem> {
        let (from, height) = match self.reader.anchors.get(anchor).unwrap_or(&Anchor::Open) {
            Anchor::Open => {
                return Err(self.problem(&span.start, "an alias stands inside its own anchor; write the value out"));
            }
            Anchor::Key { kind, text } => {
                let scalar = Scalar::new(*kind, text.clone());
                if self.next() == Next::Key {
                    return self.key(scalar, span);
                }
                self.room(1, span)?;
                let at = self.builder.next_index();
                self.builder.scalar(scalar.kind, &scalar.text, self.position(&span.start));
                return self.value_done(at, 0, span);
            }
            Anchor::Value { at, height } => (*at, *height),
        };
        if self.next() == Next::Key {
            if height > 0 {
                let message = "an alias to a mapping or list stands where a key must be; write a text";
                return Err(self.problem(&span.start, message));
            }
            let scalar = Scalar::new(self.builder.kind(from), self.builder.text(from).to_owned());
            return self.key(scalar, span);
        }
        if self.reader.open.len() + height > self.reader.limits.max_depth {
            return Err(self.problem(&span.start, too_deep(self.reader.limits)));
        }
        self.room(self.builder.size(from), span)?;
        let at = self.builder.next_index();
        self.builder.copy(from);
        self.value_done(at, height, span)
    }

    /// A value was added: says so to what holds it.
    fn value_done(&mut self, at: u32, height: usize, span: &Span) -> Result<(), Problem> {
        let Some(open) = self.reader.open.last_mut() else { return Ok(()) };
        open.height = open.height.max(height);
        let Some(map) = &mut open.map else { return Ok(()) };
        if map.next == Next::Merge {
            map.merges.push(at);
            self.builder.hide(at);
            if !self.is_mergeable(at) {
                let message = "the value of a merge key `<<` must be a mapping or a list of mappings";
                return Err(self.problem(&span.start, message));
            }
        }
        if let Some(Open { map: Some(map), .. }) = self.reader.open.last_mut() {
            map.next = Next::Key;
        }
        Ok(())
    }

    fn is_mergeable(&self, at: u32) -> bool {
        match self.builder.kind(at) {
            Kind::Map => true,
            Kind::Seq => {
                let mut next = self.builder.first_child(at);
                while let Some(item) = next {
                    if self.builder.kind(item) != Kind::Map {
                        return false;
                    }
                    next = self.builder.next_sibling(item);
                }
                true
            }
            _ => false,
        }
    }

    /// Adds the fields that the innermost mapping lacks. In a list of mappings the first that has a key wins.
    fn merge(&mut self, from: u32, scope: &mut Scope, span: &Span) -> Result<(), Problem> {
        let is_map = self.builder.kind(from) == Kind::Map;
        let mut next = self.builder.first_child(from);
        while let Some(child) = next {
            if is_map {
                self.merge_field(child, scope, span)?;
            } else {
                self.merge(child, scope, span)?;
            }
            next = self.builder.next_sibling(child);
        }
        Ok(())
    }

    fn merge_field(&mut self, field: u32, scope: &mut Scope, span: &Span) -> Result<(), Problem> {
        let key = self.builder.key_of(field).to_owned();
        let at = self.builder.next_index();
        if self.reader.keys.add(scope, &self.builder, &key, at, 0).is_none() {
            self.room(self.builder.size(field), span)?;
            self.builder.copy_field(field);
        }
        Ok(())
    }

    fn next(&self) -> Next {
        match self.reader.open.last() {
            Some(Open { map: Some(map), .. }) => map.next,
            _ => Next::Value,
        }
    }

    fn set_anchor(&mut self, anchor: usize, to: Anchor) {
        if anchor == 0 {
            return;
        }
        if self.reader.anchors.len() <= anchor {
            self.reader.anchors.resize(anchor + 1, Anchor::Open);
        }
        self.reader.anchors[anchor] = to;
    }

    fn room(&self, more: u32, span: &Span) -> Result<(), Problem> {
        if self.builder.len() + more as usize > self.reader.limits.max_values {
            return Err(self.problem(&span.start, too_many_values(self.reader.limits)));
        }
        Ok(())
    }

    fn position(&self, mark: &Marker) -> Position {
        let line = u32::try_from(mark.line()).unwrap_or(u32::MAX);
        let column = u32::try_from(mark.col()).unwrap_or(u32::MAX);
        Position::new(self.lines.saturating_add(line), column.saturating_add(1))
    }

    /// Refuses tabs between the last event and this one where indentation counts: at the beginning of a line and
    /// behind `-` and `?`. The parser takes some of them, other readers of YAML none.
    fn refuse_tabs(&self, span: &Span) -> Result<(), Problem> {
        let Some((from, to)) = self.before.byte_offset().zip(span.start.byte_offset()) else { return Ok(()) };
        let mut at = self.position(&self.before);
        let (mut indentation, mut comment) = (from == 0, false);
        for char in self.text.get(from..to).unwrap_or_default().chars() {
            match char {
                '\n' => {
                    (indentation, comment) = (true, false);
                    at = Position::new(at.line.saturating_add(1), 0);
                }
                '\t' if indentation && !comment => return Err(Problem::new(at.line, at.column, TAB)),
                ' ' | '\t' => {}
                '-' | '?' if indentation => {}
                '#' => comment = true,
                _ => indentation = false,
            }
            at.column = at.column.saturating_add(1);
        }
        Ok(())
    }

    /// Where the indicator of a value stands, which lies behind the last event: a block scalar's `|` or `>`, a list's
    /// first `-`. The parser says where the text of the former begins, and of a list that is no deeper than its key
    /// where the first item does.
    fn indicator(&self, wanted: &[char], span: &Span) -> Position {
        let mut at = self.position(&self.before);
        let rest = self.before.byte_offset().and_then(|start| self.text.get(start..)).unwrap_or_default();
        // Before it stand `key:`, `-`, an anchor, a tag, and comments that end their line.
        let mut inside = ' ';
        for char in rest.chars() {
            inside = match (inside, char) {
                (_, '\n') => ' ',
                ('#', _) => '#',
                (' ', char) if wanted.contains(&char) => return at,
                (_, ' ' | '\t' | '\r') => ' ',
                (' ', '#' | '&' | '!') => char,
                (' ', ':' | '-' | '?') => ' ',
                (' ', _) => break,
                (other, _) => other,
            };
            if char == '\n' {
                at = Position::new(at.line.saturating_add(1), 1);
            } else {
                at.column = at.column.saturating_add(1);
            }
        }
        self.position(&span.start)
    }

    fn problem(&self, mark: &Marker, message: impl Into<String>) -> Problem {
        let position = self.position(mark);
        Problem::new(position.line, position.column, message)
    }
}
