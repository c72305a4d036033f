//! Flags of control-plane programs that run as pods of `kube-system`.
//!
//! Two ways to find the program are in use: most controls take every pod whose only container runs it
//! ([`Component`]), some take the first pod that is named like an API server ([`named_api_server`]). Both read the
//! same [`Flags`]. What a flag must look like is a row of data: see [`super::flag_check`].

use ks_control::{Check, Cluster, ClusterCheck, Context, Counts, Finding, Needs, POD, Rule, Sink};
use ks_object::{Node, Object, Path};

/// Why a rule gives up when two elements of one command are wrong: it cannot say which one counts.
pub(crate) const REPEATED: &str = "a flag is given more than once";

/// A program of the control plane.
pub(crate) struct Component {
    /// What the first element of its command ends with.
    program: &'static str,
    /// Where its pods are.
    place: Place,
    /// Whether an object is a pod of it: what its rules count.
    selects: fn(Object<'_>, &Context) -> bool,
}

/// Where the pods of a program are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In `kube-system`.
    KubeSystem,
    /// In any namespace. The first element of the command may be a whole command line then.
    Anywhere,
}

/// The API server.
pub(crate) static API_SERVER: Component = Component {
    program: "kube-apiserver",
    place: Place::KubeSystem,
    selects: |object, _| API_SERVER.flags(object).is_some(),
};

/// The API server, wherever it runs.
pub(crate) static API_SERVER_ANYWHERE: Component = Component {
    program: "kube-apiserver",
    place: Place::Anywhere,
    selects: |object, _| API_SERVER_ANYWHERE.flags(object).is_some(),
};

/// The controller manager.
pub(crate) static CONTROLLER_MANAGER: Component = Component {
    program: "kube-controller-manager",
    place: Place::KubeSystem,
    selects: |object, _| CONTROLLER_MANAGER.flags(object).is_some(),
};

/// The scheduler.
pub(crate) static SCHEDULER: Component = Component {
    program: "kube-scheduler",
    place: Place::KubeSystem,
    selects: |object, _| SCHEDULER.flags(object).is_some(),
};

/// etcd.
pub(crate) static ETCD: Component =
    Component { program: "etcd", place: Place::Anywhere, selects: |object, _| ETCD.flags(object).is_some() };

/// The check of a rule over single pods.
type PodCheck = for<'a> fn(Object<'a>, &Context, &mut Sink<'a>);

impl Component {
    /// A rule that judges each pod of this program and counts nothing else.
    pub(crate) const fn rule(&self, name: &'static str, check: PodCheck) -> Rule {
        let check = Check::Object(check);
        Rule { counts: Counts::If(self.selects), needs: Needs::Nothing, ..Rule::new(name, POD, check) }
    }

    /// The program's flags, if this object is a pod of it.
    pub(crate) fn flags<'a>(&self, object: Object<'a>) -> Option<Flags<'a>> {
        if self.place == Place::KubeSystem && object.namespace() != Some("kube-system") {
            return None;
        }
        let mut containers = object.at(&["spec", "containers"])?.items();
        let flags = Flags::of(containers.next()?)?;
        let first = flags.command.item(0)?.str()?;
        let program = match self.place {
            Place::KubeSystem => first,
            Place::Anywhere => first.split(' ').next()?,
        };
        (program.ends_with(self.program) && containers.next().is_none()).then_some(flags)
    }
}

/// A rule that judges the API server as [`named_api_server`] finds it.
pub(crate) const fn named_api_server_rule(name: &'static str, run: ClusterCheck) -> Rule {
    let check = Check::Join { reads: &["spec.containers.command", "spec.containers.args"], run };
    let keeps = Some(is_named_api_server as fn(Object<'_>) -> bool);
    Rule { keeps, counts: Counts::Reported, needs: Needs::Nothing, ..Rule::new(name, POD, check) }
}

/// Counts the first pod of `kube-system` that is named like an API server and yields its flags; those of every such
/// pod in strict mode.
pub(crate) fn named_api_server<'a>(
    cluster: &Cluster<'a>,
    ctx: &Context,
    sink: &mut Sink<'a>,
    mut judge: impl FnMut(Object<'a>, Flags<'a>, &mut Sink<'a>),
) {
    let pods = cluster.kind("Pod").iter().copied().filter(|pod| is_named_api_server(*pod));
    for pod in pods.take(if ctx.strict { usize::MAX } else { 1 }) {
        sink.count(pod);
        let container = pod.at(&["spec", "containers"]).and_then(|containers| containers.item(0));
        if let Some(flags) = container.and_then(Flags::of) {
            judge(pod, flags, sink);
        }
    }
}

/// Reports each flag of the API server whose value lacks a text. An absent flag passes.
pub(crate) fn named_api_servers_lack<'a>(
    flag: &'static str,
    wanted: &str,
    cluster: &Cluster<'a>,
    ctx: &Context,
    sink: &mut Sink<'a>,
) {
    named_api_server(cluster, ctx, sink, |pod, flags, sink| {
        if ctx.strict {
            let value = flags.last_value(flag).filter(|value| !value.has(wanted));
            value.into_iter().for_each(|value| sink.push_on(pod, Finding::new().review(value.element.path())));
            return;
        }
        for (element, text) in flags.elements().filter(|(_, text)| has_value(text, flag, "")) {
            // All between the first two equals signs of the element, whichever flag they belong to.
            if !text.split('=').nth(1).is_some_and(|value| value.contains(wanted)) {
                sink.push_on(pod, Finding::new().review(element.path()));
            }
        }
    });
}

fn is_named_api_server(object: Object<'_>) -> bool {
    object.namespace() == Some("kube-system")
        && object.name().is_some_and(|name| name.contains("apiserver") || name.contains("api-server"))
}

/// The flags of a container: its `command`, then its `args`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flags<'a> {
    command: Node<'a>,
    args: Option<Node<'a>>,
}

