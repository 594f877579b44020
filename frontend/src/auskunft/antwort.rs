//! A form for an answer to the Behörde: a text, files, or both.

use serde_json::{Value, json};
use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    komponenten::{Meldungsart, hint, icon, meldung},
    texte::{self, Texte, Uitext},
};

#[derive(PartialEq, Properties)]
pub struct Antwortprops {
    pub texte: Texte,
    pub ansage: Callback<String>,
    pub nummer: String,
    pub code: String,
    /// The question that is answered; `None`: documents that nobody has asked for.
    pub zu: Option<String>,
    /// Id of the heading that says what it is about.
    pub titel: String,
    /// Called when it is sent.
    pub fertig: Callback<()>,
}

/// What was typed and chosen, and how far the sending is.
pub struct Antwortformular {
    text: String,
    dateien: Vec<File>,
    schritt: Schritt,
    fehler: Option<String>,
    /// The draft that holds the files.
    entwurf: Option<(String, String)>,
    /// How many of the files the draft has.
    hochgeladen: usize,
    /// The idempotency key: whoever sends it twice has sent it once.
    schluessel: String,
}

#[derive(PartialEq)]
enum Schritt {
    Offen,
    Sendet,
}

pub enum Msg {
    Text(String),
    Dateien(Vec<File>),
    Entfernen(usize),
    Senden,
    Entwurf(Antwort),
    Datei(Antwort),
    Gesendet(Antwort),
}

impl Component for Antwortformular {
    type Message = Msg;
    type Properties = Antwortprops;

    fn create(_ctx: &Context<Antwortformular>) -> Antwortformular {
        Antwortformular {
            text: String::new(),
            dateien: Vec::new(),
            schritt: Schritt::Offen,
            fehler: None,
            entwurf: None,
            hochgeladen: 0,
            schluessel: browser::uuid(),
        }
    }

    fn update(&mut self, ctx: &Context<Antwortformular>, msg: Msg) -> bool {
        match msg {
            Msg::Text(_) | Msg::Dateien(_) | Msg::Entfernen(_)
                if self.schritt == Schritt::Sendet =>
            {
                return false;
            }
            Msg::Text(text) => {
                self.text = text;
                self.schluessel = browser::uuid();
            }
            Msg::Dateien(neue) => {
                self.dateien.extend(neue);
                self.begin_anew();
            }
            Msg::Entfernen(platz) => {
                if platz < self.dateien.len() {
                    self.dateien.remove(platz);
                }
                self.begin_anew();
            }
            Msg::Senden if self.schritt == Schritt::Sendet => return false,
            Msg::Senden if self.text.trim().is_empty() && self.dateien.is_empty() => {
                self.fail(ctx, ctx.props().texte.get(texte::ANTWORT_LEER).to_owned());
            }
            Msg::Senden => {
                self.fehler = None;
                self.schritt = Schritt::Sendet;
                ctx.props().ansage.emit(ctx.props().texte.get(texte::ANTWORT_SENDET).to_owned());
                self.go_on(ctx);
            }
            Msg::Entwurf(antwort) => {
                let json = antwort.json();
                let text = |name: &str| json[name].as_str().map(str::to_owned);
                match (antwort.is_ok(), text("id"), text("token")) {
                    (true, Some(id), Some(token)) => {
                        self.entwurf = Some((id, token));
                        self.go_on(ctx);
                    }
                    _ => self.explain(ctx, &antwort),
                }
            }
            Msg::Datei(antwort) => match antwort.is_ok() {
                true => {
                    self.hochgeladen += 1;
                    self.go_on(ctx);
                }
                false => {
                    // Whatever the draft holds now: the next attempt takes a new one.
                    self.begin_anew();
                    self.explain(ctx, &antwort);
                }
            },
            Msg::Gesendet(antwort) => match antwort.is_ok() {
                true => ctx.props().fertig.emit(()),
                false => self.explain(ctx, &antwort),
            },
        }
        true
    }

