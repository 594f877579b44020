//! Variables of the application and of its components, resolved once when the host starts.
//!
//! A value comes from, in this order: `--variable`, `--variables-file`, the environment (`SPIN_VARIABLE_<NAME>`),
//! the default in the manifest. Components see only what their `[component.X.variables]` hand to them.

use std::{collections::BTreeMap, fmt, path::Path, sync::Arc};

use anyhow::{Context as _, bail, ensure};

use crate::{
    bindings::spin::variables::variables::{Error, Host, HostWithStore},
    manifest::Manifest,
    serve::{HasState, State},
};

/// The values of the application's variables by name.
#[derive(Clone, Default)]
pub struct Variables(BTreeMap<String, String>);

/// Where values come from besides the manifest.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// From the command line: the strongest.
    pub given: BTreeMap<String, String>,
    /// From the file of `--variables-file`.
    pub file: BTreeMap<String, String>,
    /// From the environment, keyed by the name of the variable.
    pub environment: BTreeMap<String, String>,
}

impl Sources {
    /// Takes what the process's environment says in `SPIN_VARIABLE_<NAME>`.
    pub fn read_environment(&mut self, environment: impl Iterator<Item = (String, String)>) {
        for (name, value) in environment {
            if let Some(name) = name.strip_prefix("SPIN_VARIABLE_") {
                self.environment.insert(name.to_ascii_lowercase(), value);
            }
        }
    }

    /// Takes the values of a TOML or JSON file (`.json`): one flat table of strings.
    pub fn read_file(&mut self, path: &Path) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("failed to read variables from {}", path.display()))?;
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        self.file = if is_json {
            // The text of the error could quote a secret: say only where it is.
            serde_json::from_str(&text).map_err(|error| {
                anyhow::anyhow!(
                    "line {}, column {} is not as expected",
                    error.line(),
                    error.column()
                )
            })
        } else {
            toml::from_str(&text).map_err(|error| anyhow::anyhow!("{}", error.message()))
        }
        .with_context(|| format!("{} is not a flat table of strings", path.display()))?;
        Ok(())
    }
}

impl Variables {
    /// Gives every declared variable its value; an error names those that have none and those that nobody declared.
    pub fn resolve(manifest: &Manifest, sources: &Sources) -> anyhow::Result<Variables> {
        for name in manifest.variables.keys() {
            validate_name(name).map_err(anyhow::Error::msg)?;
        }
        for name in sources.given.keys().chain(sources.file.keys()) {
            ensure!(
                manifest.variables.contains_key(name),
                "variable `{name}` is given, but spin.toml does not declare it"
            );
        }
        let mut values = BTreeMap::new();
        let mut missing = Vec::new();
        for (name, declared) in &manifest.variables {
            let value = [&sources.given, &sources.file, &sources.environment]
                .into_iter()
                .find_map(|source| source.get(name))
                .or(declared.default.as_ref());
            match value {
                Some(value) => drop(values.insert(name.clone(), value.clone())),
                None => missing.push(name.as_str()),
            }
        }
        if !missing.is_empty() {
            bail!("no value for required variable(s): {}", missing.join(", "));
        }
        Ok(Variables(values))
    }

