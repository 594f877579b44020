use annahme::pruefsumme;
use base64::prelude::*;

use super::*;

#[test]
fn every_valid_case_is_accepted_with_its_findings() {
    let portal = Portal::new();
    for (n, (id, mut daten, findings)) in (0..).zip(faelle()) {
        let entwurf = portal.create_entwurf();
        for nachweis in daten["nachweise"].as_array_mut().unwrap() {
            let typ = nachweis["typ"].as_str().unwrap().to_owned();
            nachweis["datei"] = portal.upload(&entwurf, &typ, PDF).into();
        }
        let antwort = portal.send(&Bitte::antrag(&daten, Some(&entwurf), &uuid(n)));
        assert_eq!(antwort.status, 201, "{id}: {}", text(&antwort));
        let quittung = json(&antwort);
        assert_eq!(quittung["hinweise"], findings, "{id}");
        let anlagen = daten["nachweise"].as_array().unwrap().len();
        assert_eq!(quittung["anlagen"].as_array().unwrap().len(), anlagen, "{id}");
    }
    assert_eq!(portal.count("zustellung"), 2 * portal.count("vorgang"));
    assert_eq!(portal.count("entwurf"), 0);
}

#[test]
fn a_receipt_says_what_was_stored() {
    let portal = Portal::new();
    let (daten, entwurf) = fall_with_dateien(&portal);
    let antwort = portal.send(&Bitte::antrag(&daten, Some(&entwurf), &uuid(1)));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let quittung = json(&antwort);
    assert_eq!(quittung["eingegangenAm"], "2026-11-23T09:00:00.000Z");
    assert_eq!(quittung["antrag"], "verpflichtungserklaerung");
    assert!(!quittung["naechsteSchritte"].as_array().unwrap().is_empty());
    assert!(quittung["vorgangsnummer"].as_str().unwrap().starts_with("VE-"));

    let ablage = portal.ablage();
    let nummer = quittung["vorgangsnummer"].as_str().unwrap().parse().unwrap();
    let vorgang = run(ablage.vorgang(&nummer)).unwrap();
    let gespeichert: Value = serde_json::from_slice(&vorgang.daten).unwrap();
    assert_eq!(gespeichert["geber"]["familienname"], daten["geber"]["familienname"]);
    assert_eq!(gespeichert.get("meta"), None);
    let hashes: Vec<[u8; 32]> = vorgang.anlagen.iter().map(|anlage| anlage.sha256).collect();
    let summe = pruefsumme(&nummer, &vorgang.antrag, JETZT, &vorgang.daten, &hashes);
    assert_eq!(summe, vorgang.pruefsumme);
    let hex: String = summe.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(quittung["pruefsumme"], hex);
    assert_eq!(vorgang.ereignisse[0].code.as_deref(), Some(hex.as_str()));

    let (nachricht, xml) = run(ablage.nachricht(&nummer, "nachricht")).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(xml.contains(&nachricht.uuid) && xml.contains(&nummer.to_string()));
    assert!(vorgang.zustellungen.iter().any(|zustellung| zustellung.uuid == nachricht.uuid));
    let (_, pdf) = run(ablage.nachricht(&nummer, "zusammenfassung")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let code = quittung["zugangscode"].as_str().unwrap();
    assert!(!pdf.windows(code.len()).any(|teil| teil == code.as_bytes()));
}

#[test]
fn a_repeated_submit_gets_the_first_receipt() {
    let portal = Portal::new();
    let (daten, entwurf) = fall_with_dateien(&portal);
    let bitte = Bitte::antrag(&daten, Some(&entwurf), &uuid(1));
    let erste = portal.send(&bitte);
    // The answer was lost; the draft is over by now, and it is another day.
    portal.jetzt.set(JETZT.plus(Duration::from_secs(86_400)));
    let zweite = portal.send(&bitte);
    assert_eq!((erste.status, zweite.status), (201, 200));
    assert_eq!(erste.inhalt, zweite.inhalt);
    // A UUID is the same in capitals.
    let gross = bitte.clone().header("idempotency-key", &uuid(1).to_uppercase());
    assert_eq!(portal.send(&gross).inhalt, erste.inhalt);
    assert_eq!(portal.count("vorgang"), 1);

    let anderes = Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1));
    let antwort = portal.send(&anderes);
    assert_eq!(antwort.status, 422);
    assert!(json(&antwort)["type"].as_str().unwrap().ends_with("/schluessel-schon-benutzt"));
    assert_eq!(portal.count("vorgang"), 1);
}

