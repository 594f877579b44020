//! The files of the site, put into the component when it is built.

/// One file and its compressed forms.
#[derive(Clone, Copy, Debug)]
pub struct Datei {
    /// The path under which it is served, with a leading slash.
    pub pfad: &'static str,
    /// Changes with the contents; 16 hex digits.
    pub stand: &'static str,
    /// The value of `Content-Type`.
    pub medientyp: &'static str,
    /// The styles that stand in it itself, as its Content-Security-Policy names them behind
    /// `style-src 'self'`: ` 'sha256-…'` each.
    pub stile: &'static str,
    /// As it is.
    pub roh: &'static [u8],
    /// Compressed with Brotli.
    pub br: Option<&'static [u8]>,
    /// Compressed with gzip.
    pub gz: Option<&'static [u8]>,
}

impl Datei {
    /// Is its name made from its contents, so that it never changes?
    pub fn is_immutable(&self) -> bool {
        self.pfad.starts_with("/assets/")
    }

    /// The smallest form that `accept_encoding`, a header's value, allows.
    pub fn select(&self, accept_encoding: &str) -> (Kodierung, &'static [u8]) {
        match (self.br, self.gz) {
            (Some(br), _) if accepts(accept_encoding, "br") => (Kodierung::Brotli, br),
            (_, Some(gz)) if accepts(accept_encoding, "gzip") => (Kodierung::Gzip, gz),
            _ => (Kodierung::Keine, self.roh),
        }
    }
}

/// How the bytes of an answer are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kodierung {
    /// Not at all.
    Keine,
    /// RFC 7932
    Brotli,
    /// RFC 1952
    Gzip,
}

impl Kodierung {
    /// Its name in `Content-Encoding`; `None` if there is nothing to say.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Kodierung::Keine => None,
            Kodierung::Brotli => Some("br"),
            Kodierung::Gzip => Some("gzip"),
        }
    }
}

/// All files, sorted by path.
pub static DATEIEN: &[Datei] = include!(concat!(env!("OUT_DIR"), "/dateien.rs"));

/// RFC 9110 § 12.5.3, as far as it matters here: named, or covered by `*`, and not with a
/// weight of zero. The name itself counts before `*`.
fn accepts(accept_encoding: &str, coding: &str) -> bool {
    let weight = |wanted: &str| {
        accept_encoding.split(',').find_map(|item| {
            let (name, rest) = item.split_once(';').unwrap_or((item, ""));
            let weight = rest.trim().strip_prefix("q=").unwrap_or("1");
            (name.trim().eq_ignore_ascii_case(wanted)).then(|| weight.trim().parse().unwrap_or(0.0))
        })
    };
    weight(coding).or_else(|| weight("*")).is_some_and(|weight: f32| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_encoding_is_read_with_its_weights() {
        let table = [
            ("", false, false),
            ("gzip, deflate, br, zstd", true, true),
            ("gzip;q=1.0, br;q=0", false, true),
            ("BR ; q=0.5", true, false),
            ("*", true, true),
            ("*;q=0.1, gzip;q=0", true, false),
            ("identity", false, false),
            ("br;q=viel", false, false),
            ("brotli", false, false),
        ];
        for (header, br, gzip) in table {
            assert_eq!(accepts(header, "br"), br, "br in `{header}`");
            assert_eq!(accepts(header, "gzip"), gzip, "gzip in `{header}`");
        }
    }

    #[test]
    fn styles_in_a_page_are_named() {
        for datei in DATEIEN.iter().filter(|it| it.pfad.ends_with(".html")) {
            let html = str::from_utf8(datei.roh).unwrap();
            let anzahl = html.matches("<style").count();
            assert_eq!(datei.stile.matches(" 'sha256-").count(), anzahl, "{}", datei.pfad);
        }
    }

    #[test]
    fn paths_are_sorted_and_absolute() {
        assert!(DATEIEN.is_sorted_by_key(|datei| datei.pfad));
        assert!(DATEIEN.iter().all(|datei| datei.pfad.starts_with('/')));
    }
}
