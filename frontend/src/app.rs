//! What the programs of the applicants share: the language, the town's settings, the frame and
//! the history. Each program brings its own pages as [`Seiten`].

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use shared::texte::Texte as Sprachdatei;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::{
    adresse::{Adresse, Seitenziel, Ziel},
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    json,
    komponenten::{
        Fusslink, Meldungsart, Rahmen, absatz, block, haupttitel, knopflink, meldung, rahmen,
    },
    konfiguration::{KONFIGURATION_KEY, Konfiguration},
    sprache::{self, SPRACHE_KEY},
    texte::{self, LEICHT, SPRACHEN, Texte, Uitext},
};

/// The pages of one program.
pub trait Seiten {
    /// Whether the program has this page. A link to any other page loads that one's program.
    fn has(&self, adresse: &Adresse) -> bool;

    /// Draws a page that it has.
    fn view(&self, adresse: &Adresse, umgebung: &Umgebung) -> Html;

    /// Whether this page is there in Leichte Sprache with all that it says.
    fn is_leicht(&self, _adresse: &Adresse, _texte: &Texte) -> bool {
        false
    }

    /// Title of a page that it has; `None` where the page sets it itself.
    fn title(&self, adresse: &Adresse) -> Option<Uitext>;
}

/// What pages are drawn with.
#[derive(Clone, Debug, PartialEq)]
pub struct Umgebung {
    pub texte: Texte,
    pub konfiguration: Rc<Konfiguration>,
    /// Goes to another page.
    pub gehe: Callback<Adresse>,
    /// Has something read out by screen readers.
    pub ansage: Callback<String>,
}

/// Runs a program in the page.
pub fn run(seiten: impl Seiten + 'static) {
    browser::report_panics();
    yew::Renderer::<App>::with_props(Appprops::new(seiten)).render();
}

/// Which program an [`App`] is.
#[derive(Clone, Properties)]
pub struct Appprops {
    seiten: Rc<dyn Seiten>,
}

impl Appprops {
    pub fn new(seiten: impl Seiten + 'static) -> Appprops {
        Appprops { seiten: Rc::new(seiten) }
    }
}

impl PartialEq for Appprops {
    fn eq(&self, other: &Appprops) -> bool {
        Rc::ptr_eq(&self.seiten, &other.seiten)
    }
}

/// A program of the applicants.
pub struct App {
    adresse: Adresse,
    umgebung: Umgebung,
    /// The texts of the language as they are in its file, without wordings of the town.
    sprache: Texte,
    /// Tags of the languages that the site has.
    sprachen: Vec<&'static str>,
    is_sprache_weg: bool,
    can_store: bool,
    /// What screen readers read out.
    ansage: String,
    is_moved: bool,
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
    type Properties = Appprops;

