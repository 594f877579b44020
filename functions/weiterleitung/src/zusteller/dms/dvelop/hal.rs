//! Resources with links (HAL), and their templates (RFC 6570), as far as the DMSApp uses them.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What stands for itself (RFC 3986 § 2.3).
const WERT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An answer with links.
#[derive(Debug, Default)]
pub(super) struct Resource(Value);

impl Resource {
    /// `None` if it is not a JSON object.
    pub fn read(inhalt: &[u8]) -> Option<Resource> {
        let json: Value = serde_json::from_slice(inhalt).ok()?;
        json.is_object().then_some(Resource(json))
    }

    /// Where a link leads; perhaps a template.
    pub fn href(&self, name: &str) -> Option<&str> {
        self.0.get("_links")?.get(name)?.get("href")?.as_str()
    }

    /// The ids of the items whose property is exactly this. `None` if this is no list of items, or
    /// if there are items and none of them says what it has there.
    pub fn items_with(&self, property: &str, wert: &str) -> Option<Vec<String>> {
        let items = self.0.get("items")?.as_array()?;
        let mut ids = Vec::new();
        let mut is_readable = items.is_empty();
        for item in items {
            let eigenschaften = item.get("sourceProperties").and_then(Value::as_array);
            let eine = eigenschaften.into_iter().flatten().find(|eine| eine["key"] == property);
            let Some(eine) = eine else { continue };
            is_readable = true;
            let einzelner = eine.get("value").and_then(Value::as_str);
            let mehrere = eine.get("values").and_then(Value::as_array);
            let is_unserer = einzelner == Some(wert)
                || mehrere.is_some_and(|werte| werte.iter().any(|einer| einer == wert));
            if is_unserer {
                ids.push(item.get("id")?.as_str()?.to_owned());
            }
        }
        is_readable.then_some(ids)
    }
}

/// Fills a template: `{name}` and `{?name,name}`. What has no value is left out.
pub(super) fn expand(template: &str, werte: &[(&str, String)]) -> String {
    let find = |name: &str| werte.iter().find(|(eigener, _)| *eigener == name);
    let mut url = String::new();
    let mut rest = template;
    while let Some((davor, danach)) = rest.split_once('{') {
        url.push_str(davor);
        let Some((innen, danach)) = danach.split_once('}') else {
            rest = danach;
            break;
        };
        rest = danach;
        let (mut zeichen, namen) = match innen.strip_prefix('?') {
            Some(namen) => ('?', namen),
            None => match innen.strip_prefix('&') {
                Some(namen) => ('&', namen),
                None => ('{', innen),
            },
        };
        for (name, wert) in namen.split(',').filter_map(find) {
            let wert = utf8_percent_encode(wert, WERT);
            match zeichen {
                '{' => write!(url, "{wert}"),
                _ => write!(url, "{zeichen}{name}={wert}"),
            }
            .expect("a String takes everything");
            if zeichen == '?' {
                zeichen = '&';
            }
        }
    }
    url.push_str(rest);
    url
}

/// `href` as seen from `basis`: absolute, or a path from the root. `None` if it is neither.
pub(super) fn resolve(basis: &str, href: &str) -> Option<String> {
    if href.starts_with("http://") || href.starts_with("https://") {
        return Some(href.to_owned());
    }
    let pfad = href.strip_prefix('/').filter(|rest| !rest.starts_with('/'))?;
    let (schema, rest) = basis.split_once("://")?;
    let host = rest.split('/').next()?;
    Some(format!("{schema}://{host}/{pfad}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled_with_what_there_is() {
        let werte = [
            ("repositoryid", "a b".to_owned()),
            ("sourceid", "/dms/r/1/source".to_owned()),
            ("sourceproperties", r#"{"11":["VE:Müller"]}"#.to_owned()),
        ];
        for (template, url) in [
            ("/dms/r/{repositoryid}", "/dms/r/a%20b"),
            (
                "/dms/r/1/o2m/{dmsobjectid}{?sourceid}",
                "/dms/r/1/o2m/?sourceid=%2Fdms%2Fr%2F1%2Fsource",
            ),
            (
                "/srm{?fulltext,sourceid,sourceproperties}",
                "/srm?sourceid=%2Fdms%2Fr%2F1%2Fsource&sourceproperties=%7B%2211%22%3A%5B%22VE%3AM%C3%BCller%22%5D%7D",
            ),
            ("/srm?x=1{&sourceid}", "/srm?x=1&sourceid=%2Fdms%2Fr%2F1%2Fsource"),
            ("/ohne", "/ohne"),
            ("/offen{x", "/offenx"),
        ] {
            assert_eq!(expand(template, &werte), url, "{template}");
        }
    }

    #[test]
    fn links_lead_from_the_root() {
        let basis = "https://town.example/dms";
        for (href, url) in [
            ("/dms/r/1", Some("https://town.example/dms/r/1")),
            ("https://town.example/x", Some("https://town.example/x")),
            ("http://other.example/x", Some("http://other.example/x")),
            ("//other.example/x", None),
            ("x", None),
        ] {
            assert_eq!(resolve(basis, href).as_deref(), url, "{href}");
        }
    }

    #[test]
    fn only_the_very_key_is_a_hit() {
        let liste = |items: &str| Resource::read(format!(r#"{{"items":[{items}]}}"#).as_bytes());
        let hits = |items: &str| liste(items).unwrap().items_with("11", "VE:1");
        let mit = |id: &str, eine: &str| format!(r#"{{"id":"{id}","sourceProperties":[{eine}]}}"#);
        assert_eq!(hits(""), Some(vec![]));
        let gut = mit("D1", r#"{"key":"11","value":"VE:1"}"#);
        assert_eq!(hits(&gut), Some(vec!["D1".to_owned()]));
        let mehrere = mit("D2", r#"{"key":"11","values":["x","VE:1"]}"#);
        assert_eq!(hits(&mehrere), Some(vec!["D2".to_owned()]));
        let fremd = mit("D3", r#"{"key":"11","value":"VE:12"}"#);
        assert_eq!(hits(&fremd), Some(vec![]));
        let stumm = mit("D4", r#"{"key":"12","value":"VE:1"}"#);
        assert_eq!(hits(&stumm), None);
        assert_eq!(Resource::read(b"{}").unwrap().items_with("11", "x"), None);
        assert!(Resource::read(b"[]").is_none());
    }
}
