//! Reading the form of a POST, with the trap of the recorded server: multipart text without a charset is
//! ISO-8859-1, whatever the sender meant.

use futures_util::{FutureExt as _, stream};
use hyper::{
    body::Bytes,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap},
};
use multer::Multipart;

use crate::dms::fehler::CmisFehler;

/// The fields of a form in their order, and the content if there is one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Formular {
    felder: Vec<(String, String)>,
    pub inhalt: Option<Strom>,
}

/// The part with bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Strom {
    pub bytes: Vec<u8>,
    pub medientyp: String,
    pub dateiname: Option<String>,
}

impl Formular {
    /// Reads a body as `content_type` says; other media types are an empty form.
    pub fn read(content_type: &str, body: Vec<u8>) -> Result<Formular, CmisFehler> {
        if let Ok(boundary) = multer::parse_boundary(content_type) {
            return Formular::read_multipart(boundary, body);
        }
        let medientyp = content_type.split(';').next().unwrap_or_default().trim();
        if medientyp.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let felder = form_urlencoded::parse(&body).into_owned().collect();
            return Ok(Formular { felder, inhalt: None });
        }
        Ok(Formular::default())
    }

    fn read_multipart(boundary: String, body: Vec<u8>) -> Result<Formular, CmisFehler> {
        let body = stream::iter([Ok::<_, std::io::Error>(Bytes::from(body))]);
        let reading = read_parts(Multipart::new(body, boundary));
        // The whole body is in memory: there is nothing to wait for.
        reading
            .now_or_never()
            .unwrap_or_else(|| Err(CmisFehler::invalid("the multipart body is cut off")))
    }

    /// The first field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.felder.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `propertyId[n]` with all `propertyValue[n]` and `propertyValue[n][m]` that belong to it.
    pub fn eigenschaften(&self) -> Vec<(&str, Vec<&str>)> {
        let ids = self.felder.iter().filter_map(|(key, id)| {
            let place = key.strip_prefix("propertyId[")?.strip_suffix(']')?;
            Some((place, id.as_str()))
        });
        let with_values = ids.map(|(place, id)| {
            let first = format!("propertyValue[{place}]");
            let values = self.felder.iter().filter(|(key, _)| {
                key.strip_prefix(&first)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            });
            (id, values.map(|(_, value)| value.as_str()).collect())
        });
        with_values.collect()
    }
}

async fn read_parts(mut multipart: Multipart<'_>) -> Result<Formular, CmisFehler> {
    let unreadable = |error: multer::Error| CmisFehler::invalid(format!("multipart: {error}"));
    let mut formular = Formular::default();
    // Set by a field `_charset_` for those that follow it (RFC 7578 § 4.6).
    let mut default_charset: Option<String> = None;
    while let Some(part) = multipart.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let kopf = part.headers().clone();
        let dateiname = file_name(&kopf);
        let medientyp = kopf.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let bytes = part.bytes().await.map_err(unreadable)?;
        if name == "content" || dateiname.is_some() {
            formular.inhalt = Some(Strom {
                bytes: bytes.to_vec(),
                medientyp: medientyp.unwrap_or("application/octet-stream").to_owned(),
                dateiname,
            });
            continue;
        }
        let own_charset = medientyp.and_then(charset);
        let text = decode(&bytes, own_charset.or(default_charset.as_deref()))?;
        if name == "_charset_" {
            default_charset = Some(text);
        } else {
            formular.felder.push((name, text));
        }
    }
    Ok(formular)
}

/// The parameter `charset` of a media type.
fn charset(medientyp: &str) -> Option<&str> {
    medientyp.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, CmisFehler> {
    match charset {
        Some(charset) if charset.eq_ignore_ascii_case("utf-8") => {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
        None => Ok(latin1(bytes)),
        Some(charset) if charset.eq_ignore_ascii_case("iso-8859-1") => Ok(latin1(bytes)),
        Some(_) => Err(CmisFehler::invalid("unknown charset")),
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The `filename` as ISO-8859-1, which no charset cures.
fn file_name(kopf: &HeaderMap) -> Option<String> {
    let disposition = latin1(kopf.get(CONTENT_DISPOSITION)?.as_bytes());
    let (_, rest) = disposition.split_once("filename=")?;
    let name = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(';').next(),
    };
    name.map(|name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=x";

    #[track_caller]
    fn check(parts: &[&str], expect: &str) {
        let parts: String = parts.iter().map(|part| format!("--x\r\n{part}\r\n")).collect();
        let body = format!("{parts}--x--\r\n");
        let read = match Formular::read(TYPE, body.into_bytes()) {
            Ok(formular) => format!("{:?} {:?}", formular.felder, formular.inhalt),
            Err(error) => error.to_string(),
        };
        assert_eq!(read, expect);
    }

    #[test]
    fn text_without_charset_is_latin_1() {
        let a = "Content-Disposition: form-data; name=\"a\"\r\n\r\nÜ";
        let charset = "Content-Disposition: form-data; name=\"_charset_\"\r\n\r\nUTF-8";
        let typed = "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nÜ";
        let odd = "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=ebcdic\r\n\r\nÜ";
        check(&[a], r#"[("a", "Ã\u{9c}")] None"#);
        check(&[charset, a], r#"[("a", "Ü")] None"#);
        check(&[a, charset], r#"[("a", "Ã\u{9c}")] None"#);
        check(&[typed], r#"[("a", "Ü")] None"#);
        check(&[odd], "invalidArgument: unknown charset");
    }

    #[test]
    fn content_is_bytes_and_its_filename_stays_broken() {
        let charset = "Content-Disposition: form-data; name=\"_charset_\"\r\n\r\nUTF-8";
        let content = "Content-Disposition: form-data; name=\"content\"; filename=\"ä.pdf\"\r\nContent-Type: application/pdf\r\n\r\nü";
        check(
            &[charset, content],
            r#"[] Some(Strom { bytes: [195, 188], medientyp: "application/pdf", dateiname: Some("Ã¤.pdf") })"#,
        );
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let cut = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc".to_vec();
        assert!(Formular::read(TYPE, cut).is_err());
    }

    #[test]
    fn properties_find_their_values() {
        let body = "propertyId[0]=cmis%3Aname&propertyValue[0]=%C3%9C+1&propertyId[10]=m\
                    &propertyValue[10][0]=a&propertyValue[10][1]=b&propertyId[1]=leer";
        let formular =
            Formular::read("application/x-www-form-urlencoded", body.as_bytes().to_vec()).unwrap();
        assert_eq!(
            formular.eigenschaften(),
            [("cmis:name", vec!["Ü 1"]), ("m", vec!["a", "b"]), ("leer", vec![])]
        );
    }
}
