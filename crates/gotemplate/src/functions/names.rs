//! Texts: upper and lower case, words.

use super::{Function, function, text};
use crate::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("title", "s", |_, args| Ok(Value::from(first_letters(&text(&args[0]), true)))),
    function("untitle", "s", |_, args| Ok(Value::from(first_letters(&text(&args[0]), false)))),
    function("swapcase", "s", |_, args| Ok(Value::from(text(&args[0]).chars().flat_map(swapped).collect::<String>()))),
    function("initials", "s", |_, args| {
        Ok(Value::from(text(&args[0]).split_whitespace().filter_map(|word| word.chars().next()).collect::<String>()))
    }),
    function("snakecase", "s", |_, args| Ok(Value::from(words(&text(&args[0])).join("_")))),
    function("kebabcase", "s", |_, args| Ok(Value::from(words(&text(&args[0])).join("-")))),
    function("camelcase", "s", |_, args| Ok(Value::from(camel(&text(&args[0]))))),
];

/// The first letter of each word in upper or lower case, the others as they are.
fn first_letters(text: &str, upper: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for character in text.chars() {
        let is_word = character.is_alphanumeric() || character == '_';
        // Words of `title` end at any sign, those of `untitle` at spaces.
        let continues = if upper { is_word || character == '\'' } else { !character.is_whitespace() };
        match (inside, upper) {
            (false, true) if is_word => out.extend(character.to_uppercase()),
            (false, false) => out.extend(character.to_lowercase()),
            _ => out.push(character),
        }
        inside = if upper { is_word } else { continues };
    }
    out
}

fn swapped(character: char) -> Vec<char> {
    if character.is_uppercase() { character.to_lowercase().collect() } else { character.to_uppercase().collect() }
}

fn is_connector(character: char) -> bool {
    matches!(character, '-' | '_' | '.' | ',' | ';' | ':' | '/' | '\\') || character.is_whitespace()
}

/// The words of a name in lower case: cut at connectors and where the case changes.
fn words(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, character) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let next = chars.get(at + 1).copied();
        if is_connector(character) {
            words.push(String::new());
            continue;
        }
        let begins = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_uppercase() && next.is_some_and(char::is_lowercase))
            });
        if begins {
            words.push(String::new());
        }
        if let Some(last) = words.last_mut() {
            last.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn camel(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut upper = true;
    for character in text.chars() {
        if is_connector(character) {
            upper = true;
        } else if std::mem::take(&mut upper) {
            out.extend(character.to_uppercase());
        } else {
            out.extend(character.to_lowercase());
        }
    }
    // Names that have no connector keep their inner capitals.
    if text.chars().any(is_connector) { out } else { first_upper(text) }
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
