//! Filing in the DMS: names, structure, and what an interruption leaves behind.

use std::{
    collections::BTreeMap,
    fs,
    pin::pin,
    task::{Context, Waker},
};

use super::*;

const AKTE: &str = "/Ausländerbehörde/33.30.10/Müller_ _Co_, 2026";

#[test]
fn an_application_is_filed_after_the_plan() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    haus.run(Ziel::Dms);
    let ordner = format!("{AKTE}/{nummer}");
    assert_eq!(
        haus.angekommen(Ziel::Dms),
        [
            "/Ausländerbehörde".to_owned(),
            "/Ausländerbehörde/33.30.10".to_owned(),
            AKTE.to_owned(),
            ordner.clone(),
            format!("{ordner}/01_Antrag_{nummer}.pdf"),
            format!("{ordner}/02_Nachricht_{nummer}.xml"),
            format!("{ordner}/03_NV_LOHN_{nummer}.pdf"),
        ]
    );
    let gespeichert = haus.datei(&format!("dms{ordner}/03_NV_LOHN_{nummer}.pdf"));
    assert_eq!(fs::read(gespeichert).unwrap(), b"%PDF-1.7 Lohn 1");
    let gespeichert = haus.datei(&format!("dms{ordner}/02_Nachricht_{nummer}.xml"));
    assert_eq!(fs::read(gespeichert).unwrap(), xml(1).into_bytes());
}

/// What comes after an application lies beside it, and numbers go on.
#[test]
fn an_answer_is_filed_beside_its_application() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    haus.send_folge(&nummer, 2);
    haus.send_folge(&nummer, 3);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 3);
    let ordner = format!("{AKTE}/{nummer}");
    assert_eq!(
        haus.angekommen(Ziel::Dms)[4..],
        [
            format!("{ordner}/01_Antrag_{nummer}.pdf"),
            format!("{ordner}/02_Nachricht_{nummer}.xml"),
            format!("{ordner}/03_NV_LOHN_{nummer}.pdf"),
            format!("{ordner}/04_Nachricht_{nummer}.xml"),
            format!("{ordner}/05_NV_LOHN_{nummer}.pdf"),
            format!("{ordner}/06_Nachricht_{nummer}.xml"),
            format!("{ordner}/07_NV_LOHN_{nummer}.pdf"),
        ]
    );
    let gespeichert = haus.datei(&format!("dms{ordner}/06_Nachricht_{nummer}.xml"));
    assert_eq!(fs::read(gespeichert).unwrap(), xml(3).into_bytes());
}

#[test]
fn the_default_plan_names_nobody() {
    let mut haus = Haus::new();
    haus.variablen.aktenplan = String::new();
    haus.variablen.dms_pfad = "/".to_owned();
    let nummer = haus.accept(1);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    assert_eq!(
        haus.angekommen(Ziel::Dms)[..2],
        [
            "/Verpflichtungserklärung 2026".to_owned(),
            format!("/Verpflichtungserklärung 2026/{nummer}")
        ]
    );
}

#[test]
fn patterns_have_many_words_and_names_stay_different() {
    let mut haus = Haus::new();
    haus.variablen.aktenplan = json!({"verpflichtungserklaerung": {
        "aktenplan": "33/33.30",
        "akte_muster": "{geber.organisation.name|betreff} ({antrag}, {geber.geburt.datum})",
        "vorgang_muster": "{jahr}-{monat}-{tag} {vorgangsnummer}",
        "dateiname_muster": "Dokument",
    }})
    .to_string();
    let nummer = haus.accept(1);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    let akte = "/Ausländerbehörde/33/33.30/Erika Müller 1 (verpflichtungserklaerung, ohne Angabe)";
    let ordner = format!("{akte}/2026-11-22 {nummer}");
    assert_eq!(
        haus.angekommen(Ziel::Dms)[5..],
        [
            format!("{ordner}/Dokument.pdf"),
            format!("{ordner}/Dokument.xml"),
            format!("{ordner}/Dokument_03.pdf"),
        ]
    );
}

