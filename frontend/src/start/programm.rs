//! The start page in the browser. Its links work without a program; this one puts in what was not
//! known when the site was built: the reader's language, the town's name, and which applications
//! the town offers.
//!
//! Absent on purpose: Yew and serde_json. They would be nine tenths of the program.

use std::{cell::RefCell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use yew::Callback;

use crate::{
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    konfiguration::KONFIGURATION_KEY,
    sprache::{self, SPRACHE_KEY},
};

/// The start page.
struct Startseite {
    /// The body in German, as it was loaded.
    deutsch: String,
    /// The town's settings as they came; `undefined` while they are not known.
    konfiguration: RefCell<JsValue>,
}

/// Runs the program in the page.
pub fn run() {
    browser::report_panics();
    let stored = browser::load(KONFIGURATION_KEY).and_then(|it| JSON::parse(&it).ok());
    let seite = Rc::new(Startseite {
        deutsch: browser::document().body().map(|it| it.inner_html()).unwrap_or_default(),
        konfiguration: RefCell::new(stored.unwrap_or_default()),
    });
    seite.fill_in();
    seite.clone().ask("/api/konfiguration", |seite, antwort| {
        let text = antwort.text();
        if let Some(json) = JSON::parse(&text).ok().filter(|it| it.is_object()) {
            browser::store(KONFIGURATION_KEY, &text);
            seite.konfiguration.replace(json);
            seite.fill_in();
        }
    });
    let sprache = sprache::wanted();
    if sprache != "de" {
        seite.clone().speak(sprache, false);
    }
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&browser::document(), "click", options, move |event| {
        let link = browser::followed_link(event.unchecked_ref());
        let href = link.and_then(|it| it.get_attribute("href")).unwrap_or_default();
        if let Some(sprache) = sprache::in_query(&href) {
            event.prevent_default();
            seite.clone().speak(sprache, true);
        }
    })
    .forget();
}

impl Startseite {
    /// Shows the page in another language, where the site has it. `is_chosen`: just now, by the
    /// link that has the focus.
    fn speak(self: Rc<Self>, sprache: &'static str, is_chosen: bool) {
        if sprache == "de" {
            return self.show("de", &self.deutsch, is_chosen);
        }
        if let Some(url) = browser::meta(&format!("start-{sprache}")) {
            self.ask(&url, move |seite, antwort| seite.show(sprache, &antwort.text(), is_chosen));
        }
    }

    fn show(&self, sprache: &'static str, html: &str, is_chosen: bool) {
        let document = browser::document();
        if let Some(body) = document.body() {
            body.set_inner_html(html);
        }
        if let Some(root) = document.document_element() {
            let _ = root.set_attribute("lang", sprache);
        }
        browser::store(SPRACHE_KEY, sprache);
        self.fill_in();
        if is_chosen {
            let link = document.query_selector(&format!("a[href=\"?sprache={sprache}\"]"));
            if let Some(link) = link.ok().flatten() {
                let _ = link.unchecked_into::<HtmlElement>().focus();
            }
        }
    }

    /// Puts the town's settings into the page.
    fn fill_in(&self) {
        let konfiguration = self.konfiguration.borrow();
        let document = browser::document();
        let find = |selector| document.query_selector(selector).ok().flatten();
        let behoerde = get(&konfiguration, "behoerde");
        let name = get(&behoerde, "name").as_string().filter(|it| !it.is_empty());
        if let (Some(name), Some(kennung)) = (name, find(".seitenkopf__kennung")) {
            kennung.set_text_content(Some(&name));
        }
        let text = |selector| find(selector).and_then(|it| it.text_content()).unwrap_or_default();
        let (titel, kennung) = (text(".seitenkopf__titel"), text(".seitenkopf__kennung"));
        browser::set_title(&format!("{titel} – {kennung}"));

        let Ok(angebot) = get(&konfiguration, "antraege").dyn_into::<Array>() else { return };
        let Ok(karten) = document.query_selector_all("[data-antrag]") else { return };
        for index in 0..karten.length() {
            let Some(karte) = karten.get(index) else { continue };
            let karte: HtmlElement = karte.unchecked_into();
            let id = karte.get_attribute("data-antrag").unwrap_or_default();
            karte.set_hidden(!angebot.includes(&id.into(), 0));
        }
    }

    fn ask(self: Rc<Self>, url: &str, then: impl Fn(&Startseite, &Antwort) + 'static) {
        let anfrage = Anfrage { methode: "GET", url, header: &[], inhalt: Inhalt::Leer };
        let fertig = Callback::from(move |antwort: Antwort| {
            if antwort.is_ok() {
                then(&self, &antwort);
            }
        });
        send(&anfrage, fertig, None);
    }
}

/// A member of a JSON object; `undefined` where there is none.
fn get(json: &JsValue, name: &str) -> JsValue {
    Reflect::get(json, &name.into()).unwrap_or_default()
}