    fn create(ctx: &Context<App>) -> App {
        let link = ctx.link();
        let popstate = {
            let popstate = link.callback(|()| Msg::Popstate);
            EventListener::new(&browser::window(), "popstate", move |_| popstate.emit(()))
        };
        let click = {
            let link = link.clone();
            let seiten = ctx.props().seiten.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&browser::document(), "click", options, move |event| {
                if let Some(msg) = followed_link(&*seiten, event) {
                    event.prevent_default();
                    link.send_message(msg);
                }
            })
        };
        let heute = browser::today();
        let konfiguration =
            browser::load(KONFIGURATION_KEY).and_then(|it| json::parse(&it)).map_or_else(
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
        let sprache = sprache::wanted();
        if sprache != "de" && sprachen.contains(&sprache) {
            link.send_message(Msg::Sprache(sprache));
        }
        let mut app = App {
            adresse: Adresse::read(&browser::url()),
            umgebung: Umgebung {
                texte: Texte::default(),
                konfiguration: Rc::new(konfiguration),
                gehe: link.callback(Msg::Gehe),
                ansage: link.callback(Msg::Ansage),
            },
            sprache: Texte::default(),
            sprachen,
            is_sprache_weg: false,
            can_store: browser::can_store(),
            ansage: String::new(),
            is_moved: false,
            _listener: [popstate, click],
        };
        app.dress();
        app
    }

    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        match msg {
            Msg::Popstate => self.enter(Adresse::read(&browser::url())),
            Msg::Gehe(adresse) if ctx.props().seiten.has(&adresse) => {
                browser::push_url(&adresse.to_string());
                self.enter(adresse);
            }
            Msg::Gehe(adresse) => {
                browser::open(&adresse.to_string());
                return false;
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
                browser::store(KONFIGURATION_KEY, &json::write(&json));
                self.umgebung.konfiguration = Rc::new(Konfiguration::read(&json, browser::today()));
                self.dress();
            }
            Msg::Ansage(text) => self.ansage = text,
        }
        true
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let seiten = &ctx.props().seiten;
        let Umgebung { texte, konfiguration, .. } = &self.umgebung;
        let inhalt = match seiten.has(&self.adresse) {
            true => seiten.view(&self.adresse, &self.umgebung),
            false => not_found(texte),
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
                if texte.sprache() == LEICHT && !seiten.is_leicht(&self.adresse, texte) {
                    { meldung(Meldungsart::Info, "", texte.get(texte::LEICHT_NICHT_HIER), Html::default()) }
                }
                { inhalt }
            </>
        };
        frame(texte, konfiguration, &self.sprachen, &self.ansage, inhalt)
    }

    fn rendered(&mut self, ctx: &Context<App>, _first: bool) {
        let Umgebung { texte, konfiguration, .. } = &self.umgebung;
        if let Some(root) = browser::document().document_element() {
            let _ = root.set_attribute("lang", texte.sprache());
        }
        let seiten = &ctx.props().seiten;
        let title = match seiten.has(&self.adresse) {
            true => seiten.title(&self.adresse),
            false => Some(texte::FEHLT_TITEL),
        };
        if let Some(title) = title {
            let town = konfiguration.town(texte);
            browser::set_title(&format!("{} – {town}", texte.get(title)));
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
        self.sprache = texte;
        self.dress();
        self.is_sprache_weg = false;
    }

    /// Puts the town's wordings into the texts of the language. They are in German and stay so:
    /// what counts is read as it is.
    fn dress(&mut self) {
        let Umgebung { texte, konfiguration, .. } = &mut self.umgebung;
        *texte = self.sprache.clone();
        if !konfiguration.einstellungen.textbloecke.is_empty() {
            let mut datei = Sprachdatei::clone(texte);
            konfiguration.einstellungen.apply_to(&mut datei, konfiguration.heute);
            *texte = Texte::new(datei);
        }
    }
}

/// The frame of the applicants' pages. It is also rendered on the machine that builds the site,
/// so it asks nothing of the browser.
pub fn frame(
    texte: &Texte,
    konfiguration: &Konfiguration,
    sprachen: &[&str],
    ansage: &str,
    inhalt: Html,
) -> Html {
    let links = [
        ("/hilfe", texte::HILFE),
        ("/status", texte::STAND_TITEL),
        ("/datenschutz", texte::DATENSCHUTZ),
        ("/barrierefreiheit", texte::BARRIEREFREIHEIT),
        ("/impressum", texte::IMPRESSUM),
        ("/lizenzen/", texte::LIZENZEN),
    ];
    let links = links.map(|(ziel, text)| Fusslink { ziel, text: texte.get(text) });
    let (kennung, titel) = (konfiguration.town(texte), texte.get(texte::PORTAL));
    let kopf = Rahmen { texte, kennung, titel, start: "/", sprachen, links: &links, ansage };
    rahmen(&kopf, inhalt)
}

fn not_found(texte: &Texte) -> Html {
    let teile = vec![
        haupttitel("kern-heading-large", texte.get(texte::FEHLT_TITEL)),
        absatz(texte.get(texte::FEHLT_TEXT)),
        knopflink("primary", "/", texte.get(texte::ZUR_STARTSEITE)),
    ];
    block("schmal felder", teile)
}

/// What a click on a link means, if it is one that the program follows itself.
fn followed_link(seiten: &dyn Seiten, event: &Event) -> Option<Msg> {
    let link = browser::followed_link(event.unchecked_ref())?;
    let href = link.get_attribute("href").filter(|_| !link.has_attribute("download"))?;
    if let Some(id) = href.strip_prefix('#') {
        return Some(Msg::Anker(id.to_owned()));
    }
    if let Some(sprache) = sprache::in_query(&href) {
        return Some(Msg::Sprache(sprache));
    }
    let adresse = Adresse::read(href.starts_with('/').then_some(&href)?);
    seiten.has(&adresse).then_some(Msg::Gehe(adresse))
}
