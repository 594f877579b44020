//! What the answers come to.

use super::{Ergebnis, Klasse, Punkt, Stand, fragen::*};
use crate::{
    angaben::{Angaben, View},
    antraege::einbuergerung::{
        auskuenfte::{STRAFE_UNBEACHTLICH, TAGE_IM_MONAT},
        listen::Titelklasse,
        regeln::{
            AUFENTHALT_EHE_JAHRE, HANDLUNGSFAEHIG_JAHRE, SPERRFRIST_AB, SPERRFRIST_JAHRE,
            aufenthalt_jahre,
        },
    },
    formular::{Datenfeld, Feld},
    recht::Gueltigkeit,
    werte::{Datum, Teildatum},
};

/// § 12a Abs. 1 Satz 3 StAG says "geringfügig" and no number. Practice of some authorities; it only
/// moves a case between an open point and an obstacle.
pub const GERINGFUEGIG_MARGE: i64 = 21;
/// § 9 Abs. 1 StAG with administrative practice: years of marriage.
const EHE_JAHRE: i32 = 2;
/// § 10 Abs. 3 StAG, until it was repealed: three years for special efforts.
const VERKUERZUNG: Gueltigkeit =
    Gueltigkeit::ab(Datum::new(2024, 6, 27)).bis(Datum::new(2025, 10, 29));
const VERKUERZUNG_JAHRE: i32 = 3;
/// Art. 2 AG-StaatenlosMindÜbk: below this age.
const STAATENLOS_JAHRE: i32 = 21;

/// Evaluates the answers; pure, and the same everywhere.
pub fn quickcheck(antworten: &Angaben, stichtag: Datum) -> Ergebnis {
    let mut lauf = Lauf::new(antworten, stichtag);
    let view = View::new(antworten);
    if let Some(ergebnis) = anderer_weg(&mut lauf, &view) {
        return ergebnis;
    }
    let alter = alter(&mut lauf, &view);
    aufenthalt(&mut lauf, &view);
    titel(&mut lauf, &view);
    identitaet(&mut lauf, &view);
    lebensunterhalt(&mut lauf, &view);
    sprache_und_test(&mut lauf, &view, alter);
    strafen(&mut lauf, &view);
    bekenntnis_und_ausschluss(&mut lauf, &view, alter);
    lauf.finish()
}

/// How old somebody is, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alter {
    Unter16,
    /// The date of birth allows both.
    Unsicher,
    Ab16,
}

struct Lauf<'a> {
    view: View<'a>,
    stichtag: Datum,
    weg: Vec<&'static str>,
    offen: Vec<&'static str>,
    hindernisse: Vec<&'static str>,
    daten: Vec<Option<Datum>>,
    hinweise: Vec<&'static str>,
    punkte: Vec<Punkt>,
    /// The condition that is being looked at, and the questions that it rests on.
    bedingung: &'static str,
    felder: Vec<&'static Datenfeld>,
    is_met: bool,
}

impl<'a> Lauf<'a> {
    fn new(antworten: &'a Angaben, stichtag: Datum) -> Lauf<'a> {
        Lauf {
            view: View::new(antworten),
            stichtag,
            weg: Vec::new(),
            offen: Vec::new(),
            hindernisse: Vec::new(),
            daten: Vec::new(),
            hinweise: Vec::new(),
            punkte: Vec::new(),
            bedingung: "",
            felder: Vec::new(),
            is_met: true,
        }
    }

    /// Begins with a condition; what is found until [`Lauf::end`] belongs to it.
    fn begin(&mut self, bedingung: &'static str, felder: &[&'static Datenfeld]) {
        self.bedingung = bedingung;
        self.felder = felder.to_vec();
        self.is_met = true;
    }

    /// Ends a condition: if nothing was found against it, it is met.
    fn end(&mut self, ok: &'static str) {
        if self.is_met {
            self.punkt(Stand::Erfuellt, ok, None);
        }
    }

    fn offen(&mut self, code: &'static str) {
        self.is_met = false;
        self.offen.push(code);
        self.punkt(Stand::Offen, code, None);
    }

    fn hindernis(&mut self, code: &'static str, ab: Option<Datum>) {
        self.is_met = false;
        self.hindernisse.push(code);
        self.daten.push(ab);
        self.punkt(Stand::Hindernis, code, ab);
    }

    fn hinweis(&mut self, code: &'static str) {
        self.hinweise.push(code);
        self.punkt(Stand::Hinweis, code, None);
    }