#[test]
fn an_akte_that_is_there_is_used() {
    let haus = Haus::new();
    haus.accept(1);
    haus.accept(2);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 2);
    let angekommen = haus.angekommen(Ziel::Dms);
    assert_eq!(angekommen.iter().filter(|pfad| *pfad == AKTE).count(), 1);
    assert_eq!(angekommen.len(), 3 + 2 * 4);
}

/// After each single request of the whole filing the process dies. The next one goes on, and
/// nothing is sent twice that was noted.
#[test]
fn filing_goes_on_after_an_interruption_at_any_step() {
    for gute in 0.. {
        let mut haus = Haus::new();
        let nummer = haus.accept(1);
        haus.client.gute = Some(Cell::new(gute));
        let einstellungen = haus.einstellungen();
        let mut kontext = Context::from_waker(Waker::noop());
        let lauf = weiterleitung::run(&haus, &einstellungen, Ziel::Dms);
        let fertig = pin!(lauf).poll(&mut kontext).is_ready();
        haus.check_bilanz();

        haus.client.gute = None;
        // The lease has to end first.
        assert_eq!(haus.run(Ziel::Dms), Bilanz::default());
        haus.advance(Duration::from_secs(61));
        let bilanz = haus.run(Ziel::Dms);
        assert_eq!(haus.stand(&nummer, Ziel::Dms), "zugestellt", "after {gute}");
        assert_eq!(haus.angekommen(Ziel::Dms).len(), 7, "after {gute}");
        let mut versuche: BTreeMap<String, u32> = BTreeMap::new();
        for versuch in haus.partner.journal(gegenstellen::Ziel::Dms) {
            if versuch.schreibt {
                *versuche.entry(versuch.schluessel.unwrap()).or_default() += 1;
            }
        }
        assert!(versuche.values().all(|&anzahl| anzahl == 1), "after {gute}: {versuche:?}");
        if fertig {
            assert_eq!(bilanz, Bilanz::default());
            // The service document, four folders looked for and made, three documents.
            assert_eq!(gute, 12);
            break;
        }
    }
}

#[test]
fn a_vorgang_that_was_moved_is_found_again() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    let zweites = Steuerung::new(Modus::Ueberlastet429).from_nth("createDocument", 2);
    haus.steer(Ziel::Dms, zweites);
    haus.run(Ziel::Dms);
    haus.normal(Ziel::Dms);
    // A caseworker gives the Akte its real name.
    let akte = haus.partner.eingang(gegenstellen::Ziel::Dms).into_iter();
    let akte = akte.filter(|eines| eines.schluessel == AKTE).find_map(|eines| eines.objekt_id);
    let url = format!("{}/akten/root", haus.partner.cmis_url());
    let form = [
        ("objectId", akte.unwrap()),
        ("cmisaction", "update".to_owned()),
        ("propertyId[0]", "cmis:name".to_owned()),
        ("propertyValue[0]", "AZ 123".to_owned()),
    ];
    ureq::post(&url).send_form(form).unwrap();
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    let ordner = format!("/Ausländerbehörde/33.30.10/AZ 123/{nummer}");
    let angekommen = haus.angekommen(Ziel::Dms);
    assert_eq!(angekommen.len(), 7);
    assert!(angekommen.contains(&format!("{ordner}/03_NV_LOHN_{nummer}.pdf")), "{angekommen:?}");
}

#[test]
fn a_vorgang_that_was_deleted_is_filed_anew() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    haus.steer(Ziel::Dms, Steuerung::new(Modus::Ueberlastet429).from_nth("createDocument", 3));
    haus.run(Ziel::Dms);
    haus.partner.forget(gegenstellen::Ziel::Dms).unwrap();
    haus.normal(Ziel::Dms);
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    assert_eq!(haus.angekommen(Ziel::Dms).len(), 7);
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "zugestellt");
}

