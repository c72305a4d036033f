//! What flags of control-plane programs must look like, as rows of data.
//!
//! Outside strict mode each element of the command is judged by itself, so a flag counts wherever it stands in an
//! element, two wrong elements are an error, and `--flag value` in two elements counts as given but is not judged.
//! In strict mode the value that the program goes by is judged, the last one, in either form.

use crate::control_plane::flags::{Component, Flags, REPEATED, Value, has_value};
use ks_control::{Context, Finding, Sink};
use ks_object::{Node, Object};

/// What a flag must look like. Of an absent flag nothing is demanded unless said.
#[derive(Debug)]
pub(crate) enum Demand {
    /// The list has at least one of these; the first is what a fix adds. An absent flag fails.
    OneOf(&'static [&'static str]),
    /// The list has all of these. An absent flag fails.
    AllOf(&'static [&'static str]),
    /// The list, if there is one, has this; a fix drops the rest. In strict mode the same as [`Demand::OneOf`].
    Listed(&'static str),
    /// The list lacks this.
    Without(&'static str),
    /// The list lacks `bad`; `good` stands in for an empty list. In strict mode an absent flag fails: `bad` is what the
    /// program does then.
    Instead { bad: &'static str, good: &'static str },
    /// The list has none of `bad`. An absent flag fails. In strict mode a fix takes them out, or sets `good` if nothing
    /// else is left; otherwise it repeats them.
    NoneOf { bad: &'static [&'static str], good: &'static [&'static str] },
    /// The value is not this; one that only begins with it fails, too, outside strict mode.
    Not(&'static str),
    /// A switch has this position. An absent flag fails.
    Switch(bool),
    /// [`Demand::Switch`] that looks only at elements with nothing but the flag.
    LoneSwitch(bool),
    /// A switch has this position, which is its default.
    DefaultSwitch(bool),
    /// [`Demand::DefaultSwitch`] that shows no fix where the element can just be deleted.
    SpareSwitch(bool),
    /// A feature gate, named by the row instead of a flag, has this position.
    Gate(bool),
    /// A number is at least this. An absent flag fails.
    AtLeast(u32),
    /// An address is 127.0.0.1, in strict mode any of the loopback interface. An absent flag fails.
    Loopback,
    /// The flag is not given.
    Absent,
    /// A person has to look at the value. In strict mode a number of at least this will do. An absent flag fails.
    Review { enough: Option<u32> },
    /// [`Demand::Review`] of a flag that may be absent.
    ReviewIfGiven,
}

/// A row of the family: one flag of one program.
pub(crate) struct FlagCheck {
    /// The program.
    pub(crate) component: &'static Component,
    /// The flag with its dashes.
    pub(crate) flag: &'static str,
    /// What it must look like.
    pub(crate) demand: Demand,
}