#[test]
fn what_blocks_is_told_and_stores_nothing() {
    let portal = Portal::new();
    let mut daten = fall_ohne_dateien();
    daten["geber"]["geburt"]["datum"] = "morgen".into();
    daten["gast"].as_object_mut().unwrap().remove("passnummer");
    let antwort = portal.send(&Bitte::antrag(&daten, None, &uuid(1)));
    assert_eq!(antwort.status, 422);
    let json_antwort = json(&antwort);
    assert!(json_antwort["type"].as_str().unwrap().ends_with("/befunde"));
    let felder: Vec<&str> = json_antwort["befunde"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|befund| befund["schwere"] == "E")
        .map(|befund| befund["feld"].as_str().unwrap())
        .collect();
    assert!(felder.contains(&"geber.geburt.datum"), "{felder:?}");
    assert_eq!(portal.count("vorgang"), 0);
    assert_eq!(portal.count("empfang"), 0);
    // The same key may be used for what was mended.
    assert_eq!(portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1))).status, 201);
}

#[test]
fn a_check_finds_the_same_and_stores_nothing() {
    let portal = Portal::new();
    portal.is_datenbank_da.set(false);
    for (id, daten, findings) in faelle() {
        let bitte = Bitte::new("POST", &format!("{VE}/pruefung"))
            .header("content-type", "application/json; charset=utf-8")
            .koerper(json!({ "daten": daten }).to_string());
        let antwort = portal.send(&bitte);
        assert_eq!(antwort.status, 200);
        assert_eq!(json(&antwort), json!({ "befunde": findings }), "{id}");
    }
}

#[test]
fn nobody_types_what_only_an_eid_says() {
    let mut daten = fall_ohne_dateien();
    daten["ve"]["eidDaten"] = json!({
        "familienname": "Mustermann",
        "vornamen": "Erika",
        "geburtsdatum": "1964-08-12",
        "vertrauensniveau": "hoch",
    });
    let portal = Portal::new();
    let antwort = portal.send(&Bitte::antrag(&daten, None, &uuid(1)));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let nummer = json(&antwort)["vorgangsnummer"].as_str().unwrap().parse().unwrap();
    let gespeichert = run(portal.ablage().vorgang(&nummer)).unwrap().daten;
    assert!(!String::from_utf8(gespeichert).unwrap().contains("hoch"));
}

#[test]
fn files_must_be_in_the_draft() {
    let portal = Portal::new();
    let (daten, entwurf) = fall_with_dateien(&portal);
    let fremder = portal.create_entwurf();
    #[track_caller]
    fn check(portal: &Portal, bitte: &Bitte, status: u16, typ: &str) {
        let antwort = portal.send(bitte);
        assert_eq!(antwort.status, status, "{}", text(&antwort));
        assert!(json(&antwort)["type"].as_str().unwrap().ends_with(typ));
        assert_eq!(portal.count("vorgang"), 0);
    }
    check(&portal, &Bitte::antrag(&daten, None, &uuid(1)), 422, "/datei-fehlt");
    check(&portal, &Bitte::antrag(&daten, Some(&fremder), &uuid(1)), 422, "/datei-fehlt");
    let falsch = Entwurf { id: entwurf.id.clone(), token: fremder.token.clone() };
    check(&portal, &Bitte::antrag(&daten, Some(&falsch), &uuid(1)), 404, "/entwurf-fehlt");
    // Uploaded as proof of something else.
    let mut vertauscht = daten.clone();
    let typ = vertauscht["nachweise"][0]["typ"].clone();
    vertauscht["nachweise"][0]["typ"] = vertauscht["nachweise"][1]["typ"].clone();
    vertauscht["nachweise"][1]["typ"] = typ;
    let antwort = portal.send(&Bitte::antrag(&vertauscht, Some(&entwurf), &uuid(1)));
    assert_eq!(json(&antwort)["pfade"], json!(["nachweise[0].datei", "nachweise[1].datei"]));
    assert_eq!(portal.send(&Bitte::antrag(&daten, Some(&entwurf), &uuid(1))).status, 201);
}