    fn punkt(&mut self, stand: Stand, code: &'static str, ab: Option<Datum>) {
        let antworten = self
            .felder
            .iter()
            .filter_map(|feld| Some((*feld, self.view.text(feld.id)?.to_owned())))
            .collect();
        self.punkte.push(Punkt { bedingung: self.bedingung, stand, code, antworten, ab });
    }

    fn finish(self) -> Ergebnis {
        let klasse = if !self.hindernisse.is_empty() {
            Klasse::NochNicht
        } else if !self.offen.is_empty() {
            Klasse::OffenePunkte
        } else {
            Klasse::Wahrscheinlich
        };
        // One obstacle without a date leaves the whole without one.
        let daten: Option<Vec<Datum>> = self.daten.into_iter().collect();
        Ergebnis {
            klasse,
            weg: self.weg,
            fruehestens_am: daten.and_then(|it| it.into_iter().max()),
            offene_punkte: self.offen,
            hindernisse: self.hindernisse,
            hinweise: self.hinweise,
            punkte: self.punkte,
        }
    }
}

fn anderer_weg(lauf: &mut Lauf<'_>, view: &View<'_>) -> Option<Ergebnis> {
    lauf.begin("abstammung", &[&Q_ABSTAMMUNG.datenfeld]);
    let abstammung = view.text(Q_ABSTAMMUNG.datenfeld.id).unwrap_or("KEINE");
    let wege: &[&'static str] = match abstammung {
        "DEUTSCHER_ELTERNTEIL" => &["R_P4_1_FESTSTELLUNG", "R_P5_ERKLAERUNG"],
        "NS_VERFOLGUNG" => &["R_ART116_2", "R_P15"],
        "SPAETAUSSIEDLER" => &["R_P7"],
        "KIND_P4_3" => &["R_P4_3"],
        _ => &[],
    };
    let is_ausland = view.text(Q_WOHNORT.datenfeld.id) == Some("AUSLAND");
    if wege.is_empty() && !is_ausland {
        return None;
    }
    if wege.is_empty() {
        lauf.begin("wohnort", &[&Q_WOHNORT.datenfeld]);
        lauf.weg = match abstammung {
            "EHEMALIGER_DEUTSCHER" => vec!["R_P13"],
            _ => vec!["R_P14"],
        };
        lauf.hinweise.push("H_BVA_AUSLANDSVERTRETUNG");
    } else {
        lauf.weg = wege.to_vec();
    }
    let codes: Vec<&'static str> = lauf.weg.iter().chain(&lauf.hinweise).copied().collect();
    for code in codes {
        lauf.punkt(Stand::Hinweis, code, None);
    }
    Some(Ergebnis {
        klasse: Klasse::AndererWeg,
        weg: std::mem::take(&mut lauf.weg),
        fruehestens_am: None,
        offene_punkte: Vec::new(),
        hindernisse: Vec::new(),
        hinweise: std::mem::take(&mut lauf.hinweise),
        punkte: std::mem::take(&mut lauf.punkte),
    })
}

fn alter(lauf: &mut Lauf<'_>, view: &View<'_>) -> Alter {
    lauf.begin("alter", &[&Q_GEBURTSDATUM.datenfeld, &Q_GEBURTSDATUM_UNBEKANNT.datenfeld]);
    let bounds = view.get(&Q_GEBURTSDATUM).map(|it: Teildatum| it.age_bounds(lauf.stichtag));
    let alter = match bounds {
        None => {
            lauf.offen("OP_ALTER_UNSICHER");
            // Most who ask are adults: what holds for them is looked at, too.
            Alter::Ab16
        }
        Some((von, bis)) if von < HANDLUNGSFAEHIG_JAHRE && HANDLUNGSFAEHIG_JAHRE <= bis => {
            lauf.offen("OP_ALTER_UNSICHER");
            Alter::Unsicher
        }
        Some((_, bis)) if bis < HANDLUNGSFAEHIG_JAHRE => {
            lauf.hinweis("H_VERTRETUNG_DURCH_SORGEBERECHTIGTE");
            Alter::Unter16
        }
        Some(_) => Alter::Ab16,
    };
    lauf.begin("abstammung", &[&Q_ABSTAMMUNG.datenfeld]);
    match view.text(Q_ABSTAMMUNG.datenfeld.id) {
        Some("EHEMALIGER_DEUTSCHER") => lauf.hinweis("H_EHEMALIG_DEUTSCH"),
        Some("WEISS_NICHT") => lauf.offen("OP_ABSTAMMUNG"),
        _ => {}
    }
    lauf.begin("wohnort", &[&Q_WOHNORT.datenfeld]);
    if view.text(Q_WOHNORT.datenfeld.id) == Some("WEISS_NICHT") {
        lauf.offen("OP_WOHNORT");
    }
    lauf.begin("staatenlos", &[&Q_STAATENLOS.datenfeld]);
    let is_jung = bounds.is_none_or(|(von, _)| von < STAATENLOS_JAHRE);
    match view.text(Q_STAATENLOS.datenfeld.id) {
        Some("true") if is_jung => lauf.hinweis("H_STAATENLOS_GEBURT"),
        Some("WEISS_NICHT") if is_jung => lauf.offen("OP_STAATENLOS"),
        _ => {}
    }
    lauf.begin("titel", &[&Q_TITEL.datenfeld]);
    if view.text(Q_TITEL.datenfeld.id) == Some("HEIMATLOS") {
        lauf.hinweis("H_HEIMATLOS_P21_HAUSLG");
    }
    alter
}

