//! Paths and URLs, as texts: no file is looked at.

use super::{Function, function, text};
use crate::error::Failure;
use crate::exec::Exec;
use crate::map::Map;
use crate::value::Value;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("base", "s", |_, args| Ok(Value::from(base(&text(&args[0]))))),
    function("osBase", "s", |_, args| Ok(Value::from(base(&text(&args[0]))))),
    function("dir", "s", |_, args| Ok(Value::from(dir(&text(&args[0]))))),
    function("osDir", "s", |_, args| Ok(Value::from(dir(&text(&args[0]))))),
    function("clean", "s", |_, args| Ok(Value::from(clean(&text(&args[0]))))),
    function("osClean", "s", |_, args| Ok(Value::from(clean(&text(&args[0]))))),
    function("ext", "s", |_, args| Ok(Value::from(extension(&text(&args[0]))))),
    function("osExt", "s", |_, args| Ok(Value::from(extension(&text(&args[0]))))),
    function("isAbs", "s", |_, args| Ok(Value::Bool(text(&args[0]).starts_with('/')))),
    function("osIsAbs", "s", |_, args| Ok(Value::Bool(text(&args[0]).starts_with('/')))),
    function("urlParse", "s", url_parse),
    function("urlJoin", "m", url_join),
];

fn base(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    let path = path.trim_end_matches('/');
    match path.rsplit('/').next() {
        Some(last) if !last.is_empty() => last.to_owned(),
        _ => "/".to_owned(),
    }
}

fn dir(path: &str) -> String {
    clean(path.rfind('/').map_or("", |at| &path[..=at]))
}

/// The shortest path that means the same.
pub(super) fn clean(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if absolute => {}
                _ => parts.push(".."),
            },
            other => parts.push(other),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

fn extension(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.rfind('.').map(|at| last[at..].to_owned()).unwrap_or_default()
}

/// Percent-encodes every byte that is not allowed.
pub(super) fn escape(text: &str, allowed: fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if allowed(byte) { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn url_parse(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let url = text(&args[0]);
    let wrong = |what: &str| Failure::new(format!("unable to parse url: parse {}: {what}", crate::quote(&url)));
    if url.chars().any(|next| next.is_ascii_control()) {
        return Err(wrong("net/url: invalid control character in URL"));
    }
    let (rest, fragment) = url.split_once('#').unwrap_or((&url, ""));
    let is_scheme = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|next| next.is_ascii_alphanumeric() || matches!(next, '+' | '-' | '.'))
    };
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        Some(("", _)) => return Err(wrong("missing protocol scheme")),
        Some((first, _)) if !first.contains('/') => {
            return Err(wrong("first path segment in URL cannot contain colon"));
        }
        _ => (String::new(), rest),
    };
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let opaque = !scheme.is_empty() && !rest.starts_with('/');
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.find('/').map_or((rest, ""), |at| rest.split_at(at)),
        None => ("", rest),
    };
    let (userinfo, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if host.contains(' ') {
        return Err(wrong("invalid character \" \" in host name"));
    }
    let bad_escape = || wrong("invalid URL escape");
    let unescaped = if opaque { String::new() } else { unescape(path).ok_or_else(bad_escape)? };
    let fields = [
        ("scheme", scheme),
        ("host", unescape(host).ok_or_else(bad_escape)?),
        ("hostname", hostname(host).to_owned()),
        ("path", unescaped),
        ("query", query.to_owned()),
        ("opaque", if opaque { rest.to_owned() } else { String::new() }),
        ("fragment", unescape(fragment).ok_or_else(bad_escape)?),
        ("userinfo", userinfo.to_owned()),
    ];
    Ok(Value::dict(fields.map(|(name, text)| (name, Value::from(text)))))
}

fn hostname(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

fn url_join(_: &mut Exec<'_>, args: &[Value]) -> Outcome {
    let map = args[0].as_map().cloned().unwrap_or_else(Map::new);
    let part =
        |name: &str| map.get(name).as_ref().and_then(Value::text).map(|text| text.into_owned()).unwrap_or_default();
    let (scheme, host, path, query) = (part("scheme"), part("host"), part("path"), part("query"));
    let (opaque, fragment, userinfo) = (part("opaque"), part("fragment"), part("userinfo"));
    let mut out = String::new();
    if !scheme.is_empty() {
        out.push_str(&scheme);
        out.push(':');
    }
    if opaque.is_empty() {
        if !scheme.is_empty() || !host.is_empty() || !userinfo.is_empty() {
            if !host.is_empty() || !path.is_empty() || !userinfo.is_empty() {
                out.push_str("//");
            }
            if !userinfo.is_empty() {
                out.push_str(&userinfo);
                out.push('@');
            }
            out.push_str(&host);
        }
        if !path.is_empty() && !path.starts_with('/') && !host.is_empty() {
            out.push('/');
        }
        out.push_str(&escape(&path, |byte| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte)));
    } else {
        out.push_str(&opaque);
    }
    if !query.is_empty() {
        out.push('?');
        out.push_str(&query);
    }
    if !fragment.is_empty() {
        out.push('#');
        out.push_str(&fragment);
    }
    Ok(Value::from(out))
}