impl FlagCheck {
    /// Judges a pod.
    pub(crate) fn judge<'a>(&self, pod: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        let Some(flags) = self.component.flags(pod) else { return };
        if ctx.strict {
            let finding = self.judge_strictly(flags);
            finding.into_iter().for_each(|finding| sink.push(finding));
            return;
        }
        let mut wrong = flags.elements().filter_map(|(element, text)| self.wrong_element(element, text));
        match (wrong.next(), wrong.next()) {
            (Some(finding), None) => sink.push(finding),
            (_, Some(_)) => sink.error(REPEATED),
            (None, None) => {}
        }
        if !flags.mentions(self.flag)
            && let Some(finding) = self.absent(flags, false)
        {
            sink.push(finding);
        }
    }

    fn judge_strictly(&self, flags: Flags<'_>) -> Option<Finding> {
        let value = match self.demand {
            Demand::Switch(_) | Demand::LoneSwitch(_) | Demand::DefaultSwitch(_) | Demand::SpareSwitch(_) => {
                flags.last_switch(self.flag)
            }
            Demand::Gate(_) => {
                let (element, text) = flags.elements().filter(|(_, text)| text.contains(self.flag)).last()?;
                return self.wrong_element(element, text);
            }
            _ => flags.last_value(self.flag),
        };
        value.map_or_else(|| self.absent(flags, true), |value| self.wrong(value, true))
    }

    /// What is wrong with an element as a whole.
    fn wrong_element<'a>(&self, element: Node<'a>, text: &'a str) -> Option<Finding> {
        let finding = || Finding::new().review(element.path());
        match self.demand {
            Demand::Not(bad) => has_value(text, self.flag, bad).then(finding),
            Demand::Review { .. } | Demand::ReviewIfGiven => text.contains(self.flag).then(finding),
            Demand::Absent | Demand::Loopback => self.wrong(Value::first_in_element(element, text, self.flag)?, false),
            Demand::Switch(good)
            | Demand::LoneSwitch(good)
            | Demand::DefaultSwitch(good)
            | Demand::SpareSwitch(good)
            | Demand::Gate(good) => {
                let bad = if good { "false" } else { "true" };
                if !has_value(text, self.flag, bad) {
                    return None;
                }
                let (bad, good) = (format!("{}={bad}", self.flag), format!("{}={good}", self.flag));
                match self.demand {
                    Demand::LoneSwitch(_) if text != bad => None,
                    Demand::SpareSwitch(_) if text == bad => Some(finding()),
                    _ => Some(finding().set(element.path(), text.replace(&bad, &good))),
                }
            }
            _ => self.wrong(Value::in_element(element, text, self.flag)?, false),
        }
    }

    /// What is wrong with a value.
    fn wrong(&self, value: Value<'_>, strict: bool) -> Option<Finding> {
        let path = || value.element().path();
        let finding = || Finding::new().review(path());
        let set = |text: String| Some(finding().set(path(), text));
        let set_list = |items: &[&str]| set(value.with(&items.join(",")));
        let but = |bad: &[&str]| value.items().filter(|item| !bad.contains(item)).collect::<Vec<_>>();
        let and = |more: &[&'static str]| value.items().chain(more.iter().copied()).collect::<Vec<_>>();
        match self.demand {
            Demand::OneOf(wanted) if !wanted.iter().any(|one| value.has(one)) => {
                set_list(&and(wanted.get(..1).unwrap_or(wanted)))
            }
            Demand::AllOf(wanted) if !wanted.iter().all(|one| value.has(one)) => {
                let missing: Vec<_> = wanted.iter().copied().filter(|one| !value.has(one)).collect();
                set_list(&and(&missing))
            }
            Demand::Listed(wanted) if !value.has(wanted) => {
                if strict {
                    set_list(&and(&[wanted]))
                } else {
                    set(value.alone().with(wanted))
                }
            }
            Demand::Without(bad) if value.has(bad) => match but(&[bad]) {
                rest if rest.is_empty() => Some(finding()),
                rest => set(value.alone().with(&rest.join(","))),
            },
            Demand::Instead { bad, good } if value.has(bad) => match but(&[bad]) {
                rest if rest.is_empty() => set_list(&[good]),
                rest => set_list(&rest),
            },
            Demand::NoneOf { bad, good } if bad.iter().any(|one| value.has(one)) => match but(bad) {
                _ if !strict => {
                    let listed: Vec<_> = bad.iter().copied().filter(|one| value.has(one)).collect();
                    set_list(&and(&listed))
                }
                rest if rest.is_empty() => set_list(good),
                rest => set_list(&rest),
            },
            Demand::Not(bad) if value.text() == bad => Some(finding()),
            Demand::Switch(good)
            | Demand::LoneSwitch(good)
            | Demand::DefaultSwitch(good)
            | Demand::SpareSwitch(good)
                if switch(value.text()) != Some(good) =>
            {
                set(value.with(&good.to_string()))
            }
            Demand::AtLeast(least) if number(value).is_some_and(|number| number < f64::from(least)) => {
                set(value.with(&least.to_string()))
            }
            Demand::Loopback if value.text() != LOOPBACK && !(strict && is_loopback(value.text())) => {
                set(value.alone().with(LOOPBACK))
            }
            Demand::Absent if value.text().is_empty() => None,
            Demand::Absent if value.is_alone() => Some(finding()),
            Demand::Absent => set(value.without()),
            Demand::Review { enough: Some(enough) }
                if number(value).is_some_and(|number| number >= f64::from(enough)) =>
            {
                None
            }
            Demand::Review { .. } | Demand::ReviewIfGiven => Some(finding()),
            _ => None,
        }
    }

    /// What is wrong with the flag's absence.
    fn absent(&self, flags: Flags<'_>, strict: bool) -> Option<Finding> {
        let finding = match self.demand {
            Demand::Review { .. } => Finding::new().review(flags.end()),
            _ => Finding::new(),
        };
        let value = match self.demand {
            Demand::OneOf(wanted) => wanted.first().copied()?.to_owned(),
            Demand::AllOf(wanted) => wanted.join(","),
            Demand::Listed(wanted) if strict => wanted.to_owned(),
            Demand::Instead { good, .. } if strict => good.to_owned(),
            Demand::NoneOf { bad, good } => if strict { good } else { bad }.join(","),
            Demand::Switch(good) | Demand::LoneSwitch(good) => good.to_string(),
            Demand::AtLeast(least) => least.to_string(),
            Demand::Loopback => LOOPBACK.to_owned(),
            Demand::Review { .. } => "YOUR_VALUE".to_owned(),
            _ => return None,
        };
        Some(finding.set(flags.end(), format!("{}={value}", self.flag)))
    }
}

