//! The language that somebody wants to read.

use crate::{browser, texte::SPRACHEN};

/// Where the language is kept on this device.
pub const SPRACHE_KEY: &str = "portal.1.sprache";

/// Tag of the language that the address asks for, else of the one that was chosen before; else
/// German.
pub fn wanted() -> &'static str {
    let url = browser::url();
    in_query(url.split('#').next().unwrap_or_default())
        .or_else(|| find(&browser::load(SPRACHE_KEY)?))
        .unwrap_or("de")
}

/// The language that a link asks for: `?sprache=en`
pub fn in_query(url: &str) -> Option<&'static str> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|it| find(it.strip_prefix("sprache=")?))
}

fn find(tag: &str) -> Option<&'static str> {
    SPRACHEN.iter().map(|it| it.0).find(|it| *it == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_may_ask_for_a_language() {
        for (url, sprache) in [
            ("?sprache=en", Some("en")),
            ("/hilfe?x=1&sprache=de", Some("de")),
            ("?sprache=tlh", None),
            ("/hilfe?aendern=1", None),
            ("/hilfe", None),
        ] {
            assert_eq!(in_query(url), sprache, "{url}");
        }
    }
}
