//! Where an object came from, for `buildMetadata`.

/// The file of an object, or what generated or changed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Origin {
    /// The file, seen from the outermost kustomization.
    pub(crate) path: String,
    /// The file that configures the plugin, seen from there.
    pub(crate) configured_in: String,
    /// The plugin: apiVersion, kind, and name when it has a file of its own.
    pub(crate) plugin: Option<Plugin>,
}

/// A plugin by its configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plugin {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
}

impl Origin {
    pub(crate) fn file(path: String) -> Self {
        Self { path, ..Self::default() }
    }

    /// Of a built-in plugin that a field of a kustomization configures.
    pub(crate) fn builtin(configured_in: String, kind: &str) -> Self {
        let plugin = Plugin { api_version: "builtin".to_owned(), kind: kind.to_owned(), name: String::new() };
        Self { path: String::new(), configured_in, plugin: Some(plugin) }
    }

    /// The lines of YAML that the annotation holds.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.path.is_empty() {
            lines.push(format!("path: {}", self.path));
        }
        if !self.configured_in.is_empty() {
            lines.push(format!("configuredIn: {}", self.configured_in));
        }
        if let Some(plugin) = &self.plugin {
            lines.push("configuredBy:".to_owned());
            for (key, text) in [("apiVersion", &plugin.api_version), ("kind", &plugin.kind), ("name", &plugin.name)] {
                if !text.is_empty() {
                    lines.push(format!("  {key}: {text}"));
                }
            }
        }
        lines
    }

    /// What the annotation of an object says.
    pub(crate) fn text(&self) -> String {
        self.lines().into_iter().map(|line| line + "\n").collect()
    }

    /// What the annotation of an object says of all that changed it.
    pub(crate) fn list(origins: &[Self]) -> String {
        let mut text = String::new();
        for origin in origins {
            for (at, line) in origin.lines().into_iter().enumerate() {
                text.push_str(if at == 0 { "- " } else { "  " });
                text.push_str(&line);
                text.push('\n');
            }
        }
        text
    }
}
