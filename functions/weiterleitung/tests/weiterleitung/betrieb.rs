//! What a call of the scheduler does besides delivering: opening hours, limits, daily runs, the
//! alarm, self-checks.

use std::thread;

use serde_json::Value;
use weiterleitung::{Auftrag, answer};

use super::{
    ablegen::Art,
    lauf::Arbeiter,
    transporte::{at, fitconnect, xta},
    *,
};

const MINUTE: Duration = Duration::from_secs(60);

fn call(haus: &Haus, methode: &str, pfad: &str) -> Value {
    let auftrag = Auftrag { methode, pfad, authorization: Some("Bearer intern") };
    let ergebnis = block_on(answer(haus, &haus.variablen, auftrag));
    assert_eq!(ergebnis.status, 200, "{}", ergebnis.inhalt);
    serde_json::from_str(&ergebnis.inhalt).unwrap()
}

fn tick(haus: &Haus) -> Value {
    call(haus, "POST", "/intern/weiterleitung")
}

/// Lines of the log that are no deliveries.
fn meldungen(haus: &Haus) -> Vec<String> {
    let protokoll = haus.protokoll.lock().unwrap();
    protokoll.iter().filter(|zeile| !zeile.starts_with('{')).cloned().collect()
}

#[test]
fn a_closed_target_is_not_called() {
    let mut haus = Haus::new();
    // JETZT is Sunday, 2026-11-22, shortly after four in the morning.
    haus.variablen.zustellung =
        r#"{"ziele":{"dms":{"oeffnung":["mo-fr 06:00-22:00"]}}}"#.to_owned();
    haus.accept(1);
    assert_eq!(haus.run(Ziel::Dms), Bilanz::default());
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 1);
    haus.advance(TAG + STUNDE);
    assert_eq!(haus.run(Ziel::Dms), Bilanz::default());
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
}

#[test]
fn a_target_gets_no_more_a_minute_than_it_can_take() {
    let mut haus = Haus::new();
    haus.variablen.zustellung = r#"{"ziele":{"fachverfahren":{"je_minute":2}}}"#.to_owned();
    for n in 0..5 {
        haus.accept(n);
    }
    for zugestellt in [2, 0] {
        assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, zugestellt);
    }
    for zugestellt in [2, 1, 0] {
        haus.advance(MINUTE);
        assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, zugestellt);
    }
}

#[test]
fn a_case_goes_to_the_dms_after_the_fachverfahren() {
    let mut haus = Haus::new();
    haus.variablen.zustellung = r#"{"ziele":{"dms":{"nach":"fachverfahren"}}}"#.to_owned();
    haus.accept(1);
    haus.accept(2);
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::Abgelehnt422).times(1));
    assert_eq!(haus.run(Ziel::Dms), Bilanz::default());
    let bilanz = haus.run(Ziel::Fachverfahren);
    assert_eq!((bilanz.gescheitert, bilanz.zugestellt), (1, 1));
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    assert_eq!(haus.run(Ziel::Dms), Bilanz::default());
    let jetzt = haus.jetzt.get();
    block_on(haus.ablage().retry_all(Ziel::Fachverfahren, None, "demo", jetzt)).unwrap();
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 1);
    assert_eq!(haus.run(Ziel::Dms).zugestellt, 1);
    haus.check_bilanz();
}

