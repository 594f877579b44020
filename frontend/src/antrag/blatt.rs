//! What stands on a page: made from its declaration, whatever it asks.

use std::collections::BTreeMap;

use shared::{
    angaben::{Angaben, Herkunft, View},
    befund::Befund,
    formular::{
        Auskunft, Baustein, Datenfeld, Datentyp, Feldgruppe, Formular, Hinweis, Hinweisart, Inhalt,
    },
    pruefung::Bedarf,
    zusammenfassung,
};
use web_sys::File;
use yew::prelude::*;

use super::nachweise::Uploads;
use crate::{
    browser,
    komponenten::{
        Eingabe, Frage, Geaendert, Meldungsart, absatz, absatz_mit, block, element_id, error, hint,
        icon, meldung, zeitleiste,
    },
    konfiguration::Konfiguration,
    monate,
    texte::{self, Texte},
};

/// Everything that a page is rendered from.
pub struct Blatt<'a> {
    pub formular: &'static Formular,
    /// The answers as typed.
    pub angaben: &'a Angaben,
    /// Those of them that are asked.
    pub asked: &'a Angaben,
    /// Which of them were typed, with a number that is another one each time.
    pub getippt: &'a BTreeMap<String, u64>,
    pub konfiguration: &'a Konfiguration,
    pub texte: &'a Texte,
    /// What was found on this page, where it has been checked.
    pub fehler: &'a [Anzeige],
    /// Whether the browser may fill in what it knows about its owner.
    pub autocomplete: bool,
    /// Heading of the page.
    pub titel: &'a str,
    /// Whether the page's only question is its heading.
    pub is_titel: bool,
    /// Bytes of the uploaded files, by their id.
    pub groessen: &'a BTreeMap<String, u64>,
    /// Answers that were given elsewhere and carried over, by path.
    pub uebernommen: &'a BTreeMap<String, String>,
    pub uploads: &'a Uploads,
    /// The entry that was removed last, as long as it can come back.
    pub geloescht: Option<&'a Geloescht>,
    pub on_change: &'a Callback<Geaendert>,
    pub on_handlung: &'a Callback<Handlung>,
}

/// What somebody does on a page besides answering.
#[derive(Clone)]
pub enum Handlung {
    /// One entry more.
    Hinzu {
        gruppe: &'static Feldgruppe,
        pfad: String,
    },
    /// An entry less.
    Weg {
        gruppe: &'static Feldgruppe,
        pfad: String,
        index: usize,
        name: String,
    },
    /// The entry that was removed last comes back.
    Zurueckholen,
    Dateien {
        bedarf: Bedarf,
        dateien: Vec<File>,
    },
    /// Index of a proof in the answers.
    DateiWeg(usize),
    Nachreichen {
        bedarf: Bedarf,
        is_spaeter: bool,
    },
}

/// A Befund, and the input that it is shown at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anzeige {
    pub befund: Befund,
    /// Path of a Feld, a group or a proof; none where no input is to blame.
    pub anker: Option<String>,
}

impl Anzeige {
    /// Finds the input for a Befund among those of its page.
    pub fn new(befund: Befund, anker: &[String], angaben: &Angaben) -> Anzeige {
        let feld = befund.feld.as_str();
        let is_below =
            |it: &&String| it.strip_prefix(feld).is_some_and(|rest| rest.starts_with(['.', '[']));
        let found = anker
            .iter()
            .find(|it| *it == feld)
            // Of several, the first one that is not answered yet.
            .or_else(|| anker.iter().filter(is_below).find(|it| angaben.text(it).is_none()))
            .or_else(|| anker.iter().find(is_below))
            .or_else(|| {
                let above = anker.iter().filter(|it| feld.starts_with(it.as_str()));
                above.max_by_key(|it| it.len())
            })
            .cloned();
        Anzeige { befund, anker: found }
    }
}

