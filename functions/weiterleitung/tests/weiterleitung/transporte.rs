//! XTA and FIT-Connect over the real counterparts: everything arrives once, whatever step fails.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use super::*;

const FV: Ziel = Ziel::Fachverfahren;

/// A message as it is sent, valid against its schema.
fn message(n: u64) -> String {
    let muster = include_str!("../../../../tests/faelle/verpflichtungserklaerung/V1.xml");
    let (davor, rest) = muster.split_once("<nachrichtenUUID>").unwrap();
    let (_, danach) = rest.split_once('<').unwrap();
    format!("{davor}<nachrichtenUUID>{}<{danach}", uuid(n))
}

fn xta_einstellungen() -> Value {
    json!({
        "sendPort": "/xta/SendXtaPort",
        "managementPort": "/xta/ManagementPort",
        "autor": {"typ": "xoev", "kennung": "alp:musterstadt", "name": "Onlinedienst Müller & Co"},
        "leser": {"typ": "xoev", "kennung": "azr:000100"},
        "dienst": "urn:beispiel:dienst",
        "szenario": {"frei": "OZG"},
    })
}

fn xta_with(change: impl FnOnce(&mut Partner)) -> Haus {
    let mut haus = Haus::with(change);
    haus.nachricht = message;
    haus.variablen.fachverfahren_art = "xta2".to_owned();
    haus.variablen.fachverfahren_einstellungen = xta_einstellungen().to_string();
    haus
}

pub fn fitconnect() -> Haus {
    let mut haus = Haus::new();
    haus.nachricht = message;
    let (einstellungen, geheimnis) = haus.partner.fitconnect_einstellungen();
    haus.variablen.fachverfahren_art = "fit-connect".to_owned();
    haus.variablen.fachverfahren_url = haus.partner.fitconnect_url();
    haus.variablen.fachverfahren_einstellungen = einstellungen.to_string();
    haus.variablen.fitconnect_token_ursprung = haus.partner.url(gegenstellen::Ziel::Fachverfahren);
    haus.variablen.fitconnect_geheimnis = geheimnis.to_owned();
    haus
}

pub fn xta() -> Haus {
    xta_with(|_| ())
}

/// Runs with a disturbance, looks, lets all be well again; in the end the message is there once, or
/// `danach` says why not.
#[track_caller]
fn check(haus: Haus, steuerung: Steuerung, gestoert: &str, danach: &str) {
    let nummer = haus.accept(1);
    haus.steer(FV, steuerung.clone());
    haus.run(FV);
    assert_eq!(haus.stand(&nummer, FV), gestoert, "{steuerung:?}");
    haus.check_bilanz();
    haus.normal(FV);
    for _ in 0..3 {
        haus.advance(STUNDE);
        haus.run(FV);
    }
    assert_eq!(haus.stand(&nummer, FV), danach, "{steuerung:?}");
    let angekommen: &[String] = if danach == "zugestellt" { &[uuid(1)] } else { &[] };
    assert_eq!(haus.angekommen(FV), angekommen, "{steuerung:?}");
    haus.check_bilanz();
}

pub fn at(modus: Modus, aktion: &str) -> Steuerung {
    Steuerung::new(modus).from_nth(aktion, 1)
}

/// What was asked of the counterpart, in order.
fn aktionen(haus: &Haus) -> Vec<String> {
    let journal = haus.partner.journal(gegenstellen::Ziel::Fachverfahren);
    journal.into_iter().map(|versuch| versuch.aktion).collect()
}

fn schemas_dir(test: &str) -> Option<PathBuf> {
    let dir = env::var_os("SCHEMAS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/schemas"),
        PathBuf::from,
    );
    if dir.is_dir() {
        return Some(dir);
    }
    let note = format!("NOT RUN: {test}: no schemas at {} (SCHEMAS_DIR)\n", dir.display());
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

