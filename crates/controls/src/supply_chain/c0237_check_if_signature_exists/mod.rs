//! Images without any signature.

use super::signed;
use ks_control::{Check, Context, Rule, Sink, WORKLOADS};
use ks_object::Pod;

pub(crate) static RULES: &[&Rule] = &[&HAS_IMAGE_SIGNATURE];

static HAS_IMAGE_SIGNATURE: Rule = Rule::new("has-image-signature", WORKLOADS, Check::Pod(has_image_signature));

fn has_image_signature<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    match &ctx.signatures {
        None => sink.error(signed::NO_ACCESS),
        Some(signatures) => signed::report(pod, ctx.strict, sink, |image| signatures.has_signature(image)),
    }
}
