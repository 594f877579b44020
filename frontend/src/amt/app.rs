//! Where a caseworker is, who is logged in, and what the server last said.

use gloo_events::{EventListener, EventListenerOptions};
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use super::{
    adresse::Adresse, anmeldung::Anmeldung, betrieb, liste, recht, rueckmeldungen, vorgang,
};
use crate::{
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    json,
    komponenten::{Meldungsart, icon, meldung},
};

/// The caseworkers' pages.
pub struct App {
    adresse: Adresse,
    sitzung: Sitzung,
    seite: Seite,
    /// Number of the last request for a page: an answer to an earlier one is too late.
    anfrage: u32,
    /// What was done last, or went wrong, as a sentence.
    ansage: Option<(Meldungsart, String)>,
    is_busy: bool,
    fokus: Option<&'static str>,
    _listener: [EventListener; 2],
}

enum Sitzung {
    /// Not asked yet.
    Unbekannt,
    /// Nobody is logged in; with a sentence that says why the last attempt failed.
    Keine(Option<String>),
    Da {
        name: String,
        csrf: String,
    },
}

enum Seite {
    Laedt,
    Da(Value),
    Fehler(String),
}

pub enum Msg {
    Popstate,
    Gehe(Adresse),
    Sitzung(Antwort),
    Anmelden {
        kennung: String,
        passwort: String,
    },
    Angemeldet(Antwort),
    Abmelden,
    Abgemeldet,
    Geladen(u32, Antwort),
    /// POST to this path, and say this sentence if it worked.
    Tue {
        pfad: String,
        satz: String,
    },
    Getan {
        satz: String,
        antwort: Antwort,
    },
    /// Check everything on the operator's page, part by part.
    Pruefe,
    Geprueft(Antwort),
    /// GET this path and hand it out under this name.
    Speichere {
        pfad: String,
        name: String,
    },
    Gespeichert {
        name: String,
        antwort: Antwort,
    },
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<App>) -> App {
        let popstate = {
            let popstate = ctx.link().callback(|()| Msg::Popstate);
            EventListener::new(&browser::window(), "popstate", move |_| popstate.emit(()))
        };
        let click = {
            let link = ctx.link().clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&browser::document(), "click", options, move |event| {
                if let Some(adresse) = followed_link(event.unchecked_ref()) {
                    event.prevent_default();
                    link.send_message(Msg::Gehe(adresse));
                }
            })
        };
        get(ctx, "/sitzung", Msg::Sitzung);
        App {
            adresse: Adresse::read(&browser::url()),
            sitzung: Sitzung::Unbekannt,
            seite: Seite::Laedt,
            anfrage: 0,
            ansage: None,
            is_busy: false,
            fokus: None,
            _listener: [popstate, click],
        }
    }

    fn update(&mut self, ctx: &Context<App>, msg: Msg) -> bool {
        match msg {
            // A jump within the page is no other page.
            Msg::Popstate if Adresse::read(&browser::url()) == self.adresse => return false,
            Msg::Popstate => self.move_to(ctx, Adresse::read(&browser::url())),
            Msg::Gehe(adresse) => {
                browser::push_url(&adresse.to_string());
                self.move_to(ctx, adresse);
            }
            Msg::Sitzung(antwort) => match antwort.status {
                200 => self.begin(ctx, &antwort.json()),
                401 => self.end(None),
                _ => self.end(Some(explain(&antwort))),
            },
            Msg::Anmelden { kennung, passwort } => {
                self.is_busy = true;
                let json =
                    json::object([("kennung", kennung.into()), ("passwort", passwort.into())]);
                let text = json::write(&json);
                let anfrage = Anfrage {
                    methode: "POST",
                    url: "/amt/api/anmeldung",
                    header: &[],
                    inhalt: Inhalt::Json(&text),
                };
                send(&anfrage, ctx.link().callback(Msg::Angemeldet), None);
            }
            Msg::Angemeldet(antwort) => {
                self.is_busy = false;
                match antwort.is_ok() {
                    true => self.begin(ctx, &antwort.json()),
                    false => self.end(Some(explain(&antwort))),
                }
            }
            Msg::Abmelden => {
                self.post(ctx, "/abmeldung", |_| Msg::Abgemeldet);
                // Whatever the server says: nothing is left on the screen.
                self.seite = Seite::Laedt;
            }
            Msg::Abgemeldet => self.end(None),
            Msg::Geladen(nummer, _) if nummer != self.anfrage => return false,
            Msg::Geladen(_, antwort) => match antwort.status {
                200 => {
                    self.seite = Seite::Da(antwort.json());
                    if self.ansage.is_none() {
                        self.fokus = Some("titel");
                    }
                }
                401 => self.end(Some(
                    "Ihre Sitzung ist abgelaufen. Bitte melden Sie sich neu an.".to_owned(),
                )),
                _ => self.seite = Seite::Fehler(explain(&antwort)),
            },
            Msg::Tue { pfad, satz } => {
                self.is_busy = true;
                self.post(ctx, &pfad, move |antwort| Msg::Getan { satz: satz.clone(), antwort });
            }
            Msg::Getan { satz, antwort } => {
                self.is_busy = false;
                self.ansage = Some(match antwort.is_ok() {
                    true => (Meldungsart::Erfolg, satz),
                    false => (Meldungsart::Fehler, explain(&antwort)),
                });
                self.fokus = Some("ansage");
                self.load(ctx);
            }
            Msg::Pruefe => {
                self.is_busy = true;
                self.post(ctx, "/betrieb/pruefung", Msg::Geprueft);
            }
            Msg::Geprueft(antwort) => {
                let json = antwort.json();
                let is_weiter = antwort.is_ok() && json["fertig"] != true;
                self.ansage = Some(match antwort.is_ok() {
                    true => betrieb::ergebnis(&json),
                    false => (Meldungsart::Fehler, explain(&antwort)),
                });
                if is_weiter && self.adresse == Adresse::Betrieb {
                    self.post(ctx, "/betrieb/pruefung", Msg::Geprueft);
                } else {
                    self.is_busy = false;
                    self.fokus = Some("ansage");
                    self.load(ctx);
                }
            }
            Msg::Speichere { pfad, name } => {
                self.ansage = None;
                get(ctx, &pfad, move |antwort| Msg::Gespeichert { name: name.clone(), antwort });
            }
            Msg::Gespeichert { name, antwort } => {
                let is_saved = antwort.is_ok()
                    && browser::save_file(&name, "application/octet-stream", &antwort.bytes)
                        .is_ok();
                if !is_saved {
                    self.ansage = Some((Meldungsart::Fehler, explain(&antwort)));
                    self.fokus = Some("ansage");
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let Sitzung::Da { name, .. } = &self.sitzung else {
            return self.view_anmeldung(ctx);
        };
        let inhalt = match &self.seite {
            Seite::Laedt => html! {
                <div class="kern-loader kern-loader--visible" role="status">
                    <span class="kern-sr-only">{ "Wird geladen …" }</span>
                </div>
            },
            Seite::Fehler(satz) => html! {
                <>
                    <h1 class="kern-heading-large" id="titel" tabindex="-1">{ "Das hat nicht geklappt" }</h1>
                    { meldung(Meldungsart::Fehler, "", satz, Html::default()) }
                </>
            },
            Seite::Da(json) => match &self.adresse {
                Adresse::Liste(filter) => liste::view(ctx, filter, json),
                Adresse::Vorgang(_) => vorgang::view(ctx, json, self.is_busy),
                Adresse::Betrieb => betrieb::view(ctx, json, self.is_busy),
                Adresse::Recht => recht::view(),
                Adresse::Rueckmeldungen => rueckmeldungen::view(ctx, json, self.is_busy),
            },
        };
        let ansage =
            self.ansage.as_ref().map(|(art, satz)| meldung(*art, "ansage", satz, Html::default()));
        let link = |ziel: &str, text: &str, is_hier: bool| {
            html! {
                <li>
                    <a class="kern-link kern-link--no-visited-state" href={ziel.to_owned()}
                        aria-current={is_hier.then_some("page")}>{ text }</a>
                </li>
            }
        };
        let is_betrieb = self.adresse == Adresse::Betrieb;
        let is_rueckmeldungen = self.adresse == Adresse::Rueckmeldungen;
        let is_liste = matches!(self.adresse, Adresse::Liste(_));
        frame(
            html! {
                <>
                    <nav class="seitenkopf__sprachen" aria-label="Bereiche">
                        <ul>
                            { link("/amt", "Vorgänge", is_liste) }
                            { link("/amt/rueckmeldungen", "Nachrichten", is_rueckmeldungen) }
                            { link("/amt/betrieb", "Betrieb", is_betrieb) }
                            { link("/amt/recht", "Gesetzesstände", self.adresse == Adresse::Recht) }
                        </ul>
                    </nav>
                    <div class="seitenkopf__person">
                        <span class="kern-body kern-body--small">{ name }</span>
                        <button type="button" class="kern-btn kern-btn--tertiary"
                            onclick={ctx.link().callback(|_| Msg::Abmelden)}>
                            { icon("logout") }
                            <span class="kern-label">{ "Abmelden" }</span>
                        </button>
                    </div>
                </>
            },
            html! {
                <div class="amt">
                    { ansage }
                    { inhalt }
                </div>
            },
        )
    }

    fn rendered(&mut self, _ctx: &Context<App>, _first: bool) {
        if let Some(fokus) = self.fokus.take() {
            browser::focus(fokus);
        }
    }
}

impl App {
    fn begin(&mut self, ctx: &Context<App>, json: &Value) {
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        self.sitzung = Sitzung::Da { name: text("name"), csrf: text("csrf") };
        self.load(ctx);
    }

    fn end(&mut self, fehler: Option<String>) {
        self.fokus = Some(if fehler.is_some() { "meldung" } else { "titel" });
        self.sitzung = Sitzung::Keine(fehler);
        self.seite = Seite::Laedt;
        self.ansage = None;
        browser::set_title("Anmeldung – Sachbearbeitung");
    }

    fn move_to(&mut self, ctx: &Context<App>, adresse: Adresse) {
        self.adresse = adresse;
        self.ansage = None;
        self.seite = Seite::Laedt;
        browser::scroll_to_top();
        if matches!(self.sitzung, Sitzung::Da { .. }) {
            self.load(ctx);
        }
    }

    /// Asks for what the page shows.
    fn load(&mut self, ctx: &Context<App>) {
        let (pfad, titel) = match &self.adresse {
            Adresse::Liste(filter) => (format!("/vorgaenge?{}", filter.query()), "Vorgänge"),
            Adresse::Vorgang(nummer) => (format!("/vorgaenge/{nummer}"), nummer.as_str()),
            Adresse::Betrieb => ("/betrieb".to_owned(), "Betrieb"),
            // The register is in the program; this asks whether one may still look.
            Adresse::Recht => ("/sitzung".to_owned(), "Gesetzesstände"),
            Adresse::Rueckmeldungen => ("/rueckmeldungen".to_owned(), "Nachrichten ohne Vorgang"),
        };
        browser::set_title(&format!("{titel} – Sachbearbeitung"));
        self.anfrage += 1;
        let nummer = self.anfrage;
        get(ctx, &pfad, move |antwort| Msg::Geladen(nummer, antwort));
    }

    fn post(&self, ctx: &Context<App>, pfad: &str, msg: impl Fn(Antwort) -> Msg + 'static) {
        let csrf = match &self.sitzung {
            Sitzung::Da { csrf, .. } => csrf.as_str(),
            _ => "",
        };
        let anfrage = Anfrage {
            methode: "POST",
            url: &format!("/amt/api{pfad}"),
            header: &[("X-CSRF-Token", csrf)],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, ctx.link().callback(msg), None);
    }

    fn view_anmeldung(&self, ctx: &Context<App>) -> Html {
        let fehler = match &self.sitzung {
            Sitzung::Keine(fehler) => fehler.clone(),
            _ => return frame(Html::default(), Html::default()),
        };
        let on_anmelden =
            ctx.link().callback(|(kennung, passwort)| Msg::Anmelden { kennung, passwort });
        frame(
            Html::default(),
            html! { <Anmeldung {fehler} is_busy={self.is_busy} {on_anmelden} /> },
        )
    }
}

fn frame(kopf: Html, inhalt: Html) -> Html {
    html! {
        <>
            <a class="sprunglink" href="#inhalt">{ "Zum Inhalt springen" }</a>
            <header class="seitenkopf nicht-drucken">
                <div class="kern-container seitenkopf__zeile">
                    <a class="seitenkopf__marke" href="/amt">
                        <span class="seitenkopf__kennung">{ "Antragsportal" }</span>
                        <span class="seitenkopf__titel">{ "Sachbearbeitung" }</span>
                    </a>
                    { kopf }
                </div>
            </header>
            <main class="seiteninhalt" id="inhalt" tabindex="-1">
                <div class="kern-container">{ inhalt }</div>
            </main>
        </>
    }
}

fn get(ctx: &Context<App>, pfad: &str, msg: impl Fn(Antwort) -> Msg + 'static) {
    let anfrage = Anfrage {
        methode: "GET",
        url: &format!("/amt/api{pfad}"),
        header: &[],
        inhalt: Inhalt::Leer,
    };
    send(&anfrage, ctx.link().callback(msg), None);
}

/// What the server says of a refusal, or what to do where it says nothing.
fn explain(antwort: &Antwort) -> String {
    antwort.detail().unwrap_or_else(|| match antwort.status {
        0 => "Der Server ist nicht erreichbar. Bitte prüfen Sie die Verbindung und versuchen Sie es noch einmal.".to_owned(),
        status => format!("Der Server hat mit dem Fehler {status} geantwortet. Bitte versuchen Sie es noch einmal."),
    })
}

/// The page that a click leads to, if it is one of ours and opens here.
fn followed_link(event: &MouseEvent) -> Option<Adresse> {
    let is_plain = event.button() == 0
        && !event.ctrl_key()
        && !event.meta_key()
        && !event.shift_key()
        && !event.alt_key();
    let target: Element = event.target()?.dyn_into().ok()?;
    let link = target.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let is_ours = href.starts_with("/amt") && !href.starts_with("/amt/api");
    (is_plain && is_ours && !event.default_prevented()).then(|| Adresse::read(&href))
}