fn aufenthalt(lauf: &mut Lauf<'_>, view: &View<'_>) {
    lauf.begin(
        "aufenthalt",
        &[
            &Q_SEIT.datenfeld,
            &Q_SEIT_UNBEKANNT.datenfeld,
            &Q_ABWESENHEIT.datenfeld,
            &Q_RUECKKEHR.datenfeld,
            &Q_RUECKKEHR_UNBEKANNT.datenfeld,
            &Q_HAELFTE.datenfeld,
            &Q_GESTATTUNG.datenfeld,
            &Q_EHE.datenfeld,
            &Q_EHE_SEIT.datenfeld,
            &Q_EHE_SEIT_UNBEKANNT.datenfeld,
        ],
    );
    let Some(seit) = view.get(&Q_SEIT) else {
        let is_unknown =
            view.get(&Q_SEIT_UNBEKANNT).is_some() || view.text(Q_SEIT.datenfeld.id).is_some();
        match is_unknown {
            true => lauf.offen("OP_AUFENTHALT_UNBEKANNT"),
            false => lauf.hindernis("N_AUFENTHALT", None),
        }
        return;
    };
    let mut beginn = seit;
    match view.text(Q_ABWESENHEIT.datenfeld.id) {
        Some("UEBER_6M_OHNE_FRIST") => match view.get(&Q_RUECKKEHR) {
            Some(rueckkehr) => {
                beginn = rueckkehr;
                lauf.hinweis("H_P12B_2_ANRECHNUNG");
            }
            None => lauf.offen("OP_ABWESENHEIT_UNBEKANNT"),
        },
        Some("UEBER_6M_MIT_FRIST") => lauf.offen("OP_ABH_FRIST_NACHWEISEN"),
        Some("WEISS_NICHT") => lauf.offen("OP_ABWESENHEIT_UNBEKANNT"),
        _ => {}
    }
    let jahre = aufenthalt_jahre(lauf.stichtag);
    let (mut weg, mut tag) = ("P10_1", beginn.add_years(jahre));
    if let Some(ehe) = view.get(&Q_EHE_SEIT) {
        let ehe = beginn.add_years(AUFENTHALT_EHE_JAHRE).max(ehe.add_years(EHE_JAHRE));
        if ehe < tag {
            (weg, tag) = ("P9_1", ehe);
        }
    }
    lauf.weg.push(weg);
    if lauf.stichtag < tag {
        lauf.hindernis("N_AUFENTHALTSDAUER", Some(tag));
        let is_drei = beginn.add_years(VERKUERZUNG_JAHRE) <= lauf.stichtag;
        if is_drei && VERKUERZUNG.holds_on(lauf.stichtag) {
            lauf.hinweis("H_P10_3_VERKUERZUNG");
        }
        let is_ohne_tag =
            view.text(Q_EHE.datenfeld.id) == Some("true") && view.get(&Q_EHE_SEIT).is_none();
        if is_ohne_tag || is_unknown(view, &Q_EHE) {
            lauf.offen("OP_EHE");
        }
    }
    if is_ja_or_unknown(view, &Q_HAELFTE) {
        lauf.offen("OP_ABWESENHEIT_HAELFTE");
    }
    if is_ja_or_unknown(view, &Q_GESTATTUNG) {
        lauf.offen("OP_P55_3_ASYLG");
    }
    lauf.end("OK_AUFENTHALT");
}

