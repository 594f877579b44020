//! One application while it is filled in and sent: its answers, and what happens to them.

mod gruppen;
mod link;
mod senden;
mod uploads;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use shared::{
    angaben::Angaben,
    befund::Befund,
    formular::{Formular, Inhalt, Seitenart, Seitenort, Zulieferung},
    pruefung::Bedarf,
};
use wasm_bindgen::JsCast;
use web_sys::{File, StorageEvent};
use yew::prelude::*;

pub(super) use link::Linkstand;

use super::{
    blatt::{Anzeige, Geloescht, Handlung},
    entwurf::{Ablage, Entwurf, quittung_key, seite_key, storage_key},
    fortschritt,
    nachweise::Uploads,
    pruefen,
};
use crate::{
    adresse::{Adresse, Seitenziel, Ziel},
    browser,
    http::Antwort,
    komponenten::{Dialog, Fehlerzeile, Geaendert, element_id, open_dialog},
    konfiguration::Konfiguration,
    texte::{self, Texte},
};

/// A part of somebody else's application, as its link opened it.
#[derive(Clone)]
pub struct Auftrag {
    pub zulieferung: &'static Zulieferung,
    /// Of the link.
    pub id: String,
    pub geheimnis: String,
    /// Whom it is about.
    pub person: String,
    /// What is known from the application.
    pub vorgaben: Angaben,
    /// What was said before, if it is to be corrected.
    pub daten: Option<Angaben>,
}

impl PartialEq for Auftrag {
    fn eq(&self, other: &Auftrag) -> bool {
        self.id == other.id && self.geheimnis == other.geheimnis
    }
}

/// Milliseconds without a change after which answers are stored.
const PAUSE: u32 = 300;

/// Milliseconds without a key after which the page follows what was typed.
const DENKPAUSE: u32 = 1000;

/// What a [`Fragebogen`] works on.
#[derive(Properties)]
pub struct Fragebogenprops {
    pub formular: &'static Formular,
    pub ziel: Ziel,
    pub texte: Texte,
    pub konfiguration: Rc<Konfiguration>,
    /// Where only a part is filled in for somebody else's application.
    #[prop_or_default]
    pub auftrag: Option<Rc<Auftrag>>,
    /// Goes to another page.
    pub gehe: Callback<Adresse>,
    /// Has something read out by screen readers.
    pub ansage: Callback<String>,
}

impl PartialEq for Fragebogenprops {
    fn eq(&self, other: &Fragebogenprops) -> bool {
        std::ptr::eq(self.formular, other.formular)
            && self.ziel == other.ziel
            && self.texte == other.texte
            && Rc::ptr_eq(&self.konfiguration, &other.konfiguration)
            && self.auftrag == other.auftrag
    }
}

/// The pages of one application.
pub struct Fragebogen {
    pub(super) entwurf: Entwurf,
    /// What was found on this page when somebody wanted to go on.
    pub(super) fehler: Vec<Anzeige>,
    /// What else was wrong with it, in a sentence each: from the server, or about uploads.
    pub(super) meldungen: Vec<Fehlerzeile>,
    /// Warnings that were shown; the second time they let pass.
    gewarnt: BTreeSet<String>,
    pub(super) geloescht: Option<Geloescht>,
    pub(super) uploads: Uploads,
    pub(super) versand: Versand,
    pub(super) dialog: Option<Dialog>,
    pub(super) pdf_fehler: bool,
    /// How far the part of somebody else is, as the server says.
    pub(super) linkstand: Linkstand,
    pub(super) on_change: Callback<Geaendert>,
    pub(super) on_handlung: Callback<Handlung>,
    /// What the answers lead to: kept from when a page is drawn until something happens, as it is
    /// asked for many times meanwhile.
    verlauf: RefCell<Option<Rc<Verlauf>>>,
    /// Which answers were typed here, with the number of their last change.
    pub(super) getippt: BTreeMap<String, u64>,
    aenderungen: u64,
    /// Runs where something was typed that the page does not follow yet.
    nachziehen: Option<Timeout>,
    uploads_wartend: Vec<(Bedarf, File)>,
    upload_nr: u32,
    fokus: Option<String>,
    speichern: Option<Timeout>,
    uhr: Option<Interval>,
    /// Runs while the virus scanner has not looked at every file of the page.
    wache: Option<Timeout>,
    /// Milliseconds that it runs the next time.
    wieder: u32,
    _listener: [EventListener; 3],
}

