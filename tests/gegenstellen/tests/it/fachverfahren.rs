//! The contract of the Fachverfahren, line by line.

use std::{fs, thread};

use gegenstellen::{Anmeldung, Ziel};
use serde_json::json;

use crate::helfer::{Answer, Probe, content_digest, get, hex_digest, schemas_dir, send};

const UUID: &str = "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02";

/// A message that is well-formed, and no more.
pub fn nachricht(uuid: &str, inhalt: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<m xmlns=\"urn:a\">\n\
         <nachrichtenkopf.g2g xmlns=\"\"><identifikation.nachricht>\n\
         <nachrichtenUUID>{uuid}</nachrichtenUUID>\n\
         </identifikation.nachricht></nachrichtenkopf.g2g>\n<inhalt>{inhalt}</inhalt>\n</m>\n"
    )
}

pub fn post(probe: &Probe, uuid: &str, body: &[u8]) -> Result<Answer, String> {
    let digest = content_digest(body);
    let headers = [
        ("Content-Type", "application/xml"),
        ("Idempotency-Key", uuid),
        ("Content-Digest", digest.as_str()),
    ];
    send("POST", &probe.stelle.nachrichten_url(), &headers, Some(body))
}

#[test]
fn a_message_is_taken_once() {
    let probe = Probe::start();
    let url = probe.stelle.nachrichten_url();
    let body = nachricht(UUID, "Müller");
    let asked = format!("{url}/{UUID}");
    assert_eq!(get(&asked).status, 404);

    let answer = post(&probe, UUID, body.as_bytes()).unwrap();
    assert_eq!(answer.status, 201);
    assert_eq!(answer.json(), json!({ "aktenzeichen": "ABH-000001" }));
    assert_eq!(answer.header("location"), asked);
    let stored = fs::read(probe.file(format!("fachverfahren/{UUID}.xml"))).unwrap();
    assert_eq!(stored, body.as_bytes());

    let again = post(&probe, &UUID.to_uppercase(), body.as_bytes()).unwrap();
    assert_eq!((again.status, again.json()), (409, json!({ "aktenzeichen": "ABH-000001" })));
    let other = post(&probe, UUID, nachricht(UUID, "Meier").as_bytes()).unwrap();
    assert_eq!(other.status, 422);
    assert!(other.text().contains("anderem Inhalt vor (Aktenzeichen ABH-000001)"));
    assert_eq!(fs::read(probe.file(format!("fachverfahren/{UUID}.xml"))).unwrap(), stored);

    let answer = get(&asked);
    let sha256 = hex_digest(body.as_bytes());
    let expect = json!({ "uuid": UUID, "sha256": sha256, "aktenzeichen": "ABH-000001" });
    assert_eq!((answer.status, answer.json()), (200, expect));

    let eingang = get(&format!("{}/eingang", probe.stelle.url(Ziel::Fachverfahren))).json();
    let expect = json!({ "eingang": [{
        "schluessel": UUID, "gespeichert": true, "sha256": sha256, "groesse": body.len(),
        "versuche": 3, "letzterStatus": 422, "aktenzeichen": "ABH-000001",
    }] });
    assert_eq!(eingang, expect);
}

