//! The kubelet of a node, as host data describes it: its command line and its configuration file.

use ks_control::{Check, Context, External, Finding, Match, Needs, Rule, Sink, decode_base64};
use ks_object::{Node, Object, Path, Tree};

/// A kubelet that names its command line; without one nothing is known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kubelet<'a> {
    object: Object<'a>,
    command: &'a str,
}

/// Where a setting of the kubelet comes from.
pub(crate) enum Source {
    /// The command line has the flag; the configuration file does not count.
    Flag,
    /// The configuration file.
    File(Config),
    /// A configuration file that nobody can read as YAML.
    Unreadable,
    /// A configuration file that was not collected.
    NotCollected,
    /// Neither the flag nor a configuration file is given: the default.
    Default,
}

/// A kubelet's configuration file.
pub(crate) struct Config {
    text: String,
    tree: Tree,
}

/// A rule over the kubelets of all nodes.
pub(crate) const fn rule(name: &'static str, check: for<'a> fn(Object<'a>, &Context, &mut Sink<'a>)) -> Rule {
    const MATCHES: &[Match] = &[Match::new(&["hostdata.kubescape.cloud"], &["v1beta0"], &["KubeletInfo"])];
    Rule { needs: Needs::Nothing, ..Rule::new(name, MATCHES, Check::Object(check)) }
}

impl<'a> Kubelet<'a> {
    /// Views host data of a node.
    pub(crate) fn of(object: Object<'a>) -> Option<Self> {
        Some(Self { object, command: object.node().str_at(&["data", "cmdLine"])? })
    }

    /// Whether the command line contains a text.
    pub(crate) fn says(self, text: &str) -> bool {
        self.command.contains(text)
    }

    /// Where the setting of a flag comes from.
    pub(crate) fn source(self, flag: &str, ctx: &Context) -> Source {
        if self.says(flag) {
            return Source::Flag;
        }
        if !self.says("--config") {
            return Source::Default;
        }
        let Some(content) = self.object.at(&["data", "configFile", "content"]).filter(|content| content.truthy())
        else {
            return Source::NotCollected;
        };
        let text = content.str().and_then(decode_base64);
        let config = text.and_then(|text| Some(Config { tree: ctx.yaml(&text)?, text }));
        config.map_or(Source::Unreadable, Source::File)
    }

    /// The command line is wrong.
    pub(crate) fn fail_command(self, finding: Finding, sink: &mut Sink<'a>) {
        let fields = ["apiVersion", "kind", "metadata", "data.cmdLine"];
        sink.push_external(External::part_of(self.object, &fields), finding);
    }

    /// The command line is wrong; the copy of it tells the node only in strict mode.
    pub(crate) fn fail_nameless_command(self, finding: Finding, ctx: &Context, sink: &mut Sink<'a>) {
        if ctx.strict {
            return self.fail_command(finding, sink);
        }
        sink.push_external(External::part_of(self.object, &["apiVersion", "kind", "data.cmdLine"]), finding);
    }

    /// A field of the configuration file is wrong.
    pub(crate) fn fail_config(self, config: Config, field: &str, sink: &mut Sink<'a>) {
        let content = serde_json::json!({ "configFile": { "content": config.text } });
        let copy = External::part_of(self.object, &["apiVersion", "kind", "metadata"]).with("data", content);
        sink.push_external(copy, Finding::new().review(Path::root().fields(field)));
    }

    /// The configuration file was not collected, so the setting may be wrong; only strict mode tells of which node.
    pub(crate) fn fail_unknown(self, ctx: &Context, sink: &mut Sink<'a>) {
        let fields: &[&str] =
            if ctx.strict { &["apiVersion", "kind", "metadata", "data"] } else { &["apiVersion", "kind", "data"] };
        sink.push_external(External::part_of(self.object, fields), Finding::new());
    }
}

impl Config {
    /// A field of the file.
    pub(crate) fn at(&self, keys: &[&str]) -> Option<Node<'_>> {
        self.tree.root()?.at(keys)
    }
}
