//! The applicants' components in a real browser: what a person can perceive and do.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "kuechenspuele/formular.rs"]
mod kuechenspuele;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use frontend::{
    adresse::{Adresse, Seitenziel, Ziel},
    antrag::{Antragsseiten, Fragebogen, Fragebogenprops, entwurf},
    app::{App, Appprops},
    browser,
    konfiguration::Konfiguration,
    texte::Texte,
};
use gloo_events::{EventListener, EventListenerOptions};
use shared::{antraege::ANTRAEGE, werte::Datum};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};
use yew::{AppHandle, Callback, Renderer, scheduler};

use kuechenspuele::FORMULAR;

wasm_bindgen_test_configure!(run_in_browser);

/// A Fragebogen on one page, and where it wanted to go.
struct Buehne {
    root: Element,
    handle: Option<AppHandle<Fragebogen>>,
    gegangen: Rc<RefCell<Vec<Adresse>>>,
}

impl Buehne {
    /// Opens a page of the test form with an empty draft.
    async fn new(seite: &str) -> Buehne {
        // What was open before stores its answers when it goes.
        scheduler::flush().await;
        browser::remove(&entwurf::storage_key(FORMULAR.id));
        Buehne::again(seite).await
    }

    /// Opens a page with the draft that is there.
    async fn again(seite: &str) -> Buehne {
        let ziel = Ziel::Seite(Seitenziel { seite: seite.to_owned(), ..Seitenziel::default() });
        Buehne::at(ziel).await
    }

    async fn at(ziel: Ziel) -> Buehne {
        let document = browser::document();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let gegangen = Rc::new(RefCell::new(Vec::new()));
        let gehe = {
            let gegangen = gegangen.clone();
            Callback::from(move |adresse| gegangen.borrow_mut().push(adresse))
        };
        let props = Fragebogenprops {
            formular: &FORMULAR,
            auftrag: None,
            ziel,
            texte: Texte::default(),
            konfiguration: Rc::new(Konfiguration::new(Datum::new(2026, 11, 23))),
            gehe,
            ansage: Callback::noop(),
        };
        let handle =
            Some(Renderer::<Fragebogen>::with_root_and_props(root.clone(), props).render());
        scheduler::flush().await;
        Buehne { root, handle, gegangen }
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.root.query_selector_all(selector).unwrap();
        (0..list.length()).map(|index| list.get(index).unwrap().unchecked_into()).collect()
    }

    #[track_caller]
    fn get(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
    }

    fn input(&self, selector: &str) -> HtmlInputElement {
        self.get(selector).unchecked_into()
    }

    async fn type_in(&self, selector: &str, text: &str) {
        let input = self.input(selector);
        input.set_value(text);
        fire(&input, "input").await;
    }

    async fn leave(&self, selector: &str) {
        fire(&self.get(selector), "change").await;
    }

    async fn press(&self, selector: &str) {
        self.get(selector).click();
        scheduler::flush().await;
    }

    /// Presses the button whose text this is.
    async fn press_text(&self, text: &str) {
        let button = self.all("button").into_iter().find(|it| it.inner_text().trim() == text);
        button.unwrap_or_else(|| panic!("no button {text}")).click();
        scheduler::flush().await;
    }

    async fn weiter(&self) {
        self.press("#weiter").await;
    }

    /// What is stored on the device.
    async fn stored(&self) -> entwurf::Entwurf {
        // Leaving the page stores what was typed last.
        let event = Event::new("pagehide").unwrap();
        browser::window().dispatch_event(&event).unwrap();
        scheduler::flush().await;
        browser::load(&entwurf::storage_key(FORMULAR.id))
            .map(|it| entwurf::Entwurf::decode(&it))
            .unwrap_or_default()
    }

    async fn answer(&self, pfad: &str) -> String {
        self.stored().await.angaben.typed(pfad).to_owned()
    }
}

impl Drop for Buehne {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
    }
}

async fn fire(target: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    target.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
    scheduler::flush().await;
}

fn focused() -> Element {
    browser::document().active_element().unwrap()
}

/// Texts of the elements that an attribute names.
#[track_caller]
fn named(element: &Element, attribute: &str) -> Vec<String> {
    let ids = element.get_attribute(attribute).unwrap_or_default();
    ids.split_whitespace()
        .map(|id| {
            let named = browser::document().get_element_by_id(id);
            let named =
                named.unwrap_or_else(|| panic!("{attribute} names {id}, which is not there"));
            named.text_content().unwrap_or_default()
        })
        .collect()
}

