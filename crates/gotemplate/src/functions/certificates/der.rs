//! The little of DER that certificates need.

pub(super) fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    let bytes = length.to_be_bytes();
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count().min(bytes.len() - 1)..];
    if length < 0x80 {
        out.push(significant[0]);
    } else {
        out.push(0x80 | u8::try_from(significant.len()).unwrap_or(0));
        out.extend_from_slice(significant);
    }
    out.extend_from_slice(content);
    out
}

pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

pub(super) fn octets(bytes: &[u8]) -> Vec<u8> {
    tagged(0x04, bytes)
}

pub(super) fn bits(bytes: &[u8]) -> Vec<u8> {
    tagged(0x03, &[&[0], bytes].concat())
}

/// A number that is not negative.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let bytes = &bytes[bytes.iter().take_while(|byte| **byte == 0).count().min(bytes.len().saturating_sub(1))..];
    let sign: &[u8] = if bytes.first().is_some_and(|byte| *byte >= 0x80) { &[0] } else { &[] };
    tagged(0x02, &[sign, bytes].concat())
}

pub(super) fn object_id(numbers: &[u32]) -> Vec<u8> {
    let mut content = Vec::new();
    let first = numbers.first().copied().unwrap_or(0) * 40 + numbers.get(1).copied().unwrap_or(0);
    for number in std::iter::once(first).chain(numbers.iter().skip(2).copied()) {
        let groups = (32 - number.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let more = if group > 0 { 0x80 } else { 0 };
            content.push(u8::try_from(number >> (7 * group) & 0x7f).unwrap_or(0) | more);
        }
    }
    tagged(0x06, &content)
}

pub(super) fn generalized_time(text: &str) -> Vec<u8> {
    tagged(0x18, text.as_bytes())
}

/// A name that has a common name only.
pub(super) fn common_name(name: &str) -> Vec<u8> {
    let attribute = sequence(&[object_id(&[2, 5, 4, 3]), tagged(0x0c, name.as_bytes())]);
    sequence(&[tagged(0x31, &attribute)])
}

pub(super) fn sha_256_with_rsa() -> Vec<u8> {
    sequence(&[object_id(&[1, 2, 840, 113_549, 1, 1, 11]), tagged(0x05, &[])])
}

pub(super) fn digest_info(digest: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[object_id(&[2, 16, 840, 1, 101, 3, 4, 2, 1]), tagged(0x05, &[])]);
    sequence(&[algorithm, octets(digest)])
}

pub(super) fn public_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let algorithm = sequence(&[object_id(&[1, 2, 840, 113_549, 1, 1, 1]), tagged(0x05, &[])]);
    sequence(&[algorithm, bits(&sequence(&[integer(modulus), integer(exponent)]))])
}

/// What the key is for, whether it may sign others, and other names of the subject.
pub(super) fn extensions(is_authority: bool, alternatives: &[Vec<u8>]) -> Vec<u8> {
    let critical = tagged(0x01, &[0xff]);
    let extension = |id: &[u32], content: Vec<u8>| sequence(&[object_id(id), critical.clone(), octets(&content)]);
    // Signature and key encipherment; an authority signs certificates, too.
    let (usage, unused) = if is_authority { (0xa4, 2) } else { (0xa0, 5) };
    let purposes = [1_u32, 2].map(|purpose| object_id(&[1, 3, 6, 1, 5, 5, 7, 3, purpose]));
    let authority = if is_authority { vec![tagged(0x01, &[0xff])] } else { Vec::new() };
    let mut all = vec![
        extension(&[2, 5, 29, 15], tagged(0x03, &[unused, usage])),
        sequence(&[object_id(&[2, 5, 29, 37]), octets(&sequence(&purposes))]),
        extension(&[2, 5, 29, 19], sequence(&authority)),
    ];
    if !alternatives.is_empty() {
        all.push(sequence(&[object_id(&[2, 5, 29, 17]), octets(&sequence(alternatives))]));
    }
    sequence(&all)
}

/// A value, what is inside, and what follows it.
struct Part<'a> {
    whole: &'a [u8],
    content: &'a [u8],
    rest: &'a [u8],
}

/// The value that stands first.
fn next(der: &[u8]) -> Option<Part<'_>> {
    let first = *der.get(1)?;
    let (header, length) = if first < 0x80 {
        (2, usize::from(first))
    } else {
        let count = usize::from(first & 0x7f);
        let bytes = der.get(2..2 + count).filter(|_| (1..=4).contains(&count))?;
        (2 + count, bytes.iter().fold(0_usize, |length, byte| length << 8 | usize::from(*byte)))
    };
    let end = header.checked_add(length)?;
    Some(Part { whole: der.get(..end)?, content: der.get(header..end)?, rest: der.get(end..)? })
}

/// The subject of a certificate, encoded as it is there.
pub(super) fn subject(certificate: &[u8]) -> Option<&[u8]> {
    let body = next(next(certificate)?.content)?;
    let mut rest = body.content;
    if *rest.first()? == 0xa0 {
        rest = next(rest)?.rest;
    }
    // Serial number, algorithm, issuer, validity.
    for _ in 0..4 {
        rest = next(rest)?.rest;
    }
    next(rest).map(|subject| subject.whole)
}