#[test]
fn every_line_of_the_contract_is_checked() {
    let probe = Probe::start_with(|e| e.grenze = 2000);
    let url = probe.stelle.nachrichten_url();
    let body = nachricht(UUID, "x");
    let digest = content_digest(body.as_bytes());
    let check = |headers: &[(&str, &str)], body: &str, status: u16, text: &str| {
        let digest = content_digest(body.as_bytes());
        let mut all = vec![
            ("Content-Type", "application/xml"),
            ("Idempotency-Key", UUID),
            ("Content-Digest", digest.as_str()),
        ];
        for (name, value) in headers {
            all.retain(|(own, _)| own != name);
            if !value.is_empty() {
                all.push((name, value));
            }
        }
        let answer = send("POST", &url, &all, Some(body.as_bytes())).unwrap();
        assert_eq!(answer.status, status, "{headers:?} {}", answer.text());
        assert_eq!(answer.header("content-type"), "text/plain;charset=utf-8");
        assert!(answer.text().contains(text), "{}", answer.text());
    };
    check(&[("Content-Type", "text/xml")], &body, 415, "application/xml");
    check(&[("Content-Type", "")], &body, 415, "application/xml");
    check(&[("Idempotency-Key", "")], &body, 400, "Idempotency-Key fehlt");
    check(&[("Idempotency-Key", "1")], &body, 400, "keine UUID");
    check(&[("Idempotency-Key", "../../../../../etc/passwd-0123456789")], &body, 400, "keine UUID");
    check(&[("Content-Digest", "")], &body, 400, "Content-Digest");
    check(&[("Content-Digest", "sha-256=abc")], &body, 400, "RFC 9530");
    check(&[("Content-Digest", "md5=:YWJj:")], &body, 400, "RFC 9530");
    check(&[("Content-Digest", "sha-256=:YWJj:")], &body, 400, "Übertragung");
    let other = "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c03";
    check(&[("Idempotency-Key", other)], &body, 422, "nachrichtenUUID");
    check(&[], "<m>\n<a></m>", 422, "Zeile 2: Das Element 'a'");
    check(&[], "<m/>", 422, "'nachrichtenUUID'");
    check(&[], "", 422, "leer");
    check(&[], &nachricht(UUID, &"x".repeat(2000)), 413, "2000 Byte");
    assert!(!probe.file(format!("fachverfahren/{UUID}.xml")).exists());

    // What the contract leaves open to the sender is taken.
    let headers = [
        ("Content-Type", "Application/XML; charset=utf-8"),
        ("Idempotency-Key", &format!("\"{UUID}\"")),
        ("Content-Digest", &format!("sha-512=:YWJj:, {digest}")),
    ];
    assert_eq!(send("POST", &url, &headers, Some(body.as_bytes())).unwrap().status, 201);

    for (method, url, status, allow) in [
        ("GET", url.clone(), 405, "POST"),
        ("PUT", url.clone(), 405, "POST"),
        ("DELETE", format!("{url}/{UUID}"), 405, "GET"),
        ("GET", format!("{url}/keine-uuid"), 404, ""),
        ("GET", probe.stelle.url(Ziel::Fachverfahren), 404, ""),
    ] {
        let answer = send(method, &url, &[], None).unwrap();
        assert_eq!((answer.status, answer.header("allow")), (status, allow), "{method} {url}");
    }
}

#[test]
fn a_token_is_asked_for_if_one_is_set() {
    let probe = Probe::start_with(|e| {
        e.fachverfahren_anmeldung = Anmeldung::Bearer("geheim".to_owned());
    });
    let url = format!("{}/{UUID}", probe.stelle.nachrichten_url());
    for (authorization, status) in [
        ("", 401),
        ("Bearer falsch", 401),
        ("Basic geheim", 401),
        ("Bearer geheim", 404),
        ("bearer geheim", 404),
    ] {
        let answer = send("GET", &url, &[("Authorization", authorization)], None).unwrap();
        assert_eq!(answer.status, status, "{authorization}");
        assert_eq!(answer.header("www-authenticate").is_empty(), status != 401);
    }
    assert_eq!(post(&probe, UUID, nachricht(UUID, "").as_bytes()).unwrap().status, 401);
}

#[test]
fn many_at_once_with_one_key_are_one_message() {
    let probe = Probe::start();
    let body = nachricht(UUID, "x");
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let senders: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| post(&probe, UUID, body.as_bytes()).unwrap().status))
            .collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(probe.stelle.eingang(Ziel::Fachverfahren)[0].versuche, 8);
}