/// What the answers lead to.
#[derive(Clone)]
pub(super) struct Verlauf {
    /// The answers that are asked.
    pub asked: Angaben,
    /// All pages, in order.
    pub seiten: Vec<Seitenort>,
}

impl Verlauf {
    /// Where among them a page is.
    pub fn position(&self, seite: &str, praefix: &str) -> Option<usize> {
        self.seiten.iter().position(|it| it.seite.id == seite && it.praefix == praefix)
    }
}

/// How far sending is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Versand {
    #[default]
    Ruht,
    Sendet,
    /// The server did not take it; its sentence.
    Abgelehnt(String),
}

/// What happens to an application.
pub enum Msg {
    Geaendert(Geaendert),
    Handlung(Handlung),
    Weiter,
    AblageDa(Antwort),
    Fortschritt(u32, u32),
    Hochgeladen { nr: u32, bedarf: Bedarf, groesse: u64, antwort: Antwort },
    Wache,
    Geprueft(Antwort),
    Dateiliste(Antwort),
    Senden,
    Gesendet { nr: usize, antwort: Antwort },
    Dialog(Option<Dialog>),
    Loeschen,
    QuittungLoeschen,
    Pdf,
    PdfDa(Antwort),
    Link,
    LinkAblage(Antwort),
    LinkDa(Antwort),
    LinkLaden,
    LinkStand(Antwort),
    LinkWeg,
    LinkWegDa(Antwort),
    LinkKopieren,
    Tick,
    Speichern,
    Nachziehen,
    AndererTab,
}

impl Component for Fragebogen {
    type Message = Msg;
    type Properties = Fragebogenprops;

    fn create(ctx: &Context<Fragebogen>) -> Fragebogen {
        let link = ctx.link();
        let key = draft_key(ctx.props());
        let flush = |name| {
            let speichern = link.callback(|_| Msg::Speichern);
            EventListener::new(&browser::window(), name, move |_| speichern.emit(()))
        };
        let other_tab = {
            let key = key.clone();
            let anderer_tab = link.callback(|_| Msg::AndererTab);
            EventListener::new(&browser::window(), "storage", move |event| {
                if event.unchecked_ref::<StorageEvent>().key().is_none_or(|it| it == key) {
                    anderer_tab.emit(());
                }
            })
        };
        let mut fragebogen = Fragebogen {
            entwurf: browser::load(&key).map(|it| Entwurf::decode(&it)).unwrap_or_default(),
            fehler: Vec::new(),
            meldungen: Vec::new(),
            gewarnt: BTreeSet::new(),
            geloescht: None,
            uploads: Uploads::default(),
            versand: Versand::Ruht,
            dialog: None,
            pdf_fehler: false,
            linkstand: Linkstand::default(),
            on_change: link.callback(Msg::Geaendert),
            on_handlung: link.callback(Msg::Handlung),
            verlauf: RefCell::new(None),
            getippt: BTreeMap::new(),
            aenderungen: 0,
            nachziehen: None,
            uploads_wartend: Vec::new(),
            upload_nr: 0,
            fokus: None,
            speichern: None,
            uhr: None,
            wache: None,
            wieder: uploads::WIEDER_MIN,
            _listener: [flush("pagehide"), flush("visibilitychange"), other_tab],
        };
        fragebogen.begin(ctx.props());
        fragebogen.renew(ctx);
        fragebogen.enter(ctx);
        fragebogen
    }