fn titel(lauf: &mut Lauf<'_>, view: &View<'_>) {
    lauf.begin("titel", &[&Q_TITEL.datenfeld]);
    let titel = view.text(Q_TITEL.datenfeld.id).unwrap_or_default();
    match Titelklasse::of(titel) {
        Titelklasse::Ausgeschlossen => {
            lauf.hindernis("N_TITEL", None);
            lauf.hinweis("H_P8_ERMESSEN");
        }
        Titelklasse::Keiner => lauf.hindernis("N_KEIN_TITEL", None),
        Titelklasse::Unklar if titel == "FIKTION" => lauf.offen("OP_FIKTION"),
        Titelklasse::Unklar => lauf.offen("OP_TITEL_UNBEKANNT"),
        Titelklasse::Unbefristet | Titelklasse::Genuegt => {}
    }
    lauf.end("OK_TITEL");
}

fn identitaet(lauf: &mut Lauf<'_>, view: &View<'_>) {
    lauf.begin("identitaet", &[&Q_IDENTITAET.datenfeld]);
    match view.text(Q_IDENTITAET.datenfeld.id) {
        Some("PASS_GUELTIG") => {}
        Some("UNGEKLAERT") => lauf.hindernis("N_IDENTITAET", None),
        _ => lauf.offen("OP_IDENTITAET"),
    }
    lauf.end("OK_IDENTITAET");
}

fn lebensunterhalt(lauf: &mut Lauf<'_>, view: &View<'_>) {
    lauf.begin("lebensunterhalt", &[&Q_LEBENSUNTERHALT.datenfeld]);
    match view.text(Q_LEBENSUNTERHALT.datenfeld.id) {
        Some("OHNE_LEISTUNG") => {}
        Some("LEISTUNG_SONST") => {
            lauf.hindernis("N_LEBENSUNTERHALT", None);
            lauf.hinweis("H_P8_2_HAERTE");
        }
        Some("AUSNAHME_A") => lauf.hinweis("H_NACHWEIS_AUSNAHME_A"),
        Some("AUSNAHME_B") => lauf.hinweis("H_NACHWEIS_AUSNAHME_B"),
        Some("AUSNAHME_C") => lauf.hinweis("H_NACHWEIS_AUSNAHME_C"),
        _ => lauf.offen("OP_LEBENSUNTERHALT"),
    }
    lauf.end("OK_LEBENSUNTERHALT");
}

fn sprache_und_test(lauf: &mut Lauf<'_>, view: &View<'_>, alter: Alter) {
    if alter != Alter::Ab16 {
        return;
    }
    lauf.begin("sprache", &[&Q_SPRACHE.datenfeld]);
    match view.text(Q_SPRACHE.datenfeld.id) {
        Some("B1" | "SCHULE_DE" | "MUENDLICH_GASTARBEITER") => {}
        Some("HAERTE_4A" | "KRANK_ALT") => lauf.offen("OP_SPRACHE_AUSNAHME"),
        _ => lauf.offen("OP_SPRACHE"),
    }
    lauf.end("OK_SPRACHE");
    lauf.begin("test", &[&Q_TEST.datenfeld]);
    match view.text(Q_TEST.datenfeld.id) {
        Some("BESTANDEN" | "SCHULE_DE" | "GASTARBEITER") => {}
        Some("HAERTE_4A" | "KRANK_ALT") => lauf.offen("OP_TEST_AUSNAHME"),
        _ => lauf.offen("OP_TEST"),
    }
    lauf.end("OK_TEST");
}

