use serde::{Deserialize, Deserializer, Serialize};

/// The operating system as its release file describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Distro {
    /// `Debian GNU/Linux 12 (bookworm)`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pretty_name: String,
    /// `Debian GNU/Linux`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// `debian`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Ids of the distributions that it derives from.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub id_like: Vec<String>,
    /// `12 (bookworm)`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// `12.5`
    #[serde(rename = "versionID", skip_serializing_if = "String::is_empty")]
    pub version_id: String,
    /// `bookworm`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version_codename: String,
    /// Build of a rolling distribution.
    #[serde(rename = "buildID", skip_serializing_if = "String::is_empty")]
    pub build_id: String,
    /// Image name.
    #[serde(rename = "imageID", skip_serializing_if = "String::is_empty")]
    pub image_id: String,
    /// Image version.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image_version: String,
    /// `Server Edition`
    #[serde(skip_serializing_if = "String::is_empty")]
    pub variant: String,
    /// `server`
    #[serde(rename = "variantID", skip_serializing_if = "String::is_empty")]
    pub variant_id: String,
    /// Home page.
    #[serde(rename = "homeURL", skip_serializing_if = "String::is_empty")]
    pub home_url: String,
    /// Support page.
    #[serde(rename = "supportURL", skip_serializing_if = "String::is_empty")]
    pub support_url: String,
    /// Where bugs are reported.
    #[serde(rename = "bugReportURL", skip_serializing_if = "String::is_empty")]
    pub bug_report_url: String,
    /// Privacy policy.
    #[serde(rename = "privacyPolicyURL", skip_serializing_if = "String::is_empty")]
    pub privacy_policy_url: String,
    /// CPE of the distribution.
    #[serde(rename = "cpeName", skip_serializing_if = "String::is_empty")]
    pub cpe_name: String,
    /// Day on which support ends.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub support_end: String,
    /// Extended support (RHEL EUS, Ubuntu ESM) is in use.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extended_support: bool,
}

impl Distro {
    /// The distribution or one that it derives from has this id.
    pub fn is_like(&self, id: &str) -> bool {
        self.id == id || self.id_like.iter().any(|like| like == id)
    }
}

// Older documents hold one text where newer ones hold a list.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => one.split_whitespace().map(str::to_owned).collect(),
        OneOrMany::Many(many) => many,
    })
}