/// An entry that was removed and can come back.
#[derive(Clone, Debug)]
pub struct Geloescht {
    /// Path of its group.
    pub gruppe: String,
    /// `Person 2`
    pub name: String,
    /// All answers as they were before.
    pub vorher: Angaben,
}

/// The path of a Feld; one without an id is the entry itself.
pub fn pfad(praefix: &str, id: &str) -> String {
    match id {
        "" => praefix.trim_end_matches('.').to_owned(),
        id => format!("{praefix}{id}"),
    }
}

/// Whether somebody is asked for it.
pub fn is_shown(feld: &Datenfeld) -> bool {
    feld.herkunft == Herkunft::Eingabe
}

/// Whether it is the version of a wording that is on the page.
fn is_fassung(feld: &Datenfeld) -> bool {
    !feld.vorgabe.is_empty() && !matches!(feld.datentyp, Datentyp::Auswahl(_))
}

/// Whether somebody is asked for anything in its entries.
fn has_question(gruppe: &Feldgruppe) -> bool {
    asks(gruppe.inhalt)
}

/// Whether somebody is asked for anything.
fn asks(inhalt: &[Inhalt]) -> bool {
    inhalt.iter().any(|it| match it {
        Inhalt::Feld(feld) => is_shown(feld),
        Inhalt::Gruppe(gruppe) => has_question(gruppe),
        Inhalt::Baustein(_, baustein) => asks(baustein.inhalt),
        _ => false,
    })
}

/// The answer that is left where only one is offered.
pub fn only_choice(feld: &Datenfeld, eid: bool) -> Option<(&'static str, &'static str)> {
    let Datentyp::Auswahl(liste) = feld.datentyp else { return None };
    let mut offered = liste.eintraege.iter().filter(|(code, _)| eid || *code != feld.nur_mit_eid);
    let only = offered.next()?;
    offered.next().is_none().then_some(*only)
}

/// Whether a page is a single question, which then is its heading.
pub fn is_single_question(inhalt: &[Inhalt]) -> bool {
    let mut felder = 0;
    for it in inhalt {
        match it {
            Inhalt::Feld(feld) if is_shown(feld) => {
                felder += 1;
                if matches!(feld.datentyp, Datentyp::Bestaetigung) || !feld.nur_mit_eid.is_empty() {
                    return false;
                }
            }
            Inhalt::Feld(_) | Inhalt::Regel(_) => {}
            Inhalt::Gruppe(gruppe) if !has_question(gruppe) => {}
            Inhalt::Baustein(_, baustein) if !asks(baustein.inhalt) => {}
            _ => return false,
        }
    }
    felder == 1
}