#[test]
fn a_document_of_somebody_else_is_not_taken_for_ours() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    // Filed once; then our memory of it is lost, and the document is another one.
    haus.run(Ziel::Dms);
    let datei = Datei::open(&haus.ordner.path().join("portal.db")).unwrap();
    datei
        .connection()
        .execute(
            "UPDATE zustellung SET zustand = 'gescheitert', fortschritt = NULL WHERE ziel = 'dms'",
            [],
        )
        .unwrap();
    let pfad = format!("{AKTE}/{nummer}/01_Antrag_{nummer}.pdf");
    let eingang = haus.partner.eingang(gegenstellen::Ziel::Dms).into_iter();
    let id = eingang.filter(|eines| eines.schluessel == pfad).find_map(|eines| eines.objekt_id);
    let grenze = "x";
    let body = format!(
        "--{grenze}\r\nContent-Disposition: form-data; name=\"cmisaction\"\r\n\r\nsetContent\r\n\
         --{grenze}\r\nContent-Disposition: form-data; name=\"objectId\"\r\n\r\n{}\r\n\
         --{grenze}\r\nContent-Disposition: form-data; name=\"overwriteFlag\"\r\n\r\ntrue\r\n\
         --{grenze}\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a\"\r\n\r\n\
         something else\r\n--{grenze}--\r\n",
        id.unwrap()
    );
    ureq::post(&format!("{}/akten/root", haus.partner.cmis_url()))
        .header("content-type", "multipart/form-data; boundary=x")
        .send(body)
        .unwrap();
    block_on(haus.ablage().retry(&nummer, Ziel::Dms, "demo", JETZT)).unwrap();
    haus.run(Ziel::Dms);
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "gescheitert anderer-inhalt");
    let text = haus.zustellung(&nummer, Ziel::Dms).fehler_text.unwrap();
    assert!(text.contains("14 Byte statt 6 Byte"), "{text}");
}

#[test]
fn a_repository_that_is_not_there_is_the_operators_turn() {
    let mut haus = Haus::new();
    haus.variablen.dms_repository = "gibtsnicht".to_owned();
    let nummer = haus.accept(1);
    haus.run(Ziel::Dms);
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "ausstehend cmis-repository-fehlt");
    haus.variablen.dms_repository = "akten".to_owned();
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
}

#[test]
fn a_type_that_is_not_there_is_the_operators_turn() {
    let mut haus = Haus::new();
    haus.variablen.dms_einstellungen = json!({"dokument": {"typ": "gibtsnicht"}}).to_string();
    let nummer = haus.accept(1);
    haus.run(Ziel::Dms);
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "ausstehend http-404");
    let text = haus.zustellung(&nummer, Ziel::Dms).fehler_text.unwrap();
    assert!(text.contains("gibtsnicht"), "{text}");
}

/// Slow and with little time left, a run stops between two documents, and the next one goes on.
#[test]
fn a_run_that_has_no_time_left_stops_between_documents() {
    struct Langsam(Haus, Cell<u32>);

    impl Client for Langsam {
        async fn send(&self, anfrage: Anfrage) -> Result<Antwort, Sendefehler> {
            self.0.advance(Duration::from_millis(u64::from(self.1.get())));
            self.0.client.send(anfrage).await
        }
    }

    impl Welt for Langsam {
        type Verbindung = Datei;
        type Client = Langsam;

        async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
            self.0.open().await
        }

        fn client(&self) -> &Langsam {
            self
        }

        fn jetzt(&self) -> Zeitpunkt {
            self.0.jetzt()
        }

        fn log(&self, meldung: &Meldung) {
            self.0.log(meldung);
        }

        fn log_error(&self, ursache: &str) {
            self.0.log_error(ursache);
        }
    }

    // Nine requests up to the Vorgang, at 1.9 s each; then 10.9 s are left.
    let langsam = Langsam(Haus::new(), Cell::new(1900));
    let nummer = langsam.0.accept(1);
    let einstellungen = langsam.0.einstellungen();
    let mut laeufe = 0;
    while langsam.0.stand(&nummer, Ziel::Dms) != "zugestellt" {
        laeufe += 1;
        assert!(laeufe < 5);
        block_on(weiterleitung::run(&langsam, &einstellungen, Ziel::Dms)).unwrap();
    }
    assert_eq!(laeufe, 2);
    assert_eq!(langsam.0.angekommen(Ziel::Dms).len(), 7);
}
