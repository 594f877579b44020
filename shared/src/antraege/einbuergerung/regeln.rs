//! The rules of the Einbürgerung: across answers, each with its sentence and Norm.

use crate::{
    angaben::View,
    antraege::einbuergerung::{
        aufenthalt::{Abwesenheit, Aufenthalt, Regime, Zeit, aufenthalt},
        formular::*,
        listen::{Antragsart, Auslandsgrund, Rolle, Titelklasse, VERTRETUNGSART, zaehlt},
        zeitraum::check_zeitraeume,
    },
    bausteine::{
        NAME, check_azr, check_karte, check_pass, check_zustaendigkeit, full_name, geburtsdatum,
    },
    befund::{Parameter, label, zahl},
    codelisten::staaten::EU_EWR,
    formular::{Inhalt, Regel, baustein, regeln},
    pruefung::Pruefer,
    recht::{Gueltigkeit, Norm, stag, vwvfg},
    werte::{Datum, Teildatum},
};

/// § 34 Satz 1 StAG: age from which one acts alone, and the Bekenntnis is one's own.
pub const HANDLUNGSFAEHIG_JAHRE: i32 = 16;
/// § 2 BGB.
pub const VOLLJAEHRIG_JAHRE: i32 = 18;
/// § 9 Abs. 1 StAG with administrative practice: years for husbands and wives of Germans.
pub const AUFENTHALT_EHE_JAHRE: i32 = 3;
/// § 35a StAG.
pub const SPERRFRIST_JAHRE: i32 = 10;
/// § 2 Abs. 1 EinbTestV: right answers of 33.
const TEST_BESTANDEN_PUNKTE: i64 = 17;
/// § 4 Abs. 3 StAG: years that a parent must have lived here when the child was born.
const GEBURTSERWERB: &[(Gueltigkeit, i32)] = &[
    (Gueltigkeit { ab: None, bis: Some(Datum::new(2024, 6, 26)) }, 8),
    (Gueltigkeit::ab(Datum::new(2024, 6, 27)), 5),
];
/// § 10 Abs. 1 Satz 1 StAG: years of residence for the Anspruch.
const AUFENTHALT: &[(Gueltigkeit, i32)] = &[
    (Gueltigkeit { ab: None, bis: Some(Datum::new(2024, 6, 26)) }, 8),
    (Gueltigkeit::ab(Datum::new(2024, 6, 27)), 5),
];
/// § 35a StAG is in force from this day on.
pub const SPERRFRIST_AB: Datum = Datum::new(2025, 12, 25);
/// § 12b Abs. 1 Satz 3 StAG: months to come back after Wehrdienst.
const WEHRDIENST_MONATE: i32 = 3;

/// § 10 Abs. 1 Satz 1 StAG on this day: years of residence for the Anspruch.
pub fn aufenthalt_jahre(stichtag: Datum) -> i32 {
    jahre_am(AUFENTHALT, stichtag)
}

fn jahre_am(tabelle: &[(Gueltigkeit, i32)], tag: Datum) -> i32 {
    let gilt = tabelle.iter().find(|(gueltig, _)| gueltig.holds_on(tag));
    gilt.or(tabelle.last()).map_or(0, |(_, jahre)| *jahre)
}

const UNTERHALT: Norm = stag("§ 10 Abs. 1 Satz 1 Nr. 3");