/// A row of the family: flags of one program that must be given, whatever their values.
pub(crate) struct NeededFlags {
    /// The program.
    pub(crate) component: &'static Component,
    /// Each flag with what a fix sets it to.
    pub(crate) flags: &'static [(&'static str, &'static str)],
}

impl NeededFlags {
    /// Judges a pod.
    pub(crate) fn judge<'a>(&self, pod: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        let finding = self.component.flags(pod).and_then(|flags| self.missing(flags, ctx));
        finding.into_iter().for_each(|finding| sink.push(finding));
    }

    /// A finding with a fix for each missing flag. Outside strict mode a flag is missing if no element contains it, and
    /// the fixes of the second and further flags leave room for those before.
    pub(crate) fn missing(&self, flags: Flags<'_>, ctx: &Context) -> Option<Finding> {
        let given = |flag: &'static str| {
            if ctx.strict {
                flags.last_value(flag).is_some_and(|value| !value.text().is_empty())
            } else {
                flags.mentions(flag)
            }
        };
        let mut finding = None;
        for (at, (flag, value)) in self.flags.iter().enumerate().filter(|(_, (flag, _))| !given(flag)) {
            let so_far: Finding = finding.take().unwrap_or_default();
            let at = if ctx.strict { so_far.paths.fix.len() } else { at };
            let path = flags.list().path().index(flags.list().len() + at);
            finding = Some(so_far.set(path, format!("{flag}={value}")));
        }
        finding
    }
}

const LOOPBACK: &str = "127.0.0.1";

/// Whether a host, with or without a port, is of the loopback interface.
pub(crate) fn is_loopback(address: &str) -> bool {
    use std::net::{IpAddr, SocketAddr};
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let bare = address.trim_start_matches('[').trim_end_matches(']');
    let ip = |text: &str| text.parse::<IpAddr>().ok();
    let ip = address.parse::<SocketAddr>().ok().map(|address| address.ip()).or_else(|| ip(bare));
    ip.map_or(host == "localhost", |ip| ip.is_loopback())
}

/// The position of a switch, in the spellings that Go programs read.
fn switch(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn number(value: Value<'_>) -> Option<f64> {
    value.text().parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn loopback_addresses() {
        for address in ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "127.0.0.1:10249", "[::1]:10249"] {
            assert!(is_loopback(address), "{address}");
        }
        for address in ["0.0.0.0", "", "::", "[::]:10249", ":10249", "10.0.0.1:10249", "localhost.example.com"] {
            assert!(!is_loopback(address), "{address}");
        }
    }
}