#[test]
fn eight_workers_at_once_deliver_everything_once() {
    const VORGAENGE: u64 = 40;
    let mut haus = Haus::new();
    haus.variablen.zustellung =
        r#"{"ziele":{"fachverfahren":{"gleichzeitig":8},"dms":{"gleichzeitig":8}}}"#.to_owned();
    for n in 0..VORGAENGE {
        haus.accept(n);
    }
    let ordner = haus.ordner.path();
    let zugestellt: u32 = thread::scope(|threads| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let variablen = haus.variablen.clone();
                threads.spawn(move || {
                    let arbeiter =
                        Arbeiter { ordner: ordner.to_owned(), client: UreqClient::default() };
                    let einstellungen = Einstellungen::read(&variablen).unwrap();
                    let mut ziele = Ziel::ALLE;
                    ziele.rotate_left(n % 2);
                    let run = |ziel| block_on(weiterleitung::run(&arbeiter, &einstellungen, ziel));
                    ziele.map(|ziel| run(ziel).unwrap().zugestellt).iter().sum::<u32>()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(u64::from(zugestellt), 2 * VORGAENGE);
    let versuche = haus.partner.eingang(gegenstellen::Ziel::Fachverfahren);
    assert_eq!(versuche.len() as u64, VORGAENGE);
    assert!(versuche.iter().all(|eines| eines.versuche == 1));
    haus.check_bilanz();
}

#[test]
fn the_daily_run_does_not_wait_for_the_back_off() {
    let mut haus = Haus::new();
    haus.variablen.zustellung =
        r#"{"tageslauf":"06:00","pausen":{"erste_sekunden":80000}}"#.to_owned();
    let nummer = haus.accept(1);
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::Fehler500));
    tick(&haus);
    assert_eq!(haus.stand(&nummer, Ziel::Fachverfahren), "unklar http-500");
    haus.normal(Ziel::Fachverfahren);
    assert_eq!(block_on(haus.ablage().letzter_tageslauf()).unwrap(), None);
    haus.advance(STUNDE);
    assert_eq!(tick(&haus)["bearbeitet"], 0);
    // A quarter past six.
    haus.advance(STUNDE);
    assert_eq!(tick(&haus)["zugestellt"], 1);
    let tageslauf = block_on(haus.ablage().letzter_tageslauf()).unwrap().unwrap();
    let zahlen: Vec<_> = tageslauf
        .ziele
        .iter()
        .map(|(ziel, stand)| (ziel.as_str(), stand.angestossen, stand.zugestellt))
        .collect();
    assert_eq!(zahlen, [("fachverfahren", 1, 1), ("dms", 0, 0)]);
    // The next one comes tomorrow, or when somebody asks for it.
    haus.advance(STUNDE);
    tick(&haus);
    assert_eq!(block_on(haus.ablage().letzter_tageslauf()).unwrap().unwrap().am, tageslauf.am);
    haus.accept(2);
    let json = call(&haus, "POST", "/intern/tageslauf");
    assert_eq!(json["angestossen"], json!({"fachverfahren": 1, "dms": 1}));
    assert_eq!(json["zugestellt"], 2);
}

#[test]
fn an_alarm_is_raised_once_and_ends_by_itself() {
    let mut haus = Haus::new();
    haus.variablen.zustellung = r#"{"alarm_minuten":90,"tageslauf":""}"#.to_owned();
    haus.accept(1);
    haus.steer(Ziel::Dms, Steuerung::new(Modus::Aus));
    tick(&haus);
    let zustand = |haus: &Haus| call(haus, "GET", "/intern/gesundheit")["zustand"].clone();
    assert_eq!(zustand(&haus), "bereit");
    haus.advance(MINUTE * 89);
    tick(&haus);
    let alarme = |haus: &Haus| {
        let mut alle = meldungen(haus);
        alle.retain(|zeile| zeile.starts_with("alarm"));
        alle
    };
    assert_eq!((zustand(&haus), alarme(&haus).len()), (json!("bereit"), 0));
    haus.advance(MINUTE);
    for _ in 0..3 {
        tick(&haus);
    }
    assert_eq!(zustand(&haus), "alarm");
    let alarm = format!("alarm: deliveries wait too long: {{\"dms\":\"{JETZT}\"}}");
    assert_eq!(alarme(&haus), [alarm]);
    let stand = block_on(haus.ablage().stand("alarm")).unwrap().unwrap();
    assert_eq!(stand.am, haus.jetzt.get());

    haus.normal(Ziel::Dms);
    haus.advance(TAG);
    tick(&haus);
    assert_eq!(zustand(&haus), "bereit");
    assert_eq!(alarme(&haus).last().unwrap(), "alarm: over, nothing waits too long any more");
    assert_eq!(block_on(haus.ablage().stand("alarm")).unwrap(), None);
}

#[test]
fn a_target_that_is_back_gets_at_once_what_could_not_reach_it() {
    let mut haus = Haus::new();
    let frei = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let da = std::mem::replace(&mut haus.variablen.fachverfahren_url, format!("http://{frei}/x"));
    for n in 0..3 {
        haus.accept(n);
    }
    haus.run(Ziel::Fachverfahren);
    haus.variablen.fachverfahren_url = da;
    haus.accept(9);
    // The new one shows that it is there.
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 4);
}