#[test]
fn what_was_taken_survives_a_restart() {
    let probe = Probe::start();
    let body = nachricht(UUID, "x");
    assert_eq!(post(&probe, UUID, body.as_bytes()).unwrap().status, 201);
    // What a crash can leave behind: an entry whose message never got its name, half a line.
    let other = UUID.replace("02", "03");
    let orphan = probe.file(format!("fachverfahren/{other}.json"));
    fs::copy(probe.file(format!("fachverfahren/{UUID}.json")), orphan).unwrap();
    let journal = probe.file("fachverfahren/journal.jsonl");
    let mut lines = fs::read(&journal).unwrap();
    lines.extend_from_slice("{\"am\":1,\"fehler\":\"ü".as_bytes().split_last().unwrap().1);
    fs::write(&journal, lines).unwrap();

    let probe = probe.restart();
    assert_eq!(get(&format!("{}/{other}", probe.stelle.nachrichten_url())).status, 404);
    assert_eq!(post(&probe, UUID, body.as_bytes()).unwrap().status, 409);
    let second = post(&probe, &other, nachricht(&other, "y").as_bytes()).unwrap();
    assert_eq!(second.json(), json!({ "aktenzeichen": "ABH-000002" }));
    let probe = probe.restart();
    let eingang = probe.stelle.eingang(Ziel::Fachverfahren);
    let versuche: Vec<u64> = eingang.iter().map(|entry| entry.versuche).collect();
    assert_eq!(versuche, [2, 1]);
}

#[test]
fn messages_are_valid_against_their_schema() {
    let Some(schemas) = schemas_dir("messages_are_valid_against_their_schema") else {
        return;
    };
    let probe = Probe::start_with(|e| e.schemas = Some(schemas.clone()));
    assert!(probe.stelle.has_schemapruefung(), "xmllint is needed for this test");
    let ve = schemas.join("xauslaender/beispiele/130201_verpflichtungserklaerung.xml");
    let ve = fs::read_to_string(ve).unwrap();
    let check = |name: &str, xml: &str, status: u16, texts: &[&str]| {
        let (_, rest) = xml.split_once("<nachrichtenUUID>").unwrap();
        let answer = post(&probe, rest.get(..36).unwrap(), xml.as_bytes()).unwrap();
        assert_eq!(answer.status, status, "{name}: {}", answer.text());
        for text in texts {
            assert!(answer.text().contains(text), "{name}: {}", answer.text());
        }
    };
    let refused = |name: &str, from: &str, to: &str, texts: &[&str]| {
        assert!(ve.contains(from), "{name}");
        check(name, &ve.replace(from, to), 422, texts);
    };
    refused(
        "code",
        "<code>130201</code>",
        "<code>geheim</code>",
        &["FV-4224", "Zeile ", "Element 'code'", "Liste der erlaubten Werte"],
    );
    refused(
        "unknown element",
        "<xauslaender:beruf>Lehrerin</xauslaender:beruf>",
        "<xauslaender:hobby>geheim</xauslaender:hobby>",
        &["Element 'hobby'", "nicht erwartet"],
    );
    refused(
        "date",
        "2027-03-01",
        "geheim",
        &["Element 'voraussichtlichesEinreisedatum'", "Datentyp 'Tagesdatum'"],
    );
    refused("namespace", "http://www.osci.de/xauslaender2611", "urn:geheimnis", &["FV-4223"]);
    let eb = schemas.join("einbuergerung-vorschlag/beispiele/antrag_0101.xml");
    check("einbuergerung", &fs::read_to_string(eb).unwrap(), 201, &["ABH-"]);
    // One attachment of 12 MB is one text node, more than libxml2 takes by itself.
    let large = "QUJD".repeat(3_000_000);
    check("large", &ve.replacen("JVBERi0xLjQKJeLjz9MK", &large, 1), 201, &["ABH-"]);

    for versuch in probe.stelle.journal(Ziel::Fachverfahren) {
        let fehler = versuch.fehler.unwrap_or_default();
        assert!(!fehler.contains("geheim") || fehler.contains("FV-4223"), "{fehler}");
    }
}
