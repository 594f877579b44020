//! "Stand meines Antrags": number and code lead to what has become of an application.

use serde_json::Value;
use shared::{
    antraege,
    vorgangsnummer::{Vorgangsnummer, Zugangscode},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    komponenten::{
        Fehlerzeile, Meldungsart, absatz, eigenschaft, error, error_summary, haupttitel, hint,
        knopf, meldung,
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
}

/// What the states of an application mean; others are shown as the server names them.
const ZUSTAENDE: [(&str, Uitext); 4] = [
    ("EINGEGANGEN", texte::ZUSTAND_EINGEGANGEN),
    ("IN_PRUEFUNG", texte::ZUSTAND_IN_PRUEFUNG),
    ("RUECKFRAGE", texte::ZUSTAND_RUECKFRAGE),
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
            Msg::Antwort(antwort) => {
                self.ergebnis = match antwort.status {
                    200 => Ergebnis::Da(antwort.json()),
                    404 => Ergebnis::Fehler(texte::STAND_UNBEKANNT),
                    429 => Ergebnis::Fehler(texte::STAND_ZU_OFT),
                    _ => Ergebnis::Fehler(texte::STAND_NETZ),
                };
                self.fokus = Some(match self.ergebnis {
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
                        { haupttitel("kern-heading-large", texte.get(texte::STAND_TITEL)) }
                        <dl class="kern-description-list">{ for zeilen }</dl>
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
                        <div>
        { knopf("secondary", "search", texte.get(texte::STAND_ANDERER), ctx.link().callback(|_| Msg::Anderer)) }
                        </div>
                    </div>
                }
    }
}

fn item(label: &str, wert: &str) -> Html {
    eigenschaft(label.into(), wert.into())
}
