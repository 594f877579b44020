//! "Stand meines Antrags": number and code lead to what has become of an application.

use serde_json::Value;
use shared::{
    antraege,
    vorgangsnummer::{Vorgangsnummer, Zugangscode},
    werte::Datum,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::antwort::Antwortformular;
use crate::{
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    komponenten::{
        Fehlerzeile, Meldungsart, absatz, eigenschaft, error, error_summary, haekchen, haupttitel,
        hint, knopf, meldung,
    },
    texte::{self, Texte, Uitext},
};

#[derive(PartialEq, Properties)]
pub struct Standprops {
    pub texte: Texte,
    pub ansage: Callback<String>,
}

/// The state of an application. Number and code are kept while the page is open, and nowhere.
pub struct Stand {
    nummer: String,
    code: String,
    /// Inputs that were left or sent: their slips are told.
    is_geprueft: [bool; 2],
    ergebnis: Ergebnis,
    fokus: Option<&'static str>,
    /// What was done last, or went wrong.
    gesagt: Option<(Meldungsart, String)>,
    is_bestaetigt: bool,
    /// The idempotency key of a withdrawal.
    schluessel: String,
}

enum Ergebnis {
    Nichts,
    Laedt,
    Da(Value),
    Fehler(Uitext),
}

pub enum Msg {
    Nummer(String),
    Code(String),
    Verlassen(usize),
    Sehen,
    Antwort(Antwort),
    Anderer,
    /// An answer was sent: look again, and say so.
    Beantwortet,
    /// Get a document of a message.
    Dokument {
        url: String,
        name: String,
    },
    DokumentDa(String, Antwort),
    /// The box beside the withdrawal.
    Bestaetigt(bool),
    Zuruecknehmen,
    Zurueckgenommen(Antwort),
}

/// What the states of an application mean; others are shown as the server names them.
const ZUSTAENDE: [(&str, Uitext); 10] = [
    ("EINGEGANGEN", texte::ZUSTAND_EINGEGANGEN),
    ("IN_PRUEFUNG", texte::ZUSTAND_IN_PRUEFUNG),
    ("RUECKFRAGE", texte::ZUSTAND_RUECKFRAGE),
    ("ANHOERUNG", texte::ZUSTAND_ANHOERUNG),
    ("ANTWORT_EINGEGANGEN", texte::ZUSTAND_ANTWORT_EINGEGANGEN),
    ("PRUEFUNG_ABGESCHLOSSEN", texte::ZUSTAND_PRUEFUNG_ABGESCHLOSSEN),
    ("RUECKNAHME_ERKLAERT", texte::ZUSTAND_RUECKNAHME_ERKLAERT),
    ("ZURUECKGENOMMEN", texte::ZUSTAND_ZURUECKGENOMMEN),
    ("UNZUSTAENDIG", texte::ZUSTAND_UNZUSTAENDIG),
    ("ENTSCHIEDEN", texte::ZUSTAND_ENTSCHIEDEN),
];

impl Component for Stand {
    type Message = Msg;
    type Properties = Standprops;

    fn create(_ctx: &Context<Stand>) -> Stand {
        Stand {
            nummer: String::new(),
            code: String::new(),
            is_geprueft: [false; 2],
            ergebnis: Ergebnis::Nichts,
            fokus: None,
            gesagt: None,
            is_bestaetigt: false,
            schluessel: browser::uuid(),
        }
    }

    fn update(&mut self, ctx: &Context<Stand>, msg: Msg) -> bool {
        match msg {
            Msg::Nummer(text) => self.nummer = text,
            Msg::Code(text) => self.code = text,
            Msg::Verlassen(index) => {
                // Nobody is told off for passing by.
                let text = if index == 0 { &self.nummer } else { &self.code };
                self.is_geprueft[index] |= !text.trim().is_empty();
            }
            Msg::Sehen => self.ask(ctx),
            Msg::Beantwortet => {
                let danke = ctx.props().texte.get(texte::STAND_DANKE).to_owned();
                self.gesagt = Some((Meldungsart::Erfolg, danke));
                self.is_bestaetigt = false;
                self.ask(ctx);
            }
            Msg::Dokument { url, name } => {
                let code = self.code();
                let anfrage = Anfrage {
                    methode: "GET",
                    url: &url,
                    header: &[("Zugangscode", &code)],
                    inhalt: Inhalt::Leer,
                };
                let link = ctx.link();
                send(&anfrage, link.callback(move |it| Msg::DokumentDa(name.clone(), it)), None);
                return false;
            }
            Msg::DokumentDa(name, antwort) => {
                let is_da = antwort.is_ok()
                    && browser::save_file(&name, "application/octet-stream", &antwort.bytes)
                        .is_ok();
                if is_da {
                    return false;
                }
                let text = ctx.props().texte.get(texte::STAND_DOKUMENT_FEHLER).to_owned();
                self.say(Meldungsart::Fehler, text);
            }
            Msg::Bestaetigt(is_bestaetigt) => self.is_bestaetigt = is_bestaetigt,
            Msg::Zuruecknehmen if !self.is_bestaetigt => {
                let text = ctx.props().texte.get(texte::STAND_RUECKNAHME_FEHLT).to_owned();
                self.say(Meldungsart::Fehler, text);
            }
            Msg::Zuruecknehmen => {
                let Ok(nummer) = self.nummer.parse::<Vorgangsnummer>() else { return false };
                let code = self.code();
                let anfrage = Anfrage {
                    methode: "POST",
                    url: &format!("/api/vorgaenge/{nummer}/ruecknahme"),
                    header: &[("Zugangscode", &code), ("Idempotency-Key", &self.schluessel)],
                    inhalt: Inhalt::Json(r#"{"bestaetigt":true}"#),
                };
                send(&anfrage, ctx.link().callback(Msg::Zurueckgenommen), None);
                return false;
            }
            Msg::Zurueckgenommen(antwort) => match antwort.is_ok() {
                true => ctx.link().send_message(Msg::Beantwortet),
                false => {
                    let netz = || ctx.props().texte.get(texte::ANTWORT_NETZ).to_owned();
                    self.say(Meldungsart::Fehler, antwort.detail().unwrap_or_else(netz));
                }
            },
            Msg::Antwort(antwort) => {
                self.ergebnis = match antwort.status {
                    200 => Ergebnis::Da(antwort.json()),
                    404 => Ergebnis::Fehler(texte::STAND_UNBEKANNT),
                    429 => Ergebnis::Fehler(texte::STAND_ZU_OFT),
                    _ => Ergebnis::Fehler(texte::STAND_NETZ),
                };
                self.fokus = Some(match self.ergebnis {
                    Ergebnis::Da(_) if self.gesagt.is_some() => "gesagt",
                    Ergebnis::Da(_) => "titel",
                    _ => "meldung",
                });
            }
            Msg::Anderer => {
                *self = Component::create(ctx);
                self.fokus = Some("titel");
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Stand>) -> Html {
        match &self.ergebnis {
            Ergebnis::Da(vorgang) => self.view_vorgang(ctx, vorgang),
            _ => self.view_frage(ctx),
        }
    }

    fn rendered(&mut self, _ctx: &Context<Stand>, _first: bool) {
        if let Some(fokus) = self.fokus.take() {
            browser::focus(fokus);
        }
    }
}

impl Stand {
    /// The code as it is sent.
    fn code(&self) -> String {
        self.code.parse::<Zugangscode>().map_or_else(|_| String::new(), |code| code.reveal())
    }

    fn say(&mut self, art: Meldungsart, text: String) {
        self.gesagt = Some((art, text));
        self.fokus = Some("gesagt");
    }

    fn ask(&mut self, ctx: &Context<Stand>) {
        self.is_geprueft = [true; 2];
        let (Ok(nummer), Ok(code)) =
            (self.nummer.parse::<Vorgangsnummer>(), self.code.parse::<Zugangscode>())
        else {
            self.ergebnis = Ergebnis::Nichts;
            self.fokus = Some("meldung");
            return;
        };
        let url = format!("/api/vorgaenge/{nummer}");
        let code = code.reveal();
        let anfrage = Anfrage {
            methode: "GET",
            url: &url,
            header: &[("Zugangscode", &code)],
            inhalt: Inhalt::Leer,
        };
        self.ergebnis = Ergebnis::Laedt;
        ctx.props().ansage.emit(ctx.props().texte.get(texte::STAND_LAEDT).to_owned());
        send(&anfrage, ctx.link().callback(Msg::Antwort), None);
    }

    /// The slips in what was typed: id of the input, and the sentence.
    fn slips(&self) -> Vec<(&'static str, Uitext)> {
        let mut slips = Vec::new();
        if self.is_geprueft[0] && self.nummer.parse::<Vorgangsnummer>().is_err() {
            slips.push(("nummer", texte::STAND_NUMMER_FALSCH));
        }
        if self.is_geprueft[1] && self.code.parse::<Zugangscode>().is_err() {
            slips.push(("code", texte::STAND_CODE_FALSCH));
        }
        slips
    }

    fn view_frage(&self, ctx: &Context<Stand>) -> Html {
        let texte = &ctx.props().texte;
        let link = ctx.link();
        let slips = self.slips();
        let is_sent = self.is_geprueft == [true; 2];
        let zeilen: Vec<Fehlerzeile> = slips
            .iter()
            .map(|(id, text)| Fehlerzeile {
                text: texte.get(*text).to_owned(),
                ziel: format!("#{id}"),
            })
            .collect();
        let meldung = match &self.ergebnis {
            Ergebnis::Fehler(text) => {
                meldung(Meldungsart::Fehler, "meldung", texte.get(*text), Html::default())
            }
            _ if is_sent && !zeilen.is_empty() => {
                let titel = match zeilen.len() {
                    1 => texte.get(texte::EIN_FEHLER).to_owned(),
                    anzahl => texte.fill(texte::MEHR_FEHLER, &[("anzahl", &anzahl.to_string())]),
                };
                error_summary(Meldungsart::Fehler, &titel, "", &zeilen)
            }
            _ => Html::default(),
        };
        let feld = |index: usize, id: &'static str, label, hilfe, wert: &str| {
            let fehler = slips.iter().find(|it| it.0 == id).map(|it| texte.get(it.1));
            let is_falsch = fehler.is_some();
            let falsch =
                |class: &'static str| classes!(class, is_falsch.then(|| format!("{class}--error")));
            let describedby = match is_falsch {
                true => format!("{id}-hilfe {id}-fehler"),
                false => format!("{id}-hilfe"),
            };
            let oninput = link.callback(move |event: InputEvent| {
                let wert = event.target_unchecked_into::<HtmlInputElement>().value();
                if index == 0 { Msg::Nummer(wert) } else { Msg::Code(wert) }
            });
            html! {
                <div class={falsch("kern-form-input")}>
                    <label class="kern-label" for={id}>{ texte.get(label) }</label>
                    { hint(format!("{id}-hilfe"), texte.get(hilfe)) }
                    <input class={falsch("kern-form-input__input")} {id} type="text" autocomplete="off" spellcheck="false"
                        autocapitalize="characters" value={wert.to_owned()} aria-describedby={describedby}
                        aria-invalid={is_falsch.then_some("true")} {oninput}
                        onchange={link.callback(move |_: Event| Msg::Verlassen(index))} />
                    if let Some(text) = fehler {
                        { error(format!("{id}-fehler"), text) }
                    }
                </div>
            }
        };
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Sehen
        });
        let is_laden = matches!(self.ergebnis, Ergebnis::Laedt);
        html! {
            <div class="schmal">
                <form class="felder" novalidate={true} {onsubmit}>
                    { meldung }
                    { haupttitel("kern-heading-large", texte.get(texte::STAND_TITEL)) }
                    { absatz(texte.get(texte::STAND_TEXT)) }
                    { feld(0, "nummer", texte::VORGANGSNUMMER, texte::STAND_NUMMER_HILFE, &self.nummer) }
                    { feld(1, "code", texte::ZUGANGSCODE, texte::STAND_CODE_HILFE, &self.code) }
                    <div class="knopfzeile">
                        <button type="submit" class="kern-btn kern-btn--primary" aria-disabled={is_laden.then_some("true")}>
                            <span class="kern-label">{ texte.get(texte::STAND_SEHEN) }</span>
                        </button>
                        if is_laden {
                            <div class="kern-loader kern-loader--visible" />
                        }
                    </div>
                </form>
            </div>
        }
    }

    fn view_vorgang(&self, ctx: &Context<Stand>, vorgang: &Value) -> Html {
        let texte = &ctx.props().texte;
        let text = |json: &Value, name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let zustand = text(vorgang, "zustand");
        let zustand = ZUSTAENDE
            .iter()
            .find(|(it, _)| it.eq_ignore_ascii_case(&zustand))
            .map_or(zustand, |(_, text)| texte.get(*text).to_owned());
        let zeit =
            |json: &Value, name: &str| browser::local_time(&text(json, name), texte.sprache());
        let antrag = text(vorgang, "antrag");
        let titel = antraege::angebot(&antrag)
            .map_or(antrag, |angebot| texte.antrag(angebot.id, "titel", angebot.titel).to_owned());
        let zeilen = [
            (texte::ANTRAG, titel),
            (texte::VORGANGSNUMMER, text(vorgang, "vorgangsnummer")),
            (texte::EINGEGANGEN, zeit(vorgang, "eingegangenAm")),
            (texte::STAND_ZUSTAND, zustand),
            (texte::PRUEFSUMME, text(vorgang, "pruefsumme")),
        ];
        let mut zeilen: Vec<Html> =
            zeilen.into_iter().map(|(label, wert)| item(texte.get(label), &wert)).collect();
        for zustellung in vorgang["zustellungen"].as_array().into_iter().flatten() {
            let ziel = text(zustellung, "ziel");
            let ziel = match ziel.as_str() {
                "fachverfahren" => texte.get(texte::ZIEL_FACHVERFAHREN).to_owned(),
                "dms" => texte.get(texte::ZIEL_DMS).to_owned(),
                _ => ziel,
            };
            let stand = match text(zustellung, "zustand").as_str() {
                "zugestellt" => texte::ZUSTELLUNG_DA,
                "gescheitert" if text(zustellung, "grund") == "schadsoftware" => {
                    texte::ZUSTELLUNG_VIRUS
                }
                "gescheitert" => texte::ZUSTELLUNG_PROBLEM,
                _ => texte::ZUSTELLUNG_WARTET,
            };
            let label = format!("{}: {ziel}", texte.get(texte::STAND_ZUSTELLUNG));
            zeilen.push(item(&label, texte.get(stand)));
        }
        let ereignisse = vorgang["ereignisse"].as_array().into_iter().flatten().map(|it| {
            html! {
                <tr class="kern-table__row">
                    <td class="kern-table__cell">{ zeit(it, "am") }</td>
                    <td class="kern-table__cell" lang="de">{ text(it, "text") }</td>
                </tr>
            }
        });
        let ereignisse: Vec<Html> = ereignisse.collect();
        html! {
                    <div class="schmal felder">
                        if let Some((art, satz)) = &self.gesagt {
                            { meldung(*art, "gesagt", satz, Html::default()) }
                        }
                        { haupttitel("kern-heading-large", texte.get(texte::STAND_TITEL)) }
                        { for self.view_mitteilungen(ctx, vorgang, true) }
                        <dl class="kern-description-list">{ for zeilen }</dl>
                        { for self.view_mitteilungen(ctx, vorgang, false) }
                        { self.view_gesendet(ctx, vorgang) }
                        if !ereignisse.is_empty() {
                            <div class="kern-table-responsive" tabindex="0" role="region" aria-labelledby="ereignisse">
                                <table class="kern-table">
                                    <caption class="kern-title" id="ereignisse">{ texte.get(texte::STAND_EREIGNISSE) }</caption>
                                    <thead class="kern-table__head"><tr class="kern-table__row">
                                        <th class="kern-table__header" scope="col">{ texte.get(texte::STAND_ZEIT) }</th>
                                        <th class="kern-table__header" scope="col">{ texte.get(texte::STAND_EREIGNIS) }</th>
                                    </tr></thead>
                                    <tbody class="kern-table__body">{ for ereignisse }</tbody>
                                </table>
                            </div>
                        }
                        { self.view_senden(ctx, vorgang) }
                        <div>
        { knopf("secondary", "search", texte.get(texte::STAND_ANDERER), ctx.link().callback(|_| Msg::Anderer)) }
                        </div>
                    </div>
                }
    }
}

/// What a message of the Behörde is, by its Nachrichtentyp.
const MITTEILUNGEN: [(&str, Uitext); 6] = [
    ("130102", texte::MITTEILUNG_130102),
    ("130104", texte::MITTEILUNG_130104),
    ("130105", texte::MITTEILUNG_130105),
    ("130107", texte::MITTEILUNG_130107),
    ("130109", texte::MITTEILUNG_130109),
    ("130110", texte::MITTEILUNG_130110),
];

fn texts<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    json[name].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().unwrap_or_default()
}

