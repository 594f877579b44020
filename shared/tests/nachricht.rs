//! The messages: unchanged (snapshots beside the cases), valid (xmllint against the schema), and
//! complete (nothing that was asked is lost), for the cases and for generated applications.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "nachricht/erzeugt.rs"]
mod erzeugt;
#[path = "nachricht/fassungen.rs"]
mod fassungen;
#[path = "nachricht/rueckkanal.rs"]
mod rueckkanal;
#[path = "nachricht/schema.rs"]
mod schema;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    sync::LazyLock,
};

use expect_test::expect_file;
use quick_xml::{Reader, events::Event};
use serde_json::{Value, json};
use shared::{
    angaben::{Angaben, Antrag},
    antraege::{ANTRAEGE, nachricht},
    behoerde::Behoerde,
    din91379,
    formular::{Bedarfsprofil, Datenfeld, Datentyp, Einstellungen, Formular, Inhalt, Kontext},
    nachricht::{Anlage, Anlagen, Kopf, Medientyp, Nachricht, NachrichtError, write},
    werte::Datum,
};

const STICHTAG: Datum = Datum::new(2026, 11, 23);

fn pfad(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle").join(name)
}

static FAELLE: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(&fs::read_to_string(pfad("cases.json")).unwrap()).unwrap()
});

static EINSTELLUNGEN: LazyLock<Einstellungen> = LazyLock::new(|| Einstellungen {
    bedarfsprofil: ANTRAEGE
        .iter()
        .find_map(|it| Bedarfsprofil::from_json(&FAELLE[it.id]["bedarfsprofil"])),
    eid: true,
    ..Einstellungen::default()
});

fn kontext() -> Kontext<'static> {
    Kontext { stichtag: STICHTAG, einstellungen: &EINSTELLUNGEN }
}

/// The applications that have a message.
fn mit_nachricht() -> impl Iterator<Item = (&'static Formular, &'static Nachricht)> {
    ANTRAEGE.iter().filter_map(|it| Some((*it, nachricht(it)?)))
}

fn antrag(formular: &'static Formular, angaben: &Angaben) -> Option<Antrag> {
    formular.parse(angaben, kontext()).ok().map(|(antrag, _)| antrag)
}

/// The valid cases of a form: id and Antrag.
fn valid(formular: &'static Formular) -> Vec<(String, Antrag)> {
    FAELLE[formular.id]["valid"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fall| {
            let id = fall["id"].as_str().unwrap().to_owned();
            let angaben = formular.import(&fall["daten"]).unwrap();
            (id, antrag(formular, &angaben).unwrap())
        })
        .collect()
}

fn behoerde() -> Behoerde {
    Behoerde::from_json(&json!({
        "name": "Ausländerbehörde Musterstadt",
        "anschrift": {
            "strasse": "Rathausplatz", "hausnummer": "1a", "plz": "12345", "ort": "Musterstadt",
        },
        "telefon": "+49 30 5550100",
        "email": "abh@musterstadt.example",
        "leser": {"kennung": "azr:000100", "name": "Ausländerbehörde Musterstadt"},
        "autor": {"kennung": "alp:090000000001", "name": "Serviceportal Musterstadt"},
    }))
    .unwrap()
}

const ANLAGEN: Anlagen<'_> = Anlagen {
    zusammenfassung: b"%PDF-1.7 Zusammenfassung",
    nachweise: &[
        Anlage {
            typ: "NV_LOHN",
            bezeichnung: "Lohnabrechnungen",
            medientyp: Medientyp::Pdf,
            inhalt: b"%PDF-1.4 Lohn",
        },
        Anlage {
            typ: "NV_AUSWEIS",
            bezeichnung: "Ausweis oder Pass – Rückseite",
            medientyp: Medientyp::Jpeg,
            inhalt: &[0xFF, 0xD8, 0xFF, 0xE0],
        },
    ],
};

fn write_for(nachricht: &Nachricht, antrag: &Antrag, id: &str) -> Result<String, NachrichtError> {
    let kopf = Kopf {
        nachrichten_uuid: "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02",
        erstellungszeitpunkt: "2026-11-23T10:15:30.123+01:00",
        stichtag: STICHTAG,
        antragsidentifikation: id,
        rueckkanal_vorhanden: false,
        behoerde: &behoerde(),
        produktversion: "0.1.0",
        test: Some("Testnachricht"),
    };
    Ok(String::from_utf8(write(nachricht, antrag, &kopf, &ANLAGEN)?).unwrap())
}

