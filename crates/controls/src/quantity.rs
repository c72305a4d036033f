//! Amounts of CPU and memory as manifests write them, compared exactly.

use std::cmp::Ordering;

/// An amount: `mantissa × 10^exponent`. Not a float, because `0.57` cores and `570m` are equal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity {
    mantissa: i128,
    exponent: i32,
}

/// A suffix and what it multiplies by: a power of ten and a power of 1024.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Suffix(&'static str, i32, u32);

/// Cores: nothing but thousandths.
pub(crate) const CORES: &[Suffix] = &[Suffix("m", -3, 0)];

/// Cores of agent sandboxes: every decimal suffix that Kubernetes knows.
pub(crate) const CORES_ANY: &[Suffix] = &[
    Suffix("n", -9, 0),
    Suffix("u", -6, 0),
    Suffix("m", -3, 0),
    Suffix("k", 3, 0),
    Suffix("M", 6, 0),
    Suffix("G", 9, 0),
    Suffix("T", 12, 0),
    Suffix("P", 15, 0),
    Suffix("E", 18, 0),
];

/// Bytes.
pub(crate) const BYTES: &[Suffix] = &[
    Suffix("Ki", 0, 1),
    Suffix("Mi", 0, 2),
    Suffix("Gi", 0, 3),
    Suffix("Ti", 0, 4),
    Suffix("Pi", 0, 5),
    Suffix("Ei", 0, 6),
    Suffix("m", -3, 0),
    Suffix("k", 3, 0),
    Suffix("K", 3, 0),
    Suffix("M", 6, 0),
    Suffix("G", 9, 0),
    Suffix("T", 12, 0),
    Suffix("P", 15, 0),
    Suffix("E", 18, 0),
];

impl Quantity {
    /// Reads an amount. `None` for what is no number with one of the suffixes, or with none.
    pub(crate) fn parse(text: &str, suffixes: &[Suffix]) -> Option<Self> {
        let known = suffixes.iter().find_map(|suffix| Some((text.strip_suffix(suffix.0)?, suffix)));
        let Some((number, suffix)) = known else { return Self::number(text) };
        let number = Self::number(number)?;
        Some(Self {
            mantissa: number.mantissa.checked_mul(1024_i128.checked_pow(suffix.2)?)?,
            exponent: number.exponent.checked_add(suffix.1)?,
        })
    }

    /// Reads `1`, `-0.5`, `.5`, `2e3`.
    fn number(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse().ok()?),
            None => (text, 0_i32),
        };
        let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut mantissa = 0_i128;
        for byte in whole.bytes().chain(fraction.bytes()) {
            let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        if digits.starts_with('-') {
            mantissa = -mantissa;
        }
        Some(Self { mantissa, exponent: exponent.checked_sub(i32::try_from(fraction.len()).ok()?)? })
    }

    /// The mantissa at a lower exponent.
    fn at(self, exponent: i32) -> Option<i128> {
        let digits = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.mantissa.checked_mul(10_i128.checked_pow(digits)?)
    }

    #[expect(clippy::cast_precision_loss, reason = "for amounts that are nowhere near each other")]
    fn float(self) -> f64 {
        self.mantissa as f64 * 10_f64.powi(self.exponent)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let exponent = self.exponent.min(other.exponent);
        match (self.at(exponent), other.at(exponent)) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, CORES, CORES_ANY, Quantity, Suffix};

    fn equal(one: &str, two: &str, suffixes: &[Suffix]) {
        assert_eq!(Quantity::parse(one, suffixes), Quantity::parse(two, suffixes), "{one} and {two}");
        assert!(Quantity::parse(one, suffixes).is_some(), "{one}");
    }

    #[test]
    fn equal_amounts_are_equal() {
        equal("0.57", "570m", CORES);
        equal("1e3", "1000", CORES);
        equal("-.5", "-500m", CORES);
        equal("1k", "1000000m", CORES_ANY);
        equal("250u", "250000n", CORES_ANY);
        equal("1Gi", "1073741824000m", BYTES);
        equal("1.5Ki", "1536", BYTES);
        equal("128e6", "128M", BYTES);
        equal("1K", "1k", BYTES);
    }

    #[test]
    fn order_is_that_of_the_amounts() {
        let bytes = |text| Quantity::parse(text, BYTES);
        assert!(bytes("1Gi") > bytes("1G"));
        assert!(bytes("512Mi") < bytes("1E"));
        assert!(bytes("1e300") > bytes("1"));
        assert!(Quantity::parse("80m", CORES) > Quantity::parse("50m", CORES));
    }

    #[test]
    fn what_is_no_amount_is_none() {
        for text in ["", "m", "1k", "1 ", "abc", "1.2.3", "true", "NaN", "0x10", "1e", "{{ .Values.cpu }}"] {
            assert_eq!(Quantity::parse(text, CORES), None, "{text}");
        }
    }
}
