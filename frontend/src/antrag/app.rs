//! Where somebody is, and in which language.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use shared::{antraege, texte::Texte as Sprachdatei};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use super::{
    auskuenfte::{self, auskunft},
    entwurf::{KONFIGURATION_KEY, SPRACHE_KEY},
    fragebogen::Fragebogen,
    stand::Stand,
    start::{frame, start},
};
use crate::{
    adresse::{Adresse, Seitenziel, Ziel},
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    komponenten::{Meldungsart, absatz, block, haupttitel, knopflink, meldung},
    konfiguration::Konfiguration,
    texte::{self, SPRACHEN, Texte},
};

/// The applicants' pages.
pub struct App {
    adresse: Adresse,
    texte: Texte,
    /// Tags of the languages that the site has.
    sprachen: Vec<&'static str>,
    is_sprache_weg: bool,
    konfiguration: Rc<Konfiguration>,
    can_store: bool,
    /// What screen readers read out.
    ansage: String,
    is_moved: bool,
    on_gehe: Callback<Adresse>,
    on_ansage: Callback<String>,
    _listener: [EventListener; 2],
}

pub enum Msg {
    /// Back or forward in the browser.
    Popstate,
    Gehe(Adresse),
    /// A link inside the page: `#f-plz`
    Anker(String),
    Sprache(&'static str),
    Sprachdatei(&'static str, Antwort),
    Konfiguration(Antwort),
    Ansage(String),
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let link = ctx.link();
        let popstate = {
            let popstate = link.callback(|()| Msg::Popstate);
            EventListener::new(&browser::window(), "popstate", move |_| popstate.emit(()))
        };
        let click = {
            let link = link.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&browser::document(), "click", options, move |event| {
                if let Some(msg) = followed_link(event.unchecked_ref()) {
                    event.prevent_default();
                    link.send_message(msg);
                }
            })
        };
        let heute = browser::today();
        let konfiguration = browser::load(KONFIGURATION_KEY)
            .and_then(|it| serde_json::from_str(&it).ok())
            .map_or_else(
                || Konfiguration::new(heute),
                |json| {
                    // What day it was is of no use.
                    Konfiguration { heute, ..Konfiguration::read(&json, heute) }
                },
            );
        let anfrage = Anfrage {
            methode: "GET",
            url: "/api/konfiguration",
            header: &[],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, link.callback(Msg::Konfiguration), None);

        let has_texts = |tag: &str| tag == "de" || browser::meta(&format!("texte-{tag}")).is_some();
        let sprachen: Vec<&'static str> =
            SPRACHEN.iter().map(|it| it.0).filter(|it| has_texts(it)).collect();
        let url = browser::url();
        let wanted = sprache_in(&url).or_else(|| browser::load(SPRACHE_KEY)).unwrap_or_default();
        if let Some(sprache) = sprachen.iter().find(|it| **it == wanted && **it != "de") {
            link.send_message(Msg::Sprache(sprache));
        }
        App {
            adresse: Adresse::read(&url),
            texte: Texte::default(),
            sprachen,
            is_sprache_weg: false,
            konfiguration: Rc::new(konfiguration),
            can_store: browser::can_store(),
            ansage: String::new(),
            is_moved: false,
            on_gehe: link.callback(Msg::Gehe),
            on_ansage: link.callback(Msg::Ansage),
            _listener: [popstate, click],
        }
    }

    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        match msg {
            Msg::Popstate => self.enter(Adresse::read(&browser::url())),
            Msg::Gehe(adresse) => {
                browser::push_url(&adresse.to_string());
                self.enter(adresse);
            }
            Msg::Anker(id) => {
                browser::focus(&id);
                return false;
            }
            Msg::Sprache("de") => self.speak(Texte::default()),
            Msg::Sprache(tag) => {
                let url = browser::meta(&format!("texte-{tag}")).unwrap_or_default();
                let anfrage =
                    Anfrage { methode: "GET", url: &url, header: &[], inhalt: Inhalt::Leer };
                send(&anfrage, ctx.link().callback(move |it| Msg::Sprachdatei(tag, it)), None);
                return false;
            }
            Msg::Sprachdatei(tag, antwort) => {
                match Sprachdatei::from_json(tag, &antwort.json()).filter(|_| antwort.is_ok()) {
                    Some(datei) => self.speak(Texte::new(datei)),
                    None => self.is_sprache_weg = true,
                }
            }
            Msg::Konfiguration(antwort) => {
                let json = antwort.json();
                if !antwort.is_ok() || !json.is_object() {
                    return false;
                }
                browser::store(KONFIGURATION_KEY, &json.to_string());
                self.konfiguration = Rc::new(Konfiguration::read(&json, browser::today()));
            }
            Msg::Ansage(text) => self.ansage = text,
        }
        true
    }

    fn view(&self, _ctx: &Context<App>) -> Html {
        let texte = &self.texte;
        let inhalt = match &self.adresse {
            Adresse::Start => start(texte, &self.konfiguration),
            Adresse::Antrag { antrag, ziel } => match antraege::find(antrag) {
                Some(formular) => html! {
                    <Fragebogen key={formular.id} {formular} ziel={ziel.clone()} texte={texte.clone()}
                        konfiguration={self.konfiguration.clone()} gehe={self.on_gehe.clone()} ansage={self.on_ansage.clone()} />
                },
                None => not_found(texte),
            },
            Adresse::Stand => {
                html! { <Stand texte={texte.clone()} ansage={self.on_ansage.clone()} /> }
            }
            Adresse::Auskunft(it) => auskunft(*it, texte, &self.konfiguration),
            Adresse::Unbekannt => not_found(texte),
        };
        let warnung = |text| meldung(Meldungsart::Warnung, "", texte.get(text), Html::default());
        let inhalt = html! {
            <>
                if !self.can_store {
                    { warnung(texte::KEIN_SPEICHER) }
                }
                if self.is_sprache_weg {
                    { warnung(texte::SPRACHE_FEHLT) }
                }
                { inhalt }
            </>
        };
        frame(texte, &self.konfiguration, &self.sprachen, &self.ansage, inhalt)
    }

    fn rendered(&mut self, _ctx: &Context<App>, _first: bool) {
        if let Some(root) = browser::document().document_element() {
            let _ = root.set_attribute("lang", self.texte.sprache());
        }
        if let Some(title) = self.title() {
            browser::set_title(&title);
        }
        if std::mem::take(&mut self.is_moved) {
            let has_anchor = matches!(
                &self.adresse,
                Adresse::Antrag { ziel: Ziel::Seite(Seitenziel { anker, .. }), .. } if !anker.is_empty()
            );
            if !has_anchor {
                browser::focus("titel");
                browser::scroll_to_top();
            }
        }
    }
}