#[wasm_bindgen_test]
async fn every_input_has_its_own_label() {
    let buehne = Buehne::new("alles").await;
    let inputs = buehne.all("input, select, textarea");
    assert!(20 < inputs.len(), "only {} inputs", inputs.len());
    for input in inputs {
        let id = input.id();
        let label = buehne.get(&format!("label[for=\"{id}\"]"));
        assert!(!label.inner_text().trim().is_empty(), "{id} has no label");
        let same = buehne.all(&format!("[id=\"{id}\"]"));
        assert_eq!(same.len(), 1, "{id} is not unique");
        // What describes it is there.
        named(&input, "aria-describedby");
    }
    for fieldset in buehne.all("fieldset") {
        let legend = fieldset.query_selector("legend").unwrap().unwrap();
        assert!(!legend.text_content().unwrap().trim().is_empty());
        named(&fieldset, "aria-describedby");
    }
}

#[wasm_bindgen_test]
async fn nothing_is_answered_beforehand() {
    let buehne = Buehne::new("alles").await;
    for input in buehne.all("input[type=radio], input[type=checkbox]") {
        assert!(!input.unchecked_into::<HtmlInputElement>().checked());
    }
    assert_eq!(buehne.get("#f-staat").unchecked_into::<HtmlInputElement>().value(), "");
}