    fn view(&self, ctx: &Context<Antwortformular>) -> Html {
        let Antwortprops { texte, zu, titel, .. } = ctx.props();
        let link = ctx.link();
        let art = zu.as_deref().unwrap_or("nachreichen");
        let id = |name: &str| format!("{name}-{art}");
        let oninput = link.callback(|event: InputEvent| {
            Msg::Text(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        let onchange = link.callback(|event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let dateien = input.files().map_or_else(Vec::new, |files| {
                (0..files.length()).filter_map(|platz| files.get(platz)).collect()
            });
            // The same file may be chosen again after it was taken out.
            input.set_value("");
            Msg::Dateien(dateien)
        });
        let onsubmit = link.callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Senden
        });
        let dateien = self.dateien.iter().enumerate().map(|(platz, datei)| {
            let name = datei.name();
            let label = texte.fill(texte::ANTWORT_ENTFERNEN, &[("datei", &name)]);
            let onclick = link.callback(move |_| Msg::Entfernen(platz));
            html! {
                <li>
                    { name }{ " " }
                    <button type="button" class="kern-btn kern-btn--tertiary" aria-label={label} {onclick}>
                        { icon("delete") }
                    </button>
                </li>
            }
        });
        let is_senden = self.schritt == Schritt::Sendet;
        html! {
            <form class="felder" novalidate={true} aria-labelledby={titel.clone()} {onsubmit}>
                if let Some(fehler) = &self.fehler {
                    <div role="alert">{ meldung(Meldungsart::Fehler, "", fehler, Html::default()) }</div>
                }
                <div class="kern-form-input">
                    <label class="kern-label" for={id("text")}>{ texte.get(texte::ANTWORT_TEXT) }</label>
                    <textarea class="kern-form-input__input" id={id("text")} rows="5" maxlength="4000"
                        value={self.text.clone()} {oninput} />
                </div>
                <div class="kern-form-input">
                    <label class="kern-label" for={id("dateien")}>{ texte.get(texte::ANTWORT_DATEIEN) }</label>
                    { hint(id("dateien-hilfe"), texte.get(texte::ANTWORT_DATEIEN_HILFE)) }
                    <input class="kern-form-input__input" id={id("dateien")} type="file" multiple={true}
                        accept=".pdf,.jpg,.jpeg,.png" aria-describedby={id("dateien-hilfe")} {onchange} />
                </div>
                if !self.dateien.is_empty() {
                    <ul class="kern-list">{ for dateien }</ul>
                }
                <div class="knopfzeile">
                    <button type="submit" class="kern-btn kern-btn--primary" aria-disabled={is_senden.then_some("true")}>
                        <span class="kern-label">{ texte.get(texte::ANTWORT_SENDEN) }</span>
                    </button>
                    if is_senden {
                        <div class="kern-loader kern-loader--visible" />
                    }
                </div>
            </form>
        }
    }
}

impl Antwortformular {
    /// The next step: a draft, its files one by one, the answer.
    fn go_on(&mut self, ctx: &Context<Antwortformular>) {
        let link = ctx.link();
        let Some((id, token)) = &self.entwurf else {
            match self.dateien.is_empty() {
                true => self.send_answer(ctx),
                false => {
                    let anfrage = Anfrage {
                        methode: "POST",
                        url: "/api/entwuerfe",
                        header: &[],
                        inhalt: Inhalt::Leer,
                    };
                    send(&anfrage, link.callback(Msg::Entwurf), None);
                }
            }
            return;
        };
        let Some(datei) = self.dateien.get(self.hochgeladen) else {
            self.send_answer(ctx);
            return;
        };
        let name = String::from(js_sys::encode_uri_component(&datei.name()));
        let bearer = format!("Bearer {token}");
        let anfrage = Anfrage {
            methode: "POST",
            url: &format!("/api/entwuerfe/{id}/dateien?typ=UNTERLAGE&name={name}"),
            header: &[("Authorization", &bearer)],
            inhalt: Inhalt::Datei(datei),
        };
        send(&anfrage, link.callback(Msg::Datei), None);
    }

    fn send_answer(&self, ctx: &Context<Antwortformular>) {
        let Antwortprops { nummer, code, zu, .. } = ctx.props();
        let mut json = json!({ "text": self.text });
        if let Some(zu) = zu {
            json["zu"] = Value::from(zu.as_str());
        }
        if let Some((id, token)) = &self.entwurf {
            json["entwurf"] = json!({ "id": id, "token": token });
        }
        let text = json.to_string();
        let anfrage = Anfrage {
            methode: "POST",
            url: &format!("/api/vorgaenge/{nummer}/antworten"),
            header: &[("Zugangscode", code), ("Idempotency-Key", &self.schluessel)],
            inhalt: Inhalt::Json(&text),
        };
        send(&anfrage, ctx.link().callback(Msg::Gesendet), None);
    }

    fn begin_anew(&mut self) {
        self.entwurf = None;
        self.hochgeladen = 0;
        self.schluessel = browser::uuid();
    }

    fn explain(&mut self, ctx: &Context<Antwortformular>, antwort: &Antwort) {
        let netz: Uitext = texte::ANTWORT_NETZ;
        let text = antwort.detail().unwrap_or_else(|| ctx.props().texte.get(netz).to_owned());
        self.fail(ctx, text);
    }

    fn fail(&mut self, ctx: &Context<Antwortformular>, text: String) {
        self.schritt = Schritt::Offen;
        ctx.props().ansage.emit(text.clone());
        self.fehler = Some(text);
        let art = ctx.props().zu.as_deref().unwrap_or("nachreichen");
        browser::focus(&format!("text-{art}"));
    }
}
