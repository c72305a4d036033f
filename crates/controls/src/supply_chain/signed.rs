//! Signatures of a workload's images.

use ks_control::{Finding, SignatureError, Sink};
use ks_object::Pod;

/// Why rules about signatures cannot answer without a registry.
pub(crate) const NO_ACCESS: &str = "image signatures need registry access, which this scan does not have";

const NO_ANSWER: &str = "a registry gave no answer about the signatures of an image";

/// Reports the containers whose image is not signed. An image whose registry is silent is as bad as an unsigned one,
/// but with `strict` it is nobody's failure.
pub(crate) fn report<'a>(
    pod: &Pod<'a>,
    strict: bool,
    sink: &mut Sink<'a>,
    is_signed: impl Fn(&str) -> Result<bool, SignatureError>,
) {
    for container in pod.containers() {
        let Some(image) = container.image else { continue };
        match is_signed(image) {
            Ok(true) => {}
            Err(_) if strict => sink.error(NO_ANSWER),
            Ok(false) | Err(_) => sink.push(Finding::new().review(container.path().key("image"))),
        }
    }
}