regeln! {
    ZUSTAENDIG = "eb-zustaendig", vwvfg("§ 3 Abs. 1 Nr. 3"), ["NICHT_ZUSTAENDIG"],
        "Zuständig ist die Behörde, in deren Gebiet die Person wohnt; geprüft wird, wenn die Behörde ihre Postleitzahlen angegeben hat.",
        |pruefer| pruefer.unter("anschrift.", check_zustaendigkeit);
    ROLLEN = "eb-rollen", stag("§ 10 Abs. 2, § 34"), ["CODE_UNBEKANNT"],
        "Die erste Person stellt den Antrag; mit ihr kommen höchstens eine Ehepartnerin oder ein Ehepartner und Kinder.",
        check_rolle;
    ROLLE_ALLEIN = "eb-rolle-allein", stag("§ 34"), ["CODE_UNBEKANNT"],
        "Wer nicht mit Familie kommt, stellt den Antrag für sich oder wird vertreten.",
        |pruefer| {
            let rolle = pruefer.view.get(&ROLLE_ANTRAGSTELLER);
            let art = pruefer.view.wurzel().text("antrag.art");
            let is_other = rolle.is_some_and(|it| it != Rolle::ANTRAGSTELLER);
            if is_other && art != Some("SELBST_UND_FAMILIE") {
                let label = label(&ROLLE_ANTRAGSTELLER.datenfeld);
                pruefer.melde("rolle", "CODE_UNBEKANNT", &[label]);
            }
        };
    VERTRETUNG_PASST = "eb-vertretung", stag("§ 34 Satz 2"), ["CODE_UNBEKANNT"],
        "Für ein Kind handeln Eltern, Bevollmächtigte für die Personensorge, Vormund oder Pfleger; für Erwachsene Anwalt, Betreuer oder Bevollmächtigte.",
        |pruefer| {
            let Some(art) = pruefer.view.text(VERTRETUNG_ART.datenfeld.id) else { return };
            let is_kind = pruefer.view.get(&ANTRAG_ART) == Some(Antragsart::NUR_KIND);
            let is_for_kind = matches!(art, "2" | "2a" | "3" | "5");
            if VERTRETUNGSART.eintrag(art).is_some() && is_kind != is_for_kind {
                let label = label(&VERTRETUNG_ART.datenfeld);
                pruefer.melde(VERTRETUNG_ART.datenfeld.id, "CODE_UNBEKANNT", &[label]);
            }
        };
    ALTER = "eb-alter", stag("§ 34 Satz 1"), ["EB_ALTER_VERTRETUNG", "ALTER_UNSICHER"],
        "Den Antrag stellt selbst, wer mindestens 16 Jahre alt ist.",
        |pruefer| {
            let antrag = pruefer.view.wurzel();
            let is_selbst = antrag.text("antrag.art").is_some_and(|it| it.starts_with("SELBST"));
            if !is_selbst || pruefer.view.praefix() != "personen[0]." {
                return;
            }
            let Some((von, bis)) = checked_age_bounds(pruefer) else { return };
            if bis < HANDLUNGSFAEHIG_JAHRE {
                pruefer.melde_am("antrag.art", "EB_ALTER_VERTRETUNG", &[]);
            } else if von < HANDLUNGSFAEHIG_JAHRE {
                pruefer.melde_am("antrag.art", "ALTER_UNSICHER", &[]);
            }
        };
    AZR = "eb-azr", stag("§ 31"), ["AZR_FORMAT"],
        "Eine AZR-Nummer hat 12 Ziffern und beginnt mit einem Tag.",
        |pruefer| check_azr(pruefer, AZR_NUMMER.datenfeld.id);
    PASSNUMMER = "eb-passnummer", stag("§ 10 Abs. 1 Satz 1"), ["PASS_FORMAT"],
        "Eine Passnummer hat 5 bis 20 Buchstaben und Ziffern.",
        |pruefer| check_pass(pruefer, "nummer");
    PASS_GUELTIG = "eb-pass-gueltig", stag("§ 10 Abs. 1 Satz 1"), ["PASS_DATEN", "PASS_ABGELAUFEN"],
        "Ein Pass ist nach dem Tag der Ausstellung und heute gültig.",
        |pruefer| {
            let Some(bis) = pruefer.view.get(&AUSWEIS_GUELTIG) else { return };
            if pruefer.view.get(&AUSWEIS_AUSGESTELLT).is_some_and(|von| bis < von) {
                pruefer.melde("gueltigBis", "PASS_DATEN", &[]);
            } else if bis < pruefer.stichtag() {
                pruefer.melde("gueltigBis", "PASS_ABGELAUFEN", &[zahl("datum", bis)]);
            }
        };
    AUSWEIS_NOETIG = "eb-ausweis", stag("§ 10 Abs. 1 Satz 1"), ["REQ"],
        "Die Identität wird mit einem Dokument nachgewiesen, oder es wird gesagt, welche anderen Nachweise es gibt.",
        |pruefer| {
            let is_erklaert = pruefer.view.get(&KEIN_PASS).is_some()
                && pruefer.view.text(KEIN_PASS_GRUND.datenfeld.id).is_some();
            if pruefer.view.anzahl(&AUSWEISDOKUMENTE) == 0 && !is_erklaert {
                melde_fehlt(pruefer, "ausweisdokumente", "eb.fehlt.ausweis", "Pass oder Ausweisdokument");
            }
        };
    WOHNT_SEIT_GEBURT = "eb-wohnt-seit", stag("§ 31"), ["DATE_VOR_GEBURT", "DATE_ZUKUNFT"],
        "Niemand wohnt irgendwo vor der Geburt oder erst in der Zukunft.",
        |pruefer| {
            let Some(seit) = pruefer.view.get(&WOHNT_SEIT) else { return };
            let label = label(&WOHNT_SEIT.datenfeld);
            if geburt(pruefer).is_some_and(|it| seit < it.bounds().0) {
                pruefer.melde("wohntSeit", "DATE_VOR_GEBURT", &[label]);
            } else if pruefer.stichtag() < seit {
                pruefer.melde("wohntSeit", "DATE_ZUKUNFT", &[label]);
            }
        };
    FAMILIENSTAND_VORBEI = "eb-familienstand", stag("§ 9 Abs. 1"), ["DATE_ZUKUNFT"],
        "Ein Familienstand hat in der Vergangenheit begonnen.",
        |pruefer| {
            let seit = pruefer.view.get(&FAMILIENSTAND_SEIT);
            if seit.is_some_and(|it| pruefer.stichtag() < it.bounds().0) {
                let label = label(&FAMILIENSTAND_SEIT.datenfeld);
                pruefer.melde("familienstand.seit", "DATE_ZUKUNFT", &[label]);
            }
        };
    KEINE_MEHREHE = "eb-mehrehe", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"), ["EB_MEHREHE"],
        "Wer mit mehreren Personen gleichzeitig verheiratet ist, kann nicht eingebürgert werden.",
        |pruefer| {
            if pruefer.view.is_ja(&MEHREHE) {
                pruefer.melde("ehe.mehrere", "EB_MEHREHE", &[]);
            }
        };
    VON_BIS = "eb-von-bis", stag("§ 31"), ["DATE_REIHENFOLGE"],
        "Ein Zeitraum endet nicht vor seinem Anfang.",
        |pruefer| {
            let (von, bis) = (pruefer.view.read::<Teildatum>("von"), pruefer.view.read::<Teildatum>("bis"));
            if let (Some(von), Some(bis)) = (von, bis)
                && bis.bounds().1 < von.bounds().0
            {
                melde_reihenfolge(pruefer, "bis", "von", "bis");
            }
        };
    ELTERN_BEIDE = "eb-eltern", stag("§ 4"), ["REQ"],
        "Beide Eltern werden angegeben, oder dass über sie nichts bekannt ist.",
        |pruefer| {
            if pruefer.view.anzahl(&ELTERN) != 2 {
                melde_fehlt(pruefer, "eltern", "eb.fehlt.eltern", "Eltern");
            }
        };
    EINREISE = "eb-einreise", stag("§ 10 Abs. 1 Satz 1"), ["DATE_VOR_GEBURT", "DATE_ZUKUNFT"],
        "Die erste Einreise liegt zwischen der Geburt und heute.",
        |pruefer| {
            let Some(einreise) = pruefer.view.get(&ERSTEINREISE) else { return };
            let label = label(&ERSTEINREISE.datenfeld);
            if geburt(pruefer).is_some_and(|it| einreise < it.bounds().0) {
                let label = label.clone();
                pruefer.melde("aufenthalt.ersteinreise", "DATE_VOR_GEBURT", &[label]);
            }
            if pruefer.stichtag() < einreise {
                pruefer.melde("aufenthalt.ersteinreise", "DATE_ZUKUNFT", &[label]);
            }
        };
    KARTENNUMMER = "eb-kartennummer", stag("§ 10 Abs. 1 Satz 1 Nr. 2"), ["EAT_FORMAT", "EAT_PRUEFZIFFER"],
        "Die Nummer einer Karte hat 9 Zeichen, oder 10 mit Prüfziffer.",
        |pruefer| check_karte(pruefer, TITEL_NUMMER.datenfeld.id, false);
    TITEL_GENUEGT = "eb-titel", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        ["EB_TITEL_REICHT_NICHT", "EB_TITEL_ABGELAUFEN"],
        "Der Anspruch setzt einen gültigen Titel voraus, der nicht nach Nr. 2 ausgeschlossen ist.",
        |pruefer| {
            let titel = pruefer.view.text(TITEL_CODE.datenfeld.id).unwrap_or_default();
            if Titelklasse::of(titel) == Titelklasse::Ausgeschlossen {
                let name = zahl("titel", titel.replace("AE_", "§ "));
                pruefer.melde("aufenthalt.titel.code", "EB_TITEL_REICHT_NICHT", &[name]);
            }
            let bis = pruefer.view.get(&TITEL_GUELTIG);
            if let Some(bis) = bis.filter(|it| *it < pruefer.stichtag()) {
                let datum = zahl("datum", bis);
                pruefer.melde("aufenthalt.titel.gueltigBis", "EB_TITEL_ABGELAUFEN", &[datum]);
            }
        };
    AUFENTHALTSZEITEN = "eb-aufenthaltszeiten", stag("§ 10 Abs. 1 Satz 1, § 12b"),
        [
            "REQ", "EB_EINREISE_ZEITEN", "EB_ZEITEN_BIS_HEUTE", "DATE_REIHENFOLGE", "PERIODE_MEHRFACH_OFFEN",
            "PERIODE_UEBERLAPPT", "PERIODE_LUECKE", "EB_AUFENTHALT_KURZ"
        ],
        "Die Aufenthaltszeiten reichen von der Einreise bis heute, ohne Lücken, und sind lang genug.",
        check_aufenthaltszeiten;
    REISE = "eb-reise", stag("§ 12b Abs. 1"),
        ["DATE_REIHENFOLGE", "EB_AUSLAND_LANG", "EB_AUSLAND_AUSSERHALB"],
        "Eine Zeit im Ausland liegt nach der Einreise; länger als 6 Monate kann sie den Aufenthalt unterbrechen.",
        check_reise;
    REISEN_GETRENNT = "eb-reisen", stag("§ 12b Abs. 1"), ["PERIODE_UEBERLAPPT"],
        "Zeiten im Ausland überschneiden sich nicht.",
        check_reisen;
    WOHNSITZE_LUECKENLOS = "eb-wohnsitze", stag("§ 10 Abs. 1 Satz 1"),
        ["REQ", "DATE_REIHENFOLGE", "PERIODE_MEHRFACH_OFFEN", "PERIODE_UEBERLAPPT", "PERIODE_LUECKE"],
        "Die Wohnsitze der letzten 5 Jahre werden ohne Lücken angegeben.",
        |pruefer| {
            let is_erste = pruefer.view.praefix() == "personen[0].";
            if pruefer.view.anzahl(&WOHNSITZE) == 0 && is_erste {
                melde_fehlt(pruefer, "wohnsitze", "eb.fehlt.wohnsitze", "Wohnsitze");
            }
            let ab = pruefer.stichtag().add_years(-WOHNSITZE_JAHRE);
            check_zeitraeume(pruefer, "wohnsitze", Some(ab));
        };
    ERWERB_NOETIG = "eb-erwerb", UNTERHALT, ["CHOICE"],
        "Wer den Antrag stellt, sagt, was sie oder er zurzeit macht.",
        |pruefer| {
            let is_erste = pruefer.view.praefix() == "personen[0].";
            let mut angaben = pruefer.view.eintraege(&ERWERB_STATUS);
            if is_erste && angaben.all(|it| it.text("").is_none()) {
                let label = Parameter::Label("eb.erwerb.status", ERWERB_STATUS.titel);
                pruefer.melde("erwerb.status", "CHOICE", &[("label", label)]);
            }
        };
    ARBEITSSTELLE = "eb-arbeitsstelle", UNTERHALT, ["BE_STUNDEN", "DATE_REIHENFOLGE", "DATE_ZUKUNFT"],
        "Eine Arbeit hat begonnen, endet nicht vorher und hat höchstens 48 Stunden in der Woche.",
        |pruefer| {
            let (seit, bis) = (pruefer.view.get(&AG_SEIT), pruefer.view.get(&AG_BEFRISTET));
            if seit.is_some_and(|it| pruefer.stichtag() < it) {
                pruefer.melde("seit", "DATE_ZUKUNFT", &[label(&AG_SEIT.datenfeld)]);
            }
            if let (Some(seit), Some(bis)) = (seit, bis)
                && bis < seit
            {
                melde_reihenfolge(pruefer, "befristetBis", AG_SEIT.datenfeld.label, AG_BEFRISTET.datenfeld.label);
            }
            let stunden = pruefer.view.get(&AG_STUNDEN).map(|it| it.hundertstel);
            if stunden.is_some_and(|it| !(50..=4800).contains(&it)) {
                pruefer.melde("wochenstunden", "BE_STUNDEN", &[]);
            }
        };
    LEISTUNGEN_PASSEN = "eb-leistungen", UNTERHALT, ["EB_LEISTUNG_WIDERSPRUCH"],
        "Wer keine Leistungen nach SGB II oder SGB XII bezieht, gibt auch keine an.",
        |pruefer| {
            if pruefer.view.is_ja(&LEISTUNGEN_BEZUG) {
                return;
            }
            let arten: Vec<_> = pruefer.view.eintraege(&LEISTUNGEN).map(|it| it.text("art")).collect();
            for art in arten.into_iter().flatten() {
                if let Some(name) = grundsicherung(art, pruefer.stichtag()) {
                    let leistung = zahl("leistung", format!("„{name}“"));
                    pruefer.melde("leistungen.bezug", "EB_LEISTUNG_WIDERSPRUCH", &[leistung]);
                }
            }
        };
    SPRACHE_GENUEGT = "eb-sprache", stag("§ 10 Abs. 4"), ["EB_SPRACHE_NIVEAU"],
        "Ausreichende Kenntnisse sind die des Niveaus B1.",
        |pruefer| {
            let niveau = pruefer.view.text(SPRACHE_NIVEAU.datenfeld.id).unwrap_or_default();
            if matches!(niveau, "A1" | "A2") {
                pruefer.melde("sprache.niveau", "EB_SPRACHE_NIVEAU", &[zahl("niveau", niveau)]);
            }
        };
    TEST_BESTANDEN = "eb-test", crate::recht::einbtestv("§ 2 Abs. 1"), ["EB_TEST_NICHT_BESTANDEN"],
        "Der Einbürgerungstest ist mit 17 richtigen Antworten bestanden.",
        |pruefer| {
            let punkte = pruefer.view.get(&TEST_PUNKTE).map(|it| it.0);
            if let Some(punkte) = punkte.filter(|it| (0..TEST_BESTANDEN_PUNKTE).contains(it)) {
                let punkte = zahl("punkte", punkte);
                pruefer.melde("test.punkte", "EB_TEST_NICHT_BESTANDEN", &[punkte]);
            }
        };
    STRAFEN_PASSEN = "eb-strafen", stag("§ 12a"), ["EB_STRAFE_JA_OHNE", "EB_STRAFE_NEIN_MIT"],
        "Wer verurteilt wurde, gibt die Verurteilungen an; sonst niemand.",
        |pruefer| {
            let anzahl = pruefer.view.anzahl(&URTEILE);
            match pruefer.view.is_ja(&VERURTEILT) {
                true if anzahl == 0 => pruefer.melde("strafe.urteile", "EB_STRAFE_JA_OHNE", &[]),
                false if 0 < anzahl => pruefer.melde("strafe.verurteilt", "EB_STRAFE_NEIN_MIT", &[]),
                _ => {}
            }
        };
    STRAFHOEHE = "eb-strafhoehe", stag("§ 12a Abs. 1"), ["EB_STRAFE_DETAIL"],
        "Zu einer Geldstrafe gehören die Tagessätze, zu einer Freiheitsstrafe die Monate.",
        |pruefer| {
            let art = pruefer.view.text("strafart").unwrap_or_default();
            let has_hoehe = [&TAGESSAETZE, &STRAFMONATE]
                .iter()
                .any(|it| pruefer.view.text(it.datenfeld.id).is_some_and(|it| it != "0"));
            if matches!(art, "GELDSTRAFE" | "FREIHEITSSTRAFE") && !has_hoehe {
                pruefer.melde("", "EB_STRAFE_DETAIL", &[]);
            }
        };
    BEKENNTNIS_VOLLSTAENDIG = "eb-bekenntnis", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a, Satz 2"),
        ["EB_BEKENNTNIS_FEHLT"],
        "Ab 16 Jahren gibt jede Person das Bekenntnis vollständig und selbst ab.",
        check_bekenntnis;
    KIND = "eb-kind", stag("§ 4 Abs. 3, § 10 Abs. 2, § 38 Abs. 2 Satz 2"),
        ["EB_KIND_VOLLJAEHRIG", "EB_KIND_SCHON_DEUTSCH", "EB_GEBUEHR_KIND", "CODE_UNBEKANNT"],
        "Mit eingebürgert werden minderjährige Kinder, die nicht schon deutsch sind; mit eigenem Einkommen kostet es die volle Gebühr.",
        check_kind;
}

