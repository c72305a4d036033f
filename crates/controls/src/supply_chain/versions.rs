//! Versions that an advisory names, and the images that tell theirs in the tag.

use ks_control::{Check, Context, Counts, Finding, Match, Needs, Rule, Sink};
use ks_object::{Object, Pod};
use std::ops::Range;

/// The three numbers of a version.
pub(crate) type Version = [u32; 3];

/// Versions that begin with these numbers and whose next number is in the range.
pub(crate) struct Span(pub(crate) &'static [u32], pub(crate) Range<u32>);

impl Span {
    /// Whether the version is among them.
    pub(crate) fn covers(&self, version: Version) -> bool {
        version.starts_with(self.0) && version.get(self.0.len()).is_some_and(|number| self.1.contains(number))
    }
}

/// Whether any row covers the version.
pub(crate) fn affected(version: Version, rows: &[Span]) -> bool {
    rows.iter().any(|row| row.covers(version))
}

/// The numbers of `1.2.3`; anything behind the third number makes it none.
pub(crate) fn exact(text: &str) -> Option<Version> {
    numbers(text, |part| part)
}

/// The numbers of `1.2.3`, `v1.2.3` and `1.2.3-rc.1+build`.
pub(crate) fn lenient(text: &str) -> Option<Version> {
    let text = text.strip_prefix('v').unwrap_or(text);
    numbers(text, |part| part.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default())
}

fn numbers(text: &str, clean: fn(&str) -> &str) -> Option<Version> {
    let mut parts = text.split('.').map(|part| clean(part).parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

/// Whether an image has a tag. What looks like one but is followed by `/` is a registry's port; a digest counts.
pub(crate) fn is_tagged(image: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    image.match_indices(':').any(|(at, _)| {
        let rest = &image[at + 1..];
        let length = rest.find(|c| !word(c) && c != '.' && c != '-').unwrap_or(rest.len()).min(128);
        rest.starts_with(word) && rest.as_bytes().get(length) != Some(&b'/')
    })
}

/// A product whose Deployments run an image of a version that an advisory names.
pub(crate) struct Product {
    /// What its images contain.
    pub(crate) image: &'static str,
    /// What the version stands behind.
    pub(crate) mark: &'static str,
    /// What may stand behind the version.
    pub(crate) suffix: &'static str,
    /// The versions.
    pub(crate) affected: &'static [Span],
}

const DEPLOYMENT: &[Match] = &[Match::new(&["apps"], &["v1"], &["Deployment"])];

impl Product {
    /// A rule that counts the product's Deployments.
    pub(crate) const fn rule(
        name: &'static str,
        runs: fn(Object<'_>, &Context) -> bool,
        check: for<'a> fn(&Pod<'a>, &Context, &mut Sink<'a>),
    ) -> Rule {
        Rule { counts: Counts::If(runs), needs: Needs::Nothing, ..Rule::new(name, DEPLOYMENT, Check::Pod(check)) }
    }

    /// Whether a Deployment runs the product.
    pub(crate) fn runs_in(&self, object: Object<'_>) -> bool {
        let containers = object.at(&["spec", "template", "spec", "containers"]);
        let mut images = containers.into_iter().flat_map(|list| list.items()).filter_map(|one| one.str_at(&["image"]));
        images.any(|image| image.contains(self.image))
    }

    /// Reports the images of affected versions.
    pub(crate) fn judge<'a>(&self, pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        for container in pod.containers() {
            let version = container
                .image
                .filter(|image| image.contains(self.image))
                .and_then(|image| if ctx.strict { lenient(tag(image)?) } else { exact(self.version_text(image)?) });
            if version.is_some_and(|version| affected(version, self.affected)) {
                sink.push(Finding::of(container).review(container.path().key("image")));
            }
        }
    }

    /// What stands between the first mark and the next.
    fn version_text<'a>(&self, image: &'a str) -> Option<&'a str> {
        let text = image.split(self.mark).nth(1)?;
        Some(text.strip_suffix(self.suffix).unwrap_or(text))
    }
}

/// The tag alone: neither a registry's port nor a digest.
fn tag(image: &str) -> Option<&str> {
    let name = image.rsplit('/').next()?;
    Some(name.split('@').next()?.split_once(':')?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_covers_what_follows_its_numbers() {
        assert!(Span(&[1, 4], 0..12).covers([1, 4, 11]));
        assert!(!Span(&[1, 4], 0..12).covers([1, 4, 12]));
        assert!(!Span(&[1, 4], 0..12).covers([1, 3, 0]));
        assert!(Span(&[], 0..1).covers([0, 99, 0]));
    }

    #[test]
    fn only_strictness_reads_past_the_numbers() {
        assert_eq!(exact("1.6.0"), Some([1, 6, 0]));
        assert_eq!(exact("1.6.0-rc.1"), None);
        assert_eq!(exact("1.6"), None);
        assert_eq!(lenient("v1.6.0-rc.1"), Some([1, 6, 0]));
        assert_eq!(tag("registry:5000/grafana/grafana:9.2.1@sha256:00"), Some("9.2.1"));
        assert_eq!(tag("registry:5000/grafana/grafana"), None);
    }

    #[test]
    fn a_port_is_no_tag() {
        assert!(is_tagged("nginx:1.29"));
        assert!(is_tagged("registry:5000/nginx:1.29"));
        assert!(is_tagged("nginx@sha256:00"));
        assert!(!is_tagged("registry:5000/nginx"));
        assert!(!is_tagged("nginx"));
        assert!(!is_tagged("nginx:"));
    }
}