/// `gesund`, or where the check of a target ends.
fn stufe(haus: &Haus, ziel: Ziel) -> String {
    let json = call(haus, "GET", "/intern/selbstpruefung");
    let ziel = &json["ziele"][ziel.as_str()];
    let text = ziel["text"].as_str().unwrap();
    assert!(text.ends_with('.') && !text.contains("geheim"), "{text}");
    let stufe = ziel["stufe"].as_str().unwrap();
    let is_gut = ["gesund", "nicht-eingerichtet"].contains(&stufe);
    assert!(is_gut || json["gesund"] == false);
    stufe.to_owned()
}

#[test]
fn a_self_check_says_what_is_wrong() {
    let mut haus = Haus::with(|partner| {
        partner.fachverfahren_anmeldung = "bearer richtig".parse().unwrap();
        partner.dms_anmeldung = "basic dms:richtig".parse().unwrap();
    });
    haus.variablen.fachverfahren_token = "richtig".to_owned();
    haus.variablen.dms_anmeldung = "basic dms:richtig".to_owned();
    let gut = haus.variablen.clone();
    for ziel in Ziel::ALLE {
        assert_eq!(stufe(&haus, ziel), "gesund");
    }
    let frei = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut check = |ziel, erwartet: &str, change: &dyn Fn(&mut Variablen)| {
        haus.variablen = gut.clone();
        change(&mut haus.variablen);
        assert_eq!(stufe(&haus, ziel), erwartet);
    };
    let url = |url: &str| url.to_owned();
    check(Ziel::Fachverfahren, "anmeldung", &|v| v.fachverfahren_token = "geheim".to_owned());
    check(Ziel::Fachverfahren, "pfad", &|v| v.fachverfahren_url.push_str("-falsch"));
    check(Ziel::Fachverfahren, "verbindung", &|v| v.fachverfahren_url = format!("http://{frei}/x"));
    check(Ziel::Fachverfahren, "name", &|v| v.fachverfahren_url = url("http://fv.invalid/x"));
    check(Ziel::Fachverfahren, "nicht-eingerichtet", &|v| v.fachverfahren_url = String::new());
    check(Ziel::Dms, "anmeldung", &|v| v.dms_anmeldung = "basic dms:geheim".to_owned());
    check(Ziel::Dms, "pfad", &|v| v.dms_url.push_str("/falsch"));
    check(Ziel::Dms, "verbindung", &|v| v.dms_url = format!("http://{frei}/x"));
    check(Ziel::Dms, "antwort", &|v| v.dms_repository = "gibtsnicht".to_owned());
    check(Ziel::Dms, "nicht-eingerichtet", &|v| v.dms_url = String::new());
}

/// How a partner behaves, and where a check ends then.
const VERHALTEN: [(Modus, &str); 6] = [
    (Modus::Aus, "zeit"),
    (Modus::Langsam, "zeit"),
    (Modus::Umleitung, "pfad"),
    (Modus::Fehler500, "antwort"),
    (Modus::Ueberlastet429, "antwort"),
    (Modus::Normal, "gesund"),
];

