use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Declares an enum of known names that keeps unknown ones, so that foreign documents survive a round trip.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
            /// A name that this version does not know.
            Other(String),
        }

        impl $name {
            /// The name in documents.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                match name {
                    $($text => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(String::deserialize(deserializer)?.as_str().into())
            }
        }
    };
}

names! {
    /// What kind of package it is, which decides its version order and its matchers.
    PackageKind {
        Alpm = "alpm",
        Apk = "apk",
        Binary = "binary",
        Bitnami = "bitnami",
        Conda = "conda",
        Deb = "deb",
        Dotnet = "dotnet",
        Gem = "gem",
        GoModule = "go-module",
        GraalVmNativeImage = "graalvm-native-image",
        JavaArchive = "java-archive",
        JenkinsPlugin = "jenkins-plugin",
        LinuxKernel = "linux-kernel",
        LinuxKernelModule = "linux-kernel-module",
        MsrcKb = "msrc-kb",
        Nix = "nix",
        Npm = "npm",
        PhpComposer = "php-composer",
        Portage = "portage",
        Python = "python",
        Rpm = "rpm",
        RustCrate = "rust-crate",
        WordpressPlugin = "wordpress-plugin",
    }
}

names! {
    /// What an edge means.
    RelationshipKind {
        Contains = "contains",
        DependencyOf = "dependency-of",
        DescribedBy = "described-by",
        EvidentBy = "evident-by",
        OwnershipByFileOverlap = "ownership-by-file-overlap",
    }
}
