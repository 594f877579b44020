//! Runs: what is due, by whom, how often, and how long not.

use std::{fs, thread};

use ablage::Ereignisart;

use super::*;

#[test]
fn what_is_accepted_arrives_byte_for_byte() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    let bilanz = Bilanz { bearbeitet: 1, zugestellt: 1, ..Bilanz::default() };
    assert_eq!(haus.run(Ziel::Fachverfahren), bilanz);
    assert_eq!(haus.run(Ziel::Dms), bilanz);
    let gespeichert = fs::read(haus.datei(&format!("fachverfahren/{}.xml", uuid(1)))).unwrap();
    assert_eq!(gespeichert, xml(1).into_bytes());
    let fachverfahren = haus.zustellung(&nummer, Ziel::Fachverfahren);
    assert_eq!(fachverfahren.fremd_id.as_deref(), Some("ABH-000001"));
    assert!(haus.zustellung(&nummer, Ziel::Dms).fremd_id.is_some());
    let arten: Vec<Ereignisart> =
        haus.vorgang(&nummer).ereignisse.iter().map(|ereignis| ereignis.art).collect();
    assert_eq!(arten, [Ereignisart::Eingegangen, Ereignisart::Zugestellt, Ereignisart::Zugestellt]);
    assert_eq!(haus.run(Ziel::Fachverfahren), Bilanz::default());
    haus.check_bilanz();
}

#[test]
fn the_log_has_ids_and_codes_and_nothing_else() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    let ablehnung = Steuerung::new(Modus::Abgelehnt422).text("Erika Müller ist unbekannt");
    haus.steer(Ziel::Fachverfahren, ablehnung);
    haus.run(Ziel::Fachverfahren);
    haus.run(Ziel::Dms);
    let protokoll = haus.protokoll.lock().unwrap().join("\n");
    assert_eq!(
        protokoll,
        format!(
            r#"{{"vorgang":"{nummer}","ziel":"fachverfahren","versuch":1,"ausgang":"abgelehnt","code":"http-422"}}
{{"vorgang":"{nummer}","ziel":"dms","versuch":1,"ausgang":"zugestellt","code":null}}"#
        )
    );
}

#[test]
fn those_that_wait_longest_go_first() {
    let haus = Haus::new();
    for n in [3, 1, 2] {
        haus.advance(Duration::from_secs(1));
        haus.accept(n);
    }
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 3);
    let gesendet: Vec<String> = haus
        .partner
        .journal(gegenstellen::Ziel::Fachverfahren)
        .into_iter()
        .filter_map(|versuch| versuch.schluessel)
        .collect();
    assert_eq!(gesendet, [3, 1, 2].map(uuid));
}

#[test]
fn two_workers_deliver_everything_once() {
    const VORGAENGE: u64 = 30;
    let haus = Haus::new();
    for n in 0..VORGAENGE {
        haus.accept(n);
    }
    let (partner, ordner) = (&haus.partner, haus.ordner.path());
    let zugestellt: u32 = thread::scope(|threads| {
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let variablen = haus.variablen.clone();
                threads.spawn(move || {
                    let arbeiter =
                        Arbeiter { ordner: ordner.to_owned(), client: UreqClient::default() };
                    let einstellungen = Einstellungen::read(&variablen).unwrap();
                    Ziel::ALLE
                        .map(|ziel| {
                            block_on(weiterleitung::run(&arbeiter, &einstellungen, ziel))
                                .unwrap()
                                .zugestellt
                        })
                        .iter()
                        .sum::<u32>()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(u64::from(zugestellt), 2 * VORGAENGE);
    let versuche = partner.eingang(gegenstellen::Ziel::Fachverfahren);
    assert_eq!(versuche.len() as u64, VORGAENGE);
    assert!(versuche.iter().all(|eines| eines.versuche == 1));
    haus.check_bilanz();
}

/// Another process on the same database.
pub(super) struct Arbeiter {
    pub ordner: PathBuf,
    pub client: UreqClient,
}

impl Welt for Arbeiter {
    type Verbindung = Datei;
    type Client = UreqClient;

    async fn open(&self) -> Result<Ablage<Datei>, AblageError> {
        let datei = Datei::open(&self.ordner.join("portal.db"))?;
        let mandant = Mandant::new("musterstadt").unwrap();
        Ablage::open(datei, mandant, Schluesselring::parse(RING).unwrap()).await
    }

    fn client(&self) -> &UreqClient {
        &self.client
    }

    fn jetzt(&self) -> Zeitpunkt {
        JETZT
    }

    fn log(&self, _: &Meldung) {}

    fn log_error(&self, _: &str) {}
}

#[test]
fn a_target_that_is_down_is_left_alone_and_delays_no_other() {
    let haus = Haus::new();
    for n in 0..10 {
        haus.accept(n);
    }
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::Aus));
    let bilanz = haus.run(Ziel::Fachverfahren);
    assert_eq!((bilanz.bearbeitet, bilanz.verschoben), (3, 3));
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 10);
    haus.normal(Ziel::Fachverfahren);
    // Seven have not been tried yet and need not wait.
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 7);
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 3);
    haus.check_bilanz();
}