/// Questions by their full path; entries of groups as `[]`.
type Felder = BTreeMap<String, &'static Datenfeld>;

#[test]
fn every_case_becomes_the_message_beside_it() {
    for (formular, nachricht) in mit_nachricht() {
        for (id, antrag) in valid(formular) {
            let xml = write_for(nachricht, &antrag, &id).unwrap();
            assert_eq!(write_for(nachricht, &antrag, &id).unwrap(), xml, "written again");
            expect_file![pfad(&format!("{}/{id}.xml", formular.id))].assert_eq(&xml);
        }
    }
}

#[test]
fn every_case_is_valid() {
    for (formular, nachricht) in mit_nachricht() {
        let messages: Vec<(String, String)> = valid(formular)
            .into_iter()
            .map(|(id, antrag)| (id.clone(), write_for(nachricht, &antrag, &id).unwrap()))
            .collect();
        assert!(!messages.is_empty(), "{} has no cases", formular.id);
        schema::assert_valid(nachricht.standard.namespace, &messages);
    }
}

#[test]
fn whatever_can_be_sent_is_valid_and_complete() {
    for (formular, nachricht) in mit_nachricht() {
        let felder = felder(formular);
        let mut messages = Vec::new();
        for (nr, antrag) in erzeugt::antraege(formular, &valid(formular)).iter().enumerate() {
            let id = format!("erzeugt-{nr}");
            let xml = write_for(nachricht, antrag, &id).unwrap();
            assert_complete(&felder, nachricht, antrag, &xml);
            messages.push((id, xml));
        }
        schema::assert_valid(nachricht.standard.namespace, &messages);
    }
}

/// Every text that was answered stands in the message, unless it is excused.
#[track_caller]
fn assert_complete(felder: &Felder, nachricht: &Nachricht, antrag: &Antrag, xml: &str) {
    let texts = texts(xml).join("\n");
    for (pfad, text) in antrag.angaben().iter() {
        let Some(feld) = felder.get(&without_indices(pfad)) else { continue };
        let expected = match feld.datentyp {
            Datentyp::Text(_) => din91379::normalize(text),
            Datentyp::Mehrzeilig => din91379::replace_lossless(text).0.replace('\r', "\n"),
            _ => continue,
        };
        let is_excused = nachricht.ohne_element.iter().any(|(it, _)| *it == pfad);
        // What the eID said is the same as what was typed, or a level.
        let is_eid = pfad.starts_with("ve.eidDaten.");
        // A checkbox says that there is none.
        let unknown = pfad.strip_suffix(".name").map(|it| format!("{it}.nichtVorhanden"));
        let is_denied = unknown.is_some_and(|it| antrag.angaben().text(&it) == Some("true"));
        for line in expected.lines().map(str::trim) {
            assert!(
                is_excused || is_eid || is_denied || texts.contains(line),
                "the answer `{pfad}` is lost",
            );
        }
    }
}

/// The texts of a well-formed message.
#[track_caller]
fn texts(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = vec![String::new()];
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref().unwrap() {
                    Some(it) => it.to_string(),
                    None => {
                        quick_xml::escape::resolve_predefined_entity(&reference).unwrap().to_owned()
                    }
                };
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return texts,
            _ => texts.push(String::new()),
        }
    }
}

#[test]
fn every_feld_is_transmitted_or_excused() {
    for (formular, nachricht) in mit_nachricht() {
        let transmitted: BTreeSet<String> = nachricht.felder().into_iter().collect();
        let excused: BTreeSet<String> =
            nachricht.ohne_element.iter().map(|(pfad, _)| (*pfad).to_owned()).collect();
        let asked: BTreeSet<String> = felder(formular).into_keys().collect();
        let lost: Vec<_> = asked
            .iter()
            .filter(|it| !transmitted.contains(*it) && !excused.contains(*it))
            .collect();
        assert!(lost.is_empty(), "{}: asked, but not transmitted: {lost:#?}", formular.id);
        let both: Vec<_> = transmitted.intersection(&excused).collect();
        assert!(both.is_empty(), "{}: transmitted and excused: {both:#?}", formular.id);
        let unknown: Vec<_> =
            transmitted.union(&excused).filter(|it| !asked.contains(*it)).collect();
        assert!(unknown.is_empty(), "{}: transmitted, but not asked: {unknown:#?}", formular.id);
        assert!(nachricht.ohne_element.iter().all(|(_, why)| !why.is_empty()));
    }
}