#[test]
fn xta_delivers_what_its_schemas_allow() {
    let test = "xta_delivers_what_its_schemas_allow";
    let schemas = schemas_dir(test);
    let mut haus = xta_with(|partner| partner.schemas = schemas);
    let nummer = haus.accept(1);
    assert_eq!(haus.run(FV).zugestellt, 1);
    assert_eq!(aktionen(&haus), ["createMessageId", "sendMessage", "getTransportReport"]);
    let datei = haus.datei(&format!("fachverfahren/{}.xml", uuid(1)));
    assert_eq!(fs::read_to_string(datei).unwrap(), message(1));
    let id = haus.zustellung(&nummer, FV).fremd_id.unwrap();
    assert!(id.starts_with("urn:de:xta:messageid:"), "{id}");
    // The proof.
    let bericht = fortschritt(&haus, &nummer)["bericht"].as_str().unwrap().to_owned();
    assert!(bericht.contains("<xta:Status>1</xta:Status>") && bericht.contains(&id));

    // All that the settings can add.
    let mut einstellungen = xta_einstellungen();
    einstellungen["dienstguete"] = "normal".into();
    einstellungen["zusammenfassung"] = true.into();
    einstellungen["test"] = true.into();
    einstellungen["szenario"] = json!({"code": "A", "liste": "urn:l", "version": "1"});
    einstellungen["nachrichtentyp"] = json!({"code": "XTA", "liste": "urn:g", "version": "1.0"});
    haus.variablen.fachverfahren_einstellungen = einstellungen.to_string();
    haus.accept(2);
    assert_eq!(haus.run(FV).zugestellt, 1);
    assert_eq!(haus.angekommen(FV), [uuid(1), uuid(2)]);
}

#[test]
fn xta_may_lose_any_answer() {
    use Modus::*;
    for modus in [Aus, AntwortVerlieren] {
        let lost = |aktion| at(modus, aktion).times(1);
        check(xta(), lost("createMessageId"), "ausstehend antwort-verloren", "zugestellt");
        check(xta(), lost("sendMessage"), "unklar antwort-verloren", "zugestellt");
        check(xta(), lost("getTransportReport"), "unklar antwort-verloren", "zugestellt");
    }
    for aktion in ["createMessageId", "getTransportReport"] {
        let gestoert = if aktion == "createMessageId" { "ausstehend" } else { "unklar" };
        for (modus, code) in
            [(Fehler500, "http-500"), (Muell, "antwort-unlesbar"), (Ueberlastet429, "http-429")]
        {
            check(xta(), at(modus, aktion).times(1), &format!("{gestoert} {code}"), "zugestellt");
        }
    }
    let stored = |modus| Steuerung { speichern: Some(true), ..at(modus, "sendMessage").times(1) };
    check(xta(), stored(Fehler500), "unklar http-500", "zugestellt");
    check(xta(), stored(Muell), "unklar antwort-unlesbar", "zugestellt");
    check(xta(), at(Ueberlastet429, "sendMessage"), "ausstehend http-429", "zugestellt");
    check(xta(), at(Umleitung, "sendMessage"), "ausstehend http-302", "zugestellt");
}

#[test]
fn a_lost_answer_costs_one_question() {
    let haus = xta();
    haus.accept(1);
    haus.steer(FV, at(Modus::AntwortVerlieren, "sendMessage").times(1));
    haus.run(FV);
    haus.advance(STUNDE);
    assert_eq!(haus.run(FV).zugestellt, 1);
    assert_eq!(aktionen(&haus), ["createMessageId", "sendMessage", "getTransportReport"]);

    // A server that knows nothing more refuses the second one, and that is an answer, too.
    let haus = xta();
    haus.accept(1);
    haus.steer(FV, at(Modus::AntwortVerlieren, "sendMessage").times(1));
    haus.run(FV);
    haus.steer(FV, at(Modus::XtaFehler, "getTransportReport").text("9070").times(1));
    haus.advance(STUNDE);
    assert_eq!(haus.run(FV).zugestellt, 1);
    assert_eq!(haus.angekommen(FV), [uuid(1)]);
    assert_eq!(
        aktionen(&haus)[2..],
        ["getTransportReport", "sendMessage", "getTransportReport"].map(str::to_owned)
    );
}

