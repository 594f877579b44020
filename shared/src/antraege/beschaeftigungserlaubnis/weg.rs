//! Which way the application takes: free of consent, with the Bundesagentur für Arbeit, not yet, or
//! not at all (§ 4 of the specification). A proposal for the caseworker.

use crate::{codelisten::staaten::EU_EWR, werte::Datum};

/// What decides the way. The first fields are asked; the last ones only the Behörde knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lage {
    /// Paragraph of the Aufenthaltserlaubnis (`AE_16b`), else the kind of document.
    pub status: String,
    pub nebenbestimmung: Option<String>,
    pub staatsangehoerigkeiten: Vec<String>,
    pub beschaeftigungsart: Option<String>,
    pub ununterbrochen_seit: Option<Datum>,
    pub geduldet_seit: Option<Datum>,
    pub gestattet_seit: Option<Datum>,
    pub asylantrag_am: Option<Datum>,
    pub asyl_registriert_am: Option<Datum>,
    /// `ABGELEHNT`, `ZURUECKGENOMMEN`, `NICHT_GESTELLT`, …
    pub asyl_status: Option<String>,
    pub wohnt_in_ae: bool,
    pub pass_vorgelegt: bool,
    pub im_asylverfahren_erlaubt: bool,
    /// Months of insured work (§ 9 Abs. 1 Nr. 1 BeschV).
    pub sv_monate: i64,
    /// Abschnitt of Kapitel 2 AufenthG that the title belongs to.
    pub abschnitt: Option<u8>,
    /// Whether § 9 BeschV does not apply to this title.
    pub ohne_p9: bool,
    /// Dublin procedure, or protection in another state (§ 61 Abs. 1 Satz 3 AsylG).
    pub dublin_oder_schutz: bool,
    /// Exception of § 104 Abs. 18 AufenthG.
    pub p104_18: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wegart {
    BereitsErlaubt,
    Verbot,
    ErlaubnisOhneBa,
    ErlaubnisMitBa,
    Wartezeit,
    ManuellPruefen,
}

impl Wegart {
    /// Code of the specification.
    pub fn code(self) -> &'static str {
        match self {
            Wegart::BereitsErlaubt => "BEREITS_ERLAUBT",
            Wegart::Verbot => "VERBOT",
            Wegart::ErlaubnisOhneBa => "ERLAUBNIS_OHNE_BA",
            Wegart::ErlaubnisMitBa => "ERLAUBNIS_MIT_BA",
            Wegart::Wartezeit => "WARTEZEIT",
            Wegart::ManuellPruefen => "MANUELL_PRUEFEN",
        }
    }

    /// `JA`, `NEIN` or `UNKLAR`: whether the Bundesagentur für Arbeit takes part.
    pub fn beteiligung_ba(self) -> &'static str {
        match self {
            Wegart::ErlaubnisMitBa => "JA",
            Wegart::ManuellPruefen => "UNKLAR",
            _ => "NEIN",
        }
    }
}

/// The way, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weg {
    pub art: Wegart,
    pub rechtsgrundlage: String,
    /// Day from which the permission is possible, where there is a waiting time.
    pub fruehestens_am: Option<Datum>,
    /// `MUSS`, `SOLL` or `KANN`: how free the Behörde is.
    pub entscheidung: Option<&'static str>,
    pub hinweise: Vec<&'static str>,
}

/// What a [`Weg`] points at, by the code in its [`hinweise`](Weg::hinweise).
pub const HINWEISE: [(&str, &str); 2] = [
    (
        "H_SCHWEIZ_FREIZUEGIGKEITSABKOMMEN",
        "Schweiz: Bitte das Recht auf Arbeit nach dem Freizügigkeitsabkommen prüfen.",
    ),
    (
        "H_EU_LISTE_ART62_PRUEFEN",
        "Der Staat steht auf der Liste der EU (Art. 62 Abs. 1 bis 1b). Bitte prüfen, ob das Verbot \
         des § 60a Abs. 6 Nr. 3 AufenthG gilt; die Ausnahmen stehen in § 104 Abs. 18.",
    ),
];