/// Addresses are asked for this long back; each Behörde may want more.
const WOHNSITZE_JAHRE: i32 = 5;

/// § 35a StAG holds from a day on; before it there was no Sperrfrist of this kind.
pub static SPERRFRIST: Regel = Regel {
    id: "eb-sperrfrist",
    satz: "Nach einer Rücknahme oder festgestellten falschen Angaben ist 10 Jahre lang keine Einbürgerung möglich.",
    norm: Some(stag("§ 35a")),
    gueltig: Gueltigkeit::ab(SPERRFRIST_AB),
    codes: &["EB_SPERRFRIST"],
    pruefe: |pruefer| {
        let ende = pruefer.view.get(&SPERRFRIST_BEGINN).map(|it| it.add_years(SPERRFRIST_JAHRE));
        if let Some(ende) = ende.filter(|it| pruefer.stichtag() < *it) {
            pruefer.melde("vorverfahren.ruecknahme", "EB_SPERRFRIST", &[zahl("datum", ende)]);
        }
    },
};

/// § 19 SGB II: since this day the benefit is called Grundsicherungsgeld.
const GRUNDSICHERUNGSGELD_AB: Datum = Datum::new(2026, 7, 1);

/// Name of the benefit of SGB II on this day.
pub fn sgb2_name(stichtag: Datum) -> &'static str {
    match GRUNDSICHERUNGSGELD_AB <= stichtag {
        true => "Grundsicherungsgeld (SGB II)",
        false => "Bürgergeld (SGB II)",
    }
}

