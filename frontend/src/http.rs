//! Requests to our own server. XMLHttpRequest, since `fetch` does not tell how far an upload is.

use js_sys::{ArrayBuffer, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{File, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType};
use yew::Callback;

use crate::json;

/// What is asked.
#[derive(Debug)]
pub struct Anfrage<'a> {
    pub methode: &'static str,
    pub url: &'a str,
    pub header: &'a [(&'a str, &'a str)],
    pub inhalt: Inhalt<'a>,
}

/// What goes along.
#[derive(Debug)]
pub enum Inhalt<'a> {
    Leer,
    Json(&'a str),
    Datei(&'a File),
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Antwort {
    /// 0: no answer at all. Whether the server did what was asked is not known then.
    pub status: u16,
    pub bytes: Uint8Array,
}

impl Antwort {
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether it may have been done all the same: no answer, or the server failed on the way.
    pub fn is_unknown(&self) -> bool {
        self.status == 0 || 500 <= self.status
    }

    /// `null` where it is no JSON.
    pub fn json(&self) -> Value {
        json::parse(&self.text()).unwrap_or_default()
    }

    /// What came back as a text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.to_vec()).into_owned()
    }

    /// The sentence of a problem document (RFC 9457).
    pub fn detail(&self) -> Option<String> {
        self.json()["detail"].as_str().map(str::to_owned)
    }
}

/// Longest that a request without a file takes, in milliseconds.
const GEDULD: u32 = 60_000;

/// Sends a request; `fertig` gets the answer, `fortschritt` the percent of an upload.
pub fn send(
    anfrage: &Anfrage<'_>,
    fertig: Callback<Antwort>,
    fortschritt: Option<Callback<u32>>,
) -> Option<XmlHttpRequest> {
    match try_send(anfrage, &fertig, fortschritt) {
        Ok(xhr) => Some(xhr),
        Err(_) => {
            fertig.emit(Antwort { status: 0, bytes: Uint8Array::new_with_length(0) });
            None
        }
    }
}

fn try_send(
    anfrage: &Anfrage<'_>,
    fertig: &Callback<Antwort>,
    fortschritt: Option<Callback<u32>>,
) -> Result<XmlHttpRequest, JsValue> {
    let xhr = XmlHttpRequest::new()?;
    xhr.open(anfrage.methode, anfrage.url)?;
    xhr.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    for (name, wert) in anfrage.header {
        xhr.set_request_header(name, wert)?;
    }
    let done = {
        let (xhr, fertig) = (xhr.clone(), fertig.clone());
        Closure::once_into_js(move || {
            let status = xhr.status().unwrap_or(0);
            let buffer = xhr.response().ok().and_then(|it| it.dyn_into::<ArrayBuffer>().ok());
            let bytes = buffer
                .map_or_else(|| Uint8Array::new_with_length(0), |buffer| Uint8Array::new(&buffer));
            fertig.emit(Antwort { status, bytes });
        })
    };
    xhr.set_onloadend(Some(done.unchecked_ref()));
    if let Some(fortschritt) = fortschritt {
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            let total = event.total();
            if total > 0.0 {
                fortschritt.emit((event.loaded() * 100.0 / total) as u32);
            }
        });
        let progress = progress.into_js_value();
        xhr.upload()?.set_onprogress(Some(progress.unchecked_ref()));
    }
    match anfrage.inhalt {
        Inhalt::Leer => {
            xhr.set_timeout(GEDULD);
            xhr.send()?;
        }
        Inhalt::Json(text) => {
            xhr.set_timeout(GEDULD);
            xhr.set_request_header("Content-Type", "application/json")?;
            xhr.send_with_opt_str(Some(text))?;
        }
        Inhalt::Datei(datei) => {
            let medientyp = datei.type_();
            let medientyp =
                if medientyp.is_empty() { "application/octet-stream" } else { &medientyp };
            xhr.set_request_header("Content-Type", medientyp)?;
            xhr.send_with_opt_blob(Some(datei))?;
        }
    }
    Ok(xhr)
}
