//! Where a function of the portal meets Spin: what the entry points of `annahme`, `empfang` and
//! `sachbearbeitung` have in common. Their cores know nothing of it.
//!
//! Absent on purpose: a path, a status, a word to people. Those are the functions' own.

#[cfg(target_arch = "wasm32")]
mod spin;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_body::Body;
use http_body_util::{BodyExt as _, Full};
use serde_json::json;

#[cfg(target_arch = "wasm32")]
pub use self::spin::{Einstellung, jetzt, open};

/// What Spin is handed as an answer.
pub type Ausgang = (StatusCode, HeaderMap, Full<Bytes>);

/// The headers of a request, their names in small letters. Values that are not text are left out.
pub fn read_header(header: &HeaderMap) -> Vec<(String, String)> {
    header
        .iter()
        .filter_map(|(name, wert)| Some((name.to_string(), wert.to_str().ok()?.to_owned())))
        .collect()
}

/// A body of up to `grenze` bytes; `None` if it is larger or does not arrive as a whole.
pub async fn read_koerper<B: Body<Data = Bytes>>(koerper: B, grenze: u64) -> Option<Vec<u8>> {
    let mut koerper = std::pin::pin!(koerper);
    let mut gelesen = Vec::new();
    while let Some(rahmen) = koerper.frame().await {
        if let Ok(stueck) = rahmen.ok()?.into_data() {
            if grenze < gelesen.len() as u64 + stueck.len() as u64 {
                return None;
            }
            gelesen.extend_from_slice(&stueck);
        }
    }
    Some(gelesen)
}

/// An answer as Spin wants it.
///
/// # Panics
/// If the status is none of HTTP, or a header is not of plain ASCII: both are the function's own.
pub fn answer(status: u16, header: &[(&'static str, String)], inhalt: Vec<u8>) -> Ausgang {
    let status = StatusCode::from_u16(status).expect("our statuses are valid");
    let header = header.iter().map(|(name, wert)| {
        let wert = HeaderValue::from_str(wert).expect("our headers are plain ASCII");
        (HeaderName::from_static(name), wert)
    });
    (status, header.collect(), Full::new(Bytes::from(inhalt)))
}

/// One line of JSON on stderr, where the host collects it.
pub fn log(komponente: &str, pfad: &str, was: &str) {
    eprintln!("{}", json!({ "komponente": komponente, "pfad": pfad, "fehler": was }));
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task};

    use super::*;

    /// Whatever is there is there at once.
    fn now<T>(future: impl Future<Output = T>) -> T {
        let mut kontext = task::Context::from_waker(task::Waker::noop());
        match pin!(future).poll(&mut kontext) {
            task::Poll::Ready(wert) => wert,
            task::Poll::Pending => panic!("a body that is there is waited for"),
        }
    }

    #[test]
    fn a_body_is_read_up_to_the_limit() {
        let read = |grenze| now(read_koerper(Full::new(Bytes::from_static(b"12345")), grenze));
        assert_eq!(read(5), Some(b"12345".to_vec()));
        assert_eq!(read(4), None);
        assert_eq!(now(read_koerper(Full::<Bytes>::default(), 0)), Some(Vec::new()));
    }

    #[test]
    fn headers_that_are_not_text_are_left_out() {
        let mut header = HeaderMap::new();
        header.insert("Cookie", HeaderValue::from_static("a=b"));
        header.insert("x-name", HeaderValue::from_bytes(b"M\xfcller").unwrap());
        assert_eq!(read_header(&header), [("cookie".to_owned(), "a=b".to_owned())]);
    }

    #[test]
    fn an_answer_keeps_headers_of_one_name() {
        let header = [("set-cookie", "a=1".to_owned()), ("set-cookie", "b=2".to_owned())];
        let (status, header, _) = answer(201, &header, Vec::new());
        assert_eq!((status, header.get_all("set-cookie").iter().count()), (StatusCode::CREATED, 2));
    }
}
