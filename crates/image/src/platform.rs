use crate::{Error, Result};
use std::fmt;

/// An operating system, processor architecture and its variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Platform {
    /// `linux`, `windows`, …
    pub os: String,
    /// `amd64`, `arm64`, … in Go's names.
    pub architecture: String,
    /// `v7`, …; empty if there is none.
    pub variant: String,
}

const SYSTEMS: [&str; 11] =
    ["aix", "android", "darwin", "dragonfly", "freebsd", "linux", "netbsd", "openbsd", "plan9", "solaris", "windows"];
const ARCHITECTURES: [&str; 12] =
    ["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64le", "riscv64", "s390x"];

impl Platform {
    /// The platform that is taken out of an index when none is asked for.
    pub fn host() -> Self {
        let (architecture, variant) = architecture(std::env::consts::ARCH, "");
        Self { os: "linux".into(), architecture, variant }
    }

    /// Reads `OS`, `ARCH`, `OS/ARCH`, `ARCH/VARIANT` or `OS/ARCH/VARIANT`, with the usual aliases.
    pub fn parse(text: &str) -> Result<Self> {
        let error = || Error::Platform(text.to_owned());
        let words: Vec<String> = text.split('/').map(|w| w.trim().to_ascii_lowercase()).collect();
        let system = |word: &str| {
            let word = if word == "macos" { "darwin" } else { word };
            SYSTEMS.contains(&word).then(|| word.to_owned())
        };
        let machine = |word: &str, variant: &str| {
            let (name, variant) = architecture(word, variant);
            (ARCHITECTURES.contains(&name.as_str()) || name == "ppc64").then_some((name, variant))
        };
        let (os, (architecture, variant)) = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [one] => match system(one) {
                Some(os) => (os, (Self::host().architecture, Self::host().variant)),
                None => ("linux".into(), machine(one, "").ok_or_else(error)?),
            },
            [one, two] => match system(one) {
                Some(os) => (os, machine(two, "").ok_or_else(error)?),
                None => ("linux".into(), machine(one, two).ok_or_else(error)?),
            },
            [one, two, three] => (system(one).ok_or_else(error)?, machine(two, three).ok_or_else(error)?),
            _ => return Err(error()),
        };
        Ok(Self { os, architecture, variant })
    }

    /// An image for `other` runs where `self` is asked for. A side without variant takes any.
    pub fn matches(&self, other: &Self) -> bool {
        let (architecture, variant) = architecture(&other.architecture, &other.variant);
        self.os == other.os
            && self.architecture == architecture
            && (self.variant.is_empty() || variant.is_empty() || self.variant == variant)
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if self.variant.is_empty() { Ok(()) } else { write!(f, "/{}", self.variant) }
    }
}

fn architecture(name: &str, variant: &str) -> (String, String) {
    let (name, variant) = match (name, variant) {
        ("i386" | "x86", v) => ("386", v),
        ("x86_64" | "x86-64", v) => ("amd64", v),
        ("aarch64" | "arm64", "8" | "v8") => ("arm64", ""),
        ("aarch64", v) => ("arm64", v),
        ("armhf", _) | ("arm", "" | "7") => ("arm", "v7"),
        ("armel", _) | ("arm", "6") => ("arm", "v6"),
        ("arm", "5") => ("arm", "v5"),
        ("arm", "8") => ("arm", "v8"),
        other => other,
    };
    (name.to_owned(), variant.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn aliases_are_understood_and_unknown_words_refused() {
        let cases = [
            ("x86_64", "linux/amd64"),
            ("macos/aarch64", "darwin/arm64"),
            ("arm64/v8", "linux/arm64"),
            ("linux/armhf", "linux/arm/v7"),
            ("linux/arm/6", "linux/arm/v6"),
        ];
        for (text, wanted) in cases {
            assert_eq!(Platform::parse(text).unwrap().to_string(), wanted);
        }
        for text in ["beos", "linux/vax", "linux/amd64/x/y", ""] {
            assert!(Platform::parse(text).is_err(), "{text}");
        }
    }
}
