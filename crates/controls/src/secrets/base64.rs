//! Standard base64, read leniently as Kubernetes' own tools do.

/// The bytes that a text stands for; `None` when it is no padded base64. Line breaks do not count.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let symbols = || text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    let digits = symbols().take_while(|byte| *byte != b'=').count();
    // Looks before it allocates: hardly any value is base64.
    let padding = match digits % 4 {
        0 => 0,
        2 => 2,
        3 => 1,
        _ => return None,
    };
    let pads = symbols().skip(digits).take_while(|byte| *byte == b'=').count();
    if pads != padding || symbols().count() != digits + pads || symbols().take(digits).any(|byte| digit(byte).is_none())
    {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits * 3 / 4);
    let (mut bits, mut held) = (0_u16, 0);
    for value in symbols().filter_map(digit) {
        bits = bits << 6 | u16::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            let [_, byte] = (bits >> held).to_be_bytes();
            bytes.push(byte);
        }
    }
    Some(bytes)
}

const fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn padded_text_is_decoded() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9v\nYmFy\r\n", "foobar"),
            ("Pz8/Pj4+", "???>>>"),
        ] {
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["Z", "Zg", "Zg=", "Zg===", "Zm9v=", "Zg==Zg==", "Zm-v", "a b=", "="] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
