//! Tags of images, and whether they move.

use ks_control::Inputs;

/// The input that lists tags which move besides `latest`.
pub(crate) const FLOATING_TAGS: &str = "floatingImageTags";

/// The tag of an image without digest; `None` for one with a digest, without tag or with a second colon.
pub(crate) fn tag(image: &str) -> Option<&str> {
    let (_, tag) = last_segment(image).split_once(':')?;
    (!image.contains('@') && !tag.contains(':')).then_some(tag)
}

/// Whether people have listed a tag as one that moves.
pub(crate) fn is_floating(tag: &str, inputs: &Inputs) -> bool {
    inputs.values(FLOATING_TAGS).iter().any(|floating| floating == tag)
}

fn last_segment(image: &str) -> &str {
    image.rsplit_once('/').map_or(image, |(_, last)| last)
}