/// What somebody sends after the application is a message of its own, with its own files.
#[test]
fn what_is_sent_later_goes_the_same_way() {
    for haus in [xta(), fitconnect()] {
        let art = haus.variablen.fachverfahren_art.clone();
        let nummer = haus.accept(1);
        haus.send_folge(&nummer, 2);
        assert_eq!(haus.run(FV).zugestellt, 2, "{art}");
        assert_eq!(haus.angekommen(FV), [uuid(1), uuid(2)], "{art}");
        for n in [1, 2] {
            let datei = haus.datei(&format!("fachverfahren/{}.xml", uuid(n)));
            assert_eq!(fs::read_to_string(datei).unwrap(), message(n), "{art}");
        }
        haus.check_bilanz();
        if art != "fit-connect" {
            continue;
        }
        for (einreichung, anhaenge) in [(1, 2), (2, 1)] {
            let pfad = format!("fachverfahren/fit-connect/{einreichung}.json");
            let einreichung: Value =
                serde_json::from_slice(&fs::read(haus.datei(&pfad)).unwrap()).unwrap();
            assert_eq!(einreichung["anhaenge"].as_object().unwrap().len(), anhaenge);
        }
    }
    // With the PDF beside the message, which an answer does not have.
    let mut haus = xta();
    let mut einstellungen = xta_einstellungen();
    einstellungen["zusammenfassung"] = true.into();
    haus.variablen.fachverfahren_einstellungen = einstellungen.to_string();
    let nummer = haus.accept(1);
    haus.send_folge(&nummer, 2);
    assert_eq!(haus.run(FV).zugestellt, 2);
}

/// A message of another release: the schema has another name, and the codes are of another list.
fn message_of_next_release(n: u64) -> String {
    message(n).replace("xauslaender2611", "xauslaender2705")
}

/// What waits while the Behörde changes to another release leaves as it was accepted: the same
/// bytes, announced with the schema of their own release.
#[test]
fn a_waiting_message_keeps_its_release() {
    let https = || {
        let mut haus = Haus::new();
        haus.nachricht = message;
        haus
    };
    for mut haus in [https(), xta(), fitconnect()] {
        let art = haus.variablen.fachverfahren_art.clone();
        let alte = haus.accept(1);
        let davor = nachricht(&haus, &alte);
        haus.steer(FV, Steuerung::new(Modus::Aus));
        haus.run(FV);
        assert_ne!(haus.stand(&alte, FV), "zugestellt", "{art}");

        haus.nachricht = message_of_next_release;
        let neue = haus.accept(2);
        haus.steer(FV, Steuerung::new(Modus::Abgelehnt422).times(1));
        haus.advance(STUNDE);
        haus.run(FV);
        haus.normal(FV);
        let jetzt = haus.jetzt.get();
        // A refusal meanwhile, and a caseworker who tries again, change nothing about it.
        block_on(haus.ablage().retry_all(FV, None, "demo", jetzt)).unwrap();
        if art == "fit-connect" {
            // The destination offers the next release under a name of its own.
            let (mut einstellungen, _) = haus.partner.fitconnect_einstellungen();
            einstellungen["schemata"] = json!({"http://www.osci.de/xauslaender2705": "urn:a"});
            haus.variablen.fachverfahren_einstellungen = einstellungen.to_string();
        }
        for _ in 0..3 {
            haus.advance(STUNDE);
            haus.run(FV);
        }
        for (nummer, n, erwartet) in
            [(&alte, 1, message(1)), (&neue, 2, message_of_next_release(2))]
        {
            assert_eq!(haus.stand(nummer, FV), "zugestellt", "{art} {n}");
            let datei = haus.datei(&format!("fachverfahren/{}.xml", uuid(n)));
            assert!(fs::read_to_string(datei).unwrap() == erwartet, "{art} {n}");
        }
        assert!(nachricht(&haus, &alte) == davor, "{art}");
        if art == "xta2" {
            // The envelope says what is in it.
            for (lfd, release) in [(1, "xauslaender2611"), (2, "xauslaender2705")] {
                let pfad = haus.datei(&format!("fachverfahren/xta/{lfd}.json"));
                let auftrag: Value = serde_json::from_slice(&fs::read(pfad).unwrap()).unwrap();
                let metadaten = auftrag["metadaten"].as_str().unwrap();
                assert!(metadaten.contains(release), "{metadaten}");
            }
        }
        haus.check_bilanz();
    }
}