/// Walks over what a page asks with these answers: each Feld, also hidden ones, and the paths of
/// groups and proofs.
pub fn walk(
    inhalt: &'static [Inhalt],
    praefix: &str,
    asked: &Angaben,
    konfiguration: &Konfiguration,
    f: &mut impl FnMut(String, Option<&'static Datenfeld>),
) {
    let heute = konfiguration.heute;
    for it in inhalt {
        match it {
            Inhalt::Feld(feld) if feld.wenn.holds(asked, praefix, heute) => {
                f(pfad(praefix, feld.id), Some(feld));
            }
            Inhalt::Gruppe(gruppe) if gruppe.wenn.holds(asked, praefix, heute) => {
                let pfad = format!("{praefix}{}", gruppe.id);
                let shown = shown(gruppe, &pfad, asked);
                f(pfad.clone(), None);
                for index in 0..shown {
                    walk(gruppe.inhalt, &format!("{pfad}[{index}]."), asked, konfiguration, f);
                }
            }
            Inhalt::Baustein(below, baustein) => {
                let praefix = format!("{praefix}{below}");
                if baustein.wenn.holds(asked, &praefix, heute) {
                    walk(baustein.inhalt, &praefix, asked, konfiguration, f);
                }
            }
            Inhalt::Nachweise(nachweise) => {
                for bedarf in nachweise.bedarf(asked, heute) {
                    f(bedarf.pfad(), None);
                }
            }
            _ => {}
        }
    }
}

/// How many entries of a group a page shows: those that are there, or those it offers.
pub fn shown(gruppe: &Feldgruppe, pfad: &str, angaben: &Angaben) -> usize {
    angaben.anzahl(pfad).max(gruppe.min)
}

/// Makes room for one entry more than `before`, those that are offered counted.
pub fn grow(angaben: &mut Angaben, pfad: &str, before: usize) {
    while angaben.anzahl(pfad) <= before {
        angaben.push_entry(pfad);
    }
}

/// What takes the focus in a new entry: a card is announced by its heading, a line by its input.
pub fn entry_focus(gruppe: &Feldgruppe, pfad: &str, index: usize) -> String {
    let entry = element_id(&format!("{pfad}[{index}]"));
    match gruppe.kurz {
        false => format!("{entry}-titel"),
        true => match gruppe.inhalt {
            [Inhalt::Feld(feld)] if !feld.id.is_empty() => {
                element_id(&format!("{pfad}[{index}].{}", feld.id))
            }
            _ => entry,
        },
    }
}

impl Blatt<'_> {
    /// Tells of a Handlung when a button is pressed.
    pub(super) fn on(&self, handlung: impl Fn() -> Handlung + 'static) -> Callback<MouseEvent> {
        self.on_handlung.reform(move |_| handlung())
    }

    /// The contents of a page or of a part of it. `ebene` is that of headings in it.
    pub fn inhalt(&self, inhalt: &'static [Inhalt], praefix: &str, ebene: u8) -> Html {
        let heute = self.konfiguration.heute;
        let teile = inhalt.iter().map(|it| match it {
            Inhalt::Feld(feld) if is_shown(feld) && feld.wenn.holds(self.asked, praefix, heute) => {
                self.feld(feld, praefix, None)
            }
            Inhalt::Feld(feld) if is_fassung(feld) => self.fassung(feld),
            // What is worked out is nobody's to type.
            Inhalt::Gruppe(gruppe) if !has_question(gruppe) => Html::default(),
            Inhalt::Gruppe(gruppe) if gruppe.wenn.holds(self.asked, praefix, heute) => {
                match gruppe.kurz {
                    true => self.gruppe_kurz(gruppe, praefix),
                    false => self.gruppe(gruppe, praefix, ebene),
                }
            }
            Inhalt::Baustein(below, baustein) => {
                let praefix = format!("{praefix}{below}");
                match baustein.wenn.holds(self.asked, &praefix, heute) {
                    true => self.baustein(baustein, &praefix, ebene),
                    false => Html::default(),
                }
            }
            Inhalt::Hinweis(hinweis) if hinweis.wenn.holds(self.asked, praefix, heute) => {
                self.hinweis(hinweis)
            }
            Inhalt::Auskunft(auskunft) => self.auskunft(auskunft, praefix),
            Inhalt::Nachweise(nachweise) => self.nachweise(nachweise),
            _ => Html::default(),
        });
        html! { <>{ for teile }</> }
    }

    /// What was found at this path.
    pub fn fehler(&self, pfad: &str) -> Option<AttrValue> {
        let here = self.fehler.iter().filter(|it| it.befund.is_sperre());
        let mut texte = here
            .filter(|it| it.anker.as_deref() == Some(pfad))
            .map(|it| it.befund.text(self.texte));
        let first = texte.next()?;
        Some(texte.fold(first, |all, text| format!("{all} {text}")).into())
    }

    fn feld(&self, feld: &'static Datenfeld, praefix: &str, label: Option<String>) -> Html {
        let pfad = pfad(praefix, feld.id);
        let eid = self.konfiguration.einstellungen.eid;
        if let Some((code, text)) = only_choice(feld, eid) {
            return self.nur_so(feld, code, text);
        }
        let (key, wert, fehler) =
            (pfad.clone(), self.angaben.typed(&pfad).to_owned(), self.fehler(&pfad));
        let is_box = matches!(feld.datentyp, Datentyp::Bestaetigung);
        let is_pflicht = feld.pflicht.holds(self.asked, praefix, self.konfiguration.heute);
        let is_uebernommen = self.uebernommen.get(&pfad).is_some_and(|it| *it == wert);
        let eintraege: Vec<_> =
            zusammenfassung::eintraege(self.formular, feld, self.angaben, self.texte)
                .into_iter()
                .flatten()
                .map(|(code, name)| (code, AttrValue::from(name)))
                .collect();
        let stand = self.getippt.get(&pfad).copied().unwrap_or_default();
        html! {
            <Eingabe key={key} frage={Frage(feld)} {wert} {stand} {fehler} texte={self.texte.clone()} on_change={self.on_change.clone()}
                is_freiwillig={!is_pflicht && !is_box && label.is_none()} label={label.map(AttrValue::from)}
                is_titel={self.is_titel} {is_uebernommen} {eid} {eintraege} autocomplete={self.autocomplete} pfad={pfad} />
        }
    }

    /// A question with one possible answer is none.
    fn nur_so(&self, feld: &'static Datenfeld, code: &str, text: &'static str) -> Html {
        let Datentyp::Auswahl(liste) = feld.datentyp else { return Html::default() };
        let text = self.texte.von(&format!("code.{}.{code}", liste.id), text);
        html! {
            <p class="kern-body">
                <span class="kern-body--bold">{ self.texte.get(texte::NUR_SO) }</span>{ " " }{ text }
            </p>
        }
    }

    fn baustein(&self, baustein: &'static Baustein, praefix: &str, ebene: u8) -> Html {
        let titel = match baustein.titel {
            "" => "",
            titel => self.texte.von(&format!("baustein.{}", baustein.id), titel),
        };
        html! {
            <>
                if !titel.is_empty() {
                    { heading(ebene, "kern-heading-small", None, titel) }
                }
                { self.inhalt(baustein.inhalt, praefix, ebene) }
            </>
        }
    }

    fn eintrag_name(&self, gruppe: &'static Feldgruppe) -> &str {
        self.texte.von(&format!("gruppe.{}.eintrag", gruppe.id), gruppe.eintrag)
    }

    fn gruppe_titel(&self, gruppe: &'static Feldgruppe) -> &str {
        self.texte.von(&format!("gruppe.{}.titel", gruppe.id), gruppe.titel)
    }

    fn gruppe_hilfe(&self, gruppe: &'static Feldgruppe) -> &str {
        match gruppe.hilfe {
            "" => "",
            hilfe => self.texte.von(&format!("gruppe.{}.hilfe", gruppe.id), hilfe),
        }
    }

    /// The button for one more entry.
    fn hinzu(&self, gruppe: &'static Feldgruppe, pfad: &str, id: &str, shown: usize) -> Html {
        if 0 < gruppe.max && gruppe.max <= shown {
            return Html::default();
        }
        let pfad = pfad.to_owned();
        let onclick = self.on(move || Handlung::Hinzu { gruppe, pfad: pfad.clone() });
        let name = self.eintrag_name(gruppe);
        html! {
            <button type="button" class="kern-btn kern-btn--secondary" id={format!("{id}-hinzu")} {onclick}>
                { icon("add") }
                <span class="kern-label">{ self.texte.fill(texte::HINZUFUEGEN, &[("eintrag", name)]) }</span>
            </button>
        }
    }

    /// The button that removes an entry.
    fn weg(&self, gruppe: &'static Feldgruppe, pfad: &str, index: usize, name: &str) -> Html {
        let pfad = pfad.to_owned();
        let onclick = {
            let name = name.to_owned();
            self.on(move || Handlung::Weg { pfad: pfad.clone(), index, name: name.clone(), gruppe })
        };
        html! {
            <button type="button" class="kern-btn kern-btn--tertiary nicht-drucken" {onclick}>
                { icon("delete") }
                <span class="kern-label">{ self.texte.fill(texte::ENTFERNEN, &[("eintrag", name)]) }</span>
            </button>
        }
    }

    /// What says that an entry of this group is gone, and brings it back.
    fn geloescht(&self, pfad: &str) -> Html {
        let Some(geloescht) = self.geloescht.filter(|it| it.gruppe == pfad) else {
            return Html::default();
        };
        let text = self.texte.fill(texte::ENTFERNT, &[("eintrag", &geloescht.name)]);
        html! {
            <div class="geloescht" id="geloescht" tabindex="-1">
                { icon("delete") }
                <span class="kern-body">{ text }</span>
                <button type="button" class="kern-btn kern-btn--tertiary" onclick={self.on(|| Handlung::Zurueckholen)}>
                    <span class="kern-label">{ self.texte.get(texte::RUECKGAENGIG) }</span>
                </button>
            </div>
        }
    }

    /// Entries as cards.
    fn gruppe(&self, gruppe: &'static Feldgruppe, praefix: &str, ebene: u8) -> Html {
        let pfad = format!("{praefix}{}", gruppe.id);
        let id = element_id(&pfad);
        let shown = shown(gruppe, &pfad, self.angaben);
        let karten = (0..shown).map(|index| {
            let entry = format!("{pfad}[{index}]");
            let name = zusammenfassung::entry_name(
                gruppe,
                self.angaben,
                &format!("{entry}."),
                self.texte,
            );
            let titel = format!("{}-titel", element_id(&entry));
            let fehler = self.fehler(&entry);
            html! {
                <article class="kern-card karte" key={entry.clone()} aria-labelledby={titel.clone()}>
                    <div class="kern-card__container">
                        <header class="kern-card__header karte__kopf">
                            { heading(ebene + 1, "kern-title", Some(titel), &name) }
                            if gruppe.min < shown {
                                { self.weg(gruppe, &pfad, index, &name) }
                            }
                        </header>
                        <section class="kern-card__body felder">
                            if let Some(text) = fehler {
                                { error(format!("{}-fehler", element_id(&entry)), &text) }
                            }
                            { self.inhalt(gruppe.inhalt, &format!("{entry}."), ebene + 2) }
                        </section>
                    </div>
                </article>
            }
        });
        let titel = format!("{id}-titel");
        // What the page is called need not be read twice.
        let class = match self.gruppe_titel(gruppe) == self.titel {
            true => "kern-sr-only",
            false => "kern-heading-small",
        };
        html! {
            <section class="gruppe" id={id.clone()} aria-labelledby={titel.clone()}>
                { heading(ebene, class, Some(titel), self.gruppe_titel(gruppe)) }
                { hint(format!("{id}-hilfe"), self.gruppe_hilfe(gruppe)) }
                if let Some(text) = self.fehler(&pfad) {
                    { error(format!("{id}-fehler"), &text) }
                }
                { for karten }
                { self.geloescht(&pfad) }
                { block("hinzu", vec![self.hinzu(gruppe, &pfad, &id, shown)]) }
            </section>
        }
    }

    /// Entries as lines of one question.
    fn gruppe_kurz(&self, gruppe: &'static Feldgruppe, praefix: &str) -> Html {
        let pfad = format!("{praefix}{}", gruppe.id);
        let id = element_id(&pfad);
        let shown = shown(gruppe, &pfad, self.angaben);
        let zeilen = (0..shown).map(|index| {
            let name = match gruppe.monate {
                true => monate::label(self.konfiguration.heute, shown - 1 - index, self.texte),
                false if shown == 1 => self.eintrag_name(gruppe).to_owned(),
                false => format!("{} {}", self.eintrag_name(gruppe), index + 1),
            };
            let entry = format!("{pfad}[{index}]");
            let inhalt = match gruppe.inhalt {
                [Inhalt::Feld(feld)] => self.feld(feld, &format!("{entry}."), Some(name.clone())),
                inhalt => self.inhalt(inhalt, &format!("{entry}."), 4),
            };
            // Of months only the oldest can go: they are consecutive.
            let is_removable = gruppe.min < shown && (!gruppe.monate || index == 0);
            html! {
                <div class="zeile" key={entry}>
                    { inhalt }
                    if is_removable {
                        { self.weg(gruppe, &pfad, index, &name) }
                    }
                </div>
            }
        });
        let fehler = self.fehler(&pfad);
        let hilfe = self.gruppe_hilfe(gruppe);
        let mut describedby = Vec::new();
        if !hilfe.is_empty() {
            describedby.push(format!("{id}-hilfe"));
        }
        if fehler.is_some() {
            describedby.push(format!("{id}-fehler"));
        }
        let describedby = (!describedby.is_empty()).then(|| describedby.join(" "));
        let is_freiwillig = gruppe.min == 0;
        html! {
            <fieldset class={classes!("kern-fieldset", fehler.is_some().then_some("kern-fieldset--error"))} id={id.clone()}
                aria-describedby={describedby}>
                <legend class="kern-label">
                    { self.gruppe_titel(gruppe) }
                    if is_freiwillig {
                        { " " }<span class="kern-label__optional">{ self.texte.get(texte::FREIWILLIG) }</span>
                    }
                </legend>
                { hint(format!("{id}-hilfe"), hilfe) }
                <div class="kern-fieldset__body">{ for zeilen }</div>
                if let Some(text) = fehler {
                    { error(format!("{id}-fehler"), &text) }
                }
                { self.geloescht(&pfad) }
                { block("hinzu", vec![self.hinzu(gruppe, &pfad, &id, shown)]) }
            </fieldset>
        }
    }

    /// A sheet that opens and can be printed with the page.
    fn merkblatt(&self, text: &str) -> Html {
        let absaetze = text.lines().map(|zeile| match zeile.split_once(": ") {
            Some((titel, text)) => html! {
                <p class="kern-body"><strong>{ titel }{ ":" }</strong>{ " " }{ text }</p>
            },
            None => absatz(zeile),
        });
        let drucken = Callback::from(|_: MouseEvent| browser::print());
        html! {
            <details class="kern-accordion" id="merkblatt">
                <summary class="kern-accordion__header">
                    <span class="kern-title">{ self.texte.get(texte::MERKBLATT) }</span>
                </summary>
                <section class="kern-accordion__body absaetze">
                    { for absaetze }
                    <button type="button" class="kern-btn kern-btn--secondary nicht-drucken" onclick={drucken}>
                        <span class="kern-label">{ self.texte.get(texte::DRUCKEN) }</span>
                    </button>
                </section>
            </details>
        }
    }

    /// The version of a wording, which nobody is asked for.
    fn fassung(&self, feld: &'static Datenfeld) -> Html {
        let konfiguration = self.konfiguration;
        let fassung = konfiguration.einstellungen.vorgabe(feld, konfiguration.heute);
        let text = format!("{}: {fassung}", zusammenfassung::label(feld, self.texte));
        absatz_mit("kern-body kern-body--small kern-body--muted", &text)
    }

    fn hinweis(&self, hinweis: &'static Hinweis) -> Html {
        let deutsch = hinweis.text.join("\n");
        let text = self.texte.von(&format!("hinweis.{}", hinweis.id), &deutsch);
        if hinweis.art == Hinweisart::Merkblatt {
            return self.merkblatt(text);
        }
        let absaetze = block("absaetze", text.lines().map(absatz).collect());
        match hinweis.art {
            Hinweisart::Merkblatt => Html::default(),
            Hinweisart::Text => absaetze,
            Hinweisart::Info => {
                meldung(Meldungsart::Info, "", self.texte.get(texte::HINWEIS), absaetze)
            }
            Hinweisart::Warnung => {
                meldung(Meldungsart::Warnung, "", self.texte.get(texte::WICHTIG), absaetze)
            }
        }
    }

    fn auskunft(&self, auskunft: &'static Auskunft, praefix: &str) -> Html {
        let view = View::new(self.asked).unter(praefix);
        let titel = self.texte.von(&format!("auskunft.{}", auskunft.id), auskunft.titel);
        let Some(ergebnis) = (auskunft.compute)(&view, &self.konfiguration.kontext()) else {
            let text = self.texte.get(texte::AUSKUNFT_FEHLT);
            return meldung(
                Meldungsart::Info,
                "",
                titel,
                html! { <p class="kern-body">{ text }</p> },
            );
        };
        let text = |(key, deutsch): (&'static str, &'static str)| {
            self.texte.von(&format!("auskunft.{key}"), deutsch).to_owned()
        };
        let zeilen = ergebnis.zeilen.iter().map(|it| {
            // Sentences are read, not compared.
            let ausrichtung = it.wert.key.is_empty().then_some("kern-table__cell--numeric");
            html! {
                <tr class="kern-table__row">
                    <th class="kern-table__header" scope="row">{ text(it.label) }</th>
                    <td class={classes!("kern-table__cell", ausrichtung)}>{ it.text(self.texte) }</td>
                </tr>
            }
        });
        let art = if ergebnis.is_gut { Meldungsart::Erfolg } else { Meldungsart::Warnung };
        let satz = text(ergebnis.satz);
        html! {
            <>
                { meldung(art, "", titel, absatz(&satz)) }
                if !ergebnis.zeilen.is_empty() {
                    <table class="kern-table rechnung">
                        <caption class="kern-title">{ self.texte.get(texte::AUSKUNFT_RECHNUNG) }</caption>
                        <tbody class="kern-table__body">{ for zeilen }</tbody>
                    </table>
                }
                { for ergebnis.zeitleisten.iter().enumerate().map(|(index, it)| {
                    let id = format!("{}-{index}", element_id(auskunft.id));
                    zeitleiste(&id, self.texte.get(texte::ZEITLEISTE), it, self.texte)
                }) }
                if let Some(norm) = auskunft.norm {
                    <p class="kern-body kern-body--small kern-body--muted">
                        { self.texte.fill(texte::AUSKUNFT_NORM, &[("norm", &norm.to_string())]) }
                    </p>
                }
            </>
        }
    }
}

