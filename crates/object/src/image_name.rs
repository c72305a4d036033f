//! Names of container images in their normal form.

use std::fmt;

const DEFAULT_DOMAIN: &str = "docker.io";
const OFFICIAL: &str = "library/";
/// Longest repository name, domain included, that registries accept.
const LONGEST_NAME: usize = 255;

/// An image name as registries understand it: `nginx` is `docker.io/library/nginx`. Borrows what it was read from and
/// allocates nothing; no tag is added where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageName<'a> {
    domain: &'a str,
    official: bool,
    path: &'a str,
    tag: Option<&'a str>,
    digest: Option<&'a str>,
}

/// Why a text is no image name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageNameError {
    /// 64 hexadecimal digits are an image id, not a name.
    Identifier,
    /// The repository has upper-case letters.
    UpperCase,
    /// The name is longer than 255 bytes.
    TooLong,
    /// A part is empty or has characters that it must not have.
    Malformed,
    /// The digest is of no known algorithm, or its length is not that of the algorithm.
    Digest,
}

impl<'a> ImageName<'a> {
    /// Reads an image name as it stands in a manifest.
    ///
    /// # Errors
    /// When no registry could be asked for an image of this name.
    pub fn parse(image: &'a str) -> Result<Self, ImageNameError> {
        if image.len() == 64 && image.bytes().all(is_lower_hex) {
            return Err(ImageNameError::Identifier);
        }
        let (domain, rest) = split_domain(image);
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (rest, None),
        };
        let (path, tag) = match rest.split_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (rest, None),
        };
        let official = domain == DEFAULT_DOMAIN && !path.contains('/');
        let name = Self { domain, official, path, tag, digest };
        name.check()?;
        Ok(name)
    }

    /// The registry: `docker.io`, `registry.example.com:5000`.
    #[must_use]
    pub const fn domain(&self) -> &'a str {
        self.domain
    }

    /// The tag, when one is written.
    #[must_use]
    pub const fn tag(&self) -> Option<&'a str> {
        self.tag
    }

    /// The digest, when one is written: `sha256:…`.
    #[must_use]
    pub const fn digest(&self) -> Option<&'a str> {
        self.digest
    }

    /// The repository without its registry: `library/nginx`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}{}", self.prefix(), self.path)
    }

    /// Registry and repository: `docker.io/library/nginx`.
    #[must_use]
    pub fn repository(&self) -> String {
        format!("{}/{}{}", self.domain, self.prefix(), self.path)
    }

    /// The pieces that, one after another, are the whole name: for comparisons that build no text.
    #[must_use]
    pub fn parts(&self) -> [&'a str; 8] {
        let (colon, tag) = self.tag.map_or(("", ""), |tag| (":", tag));
        let (at, digest) = self.digest.map_or(("", ""), |digest| ("@", digest));
        [self.domain, "/", self.prefix(), self.path, colon, tag, at, digest]
    }

    const fn prefix(&self) -> &'static str {
        if self.official { OFFICIAL } else { "" }
    }

    fn check(&self) -> Result<(), ImageNameError> {
        if self.path.chars().any(char::is_uppercase) {
            return Err(ImageNameError::UpperCase);
        }
        // A domain that is none may still be a path component: `a_b.c/d` is a name without domain.
        let domain = is_domain(self.domain) || is_path_component(self.domain);
        let tag = self.tag.is_none_or(is_tag);
        if !domain || !self.path.split('/').all(is_path_component) || !tag {
            return Err(ImageNameError::Malformed);
        }
        if self.domain.len() + 1 + self.prefix().len() + self.path.len() > LONGEST_NAME {
            return Err(ImageNameError::TooLong);
        }
        self.digest.map_or(Ok(()), check_digest)
    }
}

/// Splits off what is a registry for certain; anything else is on Docker Hub.
fn split_domain(image: &str) -> (&str, &str) {
    match image.split_once('/') {
        Some(("index.docker.io", rest)) => (DEFAULT_DOMAIN, rest),
        Some((first, rest))
            if first == "localhost" || first.contains(['.', ':']) || first.chars().any(char::is_uppercase) =>
        {
            (first, rest)
        }
        _ => (DEFAULT_DOMAIN, image),
    }
}

fn is_domain(domain: &str) -> bool {
    if let Some((address, port)) = domain.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let address = !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
        return address && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (host, port) = domain.split_once(':').map_or((domain, None), |(host, port)| (host, Some(port)));
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(label) && port.is_none_or(is_port)
}