/// The message as it is stored.
fn nachricht(haus: &Haus, nummer: &Vorgangsnummer) -> Vec<u8> {
    block_on(haus.ablage().nachricht(nummer, "nachricht")).unwrap().1
}

#[test]
fn every_class_of_xta_errors_has_its_turn() {
    let fehler = |nummer: &str, aktion: &str| at(Modus::XtaFehler, aktion).text(nummer).times(1);
    for (nummer, gestoert, danach) in [
        ("9010", "ausstehend xta-9010", "zugestellt"),
        ("9014", "ausstehend xta-9014", "zugestellt"),
        ("9022", "ausstehend xta-9022", "zugestellt"),
        ("9023", "gescheitert xta-9023", "gescheitert xta-9023"),
        // It says that it has it, and then does not.
        ("9024", "unklar xta-9070", "zugestellt"),
        ("9030", "unklar xta-9030", "zugestellt"),
        ("9032", "unklar xta-9032", "zugestellt"),
        ("9050", "gescheitert xta-9050", "gescheitert xta-9050"),
        ("9060", "gescheitert xta-9060", "gescheitert xta-9060"),
        ("9000", "gescheitert xta-9000", "gescheitert xta-9000"),
    ] {
        check(xta(), fehler(nummer, "sendMessage"), gestoert, danach);
    }
    check(xta(), fehler("9012", "createMessageId"), "ausstehend xta-9012", "zugestellt");
    check(xta(), fehler("9031", "createMessageId"), "ausstehend xta-9031", "zugestellt");
    check(xta(), fehler("9011", "getTransportReport"), "ausstehend xta-9011", "zugestellt");
    check(xta(), fehler("9030", "getTransportReport"), "unklar xta-9030", "zugestellt");
}

#[test]
fn the_transport_report_decides() {
    let haus = xta();
    let nummer = haus.accept(1);
    haus.accept(2);
    haus.steer(FV, at(Modus::Offen, "getTransportReport"));
    // What is under way does not stop what comes after it.
    assert_eq!(haus.run(FV).verschoben, 2);
    assert_eq!(haus.stand(&nummer, FV), "unklar xta-offen");
    haus.advance(STUNDE);
    haus.steer(FV, at(Modus::Warnung, "getTransportReport"));
    assert_eq!(haus.run(FV).zugestellt, 2);
    assert_eq!(haus.angekommen(FV), [uuid(1), uuid(2)]);
    let gesendet = aktionen(&haus).iter().filter(|aktion| *aktion == "sendMessage").count();
    assert_eq!(gesendet, 2);

    let haus = xta();
    let nummer = haus.accept(1);
    let rot = at(Modus::Zurueckweisen, "getTransportReport").text("Postfach voll").times(1);
    haus.steer(FV, rot);
    haus.run(FV);
    assert_eq!(haus.stand(&nummer, FV), "gescheitert xta-bericht-rot");
    let text = haus.zustellung(&nummer, FV).fehler_text;
    assert_eq!(text.as_deref(), Some("Postfach voll"));
    // A caseworker's second try is a new message.
    let jetzt = haus.jetzt.get();
    block_on(haus.ablage().retry(&nummer, FV, "demo", jetzt)).unwrap();
    assert_eq!(haus.run(FV).zugestellt, 1);
}