impl Stand {
    /// The messages of the Behörde: those that wait for an answer with a form for it, or the others.
    fn view_mitteilungen(
        &self,
        ctx: &Context<Stand>,
        vorgang: &Value,
        is_offen: bool,
    ) -> Option<Html> {
        let texte = &ctx.props().texte;
        let gemeint: Vec<&Value> = texts(vorgang, "mitteilungen")
            .iter()
            .filter(|it| (text(it, "frage") == "offen") == is_offen)
            .collect();
        if gemeint.is_empty() {
            return None;
        }
        let mitteilungen = gemeint.into_iter().map(|it| self.view_mitteilung(ctx, vorgang, it));
        Some(match is_offen {
            true => html! { <div class="felder">{ for mitteilungen }</div> },
            false => html! {
                <section class="felder">
                    <h2 class="kern-heading-medium">{ texte.get(texte::STAND_MITTEILUNGEN) }</h2>
                    { for mitteilungen }
                </section>
            },
        })
    }

    fn view_mitteilung(&self, ctx: &Context<Stand>, vorgang: &Value, json: &Value) -> Html {
        let texte = &ctx.props().texte;
        let link = ctx.link();
        let typ = text(json, "typ");
        let is_offen = text(json, "frage") == "offen";
        let (id, nummer) = (text(json, "id"), text(vorgang, "vorgangsnummer"));
        let titel = match (is_offen, typ) {
            (true, "130110") => texte::STAND_ANHOERUNG,
            (true, _) => texte::STAND_FRAGE,
            _ => MITTEILUNGEN.iter().find(|it| it.0 == typ).map_or(texte::STAND_FRAGE, |it| it.1),
        };
        let zeit = browser::local_time(text(json, "am"), texte.sprache());
        let von = [("autor", text(json, "autor")), ("zeit", zeit.as_str())];
        let zeilen = texts(json, "zeilen")
            .iter()
            .map(|zeile| item(text(zeile, "label"), text(zeile, "wert")));
        let zeilen: Vec<Html> = zeilen.collect();
        let dokumente = (1..).zip(texts(json, "dokumente")).map(|(platz, dokument)| {
            let name = text(dokument, "name");
            let endung = if text(dokument, "medientyp") == "image/jpeg" { "jpg" } else { "pdf" };
            let datei = format!("{name}-{nummer}.{endung}");
            let url = format!("/api/vorgaenge/{nummer}/mitteilungen/{id}/{platz}");
            let onclick =
                link.callback(move |_| Msg::Dokument { url: url.clone(), name: datei.clone() });
            let label = texte.fill(texte::STAND_DOKUMENT, &[("name", name)]);
            html! { <div>{ knopf("secondary", "download", &label, onclick) }</div> }
        });
        let frist = json["frist"]
            .as_str()
            .and_then(|it| it.parse::<Datum>().ok())
            .map(|datum| texte.fill(texte::STAND_FRIST, &[("datum", &datum.to_string())]));
        let kopf = format!("frage-{id}");
        // The box is for what the applicant has to do; everything else is for reading.
        let class = if is_offen {
            "kern-card kern-card--surface frage"
        } else {
            "kern-card kern-card--surface"
        };
        html! {
            <article {class} aria-labelledby={kopf.clone()}>
                <div class="kern-card__container felder">
                    <header class="kern-card__header">
                        if is_offen {
                            <h2 class="kern-heading-medium" id={kopf.clone()}>{ texte.get(titel) }</h2>
                        } else {
                            <h3 class="kern-title" id={kopf.clone()}>{ texte.get(titel) }</h3>
                        }
                    </header>
                    <section class="kern-card__body felder">
                        if is_offen && typ == "130110" {
                            { absatz(texte.get(texte::STAND_ANHOERUNG_TEXT)) }
                        }
                        if !text(json, "text").is_empty() {
                            <p class="kern-body wortlaut" lang="de">{ text(json, "text") }</p>
                        }
                        if let Some(frist) = frist.filter(|_| is_offen) {
                            <p class="kern-body kern-body--bold">{ frist }</p>
                        }
                        if !zeilen.is_empty() {
                            <dl class="kern-description-list" lang="de">{ for zeilen }</dl>
                        }
                        { for dokumente }
                        if text(json, "frage") == "beantwortet" {
                            { absatz(texte.get(texte::STAND_BEANTWORTET)) }
                        }
                        <p class="kern-body kern-body--small kern-body--muted">{ texte.fill(texte::STAND_VON, &von) }</p>
                        if is_offen {
                            { self.view_antwort(ctx, vorgang, Some(id.to_owned()), kopf) }
                        }
                    </section>
                </div>
            </article>
        }
    }