/// Name of a benefit of SGB II or SGB XII; `None` for any other.
fn grundsicherung(art: &str, stichtag: Datum) -> Option<&'static str> {
    match art {
        "SGB2" => Some(sgb2_name(stichtag)),
        "SGB12_ALTER" => Some("Grundsicherung im Alter (SGB XII)"),
        "SGB12_HLU" => Some("Hilfe zum Lebensunterhalt (SGB XII)"),
        _ => None,
    }
}

/// Reports that a group has no entry; `key` is that of `titel` in other languages.
fn melde_fehlt(pruefer: &mut Pruefer<'_>, gruppe: &str, key: &'static str, titel: &'static str) {
    let label = Parameter::Label(key, titel);
    pruefer.melde(gruppe, "REQ", &[("label", label)]);
}

fn melde_reihenfolge(pruefer: &mut Pruefer<'_>, id: &str, von: &str, bis: &str) {
    pruefer.melde(id, "DATE_REIHENFOLGE", &[zahl("labelVon", von), zahl("labelBis", bis)]);
}

/// Date of birth of the person that the view stands in, where it is a credible one.
fn geburt(pruefer: &Pruefer<'_>) -> Option<Teildatum> {
    credible_geburt(&person(&pruefer.view), pruefer.stichtag())
}