#[wasm_bindgen_test]
async fn what_is_missing_is_told_at_its_input_and_in_the_summary() {
    let buehne = Buehne::new("alles").await;
    buehne.weiter().await;
    assert_eq!(focused().id(), "meldung");
    assert!(buehne.gegangen.borrow().is_empty());
    let links = buehne.all("#meldung a");
    assert!(5 < links.len());
    for link in links {
        let href = link.get_attribute("href").unwrap();
        let id = href.strip_prefix('#').unwrap();
        let target = browser::document().get_element_by_id(id);
        let target = target.unwrap_or_else(|| panic!("{href} leads nowhere"));
        // The sentence stands at the input, too, and is tied to it.
        let described = match target.has_attribute("aria-describedby") {
            true => Some(target.clone()),
            false => target.closest("fieldset").unwrap(),
        };
        let texts = named(&described.unwrap(), "aria-describedby");
        assert!(texts.contains(&link.inner_text()), "{href}: {texts:?}");
    }
    let text = buehne.get("#f-text");
    assert_eq!(text.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(browser::document().title().starts_with("Fehler – "));

    // An answer takes its error away.
    buehne.type_in("#f-text", "Łódź").await;
    assert_eq!(buehne.get("#f-text").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn the_way_from_the_summary_leads_into_the_input() {
    let buehne = Buehne::new("alles").await;
    buehne.weiter().await;
    for (link, expected) in [("f-text", "f-text"), ("f-ja", "f-ja-true"), ("f-tag", "f-tag")] {
        assert!(browser::focus(link));
        assert_eq!(focused().id(), expected);
    }
}

#[wasm_bindgen_test]
async fn answers_are_kept_as_they_were_typed() {
    let buehne = Buehne::new("alles").await;
    buehne.type_in("#f-text", " Łódź ").await;
    buehne.type_in("#f-absatz", "eins\nzwei").await;
    buehne.type_in("#f-zahl", "007").await;
    buehne.type_in("#f-euro", "1.500").await;
    buehne.press("#f-liste-b").await;
    buehne.press("#f-ja-false").await;
    buehne.press("#f-haken").await;
    let select = buehne.input("#f-staat");
    select.set_value("238");
    buehne.leave("#f-staat").await;
    for (pfad, wert) in [
        ("text", " Łódź "),
        ("absatz", "eins\nzwei"),
        ("zahl", "007"),
        ("euro", "1.500"),
        ("liste", "b"),
        ("ja", "false"),
        ("haken", "true"),
        ("staat", "238"),
    ] {
        assert_eq!(buehne.answer(pfad).await, wert, "{pfad}");
    }
    drop(buehne);

    // After a reload everything is there.
    let buehne = Buehne::again("alles").await;
    assert_eq!(buehne.input("#f-text").value(), " Łódź ");
    assert_eq!(buehne.input("#f-absatz").value(), "eins\nzwei");
    assert_eq!(buehne.input("#f-staat").value(), "238");
    assert!(buehne.input("#f-liste-b").checked() && buehne.input("#f-haken").checked());
    assert!(buehne.input("#f-ja-false").checked());

    // A tick that is taken back is no answer.
    buehne.press("#f-haken").await;
    assert_eq!(buehne.answer("haken").await, "");
}

#[wasm_bindgen_test]
async fn a_date_is_typed_in_three_parts() {
    let buehne = Buehne::new("alles").await;
    buehne.type_in("#f-tag", "7").await;
    assert_eq!(buehne.answer("tag").await, "--7");
    buehne.type_in("#f-tag-monat", "3").await;
    buehne.type_in("#f-tag-jahr", "1990").await;
    assert_eq!(buehne.answer("tag").await, "1990-3-7");
    buehne.leave("#f-tag-jahr").await;
    assert_eq!(buehne.answer("tag").await, "1990-03-07");
    assert_eq!(buehne.input("#f-tag").value(), "07");

    // One that is only partly known stays so.
    buehne.type_in("#f-teiltag-jahr", "1957").await;
    assert_eq!(buehne.answer("teiltag").await, "1957");

    // A whole date pasted into one part is taken apart.
    buehne.type_in("#f-tag", "31.12.2001").await;
    assert_eq!(buehne.answer("tag").await, "2001-12-31");
    assert_eq!(buehne.input("#f-tag-monat").value(), "12");
}

#[wasm_bindgen_test]
async fn a_question_that_another_one_raises_is_there_at_once() {
    let buehne = Buehne::new("folge").await;
    assert!(buehne.all("#f-folge").is_empty());
    buehne.type_in("#f-anlass", "F").await;
    assert_eq!(buehne.all("#f-folge").len(), 1);
    buehne.type_in("#f-anlass", "Fest").await;
    buehne.type_in("#f-folge", "Lärm").await;
    buehne.type_in("#f-anlass", "").await;
    assert!(buehne.all("#f-folge").is_empty());
}

#[wasm_bindgen_test]
async fn an_entry_takes_along_what_was_just_typed_into_it() {
    let buehne = Buehne::new("gruppen").await;
    buehne.press("#f-kinder-hinzu").await;
    buehne.press("#f-kinder-hinzu").await;
    buehne.type_in("#f-kinder-0-name", "Ada").await;
    buehne.press_text("Kind 1 löschen").await;
    assert_eq!(buehne.input("#f-kinder-0-name").value(), "");
    buehne.press_text("Rückgängig machen").await;
    assert_eq!(buehne.input("#f-kinder-0-name").value(), "Ada");
}

#[wasm_bindgen_test]
async fn entries_come_and_go_with_the_focus() {
    let buehne = Buehne::new("gruppen").await;
    assert!(buehne.all("article").is_empty());
    buehne.press("#f-kinder-hinzu").await;
    assert_eq!(focused().id(), "f-kinder-0-titel");
    assert_eq!(focused().text_content().as_deref(), Some("Kind 1"));
    buehne.type_in("#f-kinder-0-name", "Ada").await;
    buehne.press("#f-kinder-hinzu").await;
    buehne.type_in("#f-kinder-1-name", "Bo").await;
    assert_eq!(buehne.all("article").len(), 2);

    buehne.press_text("Kind 1 löschen").await;
    assert_eq!(focused().id(), "geloescht");
    assert_eq!(buehne.all("article").len(), 1);
    assert_eq!(buehne.input("#f-kinder-0-name").value(), "Bo");

    buehne.press_text("Rückgängig machen").await;
    assert_eq!(focused().id(), "f-kinder-hinzu");
    assert_eq!(buehne.input("#f-kinder-0-name").value(), "Ada");
    assert_eq!(buehne.input("#f-kinder-1-name").value(), "Bo");

    // Three are the most.
    buehne.press("#f-kinder-hinzu").await;
    assert!(buehne.all("#f-kinder-hinzu").is_empty());
}

#[wasm_bindgen_test]
async fn months_keep_their_values_when_an_older_one_comes() {
    let buehne = Buehne::new("gruppen").await;
    let labels = || -> Vec<String> {
        buehne.all("#f-monate label").iter().map(|it| it.inner_text().trim().to_owned()).collect()
    };
    assert_eq!(labels(), ["September 2026", "Oktober 2026"]);
    buehne.type_in("#f-monate-1", "100").await;
    buehne.press("#f-monate-hinzu").await;
    assert_eq!(labels(), ["August 2026", "September 2026", "Oktober 2026"]);
    assert_eq!(focused().id(), "f-monate-0");
    assert_eq!(buehne.input("#f-monate-2").value(), "100");
    assert_eq!(buehne.answer("monate[2]").await, "100");
}

#[wasm_bindgen_test]
async fn empty_lines_are_not_sent() {
    let buehne = Buehne::new("gruppen").await;
    buehne.type_in("#f-zeilen-0", "eins").await;
    buehne.press("#f-zeilen-hinzu").await;
    assert_eq!(buehne.stored().await.angaben.anzahl("zeilen"), 4);
    buehne.weiter().await;
    assert_eq!(buehne.stored().await.angaben.anzahl("zeilen"), 1);
}

#[wasm_bindgen_test]
async fn a_warning_lets_pass_the_second_time() {
    let buehne = Buehne::new("gruppen").await;
    buehne.press("#f-kinder-hinzu").await;
    buehne.type_in("#f-kinder-0-name", "Ada2").await;
    buehne.weiter().await;
    assert_eq!(focused().id(), "meldung");
    assert!(focused().class_name().contains("warning"));
    assert!(buehne.gegangen.borrow().is_empty());
    buehne.weiter().await;
    assert_eq!(buehne.gegangen.borrow().len(), 1);
    assert!(buehne.stored().await.besucht.contains("gruppen"));
}

#[wasm_bindgen_test]
async fn a_page_with_a_bedenkzeit_says_how_long() {
    let buehne = Buehne::new("bedenkzeit").await;
    let button = buehne.get("#weiter");
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(named(&button, "aria-describedby")[0].contains("Sekunden"));
    buehne.weiter().await;
    assert_eq!(focused().id(), "meldung");
    assert!(buehne.gegangen.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn a_single_question_is_the_heading_of_its_page() {
    let buehne = Buehne::new("frage").await;
    assert_eq!(buehne.all("h1").len(), 1);
    assert_eq!(buehne.get("legend h1").inner_text(), "Möchten Sie das?");
    assert!(browser::document().title().starts_with("Möchten Sie das? – Fragen – Spüle"));
}

#[wasm_bindgen_test]
async fn a_page_that_is_not_asked_says_so() {
    let buehne = Buehne::new("nie").await;
    assert_eq!(buehne.get("h1").inner_text(), "Diese Seite gehört nicht zu Ihrem Antrag");
}

#[wasm_bindgen_test]
async fn the_task_list_knows_what_is_done() {
    scheduler::flush().await;
    browser::remove(&entwurf::storage_key(FORMULAR.id));
    let buehne = Buehne::at(Ziel::Aufgaben).await;
    let items = buehne.all("li");
    assert_eq!(items.len(), 2);
    let text = |index: usize| items[index].inner_text();
    assert!(text(0).contains("Noch nicht begonnen"), "{}", text(0));
    assert!(text(1).contains("Noch nicht möglich"), "{}", text(1));
    let link = items[0].query_selector("a").unwrap().unwrap();
    assert!(named(&link, "aria-describedby")[0].contains("Noch nicht begonnen"));
    assert!(items[1].query_selector("a").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn links_of_an_application_lead_on_without_a_reload_and_others_to_their_program() {
    let document = browser::document();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let before = browser::url();
    let formular = ANTRAEGE[0];
    browser::push_url(&format!("/antrag/{}", formular.id));
    let props = Appprops::new(Antragsseiten(formular));
    let handle = Renderer::<App>::with_root_and_props(root.clone(), props).render();
    scheduler::flush().await;
    assert!(document.title().starts_with(formular.titel));

    let link = root.query_selector(&format!("a[href=\"/antrag/{}/aufgaben\"]", formular.id));
    link.unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    scheduler::flush().await;
    assert_eq!(browser::url(), format!("/antrag/{}/aufgaben", formular.id));
    assert_eq!(focused().text_content().as_deref(), Some("Ihr Antrag"));

    // What the program has not taken is left to the browser; here it must not go.
    let is_left = Rc::new(Cell::new(false));
    let options = EventListenerOptions::enable_prevent_default();
    let stay = {
        let is_left = is_left.clone();
        EventListener::new_with_options(&browser::window(), "click", options, move |event| {
            is_left.set(!event.default_prevented());
            event.prevent_default();
        })
    };
    for (selector, expect) in
        [("footer a[href=\"/hilfe\"]", true), ("header a[href=\"/\"]", true), (".kern-btn", false)]
    {
        let link = root.query_selector(selector).unwrap().unwrap();
        link.unchecked_into::<HtmlElement>().click();
        assert_eq!(is_left.get(), expect, "{selector}");
    }
    drop(stay);
    scheduler::flush().await;

    handle.destroy();
    root.remove();
    browser::replace_url(&before);
}