impl<'a> Flags<'a> {
    /// The flags of a container that names its command; what others run is not known.
    pub(crate) fn of(container: Node<'a>) -> Option<Self> {
        let args = container.get("args").filter(|args| !args.is_empty());
        Some(Self { command: container.get("command")?, args })
    }

    /// Every element with its text.
    pub(crate) fn elements(self) -> impl Iterator<Item = (Node<'a>, &'a str)> {
        let args = self.args.into_iter().flat_map(Node::items);
        self.command.items().chain(args).filter_map(|element| Some((element, element.str()?)))
    }

    /// Whether any element contains the flag. A longer flag that begins alike counts, too.
    pub(crate) fn mentions(self, flag: &str) -> bool {
        self.elements().any(|(_, text)| text.contains(flag))
    }

    /// Whether some element says `flag=…`; in strict mode, `flag …` in two elements counts, too.
    pub(crate) fn gives(self, flag: &'static str, ctx: &Context) -> bool {
        self.elements().any(|(_, text)| has_value(text, flag, "")) || ctx.strict && self.last_value(flag).is_some()
    }

    /// The value that the program goes by: that of the last `--flag=value` or `--flag value`.
    pub(crate) fn last_value(self, flag: &'static str) -> Option<Value<'a>> {
        let (mut last, mut announced) = (None, false);
        for (element, text) in self.elements() {
            let inline = text.strip_prefix(flag).and_then(|rest| rest.strip_prefix('='));
            if let Some(value) = inline {
                last = Some(Value { element, flag, before: "", text: value, after: "" });
            } else if announced && !text.starts_with("--") {
                last = Some(Value { element, flag: "", before: "", text, after: "" });
            }
            announced = text == flag;
        }
        last
    }

    /// The value of a switch that the program goes by: that of the last `--flag=value`, or `true` for `--flag`.
    pub(crate) fn last_switch(self, flag: &'static str) -> Option<Value<'a>> {
        let values = self.elements().filter_map(|(element, text)| {
            let rest = text.strip_prefix(flag)?;
            let text = if rest.is_empty() { "true" } else { rest.strip_prefix('=')? };
            Some(Value { element, flag, before: "", text, after: "" })
        });
        values.last()
    }

    /// The list that flags are given in: `args` if it has elements, else `command`.
    pub(crate) fn list(self) -> Node<'a> {
        self.args.unwrap_or(self.command)
    }

    /// Where one more flag goes.
    pub(crate) fn end(self) -> Path {
        self.list().path().index(self.list().len())
    }
}

/// Whether a text contains `flag=value`, whatever follows.
pub(crate) fn has_value(text: &str, flag: &str, value: &str) -> bool {
    let follows = |rest: &str| rest.strip_prefix('=').is_some_and(|rest| rest.starts_with(value));
    text.match_indices(flag).any(|(at, flag)| follows(&text[at + flag.len()..]))
}

/// The value of a flag and the element that it stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    element: Node<'a>,
    /// The flag that stands before it; empty when that is an element of its own.
    flag: &'static str,
    before: &'a str,
    text: &'a str,
    after: &'a str,
}

impl<'a> Value<'a> {
    /// The value of the only `--flag=value` in an element. The value ends at a blank; a blank on either side belongs
    /// to the flag and goes when it is replaced. An element that has the flag twice has no value.
    pub(crate) fn in_element(element: Node<'a>, text: &'a str, flag: &'static str) -> Option<Self> {
        Self::spans(text, flag).nth(1).is_none().then(|| Self::first_in_element(element, text, flag))?
    }

