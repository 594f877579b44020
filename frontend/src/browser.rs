//! What we ask of the browser, in one place. Natively (prerendering) none of it is called.

use js_sys::{Array, Object, Reflect, Uint8Array};
use shared::werte::Datum;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    MouseEvent, Storage, Url, Window,
};

/// # Panics
/// Outside of a browser's page.
pub fn window() -> Window {
    web_sys::window().expect("the program runs in a page")
}

/// # Panics
/// Outside of a browser's page.
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Tells people instead of leaving a page that does not answer any more. What was typed is stored.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // The place only: a message could quote an answer.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let document = document();
        if let Some(body) = document.body() {
            let _ = body.set_attribute("data-fehler", &place);
            let html = "<div class=\"kern-container absturz\" role=\"alert\" lang=\"de\">\
                <div class=\"kern-alert kern-alert--danger\"><div class=\"kern-alert__header\">\
                <h2 class=\"kern-title\">Die Seite hat einen Fehler</h2></div>\
                <div class=\"kern-alert__body\"><p class=\"kern-body\">Ihre Angaben sind auf diesem \
                Gerät gespeichert. Bitte laden Sie die Seite neu. \
                <span lang=\"en\">Please reload this page. Your answers are stored on this \
                device.</span></p></div></div></div>";
            let _ = body.insert_adjacent_html("afterbegin", html);
        }
    }));
}

/// Path, query and fragment of the page.
pub fn url() -> String {
    let location = window().location();
    let teile = [location.pathname(), location.search(), location.hash()];
    teile.into_iter().map(Result::unwrap_or_default).collect()
}

/// Adds an entry to the history.
pub fn push_url(url: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Changes the history's present entry.
pub fn replace_url(url: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
    }
}

/// Loads another page.
pub fn open(url: &str) {
    let _ = window().location().set_href(url);
}

/// The link that a plain click follows: without a key that means another tab or window.
pub fn followed_link(event: &MouseEvent) -> Option<Element> {
    let is_plain = event.button() == 0
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.shift_key()
        && !event.alt_key();
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("a[href]").ok().flatten().filter(|_| is_plain)
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves to the top of the page at once.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Moves the focus: to the element if it can be typed into or pressed, else to the first thing in
/// it that can, else to the element itself.
pub fn focus(id: &str) -> bool {
    const CONTROLS: &str = "input, select, textarea, button, a[href]";
    let Some(element) = document().get_element_by_id(id) else { return false };
    // Headings and summaries are meant themselves.
    let is_itself = element.has_attribute("tabindex") || element.matches(CONTROLS) == Ok(true);
    let inner = element.query_selector(CONTROLS).ok().flatten();
    let target = if is_itself { Some(element) } else { inner };
    match target.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        Some(target) => target.focus().is_ok(),
        None => false,
    }
}

/// What stands in an input; nothing where there is none.
pub fn value_of(id: &str) -> String {
    let input = document().get_element_by_id(id);
    input.map(|it| it.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}

/// The `content` of a `<meta>` element.
pub fn meta(name: &str) -> Option<String> {
    let element = document().query_selector(&format!("meta[name=\"{name}\"]")).ok().flatten()?;
    element.get_attribute("content")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is stored on this device under a key.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a text on this device; `false` where the browser does not let us.
pub fn store(key: &str, text: &str) -> bool {
    storage().is_some_and(|it| it.set_item(key, text).is_ok())
}

/// Removes what is stored under a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What is stored under a key until this tab is closed.
pub fn load_session(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Stores a text until this tab is closed.
pub fn store_session(key: &str, text: &str) {
    if let Some(session) = session() {
        let _ = session.set_item(key, text);
    }
}

/// Removes what is stored in this tab under a key.
pub fn remove_session(key: &str) {
    if let Some(session) = session() {
        let _ = session.remove_item(key);
    }
}

/// Whether this device keeps what is typed.
pub fn can_store() -> bool {
    let works = store("probe", "1");
    remove("probe");
    works
}

/// Milliseconds since 1970.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Today on this device's clock, until the server has said what day it is in Germany.
pub fn today() -> Datum {
    let date = js_sys::Date::new_0();
    let jahr = i32::try_from(date.get_full_year()).unwrap_or(2026);
    Datum::try_new(jahr, date.get_month() + 1, date.get_date())
        .unwrap_or(const { Datum::new(2026, 1, 1) })
}

/// A point in time (RFC 3339) as people in Germany read it: `22. November 2026 um 14:03`.
pub fn local_time(text: &str, sprache: &str) -> String {
    time(text, sprache, "long")
}

/// The same where many stand below each other: `22.11.2026, 14:03`.
pub fn short_time(text: &str) -> String {
    time(text, "de", "medium")
}

fn time(text: &str, sprache: &str, style: &str) -> String {
    let millis = js_sys::Date::parse(text);
    if millis.is_nan() {
        return text.to_owned();
    }
    let options = Object::new();
    for (name, value) in
        [("dateStyle", style), ("timeStyle", "short"), ("timeZone", "Europe/Berlin")]
    {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    // English as it is written in Europe: day first, 24 hours.
    let locale = if sprache == "en" { "en-GB" } else { sprache };
    js_sys::Date::new(&millis.into()).to_locale_string(locale, &options).into()
}

/// `https://antrag.example`
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Puts a text into the clipboard; `false` where the browser has none for us.
pub fn copy(text: &str) -> bool {
    let get = |target: &JsValue, name: &str| Reflect::get(target, &name.into()).ok();
    let clipboard = get(&window(), "navigator").and_then(|it| get(&it, "clipboard"));
    let Some(clipboard) = clipboard.filter(|it| !it.is_undefined()) else { return false };
    let write = get(&clipboard, "writeText").and_then(|it| it.dyn_into::<js_sys::Function>().ok());
    write.is_some_and(|write| write.call1(&clipboard, &text.into()).is_ok())
}

/// The bytes of a text in base64.
pub fn from_base64(text: &str) -> Uint8Array {
    let bytes: Vec<u8> =
        window().atob(text).unwrap_or_default().chars().map(|it| it as u32 as u8).collect();
    Uint8Array::from(bytes.as_slice())
}

/// A random UUID (version 4).
pub fn uuid() -> String {
    let mut bytes = [0u8; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(digit.into(), 16));
        }
    }
    text
}

pub fn print() {
    let _ = window().print();
}

/// Hands bytes to the person as a file.
pub fn save_file(name: &str, medientyp: &str, bytes: &Uint8Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(medientyp);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    document().body().ok_or(JsValue::NULL)?.append_child(&link)?;
    link.click();
    link.remove();
    Url::revoke_object_url(&url)
}
