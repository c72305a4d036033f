//! The kubelet of a node, as host data describes it: its command line and its configuration file.

use crate::node::host_data::{self, KUBELET};
use ks_control::{Context, External, Finding, Rule, Sink, decode_base64};
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

/// What a setting must be, wherever it comes from.
pub(crate) struct Setting {
    /// The flag with its dashes.
    pub(crate) flag: &'static str,
    /// Whether a command line that has the flag is wrong.
    pub(crate) flag_fails: fn(Kubelet<'_>, &Context) -> bool,
    /// The field of the configuration file.
    pub(crate) field: &'static str,
    /// Whether a configuration file with this value of the field is wrong.
    pub(crate) field_fails: fn(Option<Node<'_>>, &Context) -> bool,
    /// The verdict on a kubelet that gets neither the flag nor a configuration file.
    pub(crate) unset: Unset,
}

/// The verdict on a kubelet that goes by the default of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unset {
    /// It passes.
    Passes,
    /// It fails.
    Fails,
    /// It fails, but only strict mode tells the node.
    FailsNameless,
}

/// A rule over the kubelets of all nodes.
pub(crate) const fn rule(name: &'static str, check: for<'a> fn(Object<'a>, &Context, &mut Sink<'a>)) -> Rule {
    host_data::rule(name, KUBELET, check)
}

impl Setting {
    /// Judges the kubelet of a node. A configuration file that was not collected fails, one that is no YAML passes.
    pub(crate) fn judge<'a>(&self, object: Object<'a>, ctx: &Context, sink: &mut Sink<'a>) {
        let Some(kubelet) = Kubelet::of(object) else { return };
        match kubelet.source(self.flag, ctx) {
            Source::Flag if (self.flag_fails)(kubelet, ctx) => kubelet.fail_command(sink),
            Source::File(config) if (self.field_fails)(config.field(self.field), ctx) => {
                kubelet.fail_config(config, Finding::new().review(Path::root().fields(self.field)), sink);
            }
            Source::NotCollected => kubelet.fail_unknown(ctx, sink),
            Source::Default if self.unset == Unset::Fails => kubelet.fail_command(sink),
            Source::Default if self.unset == Unset::FailsNameless => kubelet.fail_nameless_command(ctx, sink),
            Source::Flag | Source::File(_) | Source::Unreadable | Source::Default => {}
        }
    }
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

    /// The value of each `--flag=value`.
    pub(crate) fn values(self, flag: &'static str) -> impl Iterator<Item = &'a str> {
        let after = self.command.match_indices(flag).map(move |(at, _)| &self.command[at + flag.len()..]);
        after.filter_map(|rest| rest.strip_prefix('=')?.split(' ').next())
    }

    /// Where the setting of a flag comes from.
    pub(crate) fn source(self, flag: &str, ctx: &Context) -> Source {
        if self.says(flag) { Source::Flag } else { self.file(ctx) }
    }

    /// Where a setting comes from that no flag gives.
    pub(crate) fn file(self, ctx: &Context) -> Source {
        if !self.says("--config") {
            Source::Default
        } else if self.content().is_none() {
            Source::NotCollected
        } else {
            self.config(ctx).map_or(Source::Unreadable, Source::File)
        }
    }

    /// The configuration file that was collected, whether or not the command line names one.
    pub(crate) fn config(self, ctx: &Context) -> Option<Config> {
        let text = decode_base64(self.content()?.str()?)?;
        Some(Config { tree: ctx.yaml(&text)?, text })
    }

    fn content(self) -> Option<Node<'a>> {
        self.object.at(&["data", "configFile", "content"]).filter(|content| content.truthy())
    }

    /// The command line is wrong.
    pub(crate) fn fail_command(self, sink: &mut Sink<'a>) {
        host_data::fail(self.object, &["data.cmdLine"], Finding::new(), sink);
    }

    /// The command line is wrong; the copy of it tells the node only in strict mode.
    fn fail_nameless_command(self, ctx: &Context, sink: &mut Sink<'a>) {
        if ctx.strict {
            return self.fail_command(sink);
        }
        sink.push_external(External::part_of(self.object, &["apiVersion", "kind", "data.cmdLine"]), Finding::new());
    }

    /// The configuration file is wrong.
    pub(crate) fn fail_config(self, config: Config, finding: Finding, sink: &mut Sink<'a>) {
        let content = serde_json::json!({ "configFile": { "content": config.text } });
        let copy = External::part_of(self.object, &["apiVersion", "kind", "metadata"]).with("data", content);
        sink.push_external(copy, finding);
    }

    /// The configuration file was not collected, so the setting may be wrong; only strict mode tells of which node.
    pub(crate) fn fail_unknown(self, ctx: &Context, sink: &mut Sink<'a>) {
        let fields: &[&str] =
            if ctx.strict { &["apiVersion", "kind", "metadata", "data"] } else { &["apiVersion", "kind", "data"] };
        sink.push_external(External::part_of(self.object, fields), Finding::new());
    }
}

impl Config {
    /// A field of the file by its dotted path.
    pub(crate) fn field(&self, path: &str) -> Option<Node<'_>> {
        path.split('.').try_fold(self.tree.root()?, Node::get)
    }
}
