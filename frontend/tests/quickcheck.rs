//! The Quick-Check and the picture of times in a real browser: what a person can perceive and do.
#![cfg(all(target_arch = "wasm32", target_os = "unknown"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{cell::RefCell, rc::Rc};

use frontend::{
    adresse::{Adresse, Checkziel},
    app::Umgebung,
    browser,
    komponenten::zeitleiste,
    konfiguration::Konfiguration,
    quickcheck::{ANTWORTEN_KEY, Quickcheck, Quickcheckprops},
    texte::Texte,
};
use serde_json::json;
use shared::{werte::Datum, zeitleiste::Zeitleiste};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};
use yew::{AppHandle, BaseComponent, Callback, Html, Properties, Renderer, component, scheduler};

wasm_bindgen_test_configure!(run_in_browser);

struct Buehne<T: BaseComponent> {
    root: Element,
    handle: Option<AppHandle<T>>,
}

impl<T: BaseComponent> Buehne<T> {
    async fn new(props: T::Properties) -> Buehne<T> {
        let document = browser::document();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let handle = Some(Renderer::<T>::with_root_and_props(root.clone(), props).render());
        scheduler::flush().await;
        Buehne { root, handle }
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

    async fn press(&self, selector: &str) {
        self.get(selector).click();
        scheduler::flush().await;
    }

    async fn type_in(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.get(selector).unchecked_into();
        input.set_value(text);
        let init = EventInit::new();
        init.set_bubbles(true);
        input.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
        scheduler::flush().await;
    }

    fn is_checked(&self, selector: &str) -> bool {
        self.get(selector).unchecked_into::<HtmlInputElement>().checked()
    }
}

impl<T: BaseComponent> Drop for Buehne<T> {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
    }
}

type Gegangen = Rc<RefCell<Vec<Adresse>>>;

/// The Quick-Check at a page, with these answers in the tab, and where it wanted to go.
async fn check(ziel: Checkziel, antworten: serde_json::Value) -> (Buehne<Quickcheck>, Gegangen) {
    browser::store_session(ANTWORTEN_KEY, &antworten.to_string());
    let gegangen = Gegangen::default();
    let gehe = {
        let gegangen = gegangen.clone();
        Callback::from(move |adresse| gegangen.borrow_mut().push(adresse))
    };
    let umgebung = Umgebung {
        texte: Texte::default(),
        konfiguration: Rc::new(Konfiguration::new(Datum::new(2026, 11, 23))),
        gehe,
        ansage: Callback::noop(),
    };
    (Buehne::new(Quickcheckprops { ziel, umgebung }).await, gegangen)
}

fn focused() -> String {
    browser::document().active_element().unwrap().id()
}

#[wasm_bindgen_test]
async fn a_question_wants_an_answer_and_not_knowing_is_one() {
    let (buehne, gegangen) = check(Checkziel::seite("qc-abstammung"), json!({})).await;
    buehne.press("#weiter").await;
    assert_eq!(focused(), "meldung");
    assert!(gegangen.borrow().is_empty());
    assert_eq!(
        buehne.get("fieldset").get_attribute("aria-describedby").unwrap(),
        "f-abstammung-fehler"
    );

    buehne.press("input[value=WEISS_NICHT]").await;
    assert!(buehne.all("#meldung").is_empty(), "the error goes with the answer");
    buehne.press("#weiter").await;
    assert_eq!(*gegangen.borrow(), [Adresse::Check(Checkziel::seite("qc-wohnort"))]);
    assert!(browser::load_session(ANTWORTEN_KEY).unwrap().contains("WEISS_NICHT"));
}