impl App {
    fn enter(&mut self, adresse: Adresse) {
        self.is_moved = adresse != self.adresse;
        self.adresse = adresse;
        self.ansage.clear();
    }

    fn speak(&mut self, texte: Texte) {
        browser::store(SPRACHE_KEY, texte.sprache());
        self.texte = texte;
        self.is_sprache_weg = false;
    }

    /// Title of the pages outside of an application.
    fn title(&self) -> Option<String> {
        let texte = &self.texte;
        let town = match self.konfiguration.behoerde.name.as_str() {
            "" => texte.get(texte::IHRE_BEHOERDE),
            name => name,
        };
        let titel = match &self.adresse {
            Adresse::Antrag { antrag, .. } if antraege::find(antrag).is_some() => return None,
            Adresse::Start => texte::PORTAL,
            Adresse::Stand => texte::STAND_TITEL,
            Adresse::Auskunft(auskunft) => auskuenfte::title(*auskunft),
            Adresse::Antrag { .. } | Adresse::Unbekannt => texte::FEHLT_TITEL,
        };
        Some(format!("{} – {town}", texte.get(titel)))
    }
}

fn not_found(texte: &Texte) -> Html {
    let teile = vec![
        haupttitel("kern-heading-large", texte.get(texte::FEHLT_TITEL)),
        absatz(texte.get(texte::FEHLT_TEXT)),
        knopflink("primary", "/", texte.get(texte::ZUR_STARTSEITE)),
    ];
    block("schmal felder", teile)
}

/// What a click on a link means, if it is one that we follow ourselves.
fn followed_link(event: &MouseEvent) -> Option<Msg> {
    let is_plain = event.button() == 0
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.shift_key()
        && !event.alt_key();
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok().flatten().filter(|_| is_plain)?;
    let href = link.get_attribute("href").filter(|_| !link.has_attribute("download"))?;
    if let Some(id) = href.strip_prefix('#') {
        return Some(Msg::Anker(id.to_owned()));
    }
    if let Some(tag) = href.strip_prefix("?sprache=") {
        return SPRACHEN.iter().find(|it| it.0 == tag).map(|it| Msg::Sprache(it.0));
    }
    let is_ours =
        href.starts_with('/') && !href.starts_with("/lizenzen") && !href.starts_with("/amt");
    is_ours.then(|| Msg::Gehe(Adresse::read(&href)))
}

/// The language that an address asks for.
fn sprache_in(url: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    query.split('&').find_map(|it| it.strip_prefix("sprache=")).map(str::to_owned)
}
