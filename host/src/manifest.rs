//! The application manifest `spin.toml`, version 2, as far as this host can do what it says.
//!
//! A key that Spin knows and this host does not is an error that names the key: a right or a limit that is silently
//! not there would be worse than no start. `[component.X.build]`, `[component.X.tool]` and `[application.tool]` are for
//! other programs and are accepted unread.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

/// A whole manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    spin_manifest_version: u32,
    /// Name and so on of the application.
    pub application: Application,
    /// Variables of the application by name.
    #[serde(default)]
    pub variables: BTreeMap<String, Variable>,
    /// What starts a component.
    #[serde(default)]
    pub trigger: Triggers,
    /// Components by name.
    #[serde(default)]
    pub component: BTreeMap<String, Component>,
}

/// `[application]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Name of the application.
    pub name: String,
    /// Its version, for people.
    #[serde(default)]
    pub version: String,
    #[serde(default, rename = "description")]
    _description: String,
    #[serde(default, rename = "authors")]
    _authors: Vec<String>,
    #[serde(default, rename = "tool")]
    _tool: BTreeMap<String, toml::Table>,
}

/// One entry of `[variables]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Value where nobody gives another.
    pub default: Option<String>,
    /// Whether it has to be given. Without it there must be a default.
    #[serde(default)]
    pub required: bool,
    /// Whether the value must not be shown. The host shows none.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests look at who gets secrets"))]
    pub secret: bool,
    #[serde(default, rename = "description")]
    _description: Option<String>,
}

/// `[[trigger.…]]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Triggers {
    /// Routes.
    #[serde(default)]
    pub http: Vec<HttpTrigger>,
}

/// One `[[trigger.http]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpTrigger {
    /// Path, perhaps with `:name` segments and a trailing `/...`.
    pub route: String,
    /// Name of the component.
    pub component: String,
    #[serde(default, rename = "id")]
    _id: String,
}

/// One `[component.X]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// File with the component, relative to the manifest.
    pub source: PathBuf,
    #[serde(default, rename = "description")]
    _description: String,
    /// Variables the component may read: templates over the application's.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Environment of the component.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Hosts it may talk to.
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    /// Databases it may open.
    #[serde(default)]
    pub sqlite_databases: Vec<String>,
    #[serde(default, rename = "build")]
    _build: Option<toml::Table>,
    #[serde(default, rename = "tool")]
    _tool: BTreeMap<String, toml::Table>,
}