/// Anlage II zu § 29a AsylG, and the Verordnung under § 29b AsylG (in force 2 February 2026).
const SICHERE_STAATEN: &[&str] =
    &["121", "122", "430", "238", "150", "146", "140", "144", "269", "170"];

/// Art. 62 Abs. 1 to 1b Verordnung (EU) 2024/1348: to be examined by hand.
const EU_LISTE: &[&str] = &["460", "349", "287", "436", "252", "285", "163"];

/// § 32 Abs. 2 Nr. 1 to 4 BeschV.
const ZUSTIMMUNGSFREI: &[&str] = &[
    "PRAKTIKUM_MILOG_22",
    "BERUFSAUSBILDUNG",
    "HOCHQUALIFIZIERT",
    "FREIWILLIGENDIENST",
    "KARITATIV",
    "RELIGIOES",
    "PFLICHTPRAKTIKUM",
    "WISSENSCHAFT_LEHRE",
    "TAGESDARBIETUNG",
    "BERUFSSPORT",
    "ESPORT",
    "FOTOMODELL",
    "SPORTVERANSTALTUNG",
    "FAMILIENBETRIEB",
];

/// § 29a Abs. 1, § 60a Abs. 6 Nr. 3 AufenthG: applications after this day.
const ASYLANTRAG_NACH: Datum = Datum::new(2015, 8, 31);

/// The GEAS-Anpassungsgesetz changed § 61 AsylG on this day.
const GEAS_AB: Datum = Datum::new(2026, 6, 12);

/// Decides the way of an application on the Stichtag.
pub fn weg(lage: &Lage, stichtag: Datum) -> Weg {
    let mut hinweise = Vec::new();
    let nats = &lage.staatsangehoerigkeiten;
    let has_nat = |codes: &[&str]| nats.iter().any(|it| codes.contains(&it.as_str()));
    let status = lage.status.as_str();
    if has_nat(&["000"]) {
        return Weg::new(Wegart::BereitsErlaubt, "deutsche Staatsangehörigkeit");
    }
    if has_nat(EU_EWR) {
        return Weg::new(Wegart::BereitsErlaubt, "§ 2 FreizügG/EU");
    }
    if has_nat(&["158"]) {
        hinweise.push("H_SCHWEIZ_FREIZUEGIGKEITSABKOMMEN");
    }
    let is_frei = lage.nebenbestimmung.as_deref() == Some("ERWERBSTAETIGKEIT_ERLAUBT");
    let mut weg = match status {
        "NE" | "DA_EU" | "FREIZUEGIGKEIT" => {
            Weg::new(Wegart::BereitsErlaubt, "§ 4a Abs. 1 S. 1 AufenthG")
        }
        _ if is_frei => Weg::new(Wegart::BereitsErlaubt, "§ 4a Abs. 1 S. 1 AufenthG"),
        "DULDUNG_60B" => Weg::new(Wegart::Verbot, "§ 60b Abs. 5 S. 2 AufenthG"),
        "DULDUNG_60C" => Weg::new(
            Wegart::ErlaubnisOhneBa,
            "§ 60c Abs. 1 S. 3 AufenthG; § 32 Abs. 2 Nr. 2 BeschV",
        )
        .entscheidung("MUSS"),
        titel if titel.starts_with("AE_") => aufenthaltserlaubnis(lage, stichtag),
        "GESTATTUNG" => gestattung(lage, stichtag),
        "DULDUNG_60A" => {
            let weg = duldung(lage, stichtag);
            if weg.rechtsgrundlage != VERBOT_60A && has_nat(EU_LISTE) {
                hinweise.push("H_EU_LISTE_ART62_PRUEFEN");
            }
            weg
        }
        _ => Weg::new(Wegart::ManuellPruefen, "-"),
    };
    weg.hinweise = hinweise;
    weg
}

const VERBOT_60A: &str = "§ 60a Abs. 6 S. 1 Nr. 3 AufenthG";