    fn view_antwort(
        &self,
        ctx: &Context<Stand>,
        vorgang: &Value,
        zu: Option<String>,
        titel: String,
    ) -> Html {
        let Standprops { texte, ansage } = ctx.props();
        // After each answer a new, empty form.
        let key = format!("{titel}-{}", texts(vorgang, "antworten").len());
        html! {
            <Antwortformular {key} texte={texte.clone()} ansage={ansage.clone()}
                nummer={text(vorgang, "vorgangsnummer").to_owned()} code={self.code()} {zu} {titel}
                fertig={ctx.link().callback(|()| Msg::Beantwortet)} />
        }
    }

    /// What the applicant has sent since.
    fn view_gesendet(&self, ctx: &Context<Stand>, vorgang: &Value) -> Html {
        let texte = &ctx.props().texte;
        let antworten = texts(vorgang, "antworten");
        if antworten.is_empty() {
            return Html::default();
        }
        let zeilen = antworten.iter().map(|it| {
            let stand = match it["uebertragen"].as_bool() {
                Some(true) => texte::STAND_GESENDET_DA,
                _ => texte::STAND_GESENDET_WARTET,
            };
            let was = match text(it, "art") {
                "ruecknahme" => texte.get(texte::STAND_RUECKNAHME),
                _ => text(it, "text"),
            };
            let dateien = texts(it, "dateien").iter().map(|datei| {
                html! { <li>{ text(datei, "name") }</li> }
            });
            html! {
                <li>
                    <p class="kern-body kern-body--small kern-body--muted">{ browser::local_time(text(it, "am"), texte.sprache()) }</p>
                    if !was.is_empty() {
                        <p class="kern-body wortlaut">{ was }</p>
                    }
                    <ul class="kern-list kern-list--bullet">{ for dateien }</ul>
                    <p class="kern-body kern-body--small">{ texte.get(stand) }</p>
                </li>
            }
        });
        html! {
            <section class="felder">
                <h2 class="kern-heading-medium">{ texte.get(texte::STAND_GESENDET) }</h2>
                <ol class="gesendet">{ for zeilen }</ol>
            </section>
        }
    }

