//! What an entry of `resources` names: something local or something on another host.

/// The host that a location is on, when it is none of this machine's files.
pub(crate) fn host(location: &str) -> Option<String> {
    let rest = location.strip_prefix("git::").unwrap_or(location);
    if let Some((scheme, rest)) = rest.split_once("://") {
        if scheme.eq_ignore_ascii_case("file") {
            return Some(format!("file://{}", rest.split("//").next().unwrap_or(rest)));
        }
        return Some(authority(rest).to_owned());
    }
    // The form of scp: user@host:path.
    if let Some((user, rest)) = rest.split_once('@')
        && !user.contains('/')
        && let Some((host, _)) = rest.split_once([':', '/'])
    {
        return Some(host.to_owned());
    }
    let (first, path) = rest.split_once(['/', ':'])?;
    let known = matches!(first.to_ascii_lowercase().as_str(), "github.com" | "gitlab.com" | "bitbucket.org" | "gh");
    let is_host = !first.starts_with('.') && first.contains('.');
    let looks_remote = path.contains("//") || path.contains("?ref=") || path.contains("?version=") || {
        path.ends_with(".git") || path.contains(".git/")
    };
    (known || is_host && looks_remote).then(|| first.to_owned())
}

fn authority(rest: &str) -> &str {
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts_are_told_from_files() {
        for (location, wanted) in [
            ("https://git.example.test/team/repo//deploy?ref=v1", Some("git.example.test")),
            ("https://user:secret@git.example.test/x", Some("git.example.test")),
            ("ssh://git@example.test:22/x", Some("example.test:22")),
            ("git@github.com:owner/repo", Some("github.com")),
            ("git::https://example.test/x", Some("example.test")),
            ("github.com/example/none//base?ref=main", Some("github.com")),
            ("example.test/team/repo.git", Some("example.test")),
            ("../base", None),
            ("base//sub", None),
            ("dir.d/file.yaml", None),
            ("deployment.yaml", None),
            ("./x/y", None),
        ] {
            assert_eq!(host(location).as_deref(), wanted, "{location}");
        }
    }
}