/// As [`geburtsdatum`], for a person whose page is not being checked.
fn credible_geburt(person: &View<'_>, stichtag: Datum) -> Option<Teildatum> {
    if person.text("geburt.datumUnbekannt") == Some("true") {
        return None;
    }
    let datum = person.read::<Teildatum>("geburt.datum")?;
    let (frueh, spaet) = datum.bounds();
    (frueh <= stichtag && spaet.age_on(stichtag) <= 120).then_some(datum)
}

fn checked_age_bounds(pruefer: &mut Pruefer<'_>) -> Option<(i32, i32)> {
    let stichtag = pruefer.stichtag();
    let datum = pruefer.unter("geburt.", |it| geburtsdatum(it))?;
    Some(datum.age_bounds(stichtag))
}

/// Least and greatest age of the person that a view stands in; `None` where the date of birth is
/// missing or cannot be read.
pub fn age_bounds(view: &View<'_>, stichtag: Datum) -> Option<(i32, i32)> {
    let datum = person(view).read::<Teildatum>("geburt.datum")?;
    Some(datum.age_bounds(stichtag))
}

/// Whether one of the Staatsangehörigkeiten is that of a state of the EU or the EWR.
pub fn is_unionsbuerger(view: &View<'_>) -> bool {
    person(view)
        .eintraege(&STAATSANGEHOERIGKEITEN_GRUPPE)
        .any(|it| it.text("code").is_some_and(|it| EU_EWR.contains(&it)))
}

