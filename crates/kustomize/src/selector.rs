//! Which objects a patch or replacement is for.

use crate::error::Fault;
use crate::gvk::Id;
use crate::resource::Resource;
use crate::types;
use regex::Regex;
use serde_json::{Map, Value};

/// A selector with its patterns made.
#[derive(Debug)]
pub(crate) struct Selector {
    group: Pattern,
    version: Pattern,
    kind: Pattern,
    name: Pattern,
    namespace: Pattern,
    labels: Labels,
    annotations: Labels,
}

/// A regular expression that must match a whole text; `None` matches any.
#[derive(Debug)]
struct Pattern(Option<Regex>);

impl Pattern {
    fn new(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let made = Regex::new(&format!("^(?:{text})$"));
        made.map(|regex| Self(Some(regex)))
            .map_err(|error| Fault::new(format!("{text:?} is no regular expression: {error}")))
    }

    fn fits(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl Selector {
    pub(crate) fn new(given: &types::Selector) -> Result<Self, Fault> {
        Ok(Self {
            group: Pattern::new(&given.group)?,
            version: Pattern::new(&given.version)?,
            kind: Pattern::new(&given.kind)?,
            name: Pattern::new(&given.name)?,
            namespace: Pattern::new(&given.namespace)?,
            labels: Labels::parse(&given.label_selector)?,
            annotations: Labels::parse(&given.annotation_selector)?,
        })
    }

    /// Whether an object is selected as it is now; name and namespace may also be those that it had first.
    pub(crate) fn selects(&self, resource: &Resource) -> bool {
        let (first, now) = (resource.original_id(), resource.id());
        let namespace = |id: &Id| self.namespace.fits(id.effective_namespace().unwrap_or_default());
        (namespace(&first) || namespace(&now))
            && (self.name.fits(&first.name) || self.name.fits(&now.name))
            && self.group.fits(&now.gvk.group)
            && self.version.fits(&now.gvk.version)
            && self.kind.fits(&now.gvk.kind)
            && self.selects_metadata(resource)
    }

    /// Whether something that an object was or is called is selected.
    pub(crate) fn selects_id(&self, id: &Id) -> bool {
        self.group.fits(&id.gvk.group)
            && self.version.fits(&id.gvk.version)
            && self.kind.fits(&id.gvk.kind)
            && self.name.fits(&id.name)
            && self.namespace.fits(id.effective_namespace().unwrap_or_default())
    }

    /// Whether an object's labels and annotations are selected.
    pub(crate) fn selects_metadata(&self, resource: &Resource) -> bool {
        self.labels.fit(resource.metadata_map("labels")) && self.annotations.fit(resource.metadata_map("annotations"))
    }
}

/// A selector of labels, in the words of `kubectl -l`.
#[derive(Debug, Default)]
struct Labels(Vec<(String, Requirement)>);

#[derive(Debug)]
enum Requirement {
    Exists,
    Absent,
    In(Vec<String>),
    NotIn(Vec<String>),
    Greater(i64),
    Less(i64),
}

impl Labels {
    fn parse(text: &str) -> Result<Self, Fault> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        split(text).into_iter().map(requirement).collect::<Result<_, _>>().map(Self)
    }

    fn fit(&self, labels: Option<&Map<String, Value>>) -> bool {
        self.0.iter().all(|(key, requirement)| {
            let value = labels.and_then(|labels| labels.get(key)).map(|value| match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            let number = || value.as_deref().and_then(|value| value.parse::<i64>().ok());
            match requirement {
                Requirement::Exists => value.is_some(),
                Requirement::Absent => value.is_none(),
                Requirement::In(values) => value.is_some_and(|value| values.contains(&value)),
                Requirement::NotIn(values) => value.is_none_or(|value| !values.contains(&value)),
                Requirement::Greater(least) => number().is_some_and(|value| value > *least),
                Requirement::Less(most) => number().is_some_and(|value| value < *most),
            }
        })
    }
}

/// Splits at commas that stand in no parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut inside = false;
    let parts = text.split(|char: char| {
        inside = match char {
            '(' => true,
            ')' => false,
            _ => inside,
        };
        char == ',' && !inside
    });
    parts.map(str::trim).collect()
}

fn requirement(text: &str) -> Result<(String, Requirement), Fault> {
    let malformed = || Fault::new(format!("{text:?} is no requirement; write key, !key, key=value or key in (a,b)"));
    let key = |key: &str| {
        let key = key.trim();
        let fits = !key.is_empty() && !key.contains(|char: char| char.is_whitespace() || "()=!<>,".contains(char));
        if fits { Ok(key.to_owned()) } else { Err(malformed()) }
    };
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| malformed());
    if let Some(name) = text.strip_prefix('!') {
        return Ok((key(name)?, Requirement::Absent));
    }
    if let Some((name, value)) = text.split_once("!=") {
        return Ok((key(name)?, Requirement::NotIn(vec![value.trim().to_owned()])));
    }
    if let Some((name, value)) = text.split_once("==").or_else(|| text.split_once('=')) {
        return Ok((key(name)?, Requirement::In(vec![value.trim().to_owned()])));
    }
    if let Some((name, value)) = text.split_once('>') {
        return Ok((key(name)?, Requirement::Greater(number(value)?)));
    }
    if let Some((name, value)) = text.split_once('<') {
        return Ok((key(name)?, Requirement::Less(number(value)?)));
    }
    let Some((name, rest)) = text.split_once(char::is_whitespace) else {
        return Ok((key(text)?, Requirement::Exists));
    };
    let rest = rest.trim_start();
    let (list, is_in) = match (rest.strip_prefix("in"), rest.strip_prefix("notin")) {
        (Some(list), _) => (list, true),
        (None, Some(list)) => (list, false),
        (None, None) => return Err(malformed()),
    };
    let list = list.trim().strip_prefix('(').and_then(|list| list.strip_suffix(')')).ok_or_else(malformed)?;
    let values = list.split(',').map(|value| value.trim().to_owned()).collect();
    Ok((key(name)?, if is_in { Requirement::In(values) } else { Requirement::NotIn(values) }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::origin::Origin;
    use serde_json::json;

    #[test]
    fn labels_are_selected() {
        let object = json!({"metadata": {"labels": {"app": "web", "n": "5", "flag": true}}});
        let resource = Resource::new(object, Origin::default());
        for (text, selected) in [
            ("", true),
            ("app", true),
            ("!app", false),
            ("app=web,n", true),
            ("app==web", true),
            ("app!=web", false),
            ("other!=web", true),
            ("app in (x, web)", true),
            ("app notin (x,web)", false),
            ("n>4", true),
            ("n<4", false),
            ("flag=true", true),
        ] {
            assert_eq!(Labels::parse(text).unwrap().fit(resource.metadata_map("labels")), selected, "{text}");
        }
        for text in ["a b c", "=x", "a in x", "(a)"] {
            assert!(Labels::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, fits) in
            [("a|b", "ab", false), ("s.*", "short", true), ("", "any", true), ("web", "web2", false)]
        {
            assert_eq!(Pattern::new(pattern).unwrap().fits(text), fits, "{pattern}");
        }
        assert!(Pattern::new("[").is_err());
    }
}