#[test]
fn what_the_gateway_finds_wrong_is_the_caseworkers_turn() {
    let Some(schemas) = schemas_dir("what_the_gateway_finds_wrong_is_the_caseworkers_turn") else {
        return;
    };
    let mut haus = xta_with(|partner| partner.schemas = Some(schemas));
    haus.nachricht = |n| message(n).replace("<wohnort>", "<ort>").replace("</wohnort>", "</ort>");
    let nummer = haus.accept(1);
    haus.run(FV);
    assert_eq!(haus.stand(&nummer, FV), "gescheitert xta-9050");
    let text = haus.zustellung(&nummer, FV).fehler_text.unwrap();
    assert!(text.contains("FV-4224") && text.contains("Element 'ort'"), "{text}");

    let haus = xta_with(|partner| partner.grenze = 5000);
    let nummer = haus.accept(1);
    haus.run(FV);
    assert_eq!(haus.stand(&nummer, FV), "gescheitert xta-9023");
}

#[test]
fn fitconnect_delivers_and_keeps_the_proof() {
    let haus = fitconnect();
    let nummer = haus.accept(1);
    haus.accept(2);
    assert_eq!(haus.run(FV).zugestellt, 2, "{}", haus.stand(&nummer, FV));
    let eine = ["ankuendigen", "anhang", "anhang", "absenden", "ereignisse"];
    // Token, destination and its keys are asked for once a run.
    let erste = ["token", "zustellpunkt", "schluessel"].into_iter().chain(eine);
    let alle: Vec<&str> = erste.chain(["schluessel", "schluessel"]).chain(eine).collect();
    assert_eq!(aktionen(&haus), alle);
    let datei = haus.datei(&format!("fachverfahren/{}.xml", uuid(1)));
    assert_eq!(fs::read_to_string(datei).unwrap(), message(1));
    let einreichung = &fortschritt(&haus, &nummer)["einreichung"];
    assert_eq!(einreichung["beleg"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(
        haus.zustellung(&nummer, FV).fremd_id.as_deref(),
        einreichung["submissionId"].as_str()
    );
    haus.check_bilanz();
}

#[test]
fn a_callback_spares_the_wait_for_the_receipt() {
    let haus = fitconnect();
    let nummer = haus.accept(1);
    haus.steer(FV, at(Modus::Offen, "ereignisse"));
    haus.run(FV);
    haus.normal(FV);
    assert_eq!(haus.run(FV), Bilanz::default());
    let einreichung = &fortschritt(&haus, &nummer)["einreichung"];
    let fall = einreichung["caseId"].as_str().unwrap().to_owned();
    let ask = |fall: String| block_on(haus.ablage().ask_soon(FV, &[fall], haus.jetzt.get()));
    assert_eq!(ask("00000000-0000-4000-8000-000000000000".to_owned()), Ok(0));
    assert_eq!(haus.run(FV), Bilanz::default());
    assert_eq!(ask(fall.clone()), Ok(1));
    assert_eq!(haus.run(FV).zugestellt, 1);
    // Once more, and there is nothing to ask.
    assert_eq!(ask(fall), Ok(0));
    haus.check_bilanz();
}

#[test]
fn fitconnect_may_lose_any_answer() {
    use Modus::*;
    for modus in [Aus, AntwortVerlieren] {
        for aktion in ["token", "zustellpunkt", "schluessel", "ankuendigen", "anhang"] {
            let lost = at(modus, aktion).times(1);
            check(fitconnect(), lost, "ausstehend antwort-verloren", "zugestellt");
        }
        for aktion in ["absenden", "ereignisse"] {
            let lost = at(modus, aktion).times(1);
            check(fitconnect(), lost, "unklar antwort-verloren", "zugestellt");
        }
    }
}

#[test]
fn every_class_of_fitconnect_answers_has_its_turn() {
    use Modus::*;
    for (modus, aktion, gestoert, danach) in [
        (Fehler500, "token", "ausstehend http-500", "zugestellt"),
        (Muell, "zustellpunkt", "ausstehend antwort-unlesbar", "zugestellt"),
        (Ueberlastet429, "ankuendigen", "ausstehend http-429", "zugestellt"),
        (Abgelehnt422, "ankuendigen", "gescheitert http-422", "gescheitert http-422"),
        (Fehler500, "anhang", "ausstehend http-500", "zugestellt"),
        (Abgelehnt422, "anhang", "gescheitert http-422", "gescheitert http-422"),
        (Umleitung, "absenden", "ausstehend http-302", "zugestellt"),
        (Abgelehnt422, "absenden", "gescheitert http-422", "gescheitert http-422"),
        (Konflikt409, "absenden", "unklar http-409", "zugestellt"),
        (Fehler500, "absenden", "unklar http-500", "zugestellt"),
        (Ueberlastet429, "ereignisse", "unklar http-429", "zugestellt"),
        (Muell, "ereignisse", "unklar antwort-unlesbar", "zugestellt"),
        (Offen, "ereignisse", "unklar fit-eingereicht", "zugestellt"),
        (FalscherBeleg, "ereignisse", "ausstehend fit-beleg-falsch", "zugestellt"),
    ] {
        check(fitconnect(), at(modus, aktion).times(1), gestoert, danach);
    }
    // Signed by the delivery service in the destination's name.
    let falsch = at(FalscherBeleg, "ereignisse").text("schluessel").times(1);
    check(fitconnect(), falsch, "ausstehend fit-signatur-ungueltig", "zugestellt");
}

#[test]
fn a_rejection_is_the_caseworkers_turn_and_the_next_try_a_new_submission() {
    let haus = fitconnect();
    let nummer = haus.accept(1);
    let ablehnung = at(Modus::Zurueckweisen, "ereignisse").text("Bitte per Post").times(1);
    haus.steer(FV, ablehnung);
    haus.run(FV);
    assert_eq!(haus.stand(&nummer, FV), "gescheitert fit-zurueckgewiesen");
    let text = haus.zustellung(&nummer, FV).fehler_text.unwrap();
    assert!(text.contains("Bitte per Post"), "{text}");
    let jetzt = haus.jetzt.get();
    block_on(haus.ablage().retry(&nummer, FV, "demo", jetzt)).unwrap();
    assert_eq!(haus.run(FV).zugestellt, 1);
    let angekuendigt = aktionen(&haus).iter().filter(|aktion| *aktion == "ankuendigen").count();
    assert_eq!(angekuendigt, 2);
}

#[test]
fn a_submission_that_waited_too_long_is_begun_anew() {
    let haus = fitconnect();
    haus.accept(1);
    haus.steer(FV, at(Modus::Aus, "anhang"));
    haus.run(FV);
    haus.advance(STUNDE * 21);
    haus.normal(FV);
    assert_eq!(haus.run(FV).zugestellt, 1);
    let angekuendigt = aktionen(&haus).iter().filter(|aktion| *aktion == "ankuendigen").count();
    assert_eq!(angekuendigt, 2);
}

#[test]
fn a_token_that_is_refused_is_fetched_once_anew() {
    let haus = fitconnect();
    let einstellungen = haus.einstellungen();
    haus.accept(1);
    let run = || block_on(weiterleitung::run(&haus, &einstellungen, FV)).unwrap();
    assert_eq!(run().zugestellt, 1);
    haus.partner.revoke_tokens();
    haus.accept(2);
    assert_eq!(run().zugestellt, 1);
    let tokens = aktionen(&haus).iter().filter(|aktion| *aktion == "token").count();
    assert_eq!(tokens, 2);
}

#[test]
fn settings_that_do_not_fit_are_the_operators_turn() {
    let change = |name: &str, value: Value| {
        let mut haus = fitconnect();
        let (mut einstellungen, _) = haus.partner.fitconnect_einstellungen();
        einstellungen[name] = value;
        haus.variablen.fachverfahren_einstellungen = einstellungen.to_string();
        haus
    };
    let leistung = json!({"verpflichtungserklaerung": {"kennung": "urn:x", "name": "X"}});
    for (haus, code) in [
        (change("leistungen", json!({})), "fit-leistung-fehlt"),
        (change("leistungen", leistung), "fit-leistung-nicht-angeboten"),
        (
            change("schemata", json!({"http://www.osci.de/xauslaender2611": "urn:y"})),
            "fit-schema-nicht-angeboten",
        ),
        (change("ziel", "00000000-0000-4000-8000-000000000000".into()), "http-404"),
        (change("clientId", "fremd".into()), "fit-anmeldung"),
    ] {
        let nummer = haus.accept(1);
        haus.run(FV);
        assert_eq!(haus.stand(&nummer, FV), format!("ausstehend {code}"));
        let naechster = haus.zustellung(&nummer, FV).naechster_versuch_am;
        assert_eq!(naechster, Some(JETZT.plus(STUNDE)));
    }
}

#[test]
fn another_implementation_reads_what_is_sent() {
    let test = "another_implementation_reads_what_is_sent";
    let haus = fitconnect();
    haus.accept(1);
    haus.run(FV);
    let einreichung = fs::read(haus.datei("fachverfahren/fit-connect/1.json")).unwrap();
    let einreichung: Value = serde_json::from_slice(&einreichung).unwrap();
    let anhaenge: BTreeMap<String, String> =
        serde_json::from_value(einreichung["anhaenge"].clone()).unwrap();
    let mut jwes = vec![einreichung["metadaten"].clone(), einreichung["daten"].clone()];
    jwes.extend(anhaenge.values().map(|jwe| jwe.as_str().into()));
    let pem =
        include_str!("../../../../tests/gegenstellen/schluessel/zustellpunkt-entschluesseln.pem");
    let Some(gelesen) = python(test, &json!({"aufgabe": "decrypt", "pem": pem, "jwes": jwes}))
    else {
        return;
    };
    let text = |n: usize| {
        let base64 = gelesen["texte"][n].as_str().unwrap();
        base64::Engine::decode(&base64::prelude::BASE64_STANDARD, base64).unwrap()
    };
    assert_eq!(text(1), message(1).into_bytes());
    assert_eq!(gelesen["koepfe"][1]["cty"], "application/xml");
    let metadaten: Value = serde_json::from_slice(&text(0)).unwrap();
    assert_eq!(metadaten["contentStructure"]["attachments"].as_array().unwrap().len(), 2);

    let Some(schemas) = schemas_dir(test) else { return };
    let schema = fs::read(schemas.join("fit-connect/metadata.schema.v2.1.0.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let pruefung = json!({"aufgabe": "schema", "schema": schema, "json": metadaten});
    assert_eq!(python(test, &pruefung).unwrap()["fehler"], json!([]));
}

/// What `jose.py` answers; `None` if Debian's Python lacks its modules and need not have them.
fn python(test: &str, auftrag: &Value) -> Option<Value> {
    let has_modules = Command::new("/usr/bin/python3")
        .args(["-c", "import jwcrypto, jsonschema"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !has_modules {
        assert!(
            env::var_os("CI").is_none() && env::var_os("PRUEFE_ALLES").is_none(),
            "python3-jwcrypto and python3-jsonschema are needed"
        );
        let note = format!("NOT RUN: {test}: no python3-jwcrypto or python3-jsonschema\n");
        std::io::stderr().write_all(note.as_bytes()).unwrap();
        return None;
    }
    let mut child = Command::new("/usr/bin/python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jose.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(auftrag.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "jose.py failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// What is noted of a delivery.
fn fortschritt(haus: &Haus, nummer: &Vorgangsnummer) -> Value {
    let datei = Datei::open(&haus.ordner.path().join("portal.db")).unwrap();
    let json: String = datei
        .connection()
        .query_row(
            "SELECT fortschritt FROM zustellung WHERE vorgang = ? AND ziel = 'fachverfahren'",
            [nummer.to_string()],
            |zeile| zeile.get(0),
        )
        .unwrap();
    serde_json::from_str(&json).unwrap()
}