/// Whether the husband or wife of this person is German.
pub fn is_ehe_mit_deutschem(person: &View<'_>) -> bool {
    let is_verpartnert = matches!(person.text("familienstand.code"), Some("VH" | "LP"));
    let mut staaten = person.eintraege_von("ehegatte.staatsangehoerigkeiten");
    is_verpartnert && staaten.any(|it| it.text("code") == Some("000"))
}

/// The periods of a person and what they are computed with.
pub struct Lage {
    pub zeiten: Vec<Zeit>,
    /// Code of the Zeitstatus of each period; empty where there is none.
    pub status: Vec<String>,
    pub ausland: Vec<Abwesenheit>,
    pub regime: Regime,
}

/// The residence of this person as its answers have it.
pub fn aufenthalt_von(person: &View<'_>, stichtag: Datum) -> Aufenthalt {
    let Lage { zeiten, ausland, regime, .. } = lage_von(person);
    aufenthalt(stichtag, &zeiten, &ausland, regime)
}

/// What the residence of this person is computed from; entries without a readable beginning are left
/// out.
pub fn lage_von(person: &View<'_>) -> Lage {
    let (zeiten, status): (Vec<Zeit>, Vec<String>) = person
        .eintraege(&ZEITEN)
        .filter_map(|it| {
            let status = it.text("status").unwrap_or_default();
            let zeit = Zeit {
                von: it.get(&ZEIT_VON)?,
                bis: it.get(&ZEIT_BIS),
                zaehlt: zaehlt(status),
                verspaetet: it.get(&ZEIT_VERSPAETET).is_some(),
            };
            Some((zeit, status.to_owned()))
        })
        .unzip();
    let titel = person.text(TITEL_CODE.datenfeld.id).unwrap_or_default();
    let regime = match titel {
        "FREIZUEGIGKEIT" | "DAUERAUFENTHALT_EU_BUERGER" | "GB_AUSTRITT" => Regime::Eu,
        _ => Regime::Drittstaat,
    };
    let ausland: Vec<Abwesenheit> = person
        .eintraege(&AUSLAND)
        .filter_map(|it| {
            let bis = it.get(&AUSLAND_BIS)?;
            let grund = it.get(&AUSLAND_GRUND);
            let is_wehrdienst = grund == Some(Auslandsgrund::WEHRDIENST);
            let after = it.get(&WEHRDIENST_ENTLASSUNG).filter(|_| is_wehrdienst);
            let is_zurueck = after.is_some_and(|it| bis <= it.add_months(WEHRDIENST_MONATE));
            // § 4a Abs. 6 Nr. 2 FreizügG/EU: Wehrdienst of any length breaks nothing.
            if regime == Regime::Eu && is_wehrdienst {
                return None;
            }
            Some(Abwesenheit {
                von: it.get(&AUSLAND_VON)?,
                bis,
                entschuldigt: it.get(&ABH_FRIST).is_some() || is_zurueck,
                wichtig: matches!(
                    it.text("grund"),
                    Some(
                        "STUDIUM" | "KRANKHEIT" | "SCHWANGERSCHAFT_ENTBINDUNG" | "BERUF_ENTSENDUNG"
                    )
                ),
            })
        })
        .collect();
    Lage { zeiten, status, ausland, regime }
}

fn check_rolle(pruefer: &mut Pruefer<'_>) {
    let Some(rolle) = pruefer.view.get(&ROLLE) else { return };
    let own = pruefer.view.praefix().to_owned();
    let is_second_ehegatte = pruefer
        .view
        .wurzel()
        .eintraege(&PERSONEN)
        .take_while(|it| it.praefix() != own)
        .any(|it| it.get(&ROLLE) == Some(Rolle::EHEGATTE));
    let fits = match own.as_str() {
        "personen[0]." => rolle == Rolle::ANTRAGSTELLER,
        _ if rolle == Rolle::EHEGATTE => !is_second_ehegatte,
        _ => rolle == Rolle::KIND,
    };
    if !fits {
        pruefer.melde("rolle", "CODE_UNBEKANNT", &[label(&ROLLE.datenfeld)]);
    }
}

