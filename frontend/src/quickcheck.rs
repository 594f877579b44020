//! The program of the Quick-Check: a few anonymous questions, and what they come to. Nothing is
//! sent: the answers live in this tab alone, and are gone when somebody deletes them or closes it.
//!
//! Its questions are drawn by [`Blatt`] like those of an application; what they mean is known to
//! `shared`.

mod ergebnis;
mod seite;

use serde_json::Value;
use shared::{
    angaben::Angaben,
    antraege::quickcheck::{self, ANTRAG, QUICKCHECK},
    formular::{Datentyp, Feldgruppe, Inhalt, Seitenort},
};
use yew::prelude::*;

use crate::{
    adresse::{Adresse, Checkziel, Ziel},
    antrag::{
        blatt::{Anzeige, Geloescht, Handlung, entry_focus, grow, shown},
        entwurf::{Entwurf, storage_key},
        pruefen,
    },
    app::{self, Seiten, Umgebung},
    browser,
    komponenten::{
        Dialog, Geaendert, Meldungsart, absatz, absatz_mit, block, element_id, haupttitel,
        knopflink, liste, meldung, open_dialog,
    },
    texte::{self, Texte, Uitext},
};

/// Runs the program in the page.
pub fn run() {
    app::run(Checkseiten);
}

/// The pages of the Quick-Check.
#[derive(Clone, Copy)]
pub struct Checkseiten;

impl Seiten for Checkseiten {
    fn has(&self, adresse: &Adresse) -> bool {
        matches!(adresse, Adresse::Check(_))
    }

    fn view(&self, adresse: &Adresse, umgebung: &Umgebung) -> Html {
        let Adresse::Check(ziel) = adresse else { return Html::default() };
        html! { <Quickcheck ziel={ziel.clone()} umgebung={umgebung.clone()} /> }
    }

    fn title(&self, _adresse: &Adresse) -> Option<Uitext> {
        None
    }

    fn is_leicht(&self, _adresse: &Adresse, _texte: &Texte) -> bool {
        true
    }
}

/// Where the answers are kept, in this tab alone.
pub const ANTWORTEN_KEY: &str = "portal.1.quickcheck";

/// The first page: what it is good for, and what happens to the answers. It is also rendered on the
/// machine that builds the site.
///
/// `weiter` is where somebody goes on who has begun already.
pub fn einstieg(texte: &Texte, weiter: Option<Checkziel>) -> Html {
    let text = |name, deutsch| texte.antrag(QUICKCHECK.id, name, deutsch).to_owned();
    let knopf = if weiter.is_some() { texte::QC_FORTSETZEN } else { texte::QC_BEGINNEN };
    let erste = || {
        let erste = QUICKCHECK.seiten(&Angaben::default(), HEUTE_EGAL).into_iter().next();
        erste.map_or(Checkziel::Einstieg, |it| Checkziel::seite(it.seite.id))
    };
    let ziel = weiter.unwrap_or_else(erste);
    let punkte = [texte::QC_PUNKT_1, texte::QC_PUNKT_2, texte::QC_PUNKT_3, texte::QC_PUNKT_4];
    let punkte: Vec<&str> = punkte.iter().map(|it| texte.get(*it)).collect();
    let teile = vec![
        haupttitel("kern-heading-large", &text("titel", QUICKCHECK.titel)),
        absatz_mit("kern-body kern-body--large", &text("worum", QUICKCHECK.worum)),
        liste(false, &punkte),
        knopflink("primary", Adresse::Check(ziel).to_string(), texte.get(knopf)),
        meldung(
            Meldungsart::Info,
            "",
            texte.get(texte::QC_KEINE_ENTSCHEIDUNG),
            absatz(texte.get(texte::QC_KEINE_ENTSCHEIDUNG_TEXT)),
        ),
    ];
    block("schmal felder", teile)
}

/// Which pages come first does not depend on the day.
const HEUTE_EGAL: shared::werte::Datum = shared::werte::Datum::new(2026, 1, 1);

/// What a [`Quickcheck`] works on.
#[derive(Clone, PartialEq, Properties)]
pub struct Quickcheckprops {
    pub ziel: Checkziel,
    pub umgebung: Umgebung,
}

/// The Quick-Check while it is answered.
pub struct Quickcheck {
    angaben: Angaben,
    /// What was found on this page when somebody wanted to go on.
    fehler: Vec<Anzeige>,
    geloescht: Option<Geloescht>,
    dialog: Option<Dialog>,
    /// Whether the draft could not be stored.
    is_gescheitert: bool,
    fokus: Option<String>,
    on_change: Callback<Geaendert>,
    on_handlung: Callback<Handlung>,
}

