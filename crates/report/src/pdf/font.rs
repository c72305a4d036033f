//! The fonts that every reader has, how wide their characters are, and which characters they have.

/// A font of the fourteen that need not be embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    Regular,
    Bold,
    Mono,
}

impl Font {
    pub(super) const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Mono];

    /// Its name in the resources of a page.
    pub(super) const fn key(self) -> &'static [u8] {
        match self {
            Self::Regular => b"F1",
            Self::Bold => b"F2",
            Self::Mono => b"F3",
        }
    }

    /// Its PostScript name.
    pub(super) const fn name(self) -> &'static [u8] {
        match self {
            Self::Regular => b"Helvetica",
            Self::Bold => b"Helvetica-Bold",
            Self::Mono => b"Courier",
        }
    }

    /// How wide encoded text is at a size, in points.
    pub(super) fn width(self, text: &[u8], size: f32) -> f32 {
        let units: u32 = text.iter().map(|&byte| self.advance(byte)).sum();
        #[expect(clippy::cast_precision_loss, reason = "lines are short")]
        let width = units as f32 * size / 1000.0;
        width
    }

    fn advance(self, byte: u8) -> u32 {
        let at = usize::from(byte).saturating_sub(32);
        match self {
            Self::Regular => u32::from(HELVETICA[at]),
            Self::Bold => u32::from(HELVETICA_BOLD[at]),
            Self::Mono => 600,
        }
    }

    /// Breaks text into encoded lines of at most `room` points: at spaces, in long words behind separators.
    pub(super) fn wrap(self, text: &str, size: f32, room: f32) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for line in text.split('\n') {
            self.wrap_line(&encode(line), size, room, &mut lines);
        }
        lines
    }

    fn wrap_line(self, text: &[u8], size: f32, room: f32, lines: &mut Vec<Vec<u8>>) {
        let mut line: Vec<u8> = Vec::new();
        // Code keeps its indentation.
        let indent = text.iter().take_while(|&&byte| byte == b' ').count();
        line.extend(&text[..indent]);
        let mut begun = false;
        for word in text[indent..].split(|&byte| byte == b' ').filter(|word| !word.is_empty()) {
            let gap: &[u8] = if begun { b" " } else { b"" };
            let fits = |line: &[u8], word: &[u8]| self.width(line, size) + self.width(word, size) <= room;
            if fits(&[&line, gap].concat(), word) {
                line.extend(gap);
                line.extend(word);
                begun = true;
                continue;
            }
            // A word that is too long for any line also fills what is left of this one.
            let left = room - self.width(&line, size);
            if begun && self.width(word, size) > room && left > room / 3.0 {
                line.push(b' ');
            } else if begun {
                lines.push(std::mem::take(&mut line));
            }
            let mut rest = word;
            while !fits(&line, rest) {
                let at = self.break_at(rest, size, room - self.width(&line, size));
                line.extend(&rest[..at]);
                rest = &rest[at..];
                lines.push(std::mem::take(&mut line));
            }
            line.extend(rest);
            begun = true;
        }
        lines.push(line);
    }

    /// Where to break a word that is too wide: behind the last separator that fits, at least behind one character.
    fn break_at(self, word: &[u8], size: f32, room: f32) -> usize {
        let mut fits = 1;
        while fits < word.len() && self.width(&word[..=fits], size) <= room {
            fits += 1;
        }
        let separator = word[..fits].iter().rposition(|byte| b"./=,:-".contains(byte)).map(|at| at + 1);
        separator.filter(|&at| at * 3 >= fits && fits < word.len()).unwrap_or(fits.min(word.len()))
    }

    /// Text cut to `room` points, with dots for the rest.
    pub(super) fn cut(self, text: &str, size: f32, room: f32) -> Vec<u8> {
        let mut text = encode(text);
        if self.width(&text, size) <= room {
            return text;
        }
        while !text.is_empty() && self.width(&text, size) + self.width(&[ELLIPSIS], size) > room {
            text.pop();
        }
        text.push(ELLIPSIS);
        text
    }
}

const ELLIPSIS: u8 = 0x85;

/// Text in the encoding of the fonts (`WinAnsiEncoding`). They lack most of the world's characters: signs that have a
/// plain spelling get it, the rest is a question mark.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for char in text.chars() {
        match char {
            ' '..='~' | '\u{a0}'..='\u{ff}' => bytes.push(char as u8),
            '\t' => bytes.extend(b"    "),
            '→' => bytes.extend(b"->"),
            '←' => bytes.extend(b"<-"),
            '≤' => bytes.extend(b"<="),
            '≥' => bytes.extend(b">="),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => bytes.push(b'-'),
            '\u{2009}' | '\u{202f}' => bytes.push(b' '),
            '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            other => match HIGH.iter().position(|&high| high == other && high != '\0') {
                Some(at) => bytes.push(0x80 + u8::try_from(at).unwrap_or_default()),
                None => bytes.push(b'?'),
            },
        }
    }
    bytes
}

/// What the bytes from 0x80 to 0x9f stand for.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Widths of Helvetica in thousandths of its size, from the font's published metrics, for bytes from 32 on.
#[rustfmt::skip]
const HELVETICA: [u16; 224] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 0,
    556, 0, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
    0, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 0, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// The same of Helvetica-Bold.
#[rustfmt::skip]
const HELVETICA_BOLD: [u16; 224] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 0,
    556, 0, 278, 556, 500, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
    0, 278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333, 944, 0, 500, 667,
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556,
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn widths_are_those_of_the_fonts() {
        // From the published metrics: space 278, A 667, i 222, W 944, © 737, ü 556.
        assert_eq!(Font::Regular.width(&encode(" AiW©ü"), 1000.0), 278.0 + 667.0 + 222.0 + 944.0 + 737.0 + 556.0);
        assert_eq!(Font::Bold.width(&encode("AiW…"), 1000.0), 722.0 + 278.0 + 944.0 + 1000.0);
        assert_eq!(Font::Mono.width(b"iW", 10.0), 12.0);
    }

    #[test]
    fn characters_that_the_fonts_lack_are_replaced() {
        assert_eq!(encode("a–b… → 日本 € \u{1b}"), b"a\x96b\x85 -> ?? \x80 ?");
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text =
            "Set spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation=false in every container";
        for room in [40.0, 90.0, 200.0, 1000.0] {
            let lines = Font::Regular.wrap(text, 9.0, room);
            assert!(lines.iter().all(|line| Font::Regular.width(line, 9.0) <= room), "{room}");
            let bare = |bytes: &[u8]| bytes.iter().copied().filter(|byte| *byte != b' ').collect::<Vec<_>>();
            assert_eq!(bare(&lines.concat()), bare(text.as_bytes()), "{room}");
        }
        assert_eq!(Font::Mono.wrap("a:\n  b: 1", 10.0, 500.0), [b"a:".to_vec(), b"  b: 1".to_vec()]);
    }

    #[test]
    fn cut_text_fits() {
        let cut = Font::Bold.cut("a very long name of a control", 10.0, 60.0);
        assert!(Font::Bold.width(&cut, 10.0) <= 60.0 && cut.ends_with(&[ELLIPSIS]));
        assert_eq!(Font::Bold.cut("short", 10.0, 60.0), b"short");
    }
}
