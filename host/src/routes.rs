//! Which component answers a path: the rules of Spin's HTTP trigger.
//!
//! Routes are compared segment by segment. In each segment a literal is better than `:name`, and that is better than
//! the trailing wildcard `/...`, which takes the rest of the path, also an empty one. A slash at the end of a path
//! makes no difference to which route matches.

use std::cmp::Ordering;

use anyhow::{bail, ensure};

/// All routes of an application, best ones first.
#[derive(Debug, Default)]
pub struct Router(Vec<Route>);

/// One route.
#[derive(Debug)]
pub struct Route {
    /// As it stands in the manifest, with a leading slash.
    pub raw: String,
    /// Name of the component.
    pub component: String,
    segments: Vec<Segment>,
    is_wildcard: bool,
}

// The order is the preference.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Literal(String),
    Named(String),
}

/// A route that fits a path.
#[derive(Debug)]
pub struct Match<'r, 'p> {
    /// The route.
    pub route: &'r Route,
    /// What `/...` stands for, with its slashes; empty for a route without.
    pub path_info: String,
    /// What the `:name` segments stand for.
    pub named: Vec<(&'r str, &'p str)>,
}

impl Router {
    /// Takes pairs of route and component.
    pub fn new<'a>(routes: impl IntoIterator<Item = (&'a str, &'a str)>) -> anyhow::Result<Router> {
        let mut routes = routes
            .into_iter()
            .map(|(route, component)| Route::parse(route, component))
            .collect::<anyhow::Result<Vec<_>>>()?;
        routes.sort_by(Route::compare);
        for pair in routes.windows(2) {
            if pair[0].compare(&pair[1]) == Ordering::Equal {
                bail!("routes `{}` and `{}` are the same", pair[0].raw, pair[1].raw);
            }
        }
        Ok(Router(routes))
    }

    /// The best route for a path without its query.
    pub fn find<'r, 'p>(&'r self, path: &'p str) -> Option<Match<'r, 'p>> {
        self.0.iter().find_map(|route| route.find(path))
    }
}

impl Route {
    fn parse(raw: &str, component: &str) -> anyhow::Result<Route> {
        let raw = if raw.starts_with('/') { raw.to_owned() } else { format!("/{raw}") };
        let (path, is_wildcard) = match raw.strip_suffix("/...") {
            Some(path) => (path, true),
            None => (raw.as_str(), false),
        };
        ensure!(
            !format!("{path}/").starts_with("/.well-known/spin/"),
            "route `{raw}` is reserved for the host"
        );
        let mut segments = Vec::new();
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            ensure!(
                segment != "..." && segment != "*",
                "route `{raw}`: `/...` stands at the end only"
            );
            segments.push(match segment.strip_prefix(':') {
                Some(name) => Segment::Named(name.to_owned()),
                None => Segment::Literal(segment.to_owned()),
            });
        }
        Ok(Route { raw, component: component.to_owned(), segments, is_wildcard })
    }

    /// The route without its trailing wildcard.
    pub fn prefix(&self) -> &str {
        self.raw.strip_suffix("/...").unwrap_or(&self.raw)
    }

    fn find<'r, 'p>(&'r self, path: &'p str) -> Option<Match<'r, 'p>> {
        let mut rest = path.trim_matches('/');
        let mut named = Vec::new();
        for segment in &self.segments {
            if rest.is_empty() {
                return None;
            }
            let (head, tail) = rest.split_once('/').unwrap_or((rest, ""));
            match segment {
                Segment::Literal(literal) if literal == head => {}
                Segment::Literal(_) => return None,
                Segment::Named(name) => named.push((name.as_str(), head)),
            }
            rest = tail;
        }
        if !self.is_wildcard && !rest.is_empty() {
            return None;
        }
        let path_info = match (self.is_wildcard, rest.is_empty(), path.ends_with('/')) {
            (false, _, _) | (true, true, false) => String::new(),
            (true, true, true) => "/".to_owned(),
            (true, false, false) => format!("/{rest}"),
            (true, false, true) => format!("/{rest}/"),
        };
        Some(Match { route: self, path_info, named })
    }

    fn compare(&self, other: &Route) -> Ordering {
        for (mine, theirs) in self.segments.iter().zip(&other.segments) {
            let order = match (mine, theirs) {
                (Segment::Named(_), Segment::Named(_)) => Ordering::Equal,
                _ => mine.cmp(theirs),
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        // The longer prefix first; of equals the one without wildcard.
        let length = other.segments.len().cmp(&self.segments.len());
        length.then(self.is_wildcard.cmp(&other.is_wildcard))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORTAL: &[(&str, &str)] = &[
        ("/...", "portal"),
        ("/api/...", "annahme"),
        ("/intern/...", "weiterleitung"),
        ("/amt/api/...", "sachbearbeitung"),
        ("/genau", "genau"),
        ("/nutzer/:id", "nutzer"),
        ("/nutzer/:id/dateien/...", "dateien"),
        ("/nutzer/ich", "ich"),
    ];

    #[track_caller]
    fn check(path: &str, component: &str, path_info: &str) {
        // The order in the manifest must not matter.
        for routes in [PORTAL.to_vec(), PORTAL.iter().rev().copied().collect()] {
            let router = Router::new(routes).unwrap();
            let found = router.find(path).unwrap();
            assert_eq!(
                (found.route.component.as_str(), found.path_info.as_str()),
                (component, path_info)
            );
        }
    }

    #[test]
    fn the_best_route_wins() {
        check("/", "portal", "/");
        check("/index.html", "portal", "/index.html");
        check("/a/b/", "portal", "/a/b/");
        check("/apix", "portal", "/apix");
        check("/amt", "portal", "/amt");
        check("/amt/vorgaenge/1", "portal", "/amt/vorgaenge/1");
        check("/api", "annahme", "");
        check("/api/", "annahme", "/");
        check("/api/entwuerfe/1/dateien", "annahme", "/entwuerfe/1/dateien");
        check("/intern/weiterleitung", "weiterleitung", "/weiterleitung");
        check("/amt/api/sitzung", "sachbearbeitung", "/sitzung");
        check("/genau", "genau", "");
        check("/genau/", "genau", "");
        check("/genau/er", "portal", "/genau/er");
        check("/nutzer/7", "nutzer", "");
        check("/nutzer/ich", "ich", "");
        check("/nutzer/ich/dateien/a", "dateien", "/a");
        check("/nutzer", "portal", "/nutzer");
    }

    #[test]
    fn named_segments_are_captured() {
        let router = Router::new(PORTAL.iter().copied()).unwrap();
        assert_eq!(router.find("/nutzer/7/dateien").unwrap().named, [("id", "7")]);
    }

    #[test]
    fn without_a_fitting_route_there_is_none() {
        let router = Router::new([("/a", "a")]).unwrap();
        assert!(router.find("/b").is_none());
        assert!(router.find("/").is_none());
    }

    #[test]
    fn routes_that_cannot_be_are_refused() {
        for routes in [
            vec![("/a/.../b", "x")],
            vec![("/.well-known/spin/...", "x")],
            vec![("/a/:x", "x"), ("/a/:y", "y")],
        ] {
            assert!(Router::new(routes.clone()).is_err(), "{routes:?}");
        }
    }
}
