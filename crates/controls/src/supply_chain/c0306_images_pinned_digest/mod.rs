//! Images that are not pinned to a digest.

use ks_control::{Check, Context, Finding, Needs, Rule, Sink, WORKLOADS};
use ks_object::Pod;

const EXEMPT: &str = "imageDigestExemptRepositories";

pub(crate) static RULES: &[&Rule] = &[&NOT_PINNED];

static NOT_PINNED: Rule = Rule {
    needs: Needs::NameAndContainer,
    inputs: &[EXEMPT],
    ..Rule::new("image-not-pinned-to-digest", WORKLOADS, Check::Pod(not_pinned))
};

fn not_pinned<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    for container in pod.every_container() {
        let Some(image) = container.image else { continue };
        if !is_pinned(image) && !ctx.inputs.values(EXEMPT).iter().any(|repository| is_in(image, repository)) {
            sink.push(Finding::of(container).review(container.path().key("image")));
        }
    }
}

/// Whether the raw text is of this repository; `registry` does not exempt `registry-mirror`.
fn is_in(image: &str, repository: &str) -> bool {
    image.strip_prefix(repository).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':', '@']))
}

/// Whether an image ends with a digest. Well-known algorithms must have a digest of the right length.
fn is_pinned(image: &str) -> bool {
    let Some((algorithm, value)) = image.rsplit_once('@').and_then(|(_, digest)| digest.split_once(':')) else {
        return false;
    };
    let hex = |length| value.len() == length && value.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    match algorithm {
        "sha256" | "blake3" => hex(64),
        "sha512" => hex(128),
        _ => {
            let known = ["@sha256:", "@sha512:", "@blake3:"].iter().any(|known| image.contains(known));
            let encoded = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'=' | b'_' | b'-');
            !known && is_algorithm(algorithm) && !value.is_empty() && value.bytes().all(encoded)
        }
    }
}

/// Lower-case words and digits with one separator between each two.
fn is_algorithm(text: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split(['.', '+', '_', '-']).all(word)
}