    fn changed(&mut self, ctx: &Context<Fragebogen>, old: &Fragebogenprops) -> bool {
        self.verlauf.take();
        if ctx.props().konfiguration != old.konfiguration {
            self.renew(ctx);
        }
        if ctx.props().ziel != old.ziel {
            self.flush(ctx);
            self.enter(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Fragebogen>, msg: Msg) -> bool {
        if !matches!(msg, Msg::Geaendert(_) | Msg::Speichern) {
            self.verlauf.take();
        }
        match msg {
            Msg::Geaendert(geaendert) => return self.change(ctx, geaendert),
            Msg::Handlung(handlung) => self.act(ctx, handlung),
            Msg::Weiter => self.go_on(ctx),
            Msg::AblageDa(antwort) => self.begin_uploads(ctx, &antwort),
            Msg::Fortschritt(nr, prozent) => {
                let mut laufend = self.uploads.laufend.iter_mut();
                let Some(it) = laufend.find(|it| it.nr == nr) else { return false };
                it.prozent = prozent;
            }
            Msg::Hochgeladen { nr, bedarf, groesse, antwort } => {
                self.uploaded(ctx, nr, &bedarf, groesse, &antwort);
            }
            Msg::Wache => {
                self.list_files(ctx, Msg::Geprueft);
                return false;
            }
            Msg::Geprueft(antwort) => return self.scanned(ctx, &antwort),
            Msg::Dateiliste(antwort) => return self.reconcile(ctx, &antwort),
            Msg::Senden => self.send(ctx),
            Msg::Gesendet { nr, antwort } => self.sent(ctx, nr, &antwort),
            Msg::Dialog(dialog) => self.dialog = dialog,
            Msg::Loeschen => self.delete(ctx),
            Msg::QuittungLoeschen => {
                browser::remove(&quittung_key(ctx.props().formular.id));
                self.dialog = None;
                ctx.props().gehe.emit(Adresse::Start);
            }
            Msg::Pdf => self.load_pdf(ctx),
            Msg::PdfDa(antwort) => self.save_pdf(ctx, &antwort),
            Msg::Link => self.make_link(ctx),
            Msg::LinkAblage(antwort) => self.begin_link(ctx, &antwort),
            Msg::LinkDa(antwort) => self.link_made(ctx, &antwort),
            Msg::LinkLaden => self.load_link(ctx),
            Msg::LinkStand(antwort) => self.link_state(ctx, &antwort),
            Msg::LinkWeg => self.withdraw_link(ctx),
            Msg::LinkWegDa(antwort) => self.link_withdrawn(ctx, &antwort),
            Msg::LinkKopieren => self.copy_link(ctx),
            Msg::Tick => {
                if self.bedenkzeit(ctx).is_none() {
                    self.uhr = None;
                    ctx.props().ansage.emit(ctx.props().texte.get(texte::BEDENKZEIT_UM).to_owned());
                }
            }
            Msg::Speichern => {
                self.flush(ctx);
                return false;
            }
            Msg::Nachziehen => {}
            Msg::AndererTab => {
                if self.speichern.is_none() {
                    let stored = browser::load(&draft_key(ctx.props()));
                    self.entwurf = stored.map(|it| Entwurf::decode(&it)).unwrap_or_default();
                    self.begin(ctx.props());
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Fragebogen>) -> Html {
        let verlauf = self.verlauf(ctx);
        self.verlauf.replace(Some(verlauf));
        match &ctx.props().ziel {
            Ziel::Einstieg => self.view_einstieg(ctx),
            Ziel::Aufgaben => self.view_aufgaben(ctx),
            Ziel::Seite(ziel) => self.view_seite(ctx, ziel),
            Ziel::Fertig => self.view_fertig(ctx),
        }
    }

    fn rendered(&mut self, ctx: &Context<Fragebogen>, _first: bool) {
        self.nachziehen = None;
        browser::set_title(&self.title(ctx));
        if self.dialog.is_some() {
            open_dialog();
        }
        if let Some(fokus) = self.fokus.take() {
            browser::focus(&fokus);
        }
    }

    fn destroy(&mut self, ctx: &Context<Fragebogen>) {
        self.flush(ctx);
    }
}

impl Fragebogen {
    /// What a part knows before anything is answered.
    fn begin(&mut self, props: &Fragebogenprops) {
        let Some(auftrag) = &props.auftrag else { return };
        if self.entwurf.is_empty()
            && let Some(daten) = &auftrag.daten
        {
            self.entwurf.angaben = daten.clone();
        }
        for (pfad, text) in auftrag.vorgaben.iter() {
            self.entwurf.angaben.set(pfad, text);
        }
        self.entwurf.ablage =
            Some(Ablage { id: auftrag.id.clone(), token: auftrag.geheimnis.clone() });
    }

    /// What the answers lead to.
    pub(super) fn verlauf(&self, ctx: &Context<Fragebogen>) -> Rc<Verlauf> {
        let compute = || {
            let Fragebogenprops { formular, konfiguration, .. } = ctx.props();
            let asked = formular.prune(&self.entwurf.angaben, konfiguration.heute);
            let seiten = formular.eigene_seiten(&asked, konfiguration.heute);
            Rc::new(Verlauf { asked, seiten })
        };
        self.verlauf.borrow().clone().unwrap_or_else(compute)
    }

    /// The answers that are asked.
    pub(super) fn asked(&self, ctx: &Context<Fragebogen>) -> Angaben {
        self.verlauf(ctx).asked.clone()
    }

    /// All that is wrong or worth a remark.
    pub(super) fn check(&self, ctx: &Context<Fragebogen>) -> Vec<Befund> {
        let props = ctx.props();
        props.formular.check(&self.entwurf.angaben, props.konfiguration.kontext())
    }

    /// The page of an address, if these answers lead to it.
    pub(super) fn seitenort(
        &self,
        ctx: &Context<Fragebogen>,
        ziel: &Seitenziel,
    ) -> Option<Seitenort> {
        let verlauf = self.verlauf(ctx);
        verlauf.position(&ziel.seite, &ziel.praefix).map(|it| verlauf.seiten[it].clone())
    }

    /// Address of a page of this application.
    pub(super) fn adresse(&self, ctx: &Context<Fragebogen>, ziel: Ziel) -> Adresse {
        Adresse::antrag(ctx.props().formular.id, ziel)
    }

    /// What was confirmed in another wording than that of today is no longer confirmed.
    fn renew(&mut self, ctx: &Context<Fragebogen>) {
        let props = ctx.props();
        props.formular.renew(&mut self.entwurf.angaben, props.konfiguration.kontext());
    }

    /// Takes an answer. One that is being typed is seen in its own input: the page is drawn again
    /// only where it asks for something else now, and follows in all else when nobody types.
    fn change(&mut self, ctx: &Context<Fragebogen>, geaendert: Geaendert) -> bool {
        let Geaendert { pfad, wert, is_getippt } = geaendert;
        self.entwurf.angaben.set(&pfad, &wert);
        self.aenderungen += 1;
        self.getippt.insert(pfad.to_string(), self.aenderungen);
        self.save_soon(ctx);
        let anzahl = self.fehler.len();
        self.fehler.retain(|it| it.anker.as_deref() != Some(&*pfad));
        let verlauf = self.verlauf.take();
        let (Some(mut verlauf), Ziel::Seite(ziel)) = (verlauf, &ctx.props().ziel) else {
            return true;
        };
        let Some(at) = verlauf.position(&ziel.seite, &ziel.praefix) else { return true };
        if !is_getippt || self.fehler.len() < anzahl {
            return true;
        }
        let ort = verlauf.seiten[at].clone();
        let anchors = |it: &Verlauf| pruefen::anchors(&ort, &it.asked, &ctx.props().konfiguration);
        let before = anchors(&verlauf);
        Rc::make_mut(&mut verlauf).asked.set(&pfad, &wert);
        if anchors(&verlauf) != before {
            return true;
        }
        self.verlauf.replace(Some(verlauf));
        let link = ctx.link().clone();
        self.nachziehen = Some(Timeout::new(DENKPAUSE, move || link.send_message(Msg::Nachziehen)));
        false
    }

    /// Does what somebody wants on a page besides answering.
    fn act(&mut self, ctx: &Context<Fragebogen>, handlung: Handlung) {
        match handlung {
            Handlung::Hinzu { gruppe, pfad } => self.add_entry(ctx, gruppe, &pfad),
            Handlung::Weg { gruppe, pfad, index, name } => {
                self.remove_entry(ctx, gruppe, pfad, index, name);
            }
            Handlung::Zurueckholen => self.restore_entry(ctx),
            Handlung::Dateien { bedarf, dateien } => self.upload(ctx, &bedarf, dateien),
            Handlung::DateiWeg(index) => self.remove_file(ctx, index),
            Handlung::Nachreichen { bedarf, is_spaeter } => self.promise(ctx, &bedarf, is_spaeter),
        }
    }

    /// Moves the focus once the page is rendered.
    fn focus(&mut self, id: impl Into<String>) {
        self.fokus = Some(id.into());
    }

    fn enter(&mut self, ctx: &Context<Fragebogen>) {
        self.fehler.clear();
        self.meldungen.clear();
        self.geloescht = None;
        self.uploads.fehler.clear();
        self.uhr = None;
        self.wache = None;
        self.wieder = uploads::WIEDER_MIN;
        self.dialog = None;
        if self.entwurf.link.is_some() {
            self.load_link(ctx);
        }
        let Ziel::Seite(ziel) = &ctx.props().ziel else { return };
        let Some(ort) = self.seitenort(ctx, ziel) else { return };
        if !ziel.anker.is_empty() {
            self.fehler = self.check_page(ctx, &ort);
            self.focus(ziel.anker.clone());
        }
        if ort.seite.art == Seitenart::Bedenkzeit {
            let key = seite_key(ort.seite.id, &ort.praefix);
            // What counts is when it was opened first.
            self.entwurf.bedenkzeit.entry(key).or_insert_with(browser::now);
            self.save_soon(ctx);
            if self.bedenkzeit(ctx).is_some() {
                let link = ctx.link().clone();
                self.uhr = Some(Interval::new(1000, move || link.send_message(Msg::Tick)));
            }
        }
        if has_proofs(&ort) {
            self.list_files(ctx, Msg::Dateiliste);
        }
    }

    /// Whether this page is one for files.
    fn shows_proofs(&self, ctx: &Context<Fragebogen>) -> bool {
        let Ziel::Seite(ziel) = &ctx.props().ziel else { return false };
        self.seitenort(ctx, ziel).is_some_and(|ort| has_proofs(&ort))
    }

    /// Seconds for which this page stays open.
    pub(super) fn bedenkzeit(&self, ctx: &Context<Fragebogen>) -> Option<u64> {
        let Ziel::Seite(ziel) = &ctx.props().ziel else { return None };
        let key = seite_key(&ziel.seite, &ziel.praefix);
        let is_passed = self.entwurf.besucht.contains(&key);
        let seit = self.entwurf.bedenkzeit.get(&key).filter(|_| !is_passed)?;
        let gelesen = browser::now().saturating_sub(*seit) / 1000;
        let rest = ctx.props().konfiguration.belehrung_sekunden.saturating_sub(gelesen);
        (0 < rest).then_some(rest)
    }

    /// What is wrong on one page, with the inputs to mend it.
    fn check_page(&self, ctx: &Context<Fragebogen>, ort: &Seitenort) -> Vec<Anzeige> {
        let props = ctx.props();
        pruefen::check_page(props.formular, &self.entwurf.angaben, ort, &props.konfiguration)
    }

    /// Paths of what a page shows.
    fn anchors(&self, ctx: &Context<Fragebogen>, ort: &Seitenort) -> Vec<String> {
        pruefen::anchors(ort, &self.verlauf(ctx).asked, &ctx.props().konfiguration)
    }

    /// Wants to leave the page: checks it, and goes to the next one or says what is wrong.
    fn go_on(&mut self, ctx: &Context<Fragebogen>) {
        let Ziel::Seite(ziel) = &ctx.props().ziel else { return };
        let Some(ort) = self.seitenort(ctx, ziel) else { return };
        if self.versand == Versand::Sendet {
            return;
        }
        self.geloescht = None;
        self.meldungen.clear();
        self.drop_empty_lines(ctx, &ort);
        let props = ctx.props();
        pruefen::tidy(props.formular, &mut self.entwurf.angaben, &ort, &props.konfiguration);
        self.fehler = self.check_page(ctx, &ort);
        let texte = &ctx.props().texte;
        if !self.uploads.laufend.is_empty() {
            let text = texte.get(texte::NACHWEIS_WARTEN).to_owned();
            self.meldungen.push(Fehlerzeile { text, ziel: String::new() });
        }
        self.meldungen.extend(self.refused_files(ctx));
        if let Some(sekunden) = self.bedenkzeit(ctx) {
            let text = texte.fill(texte::BEDENKZEIT_REST, &[("sekunden", &sekunden.to_string())]);
            self.meldungen.push(Fehlerzeile { text, ziel: String::new() });
        }
        let is_zusammenfassung = ort.seite.art == Seitenart::Zusammenfassung;
        if is_zusammenfassung {
            self.meldungen.extend(self.open_elsewhere(ctx, &ort));
        }
        if !self.meldungen.is_empty() || self.fehler.iter().any(|it| it.befund.is_sperre()) {
            self.focus("meldung");
            return;
        }
        let gewarnt = self.gewarnt.len();
        self.gewarnt
            .extend(self.fehler.iter().map(|it| format!("{} {}", it.befund.feld, it.befund.regel)));
        if gewarnt < self.gewarnt.len() && !is_zusammenfassung {
            self.focus("meldung");
            return;
        }
        self.entwurf.besucht.insert(seite_key(ort.seite.id, &ort.praefix));
        self.save(ctx);
        match is_zusammenfassung {
            true => self.send(ctx),
            false => ctx.props().gehe.emit(self.next(ctx, &ort, ziel.aendern)),
        }
    }

    /// What still has to be done on other pages, each with the way there.
    fn open_elsewhere(&self, ctx: &Context<Fragebogen>, ort: &Seitenort) -> Vec<Fehlerzeile> {
        let here = |it: &Befund| it.ort.seite == ort.seite.id && it.ort.praefix == ort.praefix;
        let befunde = self.own_befunde(ctx);
        let sperren = befunde.iter().filter(|it| it.is_sperre() && !here(it));
        sperren.map(|it| self.zeile(ctx, it)).collect()
    }

    /// A Befund with the way to where it can be mended.
    pub(super) fn zeile(&self, ctx: &Context<Fragebogen>, befund: &Befund) -> Fehlerzeile {
        let (seite, praefix) = match self.link_page(ctx, &befund.ort) {
            Some(seite) => (seite, String::new()),
            None => (befund.ort.seite, befund.ort.praefix.clone()),
        };
        let ziel =
            Seitenziel { seite: seite.to_owned(), praefix, aendern: true, anker: String::new() };
        let anker = self.seitenort(ctx, &ziel).and_then(|ort| {
            let anker = self.anchors(ctx, &ort);
            Anzeige::new(befund.clone(), &anker, &self.entwurf.angaben).anker
        });
        let ziel =
            Seitenziel { anker: anker.map(|it| element_id(&it)).unwrap_or_default(), ..ziel };
        Fehlerzeile {
            text: befund.text(&ctx.props().texte),
            ziel: self.adresse(ctx, Ziel::Seite(ziel)).to_string(),
        }
    }

    /// Where to go from a page that is done.
    fn next(&self, ctx: &Context<Fragebogen>, ort: &Seitenort, aendern: bool) -> Adresse {
        let verlauf = self.verlauf(ctx);
        let next = match aendern {
            // An answer may have made other questions necessary.
            true => fortschritt::next_page(&verlauf.seiten, &self.entwurf, &self.check(ctx)),
            false => {
                let at = verlauf.position(ort.seite.id, &ort.praefix);
                at.and_then(|it| verlauf.seiten.get(it + 1)).cloned()
            }
        };
        let ziel = next.map_or(Ziel::Aufgaben, |next| {
            let is_zusammenfassung = next.seite.art == Seitenart::Zusammenfassung;
            Ziel::Seite(Seitenziel {
                seite: next.seite.id.to_owned(),
                praefix: next.praefix,
                aendern: aendern && !is_zusammenfassung,
                anker: String::new(),
            })
        });
        self.adresse(ctx, ziel)
    }

    /// `Titel – Schritt – Antrag – Town`
    fn title(&self, ctx: &Context<Fragebogen>) -> String {
        let props = ctx.props();
        let texte = &props.texte;
        let mut teile = Vec::new();
        if !self.fehler.is_empty() || !self.meldungen.is_empty() {
            teile.push(texte.get(texte::FEHLER_TITEL).to_owned());
        }
        match &props.ziel {
            Ziel::Einstieg => {}
            Ziel::Aufgaben => teile.push(texte.get(texte::AUFGABEN_TITEL).to_owned()),
            Ziel::Fertig => teile.push(texte.get(texte::FERTIG_TITEL).to_owned()),
            Ziel::Seite(ziel) => match self.seitenort(ctx, ziel) {
                Some(ort) => {
                    teile.push(pruefen::page_title(&ort, texte));
                    let schritt = ort.schritt;
                    let schritt = texte.von(&format!("schritt.{}", schritt.id), schritt.titel);
                    teile.push(schritt.to_owned());
                }
                None => teile.push(texte.get(texte::FEHLT_SEITE).to_owned()),
            },
        }
        teile.push(texte.antrag(props.formular.id, "titel", props.formular.titel).to_owned());
        teile.push(match props.konfiguration.behoerde.name.as_str() {
            "" => texte.get(texte::PORTAL).to_owned(),
            name => name.to_owned(),
        });
        teile.dedup();
        teile.join(" – ")
    }

    fn save_soon(&mut self, ctx: &Context<Fragebogen>) {
        let link = ctx.link().clone();
        // The last of several changes counts.
        self.speichern = Some(Timeout::new(PAUSE, move || link.send_message(Msg::Speichern)));
    }

    /// Stores what has not been stored yet. What another tab did meanwhile stays.
    fn flush(&mut self, ctx: &Context<Fragebogen>) {
        if self.speichern.is_some() {
            self.save(ctx);
        }
    }

    fn save(&mut self, ctx: &Context<Fragebogen>) {
        self.speichern = None;
        let key = draft_key(ctx.props());
        match self.entwurf.is_empty() {
            true => browser::remove(&key),
            // The secret of a link is kept by its tab alone.
            false if ctx.props().auftrag.is_some() => {
                let entwurf = Entwurf { ablage: None, ..self.entwurf.clone() };
                browser::store(&key, &entwurf.encode());
            }
            false => _ = browser::store(&key, &self.entwurf.encode()),
        }
    }
}

fn has_proofs(ort: &Seitenort) -> bool {
    ort.seite.inhalt.iter().any(|it| matches!(it, Inhalt::Nachweise(_)))
}

/// Where the draft is kept: of a part, by its link, since one person may fill in several.
pub(super) fn draft_key(props: &Fragebogenprops) -> String {
    match &props.auftrag {
        Some(auftrag) => storage_key(&format!("{}.{}", props.formular.id, auftrag.id)),
        None => storage_key(props.formular.id),
    }
}