    /// Value of one variable of the application.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Puts the values into the `{{ name }}` of a template.
    pub fn expand(&self, template: &str) -> anyhow::Result<String> {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((literal, tail)) = rest.split_once("{{") {
            let Some((name, tail)) = tail.split_once("}}") else {
                bail!("`{{{{` without `}}}}` in template");
            };
            let name = name.trim();
            let Some(value) = self.get(name) else {
                bail!("unknown variable `{name}` in template");
            };
            out.push_str(literal);
            out.push_str(value);
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// The values that the component `name` of the manifest may read.
    pub fn of_component(
        &self,
        name: &str,
        templates: &BTreeMap<String, String>,
    ) -> anyhow::Result<ComponentVariables> {
        let mut values = BTreeMap::new();
        for (key, template) in templates {
            validate_name(key).map_err(anyhow::Error::msg)?;
            let value = self
                .expand(template)
                .with_context(|| format!("in variable `{key}` of component `{name}`"))?;
            values.insert(key.clone(), value);
        }
        Ok(ComponentVariables(Arc::new(values)))
    }
}

// Values are secrets.
impl fmt::Debug for Variables {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// The variables of one component.
#[derive(Clone)]
pub struct ComponentVariables(Arc<BTreeMap<String, String>>);

impl ComponentVariables {
    fn get(&self, name: &str) -> Result<String, Error> {
        validate_name(name).map_err(Error::InvalidName)?;
        self.0.get(name).cloned().ok_or_else(|| Error::Undefined(format!("no variable `{name}`")))
    }
}

impl<T: Send> HostWithStore<T> for HasState {
    async fn get(
        accessor: &wasmtime::component::Accessor<T, Self>,
        name: String,
    ) -> wasmtime::Result<Result<String, Error>> {
        let variables = accessor.with(|mut access| access.get().app.variables.clone());
        Ok(variables.get(&name))
    }
}

impl Host for State {}

/// Names are as in Spin: lower-case letters, digits and single underscores between them; a letter first.
fn validate_name(name: &str) -> Result<(), String> {
    let is_valid = name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_valid {
        return Ok(());
    }
    Err(format!(
        "`{name}` is not a name of a variable: use lower-case letters, digits and single underscores"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(variables: &str) -> Manifest {
        Manifest::parse(&format!(
            "spin_manifest_version = 2\n[application]\nname = \"x\"\n[variables]\n{variables}"
        ))
        .unwrap()
    }

    fn sources(given: &[(&str, &str)]) -> Sources {
        let owned = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        Sources { given: given.iter().map(owned).collect(), ..Sources::default() }
    }

    #[track_caller]
    fn check(template: &str, expected: Result<&str, &str>) {
        let manifest = manifest("host = { default = \"h\" }\nport = { required = true }");
        let variables = Variables::resolve(&manifest, &sources(&[("port", "8{{")])).unwrap();
        let expanded = variables.expand(template).map_err(|error| error.to_string());
        assert_eq!(expanded.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn templates_are_expanded_once() {
        check("", Ok(""));
        check("plain } { text", Ok("plain } { text"));
        check("http://{{ host }}:{{port}}/", Ok("http://h:8{{/"));
        check("{{ nobody }}", Err("unknown variable `nobody` in template"));
        check("{{ host", Err("`{{` without `}}` in template"));
    }

    #[test]
    fn the_nearest_source_wins() {
        let manifest = manifest(
            "a = { default = \"d\" }\nb = { default = \"d\" }\nc = { default = \"d\" }\ne = { default = \"d\" }",
        );
        let mut sources = sources(&[("a", "given")]);
        sources.file = [("a", "file"), ("b", "file")].map(|(k, v)| (k.into(), v.into())).into();
        sources.read_environment(
            [("SPIN_VARIABLE_B", "env"), ("SPIN_VARIABLE_C", "env"), ("SPIN_VARIABLE_ZZ", "env")]
                .map(|(k, v)| (k.into(), v.into()))
                .into_iter(),
        );
        let variables = Variables::resolve(&manifest, &sources).unwrap();
        let all = ["a", "b", "c", "e"].map(|name| variables.get(name).unwrap());
        assert_eq!(all, ["given", "file", "env", "d"]);
    }

    #[test]
    fn missing_and_undeclared_variables_are_named() {
        let manifest = manifest("a = { required = true }\nb = { required = true, secret = true }");
        let error = Variables::resolve(&manifest, &Sources::default()).unwrap_err().to_string();
        assert_eq!(error, "no value for required variable(s): a, b");
        let error = Variables::resolve(&manifest, &sources(&[("x", "1")])).unwrap_err().to_string();
        assert_eq!(error, "variable `x` is given, but spin.toml does not declare it");
    }

    #[test]
    fn values_do_not_show_in_debug_output() {
        let manifest = manifest("a = { default = \"geheim\" }");
        let variables = Variables::resolve(&manifest, &Sources::default()).unwrap();
        assert!(!format!("{variables:?}").contains("geheim"));
    }

    #[test]
    fn names_are_as_in_spin() {
        for good in ["a", "a1", "a_b_c"] {
            assert!(validate_name(good).is_ok(), "{good}");
        }
        for bad in ["", "A", "1a", "_a", "a_", "a__b", "a-b", "ä"] {
            assert!(validate_name(bad).is_err(), "{bad}");
        }
    }
}
