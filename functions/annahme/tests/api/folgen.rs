//! What applicants send after the application, and what they see of what comes back.

use std::{io::Write as _, process::Command};

use ablage::{Eingangsstand, NeueRueckmeldung, Ziel};
use gegenstellen::Auftrag;

use super::*;

/// A portal with a way back and an application, which it belongs to.
struct Fall {
    portal: Portal,
    nummer: String,
    code: String,
}

impl Fall {
    fn new() -> Fall {
        let portal = Portal::with(&[("rueckkanal", "empfang")]);
        let antwort = portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1)));
        let json = json(&antwort);
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        let (nummer, code) = (text("vorgangsnummer"), text("zugangscode"));
        Fall { portal, nummer, code }
    }

    /// The Fachverfahren sends something back; its UUID.
    fn receive(&self, auftrag: &Auftrag) -> String {
        let ablage = self.portal.ablage();
        let nummer = self.nummer.parse().unwrap();
        let zu = run(ablage.nachricht(&nummer, "nachricht")).unwrap().0.uuid;
        let (uuid, xml) = Auftrag { zu, ..auftrag.clone() }.write(&self.nummer).unwrap();
        let (neue, fehler) = NeueRueckmeldung::read(xml.into_bytes());
        assert_eq!(fehler, None);
        let stand = run(ablage.receive(neue, self.portal.jetzt.get())).unwrap();
        assert_eq!(stand, Eingangsstand::Zugeordnet(nummer));
        uuid
    }

    fn ask(&self) -> String {
        let text = Some("Bitte senden Sie uns Ihren Pass.".to_owned());
        let datum = Some("2026-12-24".to_owned());
        let art = "130102".to_owned();
        self.receive(&Auftrag { art, text, datum, dokument: true, ..Auftrag::default() })
    }

    fn stand(&self) -> Value {
        json(&self.portal.send(&self.bitte("GET", "")))
    }

    fn bitte(&self, methode: &str, rest: &str) -> Bitte {
        Bitte::new(methode, &format!("/api/vorgaenge/{}{rest}", self.nummer))
            .header("zugangscode", &self.code)
    }

    fn send(&self, rest: &str, schluessel: u32, koerper: &Value) -> Antwort {
        let bitte = self
            .bitte("POST", rest)
            .header("content-type", "application/json")
            .header("idempotency-key", &uuid(schluessel));
        self.portal.send(&bitte.koerper(koerper.to_string()))
    }

    /// The message that waits for the Fachverfahren.
    fn nachricht(&self, folge: &str) -> String {
        let nachricht = run(self.portal.ablage().nachricht(&self.nummer.parse().unwrap(), folge));
        String::from_utf8(nachricht.unwrap().1).unwrap()
    }
}

fn typ(antwort: &Antwort) -> (u16, String) {
    let typ = json(antwort)["type"].as_str().unwrap().to_owned();
    (antwort.status, typ.rsplit('/').next().unwrap().to_owned())
}