#[test]
fn a_self_check_sees_how_a_partner_behaves() {
    let mut haus = Haus::new();
    haus.client.frist = Some(Duration::from_millis(700));
    for (modus, erwartet) in VERHALTEN {
        for ziel in Ziel::ALLE {
            haus.steer(ziel, Steuerung::new(modus));
            assert_eq!(stufe(&haus, ziel), erwartet, "{modus:?} {ziel:?}");
        }
    }
    haus.steer(Ziel::Fachverfahren, Steuerung::new(Modus::Muell));
    assert_eq!(stufe(&haus, Ziel::Fachverfahren), "antwort");
    haus.steer(Ziel::Dms, Steuerung::new(Modus::Muell));
    assert_eq!(stufe(&haus, Ziel::Dms), "pfad");
    // Nothing was left behind.
    assert_eq!(haus.angekommen(Ziel::Fachverfahren), [""; 0]);
    assert_eq!(haus.angekommen(Ziel::Dms), [""; 0]);
}

/// How settings are spoilt, and where the check ends then.
type Fall<'a> = (&'a str, &'a dyn Fn(&mut Variablen));

/// Whatever the way, a check says what to mend. `haus` is well to begin with.
#[track_caller]
fn check_selbst(mut haus: Haus, ziel: Ziel, faelle: &[Fall<'_>]) {
    let gut = haus.variablen.clone();
    assert_eq!(stufe(&haus, ziel), "gesund");
    let frei = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{frei}/x");
    let zu: &dyn Fn(&mut Variablen) = &|v| match ziel {
        Ziel::Fachverfahren => v.fachverfahren_url = url.clone(),
        Ziel::Dms => v.dms_url = url.clone(),
    };
    for (stelle, (erwartet, change)) in [("verbindung", zu)].iter().chain(faelle).enumerate() {
        haus.variablen = gut.clone();
        change(&mut haus.variablen);
        assert_eq!(stufe(&haus, ziel), *erwartet, "{ziel:?} {stelle}");
    }
    haus.variablen = gut;
    haus.client.frist = Some(Duration::from_millis(700));
    for (modus, erwartet) in VERHALTEN {
        haus.steer(ziel, Steuerung::new(modus));
        assert_eq!(stufe(&haus, ziel), erwartet, "{modus:?} {ziel:?}");
    }
    haus.steer(ziel, Steuerung::new(Modus::Muell));
    assert!(["pfad", "antwort"].contains(&stufe(&haus, ziel).as_str()));
    assert_eq!(haus.angekommen(ziel), [""; 0], "nothing is left behind");
}

#[test]
fn a_self_check_knows_xta() {
    let fv = Ziel::Fachverfahren;
    let einstellungen = |v: &mut Variablen, von: &str, nach: &str| {
        let neu = v.fachverfahren_einstellungen.replace(von, nach);
        assert_ne!(neu, v.fachverfahren_einstellungen);
        v.fachverfahren_einstellungen = neu;
    };
    check_selbst(
        xta(),
        fv,
        &[
            ("pfad", &|v| einstellungen(v, "/xta/ManagementPort", "/falsch")),
            ("antwort", &|v| einstellungen(v, "/xta/ManagementPort", "/xta/SendXtaPort")),
            ("name", &|v| v.fachverfahren_url = "http://xta.invalid/x".to_owned()),
        ],
    );
    // The server knows us, but does not let us in.
    let haus = xta();
    for (nummer, erwartet) in [("9010", "anmeldung"), ("9014", "anmeldung"), ("9030", "antwort")] {
        let fehler = at(Modus::XtaFehler, "checkAccountActive").text(nummer).times(1);
        haus.steer(fv, fehler);
        assert_eq!(stufe(&haus, fv), erwartet, "{nummer}");
    }
    haus.steer(fv, at(Modus::XtaFehler, "checkAccountActive").text("9011").times(1));
    let json = call(&haus, "GET", "/intern/selbstpruefung");
    let text = json["ziele"]["fachverfahren"]["text"].as_str().unwrap();
    assert!(text.contains("Er sagt: „9011 Fehlertext zu 9011"), "{text}");
}

#[test]
fn a_self_check_knows_fitconnect() {
    let einstellung = |v: &mut Variablen, name: &str, wert: &str| {
        let mut json: Value = serde_json::from_str(&v.fachverfahren_einstellungen).unwrap();
        json[name] = wert.into();
        v.fachverfahren_einstellungen = json.to_string();
    };
    check_selbst(
        fitconnect(),
        Ziel::Fachverfahren,
        &[
            ("anmeldung", &|v| v.fitconnect_geheimnis = "geheim".to_owned()),
            ("anmeldung", &|v| einstellung(v, "clientId", "fremd")),
            ("pfad", &|v| einstellung(v, "token", "/falsch")),
            ("antwort", &|v| einstellung(v, "ziel", FREMD)),
            ("name", &|v| v.fitconnect_token_ursprung = "http://fit.invalid".to_owned()),
        ],
    );
}

/// A destination that nobody has.
const FREMD: &str = "00000000-0000-4000-8000-000000000000";

#[test]
fn a_self_check_knows_every_dms() {
    let anmeldung = "basic dms:richtig";
    let haus = |art: Art| {
        let mut haus = art.haus_with(|partner| partner.dms_anmeldung = anmeldung.parse().unwrap());
        haus.variablen.dms_anmeldung = anmeldung.to_owned();
        haus
    };
    let falsch = |v: &mut Variablen| v.dms_anmeldung = "basic dms:geheim".to_owned();
    let pfad = |v: &mut Variablen| v.dms_url.push_str("-falsch");
    let name = |v: &mut Variablen| v.dms_url = "http://dms.invalid/x".to_owned();
    check_selbst(
        haus(Art::Dvelop),
        Ziel::Dms,
        &[
            ("anmeldung", &falsch),
            ("pfad", &pfad),
            ("name", &name),
            ("pfad", &|v| v.dms_repository = "gibtsnicht".to_owned()),
        ],
    );
    check_selbst(
        haus(Art::Xdomea),
        Ziel::Dms,
        &[
            ("anmeldung", &falsch),
            ("pfad", &pfad),
            ("name", &name),
            // A server without WebDAV.
            ("antwort", &|v| v.dms_url = v.dms_url.replace("/ablagefach", "/cmis/browser")),
        ],
    );
}

#[test]
fn targets_are_checked_at_the_start_and_every_so_often() {
    let mut haus = Haus::new();
    haus.variablen.zustellung = r#"{"selbstpruefung_minuten":30}"#.to_owned();
    let fragen = |haus: &Haus| {
        let journal = haus.partner.journal(gegenstellen::Ziel::Fachverfahren);
        journal.len()
    };
    // Two questions each time: for a message that is not there, and for the service itself.
    for (minuten, erwartet) in [(0, 2), (0, 2), (29, 2), (1, 4), (0, 4)] {
        haus.advance(MINUTE * minuten);
        tick(&haus);
        assert_eq!(fragen(&haus), erwartet);
    }
    // New settings are like a new start.
    haus.variablen.dms_pfad = "/anderswo".to_owned();
    tick(&haus);
    assert_eq!(fragen(&haus), 6);
    // What is not well is checked again soon, and told once each time.
    haus.variablen.fachverfahren_url.push_str("-falsch");
    tick(&haus);
    haus.advance(MINUTE * 4);
    tick(&haus);
    assert_eq!(meldungen(&haus), ["self-check of fachverfahren failed at `pfad`"]);
    haus.advance(MINUTE);
    tick(&haus);
    assert_eq!(meldungen(&haus).len(), 2);
    let stand = block_on(haus.ablage().stand("selbstpruefung/fachverfahren")).unwrap().unwrap();
    assert!(stand.inhalt.contains("fachverfahren_pfad"));
}