/// A heading of a level that is computed.
pub fn heading(ebene: u8, class: &'static str, id: Option<String>, text: &str) -> Html {
    let tabindex = id.is_some().then_some("-1");
    match ebene {
        ..=2 => html! { <h2 {class} {id} {tabindex}>{ text }</h2> },
        3 => html! { <h3 {class} {id} {tabindex}>{ text }</h3> },
        4 => html! { <h4 {class} {id} {tabindex}>{ text }</h4> },
        _ => html! { <h5 {class} {id} {tabindex}>{ text }</h5> },
    }
}

#[cfg(test)]
mod tests {
    use shared::befund::Ort;

    use super::*;

    #[track_caller]
    fn check(feld: &str, anker: &[&str], expect: Option<&str>) {
        let anker: Vec<String> = anker.iter().map(|it| (*it).to_owned()).collect();
        let mut angaben = Angaben::default();
        angaben.set("punkte[0]", "true");
        let befund = Befund {
            feld: feld.to_owned(),
            regel: "REQ",
            parameter: Vec::new(),
            ort: Ort::default(),
        };
        assert_eq!(Anzeige::new(befund, &anker, &angaben).anker.as_deref(), expect);
    }

    #[test]
    fn a_befund_is_shown_where_it_can_be_mended() {
        check("plz", &["strasse", "plz"], Some("plz"));
        check("name", &["vorname.name", "name.name", "name.fehlt"], Some("name.name"));
        check("punkte", &["punkte[0]", "punkte[1]", "punkte[2]"], Some("punkte[1]"));
        check("kinder[1]", &["kinder", "kinder[0].name", "kinder[1].name"], Some("kinder[1].name"));
        check("kinder[0].ehe.seit", &["kinder", "kinder[0].name"], Some("kinder"));
        check("einkommen", &["ausgaben"], None);
    }
}