/// Valid as the schema has it, where it is there.
#[track_caller]
fn assert_valid(xml: &str) {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let schemas = std::env::var_os("SCHEMAS_DIR")
        .map_or_else(|| here.join("../../../shared/schemas"), PathBuf::from);
    let schema = schemas.join("xauslaender/26.11-subset/xauslaender-2611-ozg-subset.xsd");
    if !schema.is_file() {
        // Not `eprintln!`, which a passing test keeps to itself.
        let _ = writeln!(std::io::stderr(), "DID NOT RUN: there is no {}", schema.display());
        return;
    }
    let schemas = schemas.canonicalize().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), xml).unwrap();
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schemas.join("xauslaender/26.11-subset/xauslaender-2611-ozg-subset.xsd"))
        .arg(file.path())
        .env("XML_CATALOG_FILES", schemas.join("catalog.xml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_question_is_shown_and_answered_with_a_file() {
    let fall = Fall::new();
    let zu = fall.ask();
    let stand = fall.stand();
    assert_eq!((&stand["zustand"], &stand["kannSenden"]), (&json!("rueckfrage"), &json!(true)));
    let mitteilung = &stand["mitteilungen"][0];
    assert_eq!(mitteilung["text"], "Bitte senden Sie uns Ihren Pass.");
    assert_eq!(
        (&mitteilung["frage"], &mitteilung["frist"]),
        (&json!("offen"), &json!("2026-12-24"))
    );
    assert_eq!((&mitteilung["id"], &mitteilung["typ"]), (&json!(zu), &json!("130102")));
    assert_eq!(stand["ereignisse"][1]["text"], "Die Behörde hat Ihnen eine Nachricht gesendet.");
    let dokument = fall.portal.send(&fall.bitte("GET", &format!("/mitteilungen/{zu}/1")));
    assert_eq!(
        (dokument.status, header(&dokument, "content-type")),
        (200, Some("application/pdf"))
    );
    assert!(header(&dokument, "content-disposition").unwrap().starts_with("attachment"));
    assert!(dokument.inhalt.starts_with(b"%PDF-"));

    let entwurf = fall.portal.create_entwurf();
    fall.portal.upload(&entwurf, "UNTERLAGE", PDF);
    let Entwurf { id, token } = &entwurf;
    let koerper = json!({
        "zu": zu, "text": "Anbei „mein“ Pass – danke", "entwurf": {"id": id, "token": token},
    });
    let antwort = fall.send("/antworten", 2, &koerper);
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let noch_einmal = fall.send("/antworten", 2, &koerper);
    assert_eq!((noch_einmal.status, &noch_einmal.inhalt), (200, &antwort.inhalt));
    assert_eq!(
        typ(&fall.send("/antworten", 2, &json!({"text": "Anderes"}))).1,
        "schluessel-schon-benutzt"
    );

    let stand = fall.stand();
    assert_eq!(stand["zustand"], "antwort_eingegangen");
    assert_eq!(stand["mitteilungen"][0]["frage"], "beantwortet");
    let gesendet = &stand["antworten"][0];
    assert_eq!(gesendet["text"], "Anbei \"mein\" Pass - danke");
    assert_eq!(gesendet["dateien"][0]["name"], "Lohn März.pdf");
    assert_eq!(gesendet["uebertragen"], false);
    // The deliveries of the application are told apart.
    assert_eq!(stand["zustellungen"].as_array().unwrap().len(), 2);

    let xml = fall.nachricht("folge-001");
    assert_valid(&xml);
    assert!(xml.contains(&format!("<xauslaender:ausloeserUUID>{zu}<")));
    assert!(xml.contains("<xauslaender:rueckkanalVorhanden>true<"));
    assert!(xml.contains("<xauslaender:dateiname>Lohn März.pdf<"));
    let uuid = json(&antwort)["uuid"].as_str().unwrap().to_owned();
    assert!(xml.contains(&format!("<nachrichtenUUID>{uuid}<")));

    let zu_spaet = fall.send("/antworten", 3, &json!({"zu": zu, "text": "Noch etwas"}));
    assert_eq!(typ(&zu_spaet), (409, "nicht-moeglich".to_owned()));
}

#[test]
fn documents_may_follow_and_the_application_may_be_withdrawn() {
    let fall = Fall::new();
    let antwort = fall.send("/antworten", 2, &json!({"text": "Das fehlte noch."}));
    assert_eq!(antwort.status, 201);
    let xml = fall.nachricht("folge-001");
    assert_valid(&xml);
    let eigene = run(fall.portal.ablage().nachricht(&fall.nummer.parse().unwrap(), "nachricht"));
    let eigene = eigene.unwrap().0.uuid;
    assert!(xml.contains(&format!("<xauslaender:ausloeserUUID>{eigene}<")));
    assert_eq!(fall.stand()["zustand"], "eingegangen");
    let vorgang = run(fall.portal.ablage().vorgang(&fall.nummer.parse().unwrap())).unwrap();
    let folge = vorgang.zustellungen.iter().filter(|it| it.folge == "folge-001");
    assert_eq!(folge.map(|it| it.ziel).collect::<Vec<_>>(), [Ziel::Dms, Ziel::Fachverfahren]);

    for falsch in [json!({}), json!({"bestaetigt": false}), json!({"bestaetigt": 1})] {
        assert_eq!(fall.send("/ruecknahme", 3, &falsch).status, 400);
    }
    let ruecknahme = json!({"bestaetigt": true});
    assert_eq!(fall.send("/ruecknahme", 4, &ruecknahme).status, 201);
    assert_eq!(fall.send("/ruecknahme", 4, &ruecknahme).status, 200);
    assert_eq!(typ(&fall.send("/ruecknahme", 5, &ruecknahme)).1, "nicht-moeglich");
    assert_eq!(typ(&fall.send("/antworten", 6, &json!({"text": "Doch"}))).1, "nicht-moeglich");
    assert_valid(&fall.nachricht("folge-002"));
    let stand = fall.stand();
    assert_eq!(
        (&stand["zustand"], &stand["kannSenden"]),
        (&json!("ruecknahme_erklaert"), &json!(false))
    );
    fall.receive(&Auftrag { art: "130107".to_owned(), ..Auftrag::default() });
    assert_eq!(fall.stand()["zustand"], "zurueckgenommen");
}

#[test]
fn what_is_no_answer_is_refused() {
    let fall = Fall::new();
    let zu = fall.ask();
    for (koerper, status, problem) in [
        (json!({"zu": zu}), 422, "leere-antwort"),
        (json!({"zu": zu, "text": " \n "}), 422, "leere-antwort"),
        (json!({"zu": zu, "text": "Danke \u{1f642}"}), 422, "zeichen"),
        (json!({"zu": zu, "text": "x".repeat(4_001)}), 422, "zu-lang"),
        (json!({"zu": uuid(9), "text": "Danke"}), 409, "nicht-moeglich"),
        (json!({"zu": 1, "text": "Danke"}), 400, "form"),
        (
            json!({"zu": zu, "text": "x", "entwurf": {"id": "a", "token": "b"}}),
            404,
            "entwurf-fehlt",
        ),
    ] {
        let antwort = fall.send("/antworten", 7, &koerper);
        assert_eq!(typ(&antwort), (status, problem.to_owned()), "{koerper}");
    }
    // Somebody else's.
    let falsch =
        Fall { portal: Portal::new(), nummer: fall.nummer.clone(), code: fall.code.clone() };
    assert_eq!(falsch.send("/antworten", 8, &json!({"text": "x"})).status, 404);
    let code = Fall { code: "0000-0000-0000".to_owned(), ..fall };
    for rest in ["/antworten", "/ruecknahme"] {
        let koerper = json!({"text": "x"});
        let koerper = if rest == "/ruecknahme" { json!({"bestaetigt": true}) } else { koerper };
        assert_eq!(code.send(rest, 8, &koerper).status, 404, "{rest}");
    }
    let dokument = code.bitte("GET", &format!("/mitteilungen/{zu}/1"));
    assert_eq!(code.portal.send(&dokument).status, 404);
    assert_eq!(code.portal.count("folge"), 0);
}

#[test]
fn a_document_is_for_its_own_case_only() {
    let fall = Fall::new();
    let zu = fall.ask();
    let zweiter = fall.portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(20)));
    let zweiter = json(&zweiter);
    let fremd = Bitte::new(
        "GET",
        &format!(
            "/api/vorgaenge/{}/mitteilungen/{zu}/1",
            zweiter["vorgangsnummer"].as_str().unwrap()
        ),
    )
    .header("zugangscode", zweiter["zugangscode"].as_str().unwrap());
    assert_eq!(fall.portal.send(&fremd).status, 404);
    for platz in ["0", "2", "x", "-1"] {
        let bitte = fall.bitte("GET", &format!("/mitteilungen/{zu}/{platz}"));
        assert_eq!(fall.portal.send(&bitte).status, 404, "{platz}");
    }
}

#[test]
fn answers_are_promised_only_where_they_can_come() {
    for (weg, erwartet) in [("aus", "false"), ("empfang", "true")] {
        let portal = Portal::with(&[("rueckkanal", weg)]);
        let antwort = portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1)));
        let nummer = json(&antwort)["vorgangsnummer"].as_str().unwrap().parse().unwrap();
        let (_, xml) = run(portal.ablage().nachricht(&nummer, "nachricht")).unwrap();
        let xml = String::from_utf8(xml).unwrap();
        let gesucht = format!("<xauslaender:rueckkanalVorhanden>{erwartet}<");
        assert!(xml.contains(&gesucht), "{weg}");
    }
}