    /// [`Value::in_element`] of the first `--flag=value`, whatever follows.
    pub(crate) fn first_in_element(element: Node<'a>, text: &'a str, flag: &'static str) -> Option<Self> {
        let (start, value, end) = Self::spans(text, flag).next()?;
        let before = &text[..start];
        let before = before.strip_suffix(' ').unwrap_or(before);
        let after = &text[end..];
        let after = after.strip_prefix(' ').unwrap_or(after);
        Some(Self { element, flag, before, text: value, after })
    }

    /// Each `--flag=value` in a text: where it begins, the value, where it ends.
    fn spans(text: &'a str, flag: &'static str) -> impl Iterator<Item = (usize, &'a str, usize)> {
        text.match_indices(flag).filter_map(move |(start, _)| {
            let at = start + flag.len() + 1;
            let value = text.get(at..).filter(|_| text[..at].ends_with('='))?;
            let first = value.chars().next()?.len_utf8();
            let value = &value[..value[first..].find(' ').map_or(value.len(), |blank| first + blank)];
            Some((start, value, at + value.len()))
        })
    }

    /// The element that it stands in.
    pub(crate) fn element(self) -> Node<'a> {
        self.element
    }

    /// Its text.
    pub(crate) fn text(self) -> &'a str {
        self.text
    }

    /// The parts of a list.
    pub(crate) fn items(self) -> impl Iterator<Item = &'a str> {
        self.text.split(',').filter(|item| !item.is_empty())
    }

    /// Whether the list has this part.
    pub(crate) fn has(self, item: &str) -> bool {
        self.items().any(|one| one == item)
    }

    /// Whether the element has nothing but the flag.
    pub(crate) fn is_alone(self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// The flag alone: what else stands in the element is for the reader to keep.
    pub(crate) fn alone(self) -> Self {
        Self { before: "", after: "", ..self }
    }

    /// The element with another value.
    pub(crate) fn with(self, value: &str) -> String {
        let equals = if self.flag.is_empty() { "" } else { "=" };
        format!("{}{}{equals}{value}{}", self.before, self.flag, self.after)
    }

    /// The element without the flag.
    pub(crate) fn without(self) -> String {
        format!("{}{}", self.before, self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ks_object::{Tree, from_json};
    use serde_json::json;

    fn container(command: &[&str], args: &[&str]) -> Tree {
        from_json(&json!({ "command": command, "args": args }))
    }

    fn in_element(text: &str) -> Option<String> {
        let tree = from_json(&json!(text));
        let value = Value::in_element(tree.root()?, text, "--modes")?;
        Some(format!("{}|{}", value.items().collect::<Vec<_>>().join("+"), value.with("A,B")))
    }

    #[test]
    fn a_value_ends_at_a_blank() {
        assert_eq!(in_element("--modes=Node,,RBAC").as_deref(), Some("Node+RBAC|--modes=A,B"));
        assert_eq!(in_element("--v=2 --modes=RBAC --x=1").as_deref(), Some("RBAC|--v=2--modes=A,B--x=1"));
        assert_eq!(in_element("--modes="), None);
        assert_eq!(in_element("--modes"), None);
        assert_eq!(in_element("--modesé"), None);
        assert_eq!(in_element("--modes=Node --modes=RBAC"), None, "given twice");
    }

    #[test]
    fn the_last_value_counts_in_either_form() {
        let last = |command: &[&str], args: &[&str]| {
            let tree = container(command, args);
            let value = tree.root().and_then(Flags::of).and_then(|flags| flags.last_value("--port"));
            value.map(|value| format!("{} {}", value.element().path(), value.text()))
        };
        assert_eq!(last(&["api", "--port=1", "--port", "2"], &[]).as_deref(), Some("command[3] 2"));
        assert_eq!(last(&["api", "--port"], &["2", "--port=3"]).as_deref(), Some("args[1] 3"));
        assert_eq!(last(&["api", "--port", "--portal=4"], &[]), None);
    }

    #[test]
    fn a_switch_without_value_is_on() {
        let last = |command: &[&str]| {
            let tree = container(command, &[]);
            let value = tree.root().and_then(Flags::of).and_then(|flags| flags.last_switch("--tls"));
            value.map(|value| format!("{} {}", value.element().path(), value.text()))
        };
        assert_eq!(last(&["etcd", "--tls=false", "--tls", "false"]).as_deref(), Some("command[2] true"));
        assert_eq!(last(&["etcd", "--tls", "--tls=false"]).as_deref(), Some("command[2] false"));
        assert_eq!(last(&["etcd", "--tls-min-version=1.2"]), None);
    }

    #[test]
    fn more_flags_go_behind_args_if_there_are_any() {
        let end = |command: &[&str], args: &[&str]| {
            container(command, args).root().and_then(Flags::of).map(|flags| flags.end().into_string())
        };
        assert_eq!(end(&["api", "--a"], &[]).as_deref(), Some("command[2]"));
        assert_eq!(end(&["api"], &["--a", "--b"]).as_deref(), Some("args[2]"));
    }
}