fn aufenthaltserlaubnis(lage: &Lage, stichtag: Datum) -> Weg {
    if lage.abschnitt == Some(5) {
        return Weg::new(Wegart::ErlaubnisOhneBa, "§ 4a Abs. 1, 2 AufenthG; § 31 BeschV")
            .entscheidung("KANN");
    }
    if 24 <= lage.sv_monate && !lage.ohne_p9 {
        return Weg::new(Wegart::ErlaubnisOhneBa, "§ 9 Abs. 1 Nr. 1 BeschV").entscheidung("KANN");
    }
    if is_since(lage.ununterbrochen_seit, 3, stichtag) && !lage.ohne_p9 {
        return Weg::new(Wegart::ErlaubnisOhneBa, "§ 9 Abs. 1 Nr. 2 BeschV").entscheidung("KANN");
    }
    Weg::new(Wegart::ErlaubnisMitBa, "§§ 4a Abs. 2, 39 AufenthG").entscheidung("KANN")
}

fn gestattung(lage: &Lage, stichtag: Datum) -> Weg {
    if is_aus_sicherem_staat(lage) && lage.asylantrag_am.is_some_and(|it| ASYLANTRAG_NACH < it) {
        return Weg::new(Wegart::Verbot, "§ 61 Abs. 2 S. 4 AsylG");
    }
    let is_neues_recht = GEAS_AB <= stichtag;
    let (ab, norm) = if lage.wohnt_in_ae {
        let (monate, norm) = match (is_neues_recht, lage.dublin_oder_schutz) {
            (true, false) => (3, "§ 61 Abs. 1 S. 2 AsylG"),
            (true, true) => (6, "§ 61 Abs. 1 S. 2-3 AsylG"),
            // Until 11 June 2026: six months in the Aufnahmeeinrichtung.
            (false, _) => (6, "§ 61 Abs. 1 S. 2 AsylG a. F."),
        };
        (lage.asyl_registriert_am.map(|it| it.add_months(monate)), norm)
    } else {
        // Lawful or tolerated earlier stay counts (Satz 2).
        let seit = [lage.gestattet_seit, lage.ununterbrochen_seit].into_iter().flatten().min();
        let norm = if is_neues_recht {
            "§ 61 Abs. 2 S. 1 AsylG"
        } else {
            "§ 61 Abs. 2 S. 1 AsylG a. F."
        };
        (seit.filter(|_| lage.gestattet_seit.is_some()).map(|it| it.add_months(3)), norm)
    };
    match ab {
        None => return Weg::new(Wegart::ManuellPruefen, "-"),
        Some(ab) if stichtag < ab => return Weg::new(Wegart::Wartezeit, norm).ab(ab),
        Some(_) => {}
    }
    // Until 11 June 2026 the Behörde was free outside of the Aufnahmeeinrichtung.
    let entscheidung = if is_neues_recht || lage.wohnt_in_ae { "MUSS" } else { "KANN" };
    if is_zustimmungsfrei(lage, stichtag) {
        return Weg::new(Wegart::ErlaubnisOhneBa, &format!("{norm}; § 32 Abs. 2, 3 BeschV"))
            .entscheidung(entscheidung);
    }
    let norm = format!("{norm}; § 32 Abs. 1, 3 BeschV; § 39 AufenthG");
    Weg::new(Wegart::ErlaubnisMitBa, &norm).entscheidung(entscheidung)
}