/// Checks the Staatsangehörigkeiten of somebody who is not German yet.
pub fn check_staatsangehoerigkeiten(pruefer: &mut Pruefer<'_>) {
    crate::bausteine::check_staatsangehoerigkeiten(pruefer, Some("EB_DEUTSCH"));
    for index in 0..pruefer.view.anzahl(&STAATSANGEHOERIGKEITEN_GRUPPE) {
        pruefer.unter(&format!("staatsangehoerigkeiten[{index}]."), |pruefer| {
            // The code is checked above, together with the others.
            pruefer.inhalt(&STAATSANGEHOERIGKEITEN_GRUPPE.inhalt[1..]);
            let seit = pruefer.view.read::<Teildatum>("seit");
            let label = label(&STAATSANGEHOERIGKEIT_SEIT.datenfeld);
            let is_before = seit
                .zip(geburt(pruefer))
                .is_some_and(|(seit, geburt)| seit.bounds().1 < geburt.bounds().0);
            if is_before {
                pruefer.melde("seit", "DATE_VOR_GEBURT", &[label]);
            } else if seit.is_some_and(|it| pruefer.stichtag() < it.bounds().0) {
                pruefer.melde("seit", "DATE_ZUKUNFT", &[label]);
            }
        });
    }
}

/// Checks the other parent: that they agree, and who they are.
pub fn check_zweiter_elternteil(pruefer: &mut Pruefer<'_>) {
    static WER: [Inhalt; 1] = [baustein("", &NAME)];
    if pruefer.view.get(&ZUSTIMMUNG).is_none() {
        pruefer.melde("", "EB_SORGE_ZUSTIMMUNG", &[]);
    } else {
        pruefer.inhalt(&WER);
    }
}

fn check_aufenthaltszeiten(pruefer: &mut Pruefer<'_>) {
    let stichtag = pruefer.stichtag();
    let view = pruefer.view.clone();
    if view.anzahl(&ZEITEN) == 0 {
        melde_fehlt(pruefer, "aufenthalt.zeiten", "eb.fehlt.zeiten", "Aufenthaltszeiten");
        return;
    }
    let zeiten: Vec<(Datum, Option<Datum>)> = view
        .eintraege(&ZEITEN)
        .filter_map(|it| Some((it.get(&ZEIT_VON)?, it.get(&ZEIT_BIS))))
        .collect();
    let anfang = zeiten.iter().map(|it| it.0).min();
    if let (Some(anfang), Some(einreise)) = (anfang, view.get(&ERSTEINREISE))
        && anfang < einreise
    {
        let parameter = [zahl("a", anfang), zahl("b", einreise)];
        pruefer.melde("aufenthalt.zeiten[0].von", "EB_EINREISE_ZEITEN", &parameter);
    }
    if !zeiten.iter().any(|(_, bis)| bis.is_none_or(|bis| stichtag <= bis)) {
        pruefer.melde("aufenthalt.zeiten", "EB_ZEITEN_BIS_HEUTE", &[]);
    }
    check_zeitraeume(pruefer, "aufenthalt.zeiten", None);
    // Who comes along has no time that the law fixes (§ 10 Abs. 2 StAG).
    if view.praefix() != "personen[0]." {
        return;
    }
    let jahre = match is_ehe_mit_deutschem(&view) {
        true => AUFENTHALT_EHE_JAHRE,
        false => aufenthalt_jahre(stichtag),
    };
    let erfuellt = aufenthalt_von(&view, stichtag).erfuellt(jahre);
    if let Some(tag) = erfuellt.filter(|it| stichtag < *it) {
        let parameter = [zahl("jahre", jahre), zahl("datum", tag)];
        pruefer.melde("aufenthalt.zeiten", "EB_AUFENTHALT_KURZ", &parameter);
    }
}

fn check_reise(pruefer: &mut Pruefer<'_>) {
    let (von, bis) = (pruefer.view.get(&AUSLAND_VON), pruefer.view.get(&AUSLAND_BIS));
    let (Some(von), Some(bis)) = (von, bis) else { return };
    let parameter = [zahl("a", von), zahl("b", bis)];
    if bis < von {
        melde_reihenfolge(pruefer, "bis", "Ausreise", "Rückkehr");
    } else if von.add_months(6) < bis {
        pruefer.melde("", "EB_AUSLAND_LANG", &parameter);
    }
    let einreise = person(&pruefer.view).get(&ERSTEINREISE);
    if einreise.is_some_and(|it| von < it) {
        pruefer.melde("von", "EB_AUSLAND_AUSSERHALB", &parameter);
    }
}

fn check_reisen(pruefer: &mut Pruefer<'_>) {
    let mut reisen: Vec<(Datum, Datum, usize)> = pruefer
        .view
        .eintraege(&AUSLAND)
        .enumerate()
        .filter_map(|(index, it)| Some((it.get(&AUSLAND_VON)?, it.get(&AUSLAND_BIS)?, index)))
        .collect();
    reisen.sort();
    for paar in reisen.windows(2) {
        let [(anfang, ende, _), (von, _, index)] = paar else { continue };
        if von < ende {
            let parameter = [zahl("a", format!("ab {anfang}")), zahl("b", format!("ab {von}"))];
            pruefer.melde(&format!("ausland[{index}].von"), "PERIODE_UEBERLAPPT", &parameter);
        }
    }
}