#[wasm_bindgen_test]
async fn a_date_and_not_knowing_it_do_not_go_together() {
    let antworten =
        json!({"abstammung": "KEINE", "wohnort": "DEUTSCHLAND", "geburtsdatum": "1990-05-07"});
    let (buehne, _) = check(Checkziel::seite("qc-geburtsdatum"), antworten).await;
    buehne.press("#f-geburtsdatumWeissNicht").await;
    let jahr: HtmlInputElement = buehne.get("#f-geburtsdatum-jahr").unchecked_into();
    assert_eq!(jahr.value(), "");
    assert!(buehne.is_checked("#f-geburtsdatumWeissNicht"));
    buehne.type_in("#f-geburtsdatum-jahr", "1991").await;
    assert!(!buehne.is_checked("#f-geburtsdatumWeissNicht"));
}

#[wasm_bindgen_test]
async fn another_way_needs_one_answer_and_says_where_to_go() {
    let antworten = json!({"abstammung": "NS_VERFOLGUNG"});
    let (buehne, _) = check(Checkziel::Ergebnis, antworten).await;
    let text = buehne.root.text_content().unwrap();
    assert!(text.contains("anderer Weg"), "{text}");
    assert!(text.contains("Art. 116 Abs. 2"), "{text}");
    assert!(!text.contains("Frühester Tag"), "{text}");
    // Nobody is kept from applying.
    assert!(text.contains("Antrag mit diesen Antworten beginnen"));
}

#[wasm_bindgen_test]
async fn without_all_answers_there_is_no_result_but_the_way_to_it() {
    let (buehne, _) = check(Checkziel::Ergebnis, json!({"abstammung": "KEINE"})).await;
    let link = buehne.get("a.kern-btn");
    assert_eq!(link.get_attribute("href").unwrap(), "/quick-check/qc-wohnort");
}

#[derive(Clone, PartialEq, Properties)]
struct Bildprops {
    leiste: Zeitleiste,
}

#[component]
fn Bild(props: &Bildprops) -> Html {
    zeitleiste("bild", "Zeiten", &props.leiste, &Texte::default())
}

#[wasm_bindgen_test]
async fn a_picture_of_times_has_the_same_in_words() {
    let leiste = Zeitleiste::from_json(&json!({
        "name": "Dung Lê",
        "spuren": ["Aufenthalt"],
        "stuecke": [
            {"spur": 0, "von": "2011-04-20", "bis": "2016-11-30", "was": "Duldung", "zaehlt": "nein", "bedeutung": "zählt nicht"},
            {"spur": 0, "von": "2016-12-01", "bis": "2020-01-31", "was": "Erlaubnis", "zaehlt": "offen", "bedeutung": "zählt vielleicht"},
            {"spur": 0, "von": "2020-02-01", "bis": "2026-11-23", "offen": true, "was": "Erlaubnis", "zaehlt": "ja", "bedeutung": "zählt"},
        ],
        "marken": [{"tag": "2020-02-01", "was": "Beginn"}, {"tag": "2026-11-23", "was": "Heute"}],
    }));
    let buehne = Buehne::<Bild>::new(Bildprops { leiste }).await;
    assert_eq!(buehne.get("figcaption").inner_text(), "Zeiten: Dung Lê");
    let svg = buehne.get("svg.zeitleiste__bild");
    assert_eq!(svg.namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(buehne.all(".zeitleiste__balken").len(), 3 + 3, "bars and their samples");
    assert_eq!(buehne.all(".zeitleiste__kreis").len(), 2);
    let zeilen = buehne.all("tbody tr");
    assert_eq!(zeilen.len(), 5);
    let text = |index: usize| zeilen[index].text_content().unwrap();
    assert_eq!(text(0), "A20.04.2011 bis 30.11.2016Duldungzählt nicht");
    assert_eq!(text(2), "C01.02.2020 bis heuteErlaubniszählt");
    assert_eq!(text(4), "223.11.2026Heute");
    let described = svg.get_attribute("aria-describedby").unwrap();
    assert!(buehne.root.query_selector(&format!("#{described}")).unwrap().is_some());
    // The policy of the site forbids it.
    assert!(buehne.all("[style]").is_empty());
}
