//! What is answered to a request. Knows no Spin.

use crate::dateien::Datei;

/// The parts of a request that matter here. A header that is not there is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anfrage<'a> {
    /// `GET`, `HEAD`, …
    pub methode: &'a str,
    /// Without the query.
    pub pfad: &'a str,
    /// The header of that name.
    pub accept_encoding: &'a str,
    /// The header of that name.
    pub if_none_match: &'a str,
}

/// An answer, complete but for what the server adds itself (`Date`, `Content-Length`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwort {
    /// 200, 304, 404 or 405
    pub status: u16,
    /// Names in lower case.
    pub header: Vec<(&'static str, String)>,
    /// Empty for `HEAD` and 304.
    pub inhalt: &'static [u8],
}

/// Goes with every answer. Scripts, styles and fonts come from here alone; `'wasm-unsafe-eval'`
/// lets WASM compile and nothing else, `data:` is for the icons in KERN's CSS.
const SICHERHEIT: [(&str, &str); 7] = [
    (
        // A page's own styles are added, by their hash.
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), display-capture=(), geolocation=(), microphone=()"),
    ("referrer-policy", "no-referrer"),
    // Browsers heed it over https only.
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
];

const NICHT_DA: &str = r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"Diese Datei gibt es nicht. Bitte prüfen Sie die Adresse."}"#;
const NUR_LESEN: &str = r#"{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"Diese Adresse kann nur gelesen werden (GET oder HEAD)."}"#;

/// Answers `anfrage` out of `dateien`, which are sorted by path.
pub fn answer(dateien: &[Datei], anfrage: Anfrage) -> Antwort {
    let is_head = anfrage.methode == "HEAD";
    if !is_head && anfrage.methode != "GET" {
        let mut antwort = problem(405, NUR_LESEN);
        antwort.header.push(("allow", "GET, HEAD".to_owned()));
        return antwort;
    }
    let mut antwort = match find(dateien, anfrage.pfad) {
        Some(datei) => serve(datei, anfrage),
        None => problem(404, NICHT_DA),
    };
    if is_head {
        antwort.inhalt = &[];
    }
    antwort
}

/// The file for a path. Most pages are a path without a dot and have no file of their own: the
/// `seite.html` of the nearest folder above is served and the program in it reads the path. A path
/// with a dot is a file, there or not: a script that got a page instead would fail where nobody
/// looks.
fn find<'a>(dateien: &'a [Datei], pfad: &str) -> Option<&'a Datei> {
    let get = |pfad: &str| {
        let index = dateien.binary_search_by_key(&pfad, |datei| datei.pfad).ok()?;
        Some(&dateien[index])
    };
    let index = format!("{}/index.html", pfad.trim_end_matches('/'));
    if let Some(datei) = get(pfad).or_else(|| get(&index)) {
        return Some(datei);
    }
    if pfad.contains('.') {
        return None;
    }
    let mut folder = pfad.trim_end_matches('/');
    loop {
        let seite = get(&format!("{folder}/seite.html"));
        match folder.rfind('/') {
            Some(end) if seite.is_none() => folder = &folder[..end],
            _ => return seite,
        }
    }
}