#[test]
fn pauses_grow_from_the_setting() {
    let mut haus = Haus::new();
    haus.variablen.wiederholung_sekunden = "8".to_owned();
    let nummer = haus.accept(1);
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::Fehler500));
    haus.variablen.zustellung = r#"{"pausen":{"hoechstens_minuten":30}}"#.to_owned();
    for hoechstens in [8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800] {
        assert_eq!(haus.run(Ziel::Fachverfahren).verschoben, 1);
        let naechster = haus.zustellung(&nummer, Ziel::Fachverfahren).naechster_versuch_am.unwrap();
        let pause = (naechster.millis() - haus.jetzt.get().millis()) as f64 / 1000.0;
        assert!((f64::from(hoechstens) * 0.75..=f64::from(hoechstens)).contains(&pause), "{pause}");
        haus.jetzt.set(Zeitpunkt::from_millis(naechster.millis() - 1));
        assert_eq!(haus.run(Ziel::Fachverfahren), Bilanz::default());
        haus.jetzt.set(naechster);
    }
}

#[test]
fn a_partner_that_asks_for_a_pause_gets_it() {
    let haus = Haus::new();
    for n in 0..4 {
        haus.accept(n);
    }
    let voll = Steuerung { retry_after: Some(600), ..Steuerung::new(Modus::Ueberlastet429) };
    haus.steer(Ziel::Fachverfahren, voll);
    let bilanz = haus.run(Ziel::Fachverfahren);
    assert_eq!((bilanz.bearbeitet, bilanz.verschoben), (1, 1));
    haus.normal(Ziel::Fachverfahren);
    haus.advance(Duration::from_secs(599));
    assert_eq!(haus.run(Ziel::Fachverfahren), Bilanz::default());
    haus.advance(Duration::from_secs(1));
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 4);
}

#[test]
fn what_cannot_be_delivered_for_a_fortnight_is_given_up_and_can_be_taken_up_again() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    // Carried out, but nobody hears of it.
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::AntwortVerlieren));
    haus.run(Ziel::Fachverfahren);
    haus.advance(TAG * 13);
    haus.run(Ziel::Fachverfahren);
    assert_eq!(haus.stand(&nummer, Ziel::Fachverfahren), "unklar antwort-verloren");
    haus.advance(TAG);
    assert_eq!(haus.run(Ziel::Fachverfahren).gescheitert, 1);
    assert_eq!(haus.stand(&nummer, Ziel::Fachverfahren), "gescheitert aufgegeben-antwort-verloren");
    haus.check_bilanz();

    haus.normal(Ziel::Fachverfahren);
    let jetzt = haus.jetzt.get();
    block_on(haus.ablage().retry(&nummer, Ziel::Fachverfahren, "demo", jetzt)).unwrap();
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 1);
    // It was asked for first, and had been there all along.
    let gesendet = haus.partner.journal(gegenstellen::Ziel::Fachverfahren);
    assert_eq!(gesendet.last().unwrap().aktion, "fragen");
    assert_eq!(haus.angekommen(Ziel::Fachverfahren).len(), 1);
}

#[test]
fn a_target_that_is_not_set_up_is_the_operators_turn() {
    let mut haus = Haus::new();
    haus.variablen.dms_url = String::new();
    let nummer = haus.accept(1);
    haus.run(Ziel::Dms);
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "ausstehend nicht-eingerichtet");
    let naechster = haus.zustellung(&nummer, Ziel::Dms).naechster_versuch_am;
    assert_eq!(naechster, Some(JETZT.plus(STUNDE)));
}

#[test]
fn wrong_credentials_are_the_operators_turn() {
    let mut haus = Haus::with(|partner| {
        partner.fachverfahren_anmeldung = "bearer richtig".parse().unwrap();
        partner.dms_anmeldung = "basic dms:ge:heim".parse().unwrap();
    });
    haus.variablen.fachverfahren_token = "falsch".to_owned();
    haus.variablen.dms_anmeldung = "basic dms:falsch".to_owned();
    let nummer = haus.accept(1);
    haus.accept(2);
    for ziel in Ziel::ALLE {
        // One is enough to know.
        let bilanz = haus.run(ziel);
        assert_eq!((bilanz.bearbeitet, bilanz.verschoben), (1, 1));
    }
    let [wartet] = [1, 2]
        .map(|n| Vorgangsnummer::new("VE", n))
        .into_iter()
        .filter(|nummer| haus.stand(nummer, Ziel::Fachverfahren) == "ausstehend http-401")
        .collect::<Vec<_>>()[..]
    else {
        panic!("one of both was tried")
    };
    let zustellung = haus.zustellung(&wartet, Ziel::Fachverfahren);
    assert_eq!(zustellung.naechster_versuch_am, Some(JETZT.plus(STUNDE)));
    assert!(zustellung.fehler_text.unwrap().starts_with("FV-4010"));

    haus.variablen.fachverfahren_token = "richtig".to_owned();
    haus.variablen.dms_anmeldung = "basic dms:ge:heim".to_owned();
    haus.advance(STUNDE);
    for ziel in Ziel::ALLE {
        assert_eq!(haus.run(ziel).zugestellt, 2);
    }
    assert_eq!(haus.stand(&nummer, Ziel::Dms), "zugestellt");
}

#[test]
fn a_vorgang_that_does_not_open_stops_no_other() {
    let haus = Haus::new();
    let kaputt = haus.accept(1);
    let heil = haus.accept(2);
    let datei = Datei::open(&haus.ordner.path().join("portal.db")).unwrap();
    datei
        .connection()
        .execute("UPDATE nachricht SET inhalt = x'00' WHERE vorgang = ?", [kaputt.to_string()])
        .unwrap();
    haus.run(Ziel::Fachverfahren);
    haus.run(Ziel::Fachverfahren);
    assert_eq!(haus.stand(&kaputt, Ziel::Fachverfahren), "ausstehend ablage");
    assert_eq!(haus.stand(&heil, Ziel::Fachverfahren), "zugestellt");
}