fn strafen(lauf: &mut Lauf<'_>, view: &View<'_>) {
    lauf.begin("strafen", &[&Q_VERURTEILT.datenfeld]);
    // Who says no has no convictions, whatever was typed in before.
    let urteile: Vec<View<'_>> = match view.text(Q_VERURTEILT.datenfeld.id) {
        Some("false") => Vec::new(),
        _ => view.eintraege(&URTEILE).collect(),
    };
    let is_any = |id: &str| urteile.iter().any(|it| it.text(id) == Some("true"));
    if is_any(U_MENSCHENVERACHTEND.datenfeld.id) {
        lauf.hindernis("N_STRAFE_P12A_1_S2", None);
    } else {
        let mut summe: i64 = 0;
        for urteil in &urteile {
            let monate = urteil.get(&U_MONATE).map_or(0, |it| it.0);
            let tage = urteil.get(&U_TAGESSAETZE).map_or(0, |it| it.0);
            summe = summe.saturating_add(tage).saturating_add(monate.saturating_mul(TAGE_IM_MONAT));
            let is_erlassen = urteil.text(U_ERLASSEN.datenfeld.id) == Some("true");
            if monate != 0 && !is_erlassen {
                let ab = urteil.get(&U_BEWAEHRUNG).map(|it: Datum| it.add_days(1));
                lauf.hindernis("N_STRAFE_BEWAEHRUNG", ab);
            }
        }
        if is_any(U_JUGEND.datenfeld.id) || STRAFE_UNBEACHTLICH + GERINGFUEGIG_MARGE < summe {
            lauf.hindernis("N_STRAFE", None);
        } else if STRAFE_UNBEACHTLICH < summe {
            lauf.offen("OP_STRAFE_GERINGFUEGIG");
        }
    }
    let is_unclear = |it: &View<'_>| {
        let codes = [&U_JUGEND, &U_MENSCHENVERACHTEND];
        let is_ohne_hoehe = it.get(&U_TAGESSAETZE).is_none() && it.get(&U_MONATE).is_none();
        is_ohne_hoehe
            || it.get(&U_UNBEKANNT).is_some()
            || codes.iter().any(|feld| is_unknown(it, feld))
    };
    let is_ja = view.text(Q_VERURTEILT.datenfeld.id) == Some("true");
    let is_ohne_urteil = is_ja && urteile.is_empty();
    if is_unknown(view, &Q_VERURTEILT) || is_ohne_urteil || urteile.iter().any(is_unclear) {
        lauf.offen("OP_STRAFE_UNBEKANNT");
    }
    lauf.end("OK_STRAFEN");
    lauf.begin("verfahren", &[&Q_VERFAHREN.datenfeld]);
    if view.text(Q_VERFAHREN.datenfeld.id) == Some("true") {
        lauf.offen("OP_P12A_3_AUSSETZUNG");
    } else if is_unknown(view, &Q_VERFAHREN) {
        lauf.offen("OP_VERFAHREN_UNBEKANNT");
    }
    lauf.end("OK_VERFAHREN");
}

fn bekenntnis_und_ausschluss(lauf: &mut Lauf<'_>, view: &View<'_>, alter: Alter) {
    if alter != Alter::Unter16 {
        lauf.begin("bekenntnis", &[&Q_BEKENNTNIS.datenfeld]);
        match view.text(Q_BEKENNTNIS.datenfeld.id) {
            Some("JA") => {}
            Some("NEIN") => lauf.hindernis("N_BEKENNTNIS", None),
            Some("DISTANZIERT") => lauf.offen("OP_P11_ABWENDUNG"),
            _ => lauf.offen("OP_BEKENNTNIS"),
        }
        lauf.end("OK_BEKENNTNIS");
    }
    lauf.begin("mehrehe", &[&Q_MEHREHE.datenfeld]);
    if view.text(Q_MEHREHE.datenfeld.id) == Some("true") {
        lauf.hindernis("N_P11_3A", None);
    } else if is_unknown(view, &Q_MEHREHE) {
        lauf.offen("OP_MEHREHE");
    }
    lauf.end("OK_MEHREHE");
    lauf.begin(
        "sperrfrist",
        &[&Q_RUECKNAHME.datenfeld, &Q_SPERRFRIST.datenfeld, &Q_SPERRFRIST_UNBEKANNT.datenfeld],
    );
    if SPERRFRIST_AB <= lauf.stichtag {
        let ende = view.get(&Q_SPERRFRIST).map(|it: Datum| it.add_years(SPERRFRIST_JAHRE));
        let is_ja = view.text(Q_RUECKNAHME.datenfeld.id) == Some("true");
        if let Some(ende) = ende.filter(|it| lauf.stichtag < *it) {
            lauf.hindernis("N_P35A", Some(ende));
        } else if is_unknown(view, &Q_RUECKNAHME) || (is_ja && ende.is_none()) {
            lauf.offen("OP_SPERRFRIST");
        }
    }
    lauf.end("OK_SPERRFRIST");
}

fn is_unknown<T>(view: &View<'_>, feld: &Feld<T>) -> bool {
    view.text(feld.datenfeld.id) == Some("WEISS_NICHT")
}

fn is_ja_or_unknown<T>(view: &View<'_>, feld: &Feld<T>) -> bool {
    matches!(view.text(feld.datenfeld.id), Some("true" | "WEISS_NICHT"))
}