    /// Further documents and the withdrawal, where they are possible.
    fn view_senden(&self, ctx: &Context<Stand>, vorgang: &Value) -> Html {
        let texte = &ctx.props().texte;
        if vorgang["kannSenden"].as_bool() != Some(true) {
            return Html::default();
        }
        let onchange = ctx.link().callback(|event: Event| {
            Msg::Bestaetigt(event.target_unchecked_into::<HtmlInputElement>().checked())
        });
        let zuruecknehmen = ctx.link().callback(|_| Msg::Zuruecknehmen);
        html! {
            <section class="felder nicht-drucken">
                <h2 class="kern-heading-medium" id="nachreichen">{ texte.get(texte::STAND_NACHREICHEN) }</h2>
                { self.view_antwort(ctx, vorgang, None, "nachreichen".to_owned()) }
                <details class="kern-accordion">
                    <summary class="kern-accordion__header"><span class="kern-title">{ texte.get(texte::STAND_RUECKNAHME) }</span></summary>
                    <section class="kern-accordion__body felder">
                        { absatz(texte.get(texte::STAND_RUECKNAHME_TEXT)) }
                        { haekchen("ruecknahme".to_owned(), self.is_bestaetigt, texte.get(texte::STAND_RUECKNAHME_JA).into(), onchange) }
                        <div>{ knopf("secondary", "", texte.get(texte::STAND_RUECKNAHME_KNOPF), zuruecknehmen) }</div>
                    </section>
                </details>
            </section>
        }
    }
}

fn item(label: &str, wert: &str) -> Html {
    eigenschaft(label.into(), wert.into())
}