fn felder(formular: &Formular) -> Felder {
    let mut felder = Felder::new();
    for abschnitt in formular.abschnitte {
        let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
        for seite in abschnitt.schritte.iter().flat_map(|it| it.seiten) {
            collect(seite.inhalt, &praefix, &mut felder);
        }
    }
    return felder;

    fn collect(inhalt: &'static [Inhalt], praefix: &str, felder: &mut Felder) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) => {
                    felder.insert(erzeugt::path(praefix, feld), feld);
                }
                Inhalt::Gruppe(gruppe) => {
                    collect(gruppe.inhalt, &format!("{praefix}{}[].", gruppe.id), felder);
                }
                Inhalt::Baustein(below, baustein) => {
                    collect(baustein.inhalt, &format!("{praefix}{below}"), felder);
                }
                _ => {}
            }
        }
    }
}

/// `kinder[0].name` → `kinder[].name`
fn without_indices(pfad: &str) -> String {
    let mut parts = pfad.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |pfad, it| format!("{pfad}[]{}", it.split_once(']').map_or("", |it| it.1)))
}

#[test]
fn hostile_text_is_refused_or_stays_text() {
    let hostile = [
        "]]>",
        "&",
        "&lt;&#0;",
        "<x>y</x>",
        "<!--",
        "\u{0}",
        "a\u{0}b",
        "\u{FFFE}",
        "\u{FFFF}",
        "\u{1B}[0m",
        "\u{85}",
        "\u{2028}",
        "\u{202E}abc",
        "e\u{301}",
        "☺",
        "„x“ – …",
        "\r\n\t",
        "A\u{30A}",
        "\u{AD}",
        "\u{FEFF}",
        "'\"",
        "1/2",
        "a-b",
    ];
    let mut written = 0;
    for (formular, nachricht) in mit_nachricht() {
        let felder = felder(formular);
        let mut tried = BTreeSet::new();
        let mut messages = Vec::new();
        for (id, antrag) in valid(formular) {
            for (pfad, _) in antrag.angaben().iter() {
                let path = without_indices(pfad);
                let is_text = felder.get(&path).is_some_and(|it| {
                    use Datentyp::{EMail, Mehrzeilig, Nummer, Text};
                    matches!(it.datentyp, EMail | Mehrzeilig | Nummer | Text(_))
                });
                // Once for each question is enough.
                if !is_text || !tried.insert(path) {
                    continue;
                }
                for text in hostile {
                    let mut angaben = antrag.angaben().clone();
                    angaben.set(pfad, text);
                    let Some(antrag) = self::antrag(formular, &angaben) else { continue };
                    let xml = write_for(nachricht, &antrag, &id).unwrap();
                    assert_complete(&felder, nachricht, &antrag, &xml);
                    messages.push((format!("{id}-{}", messages.len()), xml));
                }
            }
        }
        schema::assert_valid(nachricht.standard.namespace, &messages);
        written += messages.len();
    }
    assert!(100 < written, "only {written} of them got as far as a message");
}

#[test]
fn what_cannot_be_carried_is_named_without_its_contents() {
    for (formular, nachricht) in mit_nachricht() {
        let (_, antrag) = valid(formular).remove(0);
        let error = write_for(nachricht, &antrag, "☺").unwrap_err();
        assert_eq!(
            error.to_string(),
            "element `antragsidentifikation` (`antragsidentifikation`) has a character outside \
             DIN 91379",
        );
    }
}

#[test]
fn files_travel_byte_for_byte() {
    let inhalt: Vec<u8> = (0..=u8::MAX).cycle().take(100_001).collect();
    for (formular, nachricht) in mit_nachricht() {
        let (_, antrag) = valid(formular).remove(0);
        let behoerde = behoerde();
        let kopf = Kopf {
            nachrichten_uuid: "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02",
            erstellungszeitpunkt: "2026-11-23T10:15:30.123+01:00",
            stichtag: STICHTAG,
            antragsidentifikation: "1",
            rueckkanal_vorhanden: false,
            behoerde: &behoerde,
            produktversion: "0.1.0",
            test: None,
        };
        let anlagen = Anlagen { zusammenfassung: &inhalt, nachweise: &[] };
        let xml = String::from_utf8(write(nachricht, &antrag, &kopf, &anlagen).unwrap()).unwrap();
        use base64::Engine;
        let found = texts(&xml).into_iter().any(|text| {
            base64::engine::general_purpose::STANDARD.decode(text).is_ok_and(|it| it == inhalt)
        });
        assert!(found, "{}", formular.id);
    }
}
