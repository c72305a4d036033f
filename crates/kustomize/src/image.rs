//! `images`.

use crate::error::Fault;
use crate::field::FieldSpec;
use crate::resources::Resources;
use crate::types::Image;
use regex::Regex;
use serde_json::Value;

/// Renames images, or gives them other tags and digests.
pub(crate) fn apply(resources: &mut Resources, image: &Image, fields: &[FieldSpec]) -> Result<(), Fault> {
    let replaces = !image.new_tag.is_empty() || !image.digest.is_empty();
    if !image.tag_suffix.is_empty() && replaces {
        let message =
            format!("{}: tagSuffix changes a tag that newTag or digest replaces; use one of them", image.name);
        return Err(Fault::new(message));
    }
    let pattern = format!(r"^{}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$", regex::escape(&image.name));
    let pattern = Regex::new(&pattern).map_err(|error| Fault::new(format!("{}: {error}", image.name)))?;
    let mut change = |value: &mut Value| {
        if let Value::String(text) = value
            && pattern.is_match(text)
        {
            *text = renamed(text, image);
        }
        Ok(())
    };
    for resource in &mut resources.list {
        if resource.gvk().kind != "CustomResourceDefinition" {
            containers(&mut resource.value, &mut change)?;
        }
        for field in fields {
            field.visit(&mut resource.value, &mut change)?;
        }
    }
    Ok(())
}

/// Runs `change` on the image of every container, however deep it stands.
fn containers(value: &mut Value, change: &mut dyn FnMut(&mut Value) -> Result<(), Fault>) -> Result<(), Fault> {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if let ("containers" | "initContainers", Value::Array(items)) = (key.as_str(), &mut *field) {
                    items.iter_mut().filter_map(|item| item.get_mut("image")).try_for_each(&mut *change)?;
                }
                containers(field, change)?;
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| containers(item, change)),
        _ => Ok(()),
    }
}

fn renamed(text: &str, image: &Image) -> String {
    let (rest, digest) = text.split_once('@').map_or((text, ""), |(rest, digest)| (rest, digest));
    // A colon before the last slash belongs to a port.
    let (name, tag) = match rest.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (rest, ""),
    };
    let name = if image.new_name.is_empty() { name } else { &image.new_name };
    let (mut tag, mut digest) = (tag.to_owned(), digest);
    if !image.new_tag.is_empty() || !image.digest.is_empty() {
        tag.clone_from(&image.new_tag);
        digest = &image.digest;
    }
    tag.push_str(&image.tag_suffix);
    let mut made = name.to_owned();
    for (sign, part) in [(':', tag.as_str()), ('@', digest)] {
        if !part.is_empty() {
            made.push(sign);
            made.push_str(part);
        }
    }
    made
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::origin::Origin;
    use crate::resource::Resource;
    use serde_json::json;

    #[test]
    fn images_are_renamed() {
        let image = |new_name: &str, new_tag: &str, digest: &str, tag_suffix: &str| Image {
            name: "host:5000/web".to_owned(),
            new_name: new_name.to_owned(),
            new_tag: new_tag.to_owned(),
            digest: digest.to_owned(),
            tag_suffix: tag_suffix.to_owned(),
        };
        for (given, change, wanted) in [
            ("host:5000/web:1", image("", "2", "", ""), "host:5000/web:2"),
            ("host:5000/web", image("", "2", "", ""), "host:5000/web:2"),
            ("host:5000/web:1", image("new", "", "", ""), "new:1"),
            ("host:5000/web@sha256:a", image("new", "", "", ""), "new@sha256:a"),
            ("host:5000/web@sha256:a", image("", "2", "", ""), "host:5000/web:2"),
            ("host:5000/web:1", image("", "", "sha256:b", ""), "host:5000/web@sha256:b"),
            ("host:5000/web:1", image("", "2", "sha256:b", ""), "host:5000/web:2@sha256:b"),
            ("host:5000/web:1", image("", "", "", "-x"), "host:5000/web:1-x"),
            ("host:5000/web2:1", image("", "2", "", ""), "host:5000/web2:1"),
            ("host:5000/web:1", image("", "", "", ""), "host:5000/web:1"),
        ] {
            let object = json!({"kind": "Widget", "deep": [{"initContainers": [{"image": given}]}]});
            let mut resources = Resources { list: vec![Resource::new(object, Origin::default())] };
            apply(&mut resources, &change, &[]).unwrap();
            assert_eq!(resources.list[0].value["deep"][0]["initContainers"][0]["image"], wanted, "{change:?}");
        }
        let mut none = Resources::default();
        assert!(apply(&mut none, &image("", "2", "", "-x"), &[]).is_err());
    }
}