/// What happens to it.
pub enum Msg {
    Geaendert(Geaendert),
    Handlung(Handlung),
    Weiter,
    Dialog(Option<Dialog>),
    Loeschen,
    /// Begins the application with these answers.
    Beginnen,
    Drucken,
}

const LOESCHEN: Dialog = Dialog {
    frage: texte::QC_LOESCHEN_FRAGE,
    text: texte::QC_LOESCHEN_TEXT,
    tun: texte::QC_LOESCHEN,
};

impl Component for Quickcheck {
    type Message = Msg;
    type Properties = Quickcheckprops;

    fn create(ctx: &Context<Quickcheck>) -> Quickcheck {
        let link = ctx.link();
        let json = browser::load_session(ANTWORTEN_KEY);
        let json: Value = json.and_then(|it| crate::json::parse(&it)).unwrap_or_default();
        Quickcheck {
            angaben: Angaben::from_json(&json).unwrap_or_default(),
            fehler: Vec::new(),
            geloescht: None,
            dialog: None,
            is_gescheitert: false,
            fokus: None,
            on_change: link.callback(Msg::Geaendert),
            on_handlung: link.callback(Msg::Handlung),
        }
    }

    fn changed(&mut self, ctx: &Context<Quickcheck>, old: &Quickcheckprops) -> bool {
        if ctx.props().ziel != old.ziel {
            self.fehler.clear();
            self.geloescht = None;
            self.dialog = None;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Quickcheck>, msg: Msg) -> bool {
        match msg {
            Msg::Geaendert(Geaendert { pfad, wert, .. }) => {
                self.angaben.set(&pfad, &wert);
                self.clear_contrary(ctx, &pfad, &wert);
                self.fehler.retain(|it| it.anker.as_deref() != Some(&*pfad));
                self.save();
            }
            Msg::Handlung(handlung) => self.act(ctx, handlung),
            Msg::Weiter => self.go_on(ctx),
            Msg::Dialog(dialog) => self.dialog = dialog,
            Msg::Loeschen => {
                self.angaben = Angaben::default();
                self.fehler.clear();
                self.dialog = None;
                browser::remove_session(ANTWORTEN_KEY);
                let Umgebung { texte, gehe, ansage, .. } = &ctx.props().umgebung;
                gehe.emit(Adresse::Check(Checkziel::Einstieg));
                ansage.emit(texte.get(texte::QC_GELOESCHT).to_owned());
            }
            Msg::Beginnen => {
                self.is_gescheitert = !self.carry_over(ctx);
                if self.is_gescheitert {
                    self.fokus = Some("gescheitert".to_owned());
                }
            }
            Msg::Drucken => {
                browser::print();
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Quickcheck>) -> Html {
        let texte = &ctx.props().umgebung.texte;
        match &ctx.props().ziel {
            Checkziel::Einstieg => {
                let offen = || self.open_page(ctx).map_or(Checkziel::Ergebnis, Checkziel::seite);
                einstieg(texte, (!self.angaben.is_empty()).then(offen))
            }
            Checkziel::Seite { .. } => self.view_seite(ctx),
            Checkziel::Ergebnis => self.view_ergebnis(ctx),
        }
    }

    fn rendered(&mut self, ctx: &Context<Quickcheck>, _first: bool) {
        browser::set_title(&self.title(ctx));
        if self.dialog.is_some() {
            open_dialog();
        }
        if let Some(fokus) = self.fokus.take() {
            browser::focus(&fokus);
        }
    }
}

impl Quickcheck {
    /// The answers that are asked.
    fn asked(&self, ctx: &Context<Quickcheck>) -> Angaben {
        QUICKCHECK.prune(&self.angaben, ctx.props().umgebung.konfiguration.heute)
    }

    /// All pages that these answers lead through.
    fn seiten(&self, ctx: &Context<Quickcheck>) -> Vec<Seitenort> {
        QUICKCHECK.seiten(&self.asked(ctx), ctx.props().umgebung.konfiguration.heute)
    }

    /// The page of the address, if these answers lead to it, and its place among them.
    fn seitenort(&self, ctx: &Context<Quickcheck>) -> Option<(usize, Seitenort)> {
        let Checkziel::Seite { seite, .. } = &ctx.props().ziel else { return None };
        self.seiten(ctx).into_iter().enumerate().find(|(_, it)| it.seite.id == *seite)
    }

    /// The first page that is not answered yet.
    fn open_page(&self, ctx: &Context<Quickcheck>) -> Option<&'static str> {
        let kontext = ctx.props().umgebung.konfiguration.kontext();
        let befunde = QUICKCHECK.check(&self.angaben, kontext);
        befunde.iter().find(|it| it.is_sperre()).map(|it| it.ort.seite)
    }

    fn save(&self) {
        let json = self.angaben.to_json(|_, text| Value::from(text));
        browser::store_session(ANTWORTEN_KEY, &json.to_string());
    }

    /// A date and "das weiß ich nicht" beside it do not go together: the last one counts.
    fn clear_contrary(&mut self, ctx: &Context<Quickcheck>, pfad: &str, wert: &str) {
        let Some((_, ort)) = self.seitenort(ctx).filter(|_| !wert.is_empty()) else { return };
        for paar in ort.seite.inhalt.windows(2) {
            let [Inhalt::Feld(datum), Inhalt::Feld(unbekannt)] = paar else { continue };
            let is_paar = matches!(datum.datentyp, Datentyp::Datum | Datentyp::Teildatum)
                && matches!(unbekannt.datentyp, Datentyp::Bestaetigung);
            let contrary = match () {
                () if !is_paar => continue,
                () if pfad == datum.id => unbekannt.id,
                () if pfad == unbekannt.id => datum.id,
                () => continue,
            };
            self.angaben.set(contrary, "");
        }
    }

    /// Entries of groups come and go.
    fn act(&mut self, ctx: &Context<Quickcheck>, handlung: Handlung) {
        let Umgebung { texte, ansage, .. } = &ctx.props().umgebung;
        let focus =
            |gruppe: &'static Feldgruppe, pfad: &str, index| Some(entry_focus(gruppe, pfad, index));
        match handlung {
            Handlung::Hinzu { gruppe, pfad } => {
                self.geloescht = None;
                let before = shown(gruppe, &pfad, &self.angaben);
                grow(&mut self.angaben, &pfad, before);
                self.fokus = focus(gruppe, &pfad, before);
            }
            Handlung::Weg { pfad, index, name, .. } => {
                let vorher = self.angaben.clone();
                self.angaben.remove_entry(&pfad, index);
                ansage.emit(texte.fill(texte::ENTFERNT, &[("eintrag", &name)]));
                self.fehler.retain(|it| it.anker.as_ref().is_none_or(|it| !it.starts_with(&pfad)));
                self.geloescht = Some(Geloescht { gruppe: pfad, name, vorher });
                self.fokus = Some("geloescht".to_owned());
            }
            Handlung::Zurueckholen => {
                let Some(geloescht) = self.geloescht.take() else { return };
                self.angaben = geloescht.vorher;
                ansage.emit(texte.get(texte::WIEDER_DA).to_owned());
                self.fokus = Some(format!("{}-hinzu", element_id(&geloescht.gruppe)));
            }
            // No file is asked for.
            Handlung::Dateien { .. } | Handlung::DateiWeg(_) | Handlung::Nachreichen { .. } => {}
        }
        self.save();
    }

    /// Checks the page, and goes to the next one or says what is missing.
    fn go_on(&mut self, ctx: &Context<Quickcheck>) {
        let Umgebung { konfiguration, gehe, .. } = &ctx.props().umgebung;
        let Some((_, ort)) = self.seitenort(ctx) else { return };
        self.geloescht = None;
        pruefen::tidy(&QUICKCHECK, &mut self.angaben, &ort, konfiguration);
        self.save();
        self.fehler = pruefen::check_page(&QUICKCHECK, &self.angaben, &ort, konfiguration);
        self.fehler.retain(|it| it.befund.is_sperre());
        if !self.fehler.is_empty() {
            self.fokus = Some("meldung".to_owned());
            return;
        }
        gehe.emit(Adresse::Check(self.next(ctx, &ort)));
    }

    /// Where to go from a page that is answered.
    fn next(&self, ctx: &Context<Quickcheck>, ort: &Seitenort) -> Checkziel {
        let is_aendern = matches!(ctx.props().ziel, Checkziel::Seite { aendern: true, .. });
        let seiten = self.seiten(ctx);
        let at = seiten.iter().position(|it| it.seite.id == ort.seite.id);
        let next = match is_aendern {
            // An answer may have made other questions necessary.
            true => self.open_page(ctx),
            false => at.and_then(|it| seiten.get(it + 1)).map(|it| it.seite.id),
        };
        match next.or_else(|| self.open_page(ctx)) {
            Some(seite) => Checkziel::Seite { seite: seite.to_owned(), aendern: is_aendern },
            None => Checkziel::Ergebnis,
        }
    }

    /// Fills the answers into the draft of the application on this device and opens it.
    fn carry_over(&self, ctx: &Context<Quickcheck>) -> bool {
        let heute = ctx.props().umgebung.konfiguration.heute;
        let asked = self.asked(ctx);
        let ergebnis = quickcheck::quickcheck(&asked, heute);
        let key = storage_key(ANTRAG);
        let mut entwurf = browser::load(&key).map(|it| Entwurf::decode(&it)).unwrap_or_default();
        let uebernommen = quickcheck::uebernehmen(&asked, &ergebnis, heute);
        let gefuellt = quickcheck::fill(&mut entwurf.angaben, &uebernommen);
        entwurf.uebernommen.extend(gefuellt);
        let is_stored = browser::store(&key, &entwurf.encode());
        if is_stored {
            let ziel = Adresse::antrag(ANTRAG, Ziel::Aufgaben);
            ctx.props().umgebung.gehe.emit(ziel);
        }
        is_stored
    }

    /// `Frage – Quick-Check – Town`
    fn title(&self, ctx: &Context<Quickcheck>) -> String {
        let Umgebung { texte, konfiguration, .. } = &ctx.props().umgebung;
        let mut teile = Vec::new();
        if !self.fehler.is_empty() {
            teile.push(texte.get(texte::FEHLER_TITEL).to_owned());
        }
        match &ctx.props().ziel {
            Checkziel::Einstieg => {}
            Checkziel::Ergebnis => teile.push(texte.get(texte::QC_ERGEBNIS).to_owned()),
            Checkziel::Seite { .. } => teile.push(match self.seitenort(ctx) {
                Some((_, ort)) => pruefen::page_title(&ort, texte),
                None => texte.get(texte::FEHLT_SEITE).to_owned(),
            }),
        }
        teile.push(texte.antrag(QUICKCHECK.id, "titel", QUICKCHECK.titel).to_owned());
        teile.push(konfiguration.town(texte).to_owned());
        teile.join(" – ")
    }
}

#[cfg(test)]
mod tests {
    use shared::formular::{Einstellungen, Kontext};

    use super::*;

    /// Answers every question that a case leaves out with what leaving it out means there.
    fn answer_the_rest(angaben: &mut Angaben) {
        let ja = |is_ja: bool| if is_ja { "true" } else { "false" };
        let has = |pfad: &str| angaben.has_any(pfad);
        let rest = [
            ("staatenlosInDeutschlandGeboren", "false"),
            ("aufenthalt.abwesenheit", "NEIN"),
            ("aufenthalt.abwesenheitHaelfte", "false"),
            ("aufenthalt.gestattungAnrechnen", "false"),
            ("eheMitDeutschem.antwort", ja(has("eheMitDeutschem.seit"))),
            ("verurteilt", ja(0 < angaben.anzahl("urteile"))),
            ("ermittlungsverfahren", "false"),
            ("mehrehe", "false"),
            ("ruecknahme", ja(has("sperrfristBeginn"))),
        ];
        let mut rest: Vec<(String, &str)> =
            rest.into_iter().map(|(pfad, wert)| (pfad.to_owned(), wert)).collect();
        for index in 0..angaben.anzahl("urteile") {
            for id in ["erlassen", "jugendstrafe", "menschenverachtend"] {
                rest.push((format!("urteile[{index}].{id}"), "false"));
            }
        }
        for (pfad, wert) in rest {
            if angaben.text(&pfad).is_none() {
                angaben.set(&pfad, wert);
            }
        }
    }

    #[test]
    fn the_pages_lead_to_the_result_of_every_case() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/faelle/cases.json");
        let faelle: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let faelle = &faelle["einbuergerung"];
        let list = |name: &str| faelle[name].as_array().unwrap().iter();
        let whole = list("valid").map(|it| (&it["id"], &it["quickcheckInput"], &it["quickcheck"]));
        let short = list("quickcheck").map(|it| (&it["id"], &it["input"], &it["ergebnis"]));
        let mut anzahl = 0;
        for (id, input, expected) in whole.chain(short) {
            let (mut angaben, stichtag) = quickcheck::import(input).unwrap();
            answer_the_rest(&mut angaben);
            let einstellungen = Einstellungen::default();
            let kontext = Kontext { stichtag, einstellungen: &einstellungen };
            let befunde = QUICKCHECK.check(&angaben, kontext);
            assert!(befunde.iter().all(|it| !it.is_sperre()), "{id}: {befunde:?}");
            let asked = QUICKCHECK.prune(&angaben, stichtag);
            assert_eq!(&quickcheck::quickcheck(&asked, stichtag).to_json(), expected, "{id}");
            anzahl += 1;
        }
        assert_eq!(anzahl, 10);
    }
}
