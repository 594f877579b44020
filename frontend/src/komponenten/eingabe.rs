//! One question: label, Hilfe, Fehler and the input that fits its Datentyp.

use shared::{
    codelisten::Codeliste,
    formular::{Datenfeld, Datentyp},
    zusammenfassung,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{error, hint, icon, join_parts, pad, sort_key, split_parts};
use crate::{
    browser,
    texte::{self, Texte},
};

/// A Feld of a declaration; equal if it is the same one.
#[derive(Clone, Copy, Debug)]
pub struct Frage(pub &'static Datenfeld);

impl PartialEq for Frage {
    fn eq(&self, other: &Frage) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// An answer that was typed or chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geaendert {
    pub pfad: AttrValue,
    pub wert: String,
    /// Whether it is being typed: its input shows it already.
    pub is_getippt: bool,
}

/// How a question is asked.
#[derive(Properties, PartialEq)]
pub struct Eingabeprops {
    pub frage: Frage,
    /// Path of the answer in the Angaben.
    pub pfad: AttrValue,
    /// The answer as it was typed.
    pub wert: AttrValue,
    /// Another number each time its input may show something else than `wert` did when this was
    /// drawn last.
    #[prop_or_default]
    pub stand: u64,
    #[prop_or_default]
    pub fehler: Option<AttrValue>,
    pub texte: Texte,
    pub on_change: Callback<Geaendert>,
    /// In place of the question, where several inputs share one.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Whether the question is the heading of its page.
    #[prop_or_default]
    pub is_titel: bool,
    /// Whether it need not be answered.
    #[prop_or_default]
    pub is_freiwillig: bool,
    /// Codes and texts in place of those of the list.
    #[prop_or_default]
    pub eintraege: Vec<(&'static str, AttrValue)>,
    /// Whether the answer was carried over from where it was given before.
    #[prop_or_default]
    pub is_uebernommen: bool,
    /// Whether a code that needs the eID is offered.
    #[prop_or_default]
    pub eid: bool,
    /// Whether the browser may fill in what it knows about its owner.
    #[prop_or_default]
    pub autocomplete: bool,
}

/// Up to this many entries a list is shown whole.
const RADIOS: usize = 8;

/// Id of a form that is empty but for the long lists of a page, wherever they stand.
pub const LISTEN: &str = "listen";

/// Id of the element for a path: `kinder[0].name` → `f-kinder-0-name`.
pub fn element_id(pfad: &str) -> String {
    format!("f-{}", pfad.replace("].", "-").replace(['[', '.', '@'], "-").replace(']', ""))
}

/// A question of a declaration.
#[component]
pub fn Eingabe(props: &Eingabeprops) -> Html {
    let feld = props.frage.0;
    match feld.datentyp {
        Datentyp::Bestaetigung => bestaetigung(props),
        Datentyp::JaNein => {
            let texte = &props.texte;
            let codes = [("true", texte.get(texte::JA)), ("false", texte.get(texte::NEIN))];
            radios(props, &codes, true)
        }
        Datentyp::Auswahl(liste) => {
            let codes = codes(props, liste);
            match codes.len() {
                ..=RADIOS => radios(props, &codes, false),
                _ => select(props, codes),
            }
        }
        Datentyp::Datum | Datentyp::Teildatum => datum(props),
        Datentyp::Mehrzeilig => mehrzeilig(props),
        _ => zeile(props),
    }
}

/// The codes that are offered, with their meaning in the reader's language.
fn codes<'a>(props: &'a Eingabeprops, liste: &'static Codeliste) -> Vec<(&'static str, &'a str)> {
    if !props.eintraege.is_empty() {
        return props.eintraege.iter().map(|(code, text)| (*code, text.as_str())).collect();
    }
    let feld = props.frage.0;
    // What is not offered any more stays where it was chosen.
    let is_offered = |code: &str| {
        let is_open = props.eid || code != feld.nur_mit_eid;
        is_open && (!feld.ohne.contains(&code) || props.wert == code)
    };
    liste
        .eintraege
        .iter()
        .filter(|(code, _)| is_offered(code))
        .map(|(code, text)| (*code, props.texte.von(&format!("code.{}.{code}", liste.id), text)))
        .collect()
}

impl Eingabeprops {
    fn id(&self) -> String {
        element_id(&self.pfad)
    }

    fn beschriftung(&self) -> &str {
        let feld = self.frage.0;
        let label = || zusammenfassung::label(feld, &self.texte);
        match &self.label {
            Some(label) => label,
            None if feld.frage.is_empty() => label(),
            None => self.texte.von(&format!("frage.{}", feld.key), feld.frage),
        }
    }

    /// The words of the question, with what says that it need not be answered.
    fn label_text(&self) -> Html {
        let text = self.beschriftung();
        let freiwillig = self.is_freiwillig.then(|| {
            let text = self.texte.get(texte::FREIWILLIG);
            html! { <>{ " " }<span class="kern-label__optional">{ text }</span></> }
        });
        match self.is_titel {
            true => {
                html! { <h1 class="kern-heading-large" id="titel" tabindex="-1">{ text }{ freiwillig }</h1> }
            }
            false => html! { <>{ text }{ freiwillig }</> },
        }
    }

    fn hilfe(&self) -> &str {
        // Also where German has none: another language may explain a wording that must stay.
        self.texte.von(&format!("hilfe.{}", self.frage.0.key), self.frage.0.hilfe)
    }

    /// The Hilfe, and where the answer comes from if it was not typed here.
    fn hint(&self) -> Html {
        let id = self.id();
        let hilfe = hint(format!("{id}-hilfe"), self.hilfe());
        if !self.is_uebernommen {
            return hilfe;
        }
        html! {
            <>
                { hilfe }
                <p class="kern-hint uebernommen" id={format!("{id}-herkunft")}>
                    { icon("content-copy") }<span>{ self.texte.get(texte::UEBERNOMMEN) }</span>
                </p>
            </>
        }
    }

    fn error(&self) -> Html {
        match &self.fehler {
            Some(text) => error(format!("{}-fehler", self.id()), text),
            None => Html::default(),
        }
    }

    /// Ids of Hilfe and Fehler, as far as they are there.
    fn describedby(&self) -> Option<String> {
        let mut ids = Vec::new();
        if !self.hilfe().is_empty() {
            ids.push(format!("{}-hilfe", self.id()));
        }
        if self.is_uebernommen {
            ids.push(format!("{}-herkunft", self.id()));
        }
        if self.fehler.is_some() {
            ids.push(format!("{}-fehler", self.id()));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.fehler.is_some().then_some("true")
    }

    /// A class, and its form for errors.
    fn class(&self, name: &str) -> String {
        match self.fehler {
            Some(_) => format!("{name} {name}--error"),
            None => name.to_owned(),
        }
    }

    /// Tells the answer that `read` takes from the input: while it is typed, or once it is chosen.
    fn on<E: AsRef<Event> + 'static, T: JsCast + 'static>(
        &self,
        is_getippt: bool,
        read: fn(&T) -> String,
    ) -> Callback<E> {
        let (on_change, pfad) = (self.on_change.clone(), self.pfad.clone());
        Callback::from(move |event: E| {
            if let Some(target) = event.as_ref().target() {
                let wert = read(target.unchecked_ref());
                on_change.emit(Geaendert { pfad: pfad.clone(), wert, is_getippt });
            }
        })
    }
}

fn zeile(props: &Eingabeprops) -> Html {
    let feld = props.frage.0;
    let id = props.id();
    let (art, inputmode) = match feld.datentyp {
        Datentyp::EMail => ("email", None),
        Datentyp::Telefon => ("tel", None),
        Datentyp::Ganzzahl | Datentyp::Euro => ("text", Some("numeric")),
        Datentyp::Dezimal => ("text", Some("decimal")),
        _ => ("text", None),
    };
    // What stands on a document is no word.
    let is_wort = matches!(feld.datentyp, Datentyp::Text(_));
    let is_kurz = matches!(feld.datentyp, Datentyp::Ganzzahl | Datentyp::Euro | Datentyp::Dezimal)
        || (1..=10).contains(&feld.max)
            && matches!(feld.datentyp, Datentyp::Nummer | Datentyp::Text(_));
    let autocomplete = match feld.autocomplete {
        token if props.autocomplete && !token.is_empty() => token,
        _ => "off",
    };
    let input = html! {
        <input class={props.class("kern-form-input__input")} id={id.clone()} type={art} {inputmode} {autocomplete}
            spellcheck={(!is_wort).then_some("false")} autocapitalize={(!is_wort).then_some("off")}
            value={props.wert.clone()} aria-invalid={props.invalid()} aria-describedby={props.describedby()}
            oninput={props.on(true, HtmlInputElement::value)} />
    };
    let input = match feld.datentyp {
        Datentyp::Euro => html! {
            <div class="kern-input-group">{ input }<div class="kern-input-group-text">{ "€" }</div></div>
        },
        _ => input,
    };
    let kurz = is_kurz.then_some("eingabe--kurz");
    html! {
        <div class={classes!(props.class("kern-form-input"), kurz)}>
            <label class="kern-label" for={id}>{ props.label_text() }</label>
            { props.hint() }
            { input }
            { props.error() }
        </div>
    }
}

fn mehrzeilig(props: &Eingabeprops) -> Html {
    let id = props.id();
    html! {
        <div class={props.class("kern-form-input")}>
            <label class="kern-label" for={id.clone()}>{ props.label_text() }</label>
            { props.hint() }
            <textarea class={props.class("kern-form-input__input")} {id} rows="4" value={props.wert.clone()}
                aria-invalid={props.invalid()} aria-describedby={props.describedby()}
                oninput={props.on(true, HtmlTextAreaElement::value)} />
            { props.error() }
        </div>
    }
}

fn bestaetigung(props: &Eingabeprops) -> Html {
    let id = props.id();
    let read = |input: &HtmlInputElement| if input.checked() { "true" } else { "" }.to_owned();
    html! {
        <div class={props.class("kern-form-check")}>
            <input class={props.class("kern-form-check__checkbox")} id={id.clone()} type="checkbox"
                checked={props.wert == "true"} aria-invalid={props.invalid()} aria-describedby={props.describedby()}
                onchange={props.on(false, read)} />
            <label class="kern-label" for={id}>{ props.label_text() }</label>
            { props.hint() }
            { props.error() }
        </div>
    }
}

fn radios(props: &Eingabeprops, codes: &[(&str, &str)], is_horizontal: bool) -> Html {
    let id = props.id();
    let radios = codes.iter().map(|(code, text)| {
        let option = format!("{id}-{code}");
        html! {
            <div class="kern-form-check">
                <input class={props.class("kern-form-check__radio")} type="radio" id={option.clone()} name={id.clone()}
                    value={(*code).to_owned()} checked={props.wert == *code} onchange={props.on(false, HtmlInputElement::value)} />
                <label class="kern-label" for={option}>{ *text }</label>
            </div>
        }
    });
    let horizontal = is_horizontal.then_some("kern-fieldset__body--horizontal");
    html! {
        <fieldset class={props.class("kern-fieldset")} id={id.clone()} aria-describedby={props.describedby()}>
            <legend class="kern-label">{ props.label_text() }</legend>
            { props.hint() }
            <div class={classes!("kern-fieldset__body", horizontal)}>{ for radios }</div>
            { props.error() }
        </fieldset>
    }
}

fn select<'a>(props: &Eingabeprops, mut codes: Vec<(&'a str, &'a str)>) -> Html {
    let id = props.id();
    // A list of a few purposes has its own order; one of two hundred states is looked through.
    if 30 < codes.len() {
        codes = sorted(&codes);
    }
    // Browsers that fill in forms look through all options of a form at each key.
    let form = (RADIOS * 4 < codes.len()).then_some(LISTEN);
    let options = codes.iter().map(|(code, text)| {
        html! { <option value={(*code).to_owned()} selected={props.wert == *code}>{ *text }</option> }
    });
    html! {
        <div class={props.class("kern-form-input")}>
            <label class="kern-label" for={id.clone()}>{ props.label_text() }</label>
            { props.hint() }
            <div class="kern-form-input__select-wrapper">
                <select class={props.class("kern-form-input__select")} {id} {form} aria-invalid={props.invalid()}
                    aria-describedby={props.describedby()} onchange={props.on(false, HtmlSelectElement::value)}>
                    <option value="" selected={props.wert.is_empty()}>{ props.texte.get(texte::BITTE_WAEHLEN) }</option>
                    { for options }
                </select>
            </div>
            { props.error() }
        </div>
    }
}

/// In the order in which people look through them.
fn sorted<'a>(codes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let (mut keys, mut sorted) = (Vec::new(), Vec::new());
    for code in codes {
        let key = sort_key(code.1);
        let at = keys.partition_point(|it| *it <= key);
        keys.insert(at, key);
        sorted.insert(at, *code);
    }
    sorted
}

fn datum(props: &Eingabeprops) -> Html {
    let feld = props.frage.0;
    let id = props.id();
    let teile = split_parts(&props.wert);
    let is_birthday = props.autocomplete && feld.autocomplete == "bday";
    // Day first, as people say it; kept year first.
    let teil = |index: usize| {
        let (name, label, breite) = match index {
            0 => ("jahr", texte::JAHR, "4"),
            1 => ("monat", texte::MONAT, "2"),
            _ => ("tag", texte::TAG, "2"),
        };
        let autocomplete = match index {
            _ if !is_birthday => "off",
            0 => "bday-year",
            1 => "bday-month",
            _ => "bday-day",
        };
        let oninput = {
            let (on_change, pfad, id) = (props.on_change.clone(), props.pfad.clone(), id.clone());
            Callback::from(move |_: InputEvent| {
                let teile = typed_parts(&id);
                let wert = join_parts(teile.each_ref().map(String::as_str));
                // A date in one part is taken apart, which its inputs do not show yet.
                let is_getippt = split_parts(&wert) == teile;
                on_change.emit(Geaendert { pfad: pfad.clone(), wert, is_getippt });
            })
        };
        let onchange = {
            let (on_change, pfad, id) = (props.on_change.clone(), props.pfad.clone(), id.clone());
            Callback::from(move |_: Event| {
                let teile = typed_parts(&id);
                let wert = pad(&join_parts(teile.each_ref().map(String::as_str)));
                if split_parts(&wert) != teile {
                    on_change.emit(Geaendert { pfad: pfad.clone(), wert, is_getippt: false });
                }
            })
        };
        // The day's id is that of the answer, so that an error leads to it.
        let id = if name == "tag" { id.clone() } else { format!("{id}-{name}") };
        let breite = format!("kern-form-input__input--width-{breite}");
        html! {
            <div class="kern-form-input">
                <label class="kern-label" for={id.clone()}>{ props.texte.get(label) }</label>
                <input class={classes!(props.class("kern-form-input__input"), breite)} {id} type="text" inputmode="numeric"
                    {autocomplete} value={teile[index].clone()} aria-invalid={props.invalid()}
                    aria-describedby={props.fehler.is_some().then(|| format!("{}-fehler", props.id()))} {oninput} {onchange} />
            </div>
        }
    };
    html! {
        <fieldset class={props.class("kern-fieldset")} aria-describedby={props.describedby()}>
            <legend class="kern-label">{ props.label_text() }</legend>
            { props.hint() }
            <div class="kern-fieldset__body kern-fieldset__body--horizontal datum">{ teil(2) }{ teil(1) }{ teil(0) }</div>
            { props.error() }
        </fieldset>
    }
}

/// Year, month and day as their inputs show them.
fn typed_parts(id: &str) -> [String; 3] {
    ["-jahr", "-monat", ""].map(|teil| browser::value_of(&format!("{id}{teil}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_fit_for_links() {
        assert_eq!(element_id("geber.anschrift.plz"), "f-geber-anschrift-plz");
        assert_eq!(element_id("kinder[10].geburt.datum"), "f-kinder-10-geburt-datum");
        assert_eq!(element_id("belehrung.punkte[3]"), "f-belehrung-punkte-3");
        assert_eq!(element_id("nachweise.N_PASS@personen[0]"), "f-nachweise-N_PASS-personen-0");
    }
}