fn check_bekenntnis(pruefer: &mut Pruefer<'_>) {
    let Some(geburt) = geburt(pruefer) else { return };
    let (von, _) = geburt.age_bounds(pruefer.stichtag());
    // A child of age cannot come along anyway, and is told so at `kinder`.
    let is_kind = pruefer.view.text("rolle") == Some("MIT_KIND");
    if von < HANDLUNGSFAEHIG_JAHRE || (is_kind && VOLLJAEHRIG_JAHRE <= von) {
        return;
    }
    let ticked = |id: &str| pruefer.view.text(id) == Some("true");
    let fdgo = (0..FDGO_PUNKTE).all(|it| ticked(&format!("bekenntnis.fdgo[{it}]")));
    let treue = ticked(KEINE_BESTREBUNGEN.datenfeld.id)
        || pruefer.view.text(ABWENDUNG.datenfeld.id).is_some();
    let is_current = pruefer.is_current(&TEXT_VERSION);
    if !(fdgo && ticked(VERANTWORTUNG.datenfeld.id) && treue && is_current) {
        pruefer.melde("bekenntnis", "EB_BEKENNTNIS_FEHLT", &[]);
    }
}

/// Checks one child that shall be naturalised too.
fn check_kind(pruefer: &mut Pruefer<'_>) {
    if !pruefer.view.is_ja(&KIND_MIT) {
        return;
    }
    let antrag = pruefer.view.wurzel();
    let Some(kind) = kind_person(&pruefer.view) else {
        // The list has more places than the Antrag has people.
        if pruefer.view.get(&KIND_PERSON).is_some() {
            pruefer.melde("personRef", "CODE_UNBEKANNT", &[label(&KIND_PERSON.datenfeld)]);
        }
        return;
    };
    let stichtag = pruefer.stichtag();
    let name = || zahl("name", full_name(&kind));
    let geburt = credible_geburt(&kind, stichtag);
    if geburt.is_some_and(|it| VOLLJAEHRIG_JAHRE <= it.age_bounds(stichtag).0) {
        pruefer.melde("mitEinbuergern", "EB_KIND_VOLLJAEHRIG", &[name()]);
    }
    if let Some(geburt) = geburt.filter(|_| kind.text("geburt.staat") == Some("000"))
        && antrag.eintraege(&PERSONEN).take(2).any(|it| gives_geburtserwerb(&it, geburt))
    {
        pruefer.melde("mitEinbuergern", "EB_KIND_SCHON_DEUTSCH", &[name()]);
    }
    if pruefer.view.is_ja(&KIND_EINKUENFTE) {
        pruefer.melde("eigeneEinkuenfte", "EB_GEBUEHR_KIND", &[name()]);
    }
}

/// The person that an entry of `kinder` points to, where there is one.
pub fn kind_person<'a>(kind: &View<'a>) -> Option<View<'a>> {
    let verweis = kind.text("personRef")?;
    kind.wurzel().eintraege(&PERSONEN).find(|it| it.pfad("") == verweis)
}

/// § 4 Abs. 3 StAG: whether a child of this parent became German by its birth in Germany.
fn gives_geburtserwerb(elternteil: &View<'_>, geburt: Teildatum) -> bool {
    let (frueh, spaet) = geburt.bounds();
    let zeiten = || {
        elternteil
            .eintraege(&ZEITEN)
            .filter_map(|it| Some((it.get(&ZEIT_VON)?, it.get(&ZEIT_BIS), it.text("status")?)))
    };
    let damals = zeiten().find(|(von, bis, _)| *von <= frueh && bis.is_none_or(|bis| spaet <= bis));
    let is_unbefristet = damals.is_some_and(|it| Titelklasse::of(it.2) == Titelklasse::Unbefristet);
    let seit = zeiten().filter(|it| zaehlt(it.2)).map(|it| it.0).min();
    let jahre = jahre_am(GEBURTSERWERB, frueh);
    is_unbefristet && seit.is_some_and(|it| it.add_years(jahre) <= frueh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_is_chosen_by_the_day() {
        assert_eq!(aufenthalt_jahre(Datum::new(2024, 6, 26)), 8);
        assert_eq!(aufenthalt_jahre(Datum::new(2024, 6, 27)), 5);
        assert_eq!(sgb2_name(Datum::new(2026, 6, 30)), "Bürgergeld (SGB II)");
        assert_eq!(sgb2_name(Datum::new(2026, 7, 1)), "Grundsicherungsgeld (SGB II)");
        assert!(!SPERRFRIST.gueltig.holds_on(Datum::new(2025, 12, 24)));
        assert!(SPERRFRIST.gueltig.holds_on(Datum::new(2025, 12, 25)));
    }
}