impl Manifest {
    /// Reads a manifest file; sources of components become paths from here.
    pub fn read(path: &Path) -> anyhow::Result<Manifest> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("failed to read manifest {}", path.display()))?;
        let mut manifest =
            Manifest::parse(&text).with_context(|| format!("in manifest {}", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for component in manifest.component.values_mut() {
            component.source = folder.join(&component.source);
        }
        Ok(manifest)
    }

    /// Reads the text of a manifest and checks what refers to what.
    pub fn parse(text: &str) -> anyhow::Result<Manifest> {
        let manifest: Manifest = toml::from_str(text)?;
        ensure!(
            manifest.spin_manifest_version == 2,
            "spin_manifest_version {} is not supported, only 2",
            manifest.spin_manifest_version
        );
        for (name, variable) in &manifest.variables {
            ensure!(
                variable.required != variable.default.is_some(),
                "variable `{name}` needs either a default or `required = true`"
            );
        }
        let mut routes = Vec::new();
        for trigger in &manifest.trigger.http {
            if !manifest.component.contains_key(&trigger.component) {
                bail!("route `{}` names unknown component `{}`", trigger.route, trigger.component);
            }
            ensure!(!routes.contains(&&trigger.route), "route `{}` is there twice", trigger.route);
            routes.push(&trigger.route);
        }
        for (name, component) in &manifest.component {
            for database in &component.sqlite_databases {
                ensure!(
                    database == "default",
                    "component `{name}`: this host has only the database `default`, not `{database}`"
                );
            }
        }
        Ok(manifest)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    const HEAD: &str = "spin_manifest_version = 2\n[application]\nname = \"x\"\n";

    #[track_caller]
    fn check(text: &str, expect: Expect) {
        let actual = match Manifest::parse(&format!("{HEAD}{text}")) {
            Ok(manifest) => format!("{:?}", manifest.component.keys().collect::<Vec<_>>()),
            Err(error) => format!("{error:#}"),
        };
        expect.assert_eq(&actual);
    }

    #[test]
    fn reads_what_it_can_do() {
        check("", expect!["[]"]);
        check(
            r#"
            [[trigger.http]]
            route = "/..."
            component = "a"
            [component.a]
            source = "a.wasm"
            allowed_outbound_hosts = ["https://{{ x }}"]
            sqlite_databases = ["default"]
            [component.a.variables]
            x = "{{ x }}"
            [component.a.build]
            command = "make"
            "#,
            expect![[r#"["a"]"#]],
        );
    }

    #[test]
    fn names_what_it_cannot_do() {
        check(
            "[component.a]\nsource = \"a.wasm\"\nkey_value_stores = [\"default\"]",
            expect![[r#"
            TOML parse error at line 6, column 1
              |
            6 | key_value_stores = ["default"]
              | ^^^^^^^^^^^^^^^^
            unknown field `key_value_stores`, expected one of `source`, `description`, `variables`, `environment`, `allowed_outbound_hosts`, `sqlite_databases`, `build`, `tool`
        "#]],
        );
        check(
            "[component.a]\nsource = { url = \"x\", digest = \"y\" }",
            expect![[r#"
            TOML parse error at line 5, column 10
              |
            5 | source = { url = "x", digest = "y" }
              |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            invalid type: map, expected path string
        "#]],
        );
        check(
            "[[trigger.redis]]\nchannel = \"x\"",
            expect![[r#"
            TOML parse error at line 4, column 11
              |
            4 | [[trigger.redis]]
              |           ^^^^^
            unknown field `redis`, expected `http`
        "#]],
        );
        check(
            "[[trigger.http]]\nroute = \"/\"\ncomponent = \"b\"",
            expect!["route `/` names unknown component `b`"],
        );
        check(
            "[component.a]\nsource = \"a\"\nsqlite_databases = [\"andere\"]",
            expect!["component `a`: this host has only the database `default`, not `andere`"],
        );
        check(
            "[variables]\nx = { secret = true }",
            expect!["variable `x` needs either a default or `required = true`"],
        );
        check(
            "[component.a]\nsource = \"a\"\n[[trigger.http]]\nroute = \"/\"\ncomponent = \"a\"\n[[trigger.http]]\nroute = \"/\"\ncomponent = \"a\"",
            expect!["route `/` is there twice"],
        );
    }

    #[test]
    fn only_version_2_is_read() {
        let error = Manifest::parse("spin_manifest_version = 1\n[application]\nname = \"x\"");
        expect!["spin_manifest_version 1 is not supported, only 2"]
            .assert_eq(&error.unwrap_err().to_string());
    }

    /// The manifest that is shipped: each component has its rights and no more.
    #[test]
    fn the_shipped_manifest_gives_each_component_exactly_its_rights() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spin.toml");
        let manifest = Manifest::read(&path).unwrap();
        let is_secret = |template: &&String| {
            manifest.variables.iter().any(|(name, variable)| {
                variable.secret && template.contains(&format!("{{{{ {name} }}}}"))
            })
        };
        let rights: Vec<_> = manifest
            .component
            .iter()
            .map(|(name, component)| {
                let mut secrets: Vec<_> = component.variables.values().filter(is_secret).collect();
                secrets.sort();
                format!(
                    "{name}: sqlite {:?}, outbound {:?}, secrets {secrets:?}",
                    component.sqlite_databases, component.allowed_outbound_hosts,
                )
            })
            .collect();
        expect![[r#"
            annahme: sqlite ["default"], outbound [], secrets ["{{ schluessel }}"]
            empfang: sqlite ["default"], outbound [], secrets ["{{ empfang_geheimnis }}", "{{ fitconnect_rueckruf_geheimnis }}", "{{ schluessel }}"]
            portal: sqlite [], outbound [], secrets []
            sachbearbeitung: sqlite ["default"], outbound [], secrets ["{{ benutzer }}", "{{ schluessel }}"]
            virenscan: sqlite ["default"], outbound ["{{ virenscanner }}"], secrets ["{{ intern_geheimnis }}", "{{ schluessel }}"]
            weiterleitung: sqlite ["default"], outbound ["{{ fachverfahren_ursprung }}", "{{ fitconnect_token_ursprung }}", "{{ dms_ursprung }}"], secrets ["{{ dms_anmeldung }}", "{{ fachverfahren_token }}", "{{ fitconnect_geheimnis }}", "{{ intern_geheimnis }}", "{{ schluessel }}"]"#]].assert_eq(&rights.join("\n"));
    }
}