#[test]
fn a_png_travels_as_pdf_and_stays_as_it_is() {
    let portal = Portal::new();
    let (mut daten, entwurf) = fall_with_dateien(&portal);
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\
        \0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";
    let typ = daten["nachweise"][0]["typ"].as_str().unwrap().to_owned();
    let id = portal.upload(&entwurf, &typ, PNG);
    daten["nachweise"].as_array_mut().unwrap().push(json!({ "typ": typ, "datei": id }));
    let antwort = portal.send(&Bitte::antrag(&daten, Some(&entwurf), &uuid(1)));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let nummer = json(&antwort)["vorgangsnummer"].as_str().unwrap().parse().unwrap();
    assert_eq!(run(portal.ablage().anlage(&nummer, &id)).unwrap(), PNG);
}

#[test]
fn every_file_is_in_the_message_byte_by_byte() {
    let portal = Portal::new();
    let (mut daten, entwurf) = fall_with_dateien(&portal);
    let typ = daten["nachweise"][0]["typ"].as_str().unwrap().to_owned();
    let mut dateien = Vec::new();
    for laenge in 1..=4 {
        let mut datei = PDF.to_vec();
        datei.splice(9..9, vec![b' '; laenge]);
        let id = portal.upload(&entwurf, &typ, &datei);
        daten["nachweise"].as_array_mut().unwrap().push(json!({ "typ": typ, "datei": id }));
        dateien.push(datei);
    }
    let antwort = portal.send(&Bitte::antrag(&daten, Some(&entwurf), &uuid(1)));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let nummer = json(&antwort)["vorgangsnummer"].as_str().unwrap().parse().unwrap();
    let ablage = portal.ablage();
    let (nachricht, xml) = run(ablage.nachricht(&nummer, "nachricht")).unwrap();
    assert_eq!(nachricht.groesse, xml.len() as u64);
    let xml = String::from_utf8(xml).unwrap();
    // Each once, as well as the PDF of all answers; and the case's own two, which are the same.
    let (_, zusammenfassung) = run(ablage.nachricht(&nummer, "zusammenfassung")).unwrap();
    dateien.push(zusammenfassung);
    for datei in dateien {
        assert_eq!(xml.matches(&format!(">{}<", BASE64_STANDARD.encode(datei))).count(), 1);
    }
    assert_eq!(xml.matches(&format!(">{}<", BASE64_STANDARD.encode(PDF))).count(), 2);
}

#[test]
fn a_store_that_is_down_is_not_the_applicants_fault() {
    let portal = Portal::new();
    portal.is_datenbank_da.set(false);
    let antwort = portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1)));
    assert_eq!(antwort.status, 503);
    assert_eq!(header(&antwort, "retry-after"), Some("5"));
    assert!(!text(&antwort).contains("disk"));
    assert_eq!(portal.protokoll.take(), [format!("{VE}: the database failed: disk I/O error")]);
    portal.is_datenbank_da.set(true);
    assert_eq!(portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1))).status, 201);
}

#[test]
fn only_set_targets_get_a_row() {
    let portal = Portal::with(&[("ziele", "fachverfahren")]);
    assert_eq!(portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1))).status, 201);
    assert_eq!(portal.count("zustellung"), 1);
}