fn duldung(lage: &Lage, stichtag: Datum) -> Weg {
    let is_ohne_antrag = lage.asyl_status.as_deref() == Some("NICHT_GESTELLT");
    let is_spaet = lage.asylantrag_am.is_some_and(|it| ASYLANTRAG_NACH < it);
    if is_aus_sicherem_staat(lage) && (is_ohne_antrag || is_spaet) && !lage.p104_18 {
        return Weg::new(Wegart::Verbot, VERBOT_60A);
    }
    let art = lage.beschaeftigungsart.as_deref();
    if lage.wohnt_in_ae && !lage.im_asylverfahren_erlaubt {
        let is_kurz = lage.pass_vorgelegt || art == Some("BERUFSAUSBILDUNG");
        let Some(seit) = lage.geduldet_seit else {
            return Weg::new(Wegart::ManuellPruefen, "-");
        };
        let ab = seit.add_months(if is_kurz { 3 } else { 6 });
        if stichtag < ab {
            return Weg::new(Wegart::Wartezeit, "§ 61 Abs. 1 S. 6-7 AsylG").ab(ab);
        }
    }
    let (entscheidung, grund) = match (lage.wohnt_in_ae, lage.im_asylverfahren_erlaubt) {
        (true, true) => ("MUSS", "§ 61 Abs. 1 S. 9 AsylG"),
        (true, false) => ("SOLL", "§ 61 Abs. 1 S. 6 AsylG"),
        (false, _) => ("SOLL", "§ 60a Abs. 5b AufenthG"),
    };
    if is_zustimmungsfrei(lage, stichtag) {
        let is_frei = art.is_some_and(|it| ZUSTIMMUNGSFREI.contains(&it));
        let norm = if is_frei { "§ 32 Abs. 2 BeschV" } else { "§ 32 Abs. 2 Nr. 5 BeschV" };
        return Weg::new(Wegart::ErlaubnisOhneBa, &format!("{grund}; {norm}"))
            .entscheidung(entscheidung);
    }
    match lage.ununterbrochen_seit.map(|it| it.add_months(3)) {
        Some(ab) if ab <= stichtag => {}
        ab => {
            let weg = Weg::new(Wegart::Wartezeit, "§ 32 Abs. 1 S. 1 BeschV");
            return Weg { fruehestens_am: ab, ..weg };
        }
    }
    let norm = format!("{grund}; § 32 Abs. 1 BeschV; § 39 AufenthG");
    Weg::new(Wegart::ErlaubnisMitBa, &norm).entscheidung(entscheidung)
}

fn is_aus_sicherem_staat(lage: &Lage) -> bool {
    lage.staatsangehoerigkeiten.iter().any(|it| SICHERE_STAATEN.contains(&it.as_str()))
}

/// § 32 Abs. 2 BeschV: by the kind of work, or after four years.
fn is_zustimmungsfrei(lage: &Lage, stichtag: Datum) -> bool {
    let is_frei =
        lage.beschaeftigungsart.as_deref().is_some_and(|it| ZUSTIMMUNGSFREI.contains(&it));
    is_frei || is_since(lage.ununterbrochen_seit, 4, stichtag)
}

fn is_since(seit: Option<Datum>, jahre: i32, stichtag: Datum) -> bool {
    seit.is_some_and(|it| it.add_years(jahre) <= stichtag)
}

impl Weg {
    fn new(art: Wegart, rechtsgrundlage: &str) -> Weg {
        Weg {
            art,
            rechtsgrundlage: rechtsgrundlage.to_owned(),
            fruehestens_am: None,
            entscheidung: None,
            hinweise: Vec::new(),
        }
    }

    fn entscheidung(mut self, entscheidung: &'static str) -> Weg {
        self.entscheidung = Some(entscheidung);
        self
    }

    fn ab(mut self, tag: Datum) -> Weg {
        self.fruehestens_am = Some(tag);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lage: &Lage, stichtag: Datum, art: Wegart, entscheidung: Option<&str>) {
        let weg = weg(lage, stichtag);
        assert_eq!((weg.art, weg.entscheidung), (art, entscheidung));
    }

    #[test]
    fn the_law_of_asylum_seekers_changed_on_12_june_2026() {
        let vorher = Datum::new(2026, 6, 11);
        let in_ae = Lage {
            status: "GESTATTUNG".to_owned(),
            asyl_registriert_am: Some(Datum::new(2026, 3, 1)),
            wohnt_in_ae: true,
            ..Lage::default()
        };
        check(&in_ae, vorher, Wegart::Wartezeit, None);
        check(&in_ae, GEAS_AB, Wegart::ErlaubnisMitBa, Some("MUSS"));
        let ausserhalb = Lage {
            status: "GESTATTUNG".to_owned(),
            gestattet_seit: Some(Datum::new(2026, 1, 1)),
            ..Lage::default()
        };
        check(&ausserhalb, vorher, Wegart::ErlaubnisMitBa, Some("KANN"));
        check(&ausserhalb, GEAS_AB, Wegart::ErlaubnisMitBa, Some("MUSS"));
    }
}
