//! Law is dated data: the same answers on both sides of a change.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use expect_test::{Expect, expect};
use serde_json::Value;
use shared::{
    angaben::View,
    antraege,
    formular::{Bedarfsprofil, Einstellungen, Ergebniszeile, Kontext},
    texte::Texte,
    werte::{Datum, Wert},
};

/// A case as it is in the file, with other answers at some places.
struct Fall {
    antrag: &'static str,
    id: &'static str,
    anders: &'static [(&'static str, &'static str)],
}

/// What comes of a case on a day, of all that begins with `was`: Befunde with their text, and
/// proposals for the caseworker, one a line.
#[track_caller]
fn check(fall: &Fall, was: &str, tag: &str, expect: Expect) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    let faelle: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let bedarfsprofil =
        Bedarfsprofil::from_json(&faelle["verpflichtungserklaerung"]["bedarfsprofil"]);
    let einstellungen = Einstellungen { bedarfsprofil, eid: true, ..Einstellungen::default() };

    let valid = faelle[fall.antrag]["valid"].as_array().unwrap();
    let mut daten = valid.iter().find(|it| it["id"] == fall.id).unwrap()["daten"].clone();
    for (pointer, value) in fall.anders {
        let (object, key) = pointer.rsplit_once('/').unwrap();
        daten.pointer_mut(object).unwrap()[key] = serde_json::from_str(value).unwrap();
    }
    let formular = antraege::find(fall.antrag).unwrap();
    let angaben = formular.import(&daten).unwrap();
    let kontext = Kontext { stichtag: Datum::read(tag).unwrap(), einstellungen: &einstellungen };
    let befunde = formular.check(&angaben, kontext);
    let befunde = befunde.iter().map(|it| format!("{}: {}", it.regel, it.text(&Texte::deutsch())));
    let pruned = formular.prune(&angaben, kontext.stichtag);
    let vorschlaege = formular.vorschlaege.iter().filter_map(|it| {
        let ergebnis = (it.compute)(&View::new(&pruned), &kontext)?;
        let deutsch = Texte::deutsch();
        let zeile = |it: &Ergebniszeile| format!("\n  {}: {}", it.label.1, it.text(&deutsch));
        let zeilen = ergebnis.zeilen.iter().map(zeile);
        Some(format!("{}: {}{}", it.id, ergebnis.satz.1, zeilen.collect::<String>()))
    });
    let of_interest: Vec<String> =
        befunde.chain(vorschlaege).filter(|it| it.starts_with(was)).collect();
    expect.assert_eq(&of_interest.join("\n"));
}

#[test]
fn amounts_of_section_850c_zpo_change_on_1_july_2026() {
    let fall = Fall {
        antrag: "verpflichtungserklaerung",
        id: "V1",
        anders: &[
            ("/einkommen/nettoMonate", "[1960, 1960, 1960, 1960, 1960, 1960]"),
            ("/unterhalt/personen", "0"),
        ],
    };
    check(&fall, "VE_BONITAET", "2026-06-30", expect![""]);
    check(
        &fall,
        "VE_BONITAET",
        "2026-07-01",
        expect![
            "VE_BONITAET_GERING: Nach Ihren Angaben reicht das Einkommen wahrscheinlich nicht aus. Es fehlen ungefähr 21 Euro im Monat. Sie können zusätzliche Sicherheiten angeben, zum Beispiel ein Sparbuch mit Sperrvermerk."
        ],
    );
}

#[test]
fn work_of_asylum_seekers_changes_on_12_june_2026() {
    let fall = Fall {
        antrag: "beschaeftigungserlaubnis",
        id: "B2",
        anders: &[
            ("/asyl/antragAm", "\"2026-03-01\""),
            ("/asyl/registriertAm", "\"2026-03-01\""),
            ("/asyl/gestattetSeit", "\"2026-03-01\""),
            ("/status/ersteinreise", "\"2026-03-01\""),
            ("/status/ununterbrochenSeit", "\"2026-03-01\""),
        ],
    };
    check(
        &fall,
        "be.weg",
        "2026-06-11",
        expect![[r#"
        be.weg: Die Wartezeit ist noch nicht vorbei.
          Beteiligung der Bundesagentur für Arbeit: nein
          Rechtsgrundlage: § 61 Abs. 1 S. 2 AsylG a. F.
          Frühestens am: 01.09.2026"#]],
    );
    check(
        &fall,
        "be.weg",
        "2026-06-12",
        expect![[r#"
        be.weg: Erlaubnis mit Zustimmung der Bundesagentur für Arbeit.
          Beteiligung der Bundesagentur für Arbeit: ja
          Rechtsgrundlage: § 61 Abs. 1 S. 2 AsylG; § 32 Abs. 1, 3 BeschV; § 39 AufenthG
          Entscheidung: Die Erlaubnis ist zu erteilen (gebundene Entscheidung)."#]],
    );
    check(
        &fall,
        "BE_WARTEZEIT",
        "2026-06-11",
        expect![
            "BE_WARTEZEIT: Sie können voraussichtlich erst ab dem 01.09.2026 arbeiten. Sie dürfen den Antrag trotzdem schon stellen."
        ],
    );
    check(&fall, "BE_WARTEZEIT", "2026-06-12", expect![""]);
}

#[test]
fn section_35a_stag_bars_from_25_december_2025() {
    let fall = Fall {
        antrag: "einbuergerung",
        id: "E1",
        anders: &[
            ("/personen/0/vorverfahren/ruecknahme", "true"),
            ("/personen/0/vorverfahren/sperrfristBeginn", "\"2020-05-04\""),
        ],
    };
    check(&fall, "EB_SPERRFRIST", "2025-12-24", expect![""]);
    check(
        &fall,
        "EB_SPERRFRIST",
        "2025-12-25",
        expect![
            "EB_SPERRFRIST: Nach einer zurückgenommenen Einbürgerung oder falschen Angaben ist eine Einbürgerung 10 Jahre lang nicht möglich. Der früheste Tag ist der 04.05.2030."
        ],
    );
}