fn serve(datei: &Datei, anfrage: Anfrage) -> Antwort {
    let (kodierung, inhalt) = datei.select(anfrage.accept_encoding);
    let etag = format!("\"{}{}\"", datei.stand, kodierung.name().unwrap_or_default());
    let cache = match datei.is_immutable() {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let is_known = matches(anfrage.if_none_match, &etag);
    let mut antwort = match is_known {
        true => with_sicherheit(304, &[]),
        false => with_sicherheit(200, inhalt),
    };
    if !datei.stile.is_empty() {
        let (_, policy) = &mut antwort.header[0];
        *policy = policy.replace("style-src 'self'", &format!("style-src 'self'{}", datei.stile));
    }
    antwort.header.push(("cache-control", cache.to_owned()));
    antwort.header.push(("etag", etag));
    if datei.br.is_some() || datei.gz.is_some() {
        antwort.header.push(("vary", "accept-encoding".to_owned()));
    }
    if !is_known {
        antwort.header.push(("content-type", datei.medientyp.to_owned()));
        if let Some(name) = kodierung.name() {
            antwort.header.push(("content-encoding", name.to_owned()));
        }
    }
    antwort
}

/// RFC 9110 § 13.1.2, weak comparison.
fn matches(if_none_match: &str, etag: &str) -> bool {
    let mut tags = if_none_match.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn problem(status: u16, text: &'static str) -> Antwort {
    let mut antwort = with_sicherheit(status, text.as_bytes());
    antwort.header.push(("content-type", "application/problem+json".to_owned()));
    antwort.header.push(("cache-control", "no-store".to_owned()));
    antwort
}

fn with_sicherheit(status: u16, inhalt: &'static [u8]) -> Antwort {
    let header = SICHERHEIT.map(|(name, value)| (name, value.to_owned())).to_vec();
    Antwort { status, header, inhalt }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn datei(pfad: &'static str, roh: &'static [u8]) -> Datei {
        Datei { pfad, stand: "00", medientyp: "text/plain", stile: "", roh, br: None, gz: None }
    }

    static DATEIEN: &[Datei] = &[
        datei("/amt/seite.html", b"amt"),
        datei("/antrag/a/index.html", b"a"),
        datei("/antrag/a/seite.html", b"a seite"),
        Datei { br: Some(b"br"), gz: Some(b"gz"), ..datei("/assets/antrag-1.wasm", b"wasm") },
        Datei { stile: " 'sha256-ab='", ..datei("/eigen.html", b"eigen") },
        datei("/favicon.svg", b"svg"),
        datei("/index.html", b"start"),
        datei("/lizenzen/index.html", b"lizenzen"),
        datei("/seite.html", b"seite"),
    ];

    fn get(pfad: &str) -> Antwort {
        answer(DATEIEN, Anfrage { methode: "GET", pfad, ..Anfrage::default() })
    }

    fn header<'a>(antwort: &'a Antwort, name: &str) -> Option<&'a str> {
        let mut values = antwort.header.iter().filter(|header| header.0 == name);
        let value = values.next();
        assert_eq!(values.next(), None, "{name} stands twice");
        value.map(|header| header.1.as_str())
    }

    #[test]
    fn each_path_has_its_page() {
        let table = [
            ("/", 200, "start"),
            ("/index.html", 200, "start"),
            ("/favicon.svg", 200, "svg"),
            ("/antrag/a", 200, "a"),
            ("/antrag/a/", 200, "a"),
            ("/antrag/a/name", 200, "a seite"),
            ("/antrag/a/x/y/", 200, "a seite"),
            ("/antrag/ab", 200, "seite"),
            ("/antrag", 200, "seite"),
            ("/hilfe", 200, "seite"),
            ("//", 200, "start"),
            ("/amt", 200, "amt"),
            ("/amt/", 200, "amt"),
            ("/amt/vorgang/AB12", 200, "amt"),
            ("/amtsblatt", 200, "seite"),
            ("/lizenzen/", 200, "lizenzen"),
            ("/lizenzen", 200, "lizenzen"),
        ];
        for (pfad, status, inhalt) in table {
            let antwort = get(pfad);
            assert_eq!((antwort.status, antwort.inhalt), (status, inhalt.as_bytes()), "{pfad}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_not_a_page() {
        for pfad in ["/assets/antrag-2.wasm", "/../index.html", "/amt/x.js", "/.env"] {
            let antwort = get(pfad);
            assert_eq!(antwort.status, 404, "{pfad}");
            assert_eq!(header(&antwort, "content-type"), Some("application/problem+json"));
        }
    }

    #[test]
    fn the_smallest_form_that_is_accepted_is_sent() {
        for (accept_encoding, name, inhalt) in
            [("br, gzip", Some("br"), "br"), ("gzip", Some("gzip"), "gz"), ("", None, "wasm")]
        {
            let pfad = "/assets/antrag-1.wasm";
            let anfrage = Anfrage { methode: "GET", pfad, accept_encoding, if_none_match: "" };
            let antwort = answer(DATEIEN, anfrage);
            assert_eq!(antwort.inhalt, inhalt.as_bytes());
            assert_eq!(header(&antwort, "content-encoding"), name);
            assert_eq!(header(&antwort, "vary"), Some("accept-encoding"));
        }
    }

    #[test]
    fn hashed_names_are_kept_for_ever_and_pages_are_asked_for_again() {
        let cache = |pfad| header(&get(pfad), "cache-control").map(str::to_owned);
        let immutable = Some("public, max-age=31536000, immutable".to_owned());
        assert_eq!(cache("/assets/antrag-1.wasm"), immutable);
        assert_eq!(cache("/"), Some("no-cache".to_owned()));
        assert_eq!(cache("/antrag"), Some("no-cache".to_owned()));
    }

    #[test]
    fn a_known_etag_saves_the_body() {
        for (if_none_match, status) in [
            ("\"00\"", 304),
            ("W/\"00\"", 304),
            ("\"aa\", \"00\"", 304),
            ("*", 304),
            ("\"00br\"", 200),
            ("", 200),
        ] {
            let anfrage =
                Anfrage { methode: "GET", pfad: "/", accept_encoding: "br", if_none_match };
            let antwort = answer(DATEIEN, anfrage);
            assert_eq!(antwort.status, status, "{if_none_match}");
            assert_eq!(antwort.inhalt.is_empty(), status == 304);
            assert_eq!(header(&antwort, "etag"), Some("\"00\""));
        }
    }

    #[test]
    fn head_is_get_without_the_body() {
        let head = answer(DATEIEN, Anfrage { methode: "HEAD", pfad: "/", ..Anfrage::default() });
        assert_eq!(head, Antwort { inhalt: &[], ..get("/") });
    }

    #[test]
    fn nothing_can_be_written() {
        for methode in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"] {
            let antwort = answer(DATEIEN, Anfrage { methode, pfad: "/", ..Anfrage::default() });
            assert_eq!(antwort.status, 405, "{methode}");
            assert_eq!(header(&antwort, "allow"), Some("GET, HEAD"));
            assert_eq!(header(&antwort, "content-type"), Some("application/problem+json"));
        }
    }

    #[test]
    fn every_answer_has_the_security_headers() {
        let post = Anfrage { methode: "POST", pfad: "/", ..Anfrage::default() };
        let known = Anfrage { methode: "GET", pfad: "/", if_none_match: "*", ..post };
        for antwort in [get("/"), get("/x.js"), answer(DATEIEN, post), answer(DATEIEN, known)] {
            for (name, value) in SICHERHEIT {
                assert_eq!(header(&antwort, name), Some(value));
            }
        }
    }

    #[test]
    fn styles_of_a_page_are_allowed_there_alone() {
        let policy = |pfad| header(&get(pfad), "content-security-policy").unwrap().to_owned();
        let (eigen, [(_, sonst), ..]) = (policy("/eigen.html"), SICHERHEIT);
        assert_eq!(policy("/x.js"), sonst);
        assert_ne!(eigen, sonst);
        assert_eq!(eigen.replace("style-src 'self' 'sha256-ab=';", "style-src 'self';"), sonst);
    }

    #[test]
    fn nothing_inline_may_run() {
        let [(_, policy), ..] = SICHERHEIT;
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(!policy.contains("http"), "another host is allowed");
    }
}