fn is_port(port: &str) -> bool {
    !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lower-case letters and digits, separated by one dot, one or two underscores or any number of dashes.
fn is_path_component(text: &str) -> bool {
    let mut rest = text;
    loop {
        let word = rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()).count();
        if word == 0 {
            return false;
        }
        let tail = &rest[word..];
        if tail.is_empty() {
            return true;
        }
        let dashes = tail.bytes().take_while(|byte| *byte == b'-').count();
        let separator = match tail.as_bytes() {
            [b'.', ..] => 1,
            [b'_', b'_', ..] => 2,
            [b'_', ..] => 1,
            _ if dashes > 0 => dashes,
            _ => return false,
        };
        rest = &tail[separator..];
    }
}

fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|byte| word(byte) || byte == b'.' || byte == b'-')
}

fn check_digest(digest: &str) -> Result<(), ImageNameError> {
    let Some((algorithm, value)) = digest.split_once(':') else { return Err(ImageNameError::Malformed) };
    let length = match algorithm {
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => return Err(ImageNameError::Digest),
    };
    if value.len() == length && value.bytes().all(is_lower_hex) { Ok(()) } else { Err(ImageNameError::Digest) }
}

fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

impl fmt::Display for ImageName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| f.write_str(part))
    }
}

impl fmt::Display for ImageNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identifier => "an image id is not an image name",
            Self::UpperCase => "the repository of an image must be lower case",
            Self::TooLong => "the image name is longer than 255 bytes",
            Self::Malformed => "the image name is malformed",
            Self::Digest => "the digest of the image name is not valid",
        })
    }
}

impl std::error::Error for ImageNameError {}

#[cfg(test)]
mod tests {
    use super::{ImageName, ImageNameError};

    fn normal(image: &str) -> Result<String, ImageNameError> {
        ImageName::parse(image).map(|name| name.to_string())
    }

    #[test]
    fn short_names_are_on_docker_hub() {
        for (image, wanted) in [
            ("nginx", "docker.io/library/nginx"),
            ("nginx:1.27", "docker.io/library/nginx:1.27"),
            ("grafana/grafana", "docker.io/grafana/grafana"),
            ("docker.io/nginx", "docker.io/library/nginx"),
            ("index.docker.io/nginx", "docker.io/library/nginx"),
            ("localhost", "docker.io/library/localhost"),
            ("a__b/c--d.e", "docker.io/a__b/c--d.e"),
        ] {
            assert_eq!(normal(image).as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn names_with_a_registry_stay_as_they_are() {
        let digest = format!("quay.io/a/b:v1@sha256:{}", "0a".repeat(32));
        for image in [
            "gcr.io/a",
            "localhost/a",
            "localhost:5000/a/b:c",
            "Registry/a",
            "registry.example.com:5000/team/app",
            "[2001:db8::1]:5000/a",
            "a_b.c/d",
            &digest,
        ] {
            assert_eq!(normal(image).as_deref(), Ok(image));
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for (image, why) in [
            ("", ImageNameError::Malformed),
            ("a//b", ImageNameError::Malformed),
            ("a/b/", ImageNameError::Malformed),
            ("-a", ImageNameError::Malformed),
            ("a___b", ImageNameError::Malformed),
            ("nginx:", ImageNameError::Malformed),
            ("nginx:1:2", ImageNameError::Malformed),
            ("foo:bar/baz", ImageNameError::Malformed),
            ("nginx@sha256", ImageNameError::Malformed),
            ("{{ .Values.image }}", ImageNameError::UpperCase),
            ("Nginx", ImageNameError::UpperCase),
            ("gcr.io/Team/app", ImageNameError::UpperCase),
            ("nginx@sha256:abc", ImageNameError::Digest),
            ("nginx@md5:d41d8cd98f00b204e9800998ecf8427e", ImageNameError::Digest),
        ] {
            assert_eq!(normal(image), Err(why), "{image}");
        }
        assert_eq!(normal(&"a".repeat(64)), Err(ImageNameError::Identifier));
        assert_eq!(normal(&"b".repeat(240)).map(|_| ()), Err(ImageNameError::TooLong));
    }

    #[test]
    fn parts_are_the_whole_name() {
        let name = ImageName::parse("nginx:1.27").map(|name| (name.parts().concat(), name.repository(), name.path()));
        let wanted = ("docker.io/library/nginx:1.27", "docker.io/library/nginx", "library/nginx");
        assert_eq!(name, Ok((wanted.0.to_owned(), wanted.1.to_owned(), wanted.2.to_owned())));
    }
}
