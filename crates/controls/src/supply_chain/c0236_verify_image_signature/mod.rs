//! Images that none of the trusted keys has signed.

use super::signed;
use ks_control::{Check, Context, Rule, SignatureError, Signatures, Sink, WORKLOADS};
use ks_object::Pod;

const KEYS: &str = "trustedCosignPublicKeys";

pub(crate) static RULES: &[&Rule] = &[&VERIFY_IMAGE_SIGNATURE];

static VERIFY_IMAGE_SIGNATURE: Rule =
    Rule { inputs: &[KEYS], ..Rule::new("verify-image-signature", WORKLOADS, Check::Pod(verify_image_signature)) };

fn verify_image_signature<'a>(pod: &Pod<'a>, ctx: &Context, sink: &mut Sink<'a>) {
    let keys = ctx.inputs.values(KEYS);
    match ctx.signatures.as_deref() {
        None => sink.error(signed::NO_ACCESS),
        Some(signatures) => signed::report(pod, ctx.strict, sink, |image| any_verifies(signatures, image, keys)),
    }
}

/// Whether one of the keys verifies the image. No answer about one key does not matter when another verifies.
fn any_verifies(signatures: &dyn Signatures, image: &str, keys: &[String]) -> Result<bool, SignatureError> {
    let mut answer = Ok(false);
    for key in keys {
        match signatures.verify(image, key) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(error) => answer = Err(error),
        }
    }
    answer
}
