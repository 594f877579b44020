//! The modes, on both counterparts, over `POST /steuerung` as tests of others use it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gegenstellen::{Modus, Steuerung, Ziel};
use serde_json::json;

use crate::{
    dms::create_document,
    fachverfahren::{nachricht, post},
    helfer::{Answer, Probe, get, send},
};

const UUID: &str = "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02";

/// Sends the same once more to the same counterpart.
fn store(probe: &Probe, ziel: Ziel) -> Result<Answer, String> {
    match ziel {
        Ziel::Fachverfahren => post(probe, UUID, nachricht(UUID, "x").as_bytes()),
        Ziel::Dms => create_document(probe, "", "Antrag Müller.pdf", b"%PDF"),
    }
}

fn is_stored(probe: &Probe, ziel: Ziel) -> bool {
    probe.stelle.eingang(ziel).iter().any(|entry| entry.gespeichert)
}

/// `expect`: the status, 0 for a connection closed without an answer; then what the body contains.
#[track_caller]
fn check(ziel: Ziel, order: &str, expect: (u16, &str), stored: bool) -> Option<Answer> {
    let probe = Probe::start();
    assert_eq!(probe.control(ziel, order).status, 200, "{order}");
    let answer = store(&probe, ziel).ok();
    assert_eq!(answer.as_ref().map_or(0, |answer| answer.status), expect.0, "{ziel:?} {order}");
    if let Some(answer) = &answer {
        assert!(answer.text().contains(expect.1), "{ziel:?} {order}: {}", answer.text());
    }
    assert_eq!(is_stored(&probe, ziel), stored, "{ziel:?} {order}");
    let eingang = probe.stelle.eingang(ziel);
    assert_eq!((eingang.len(), eingang[0].versuche), (1, 1), "{ziel:?} {order}");
    assert_eq!(eingang[0].letzter_status, answer.as_ref().map(|answer| answer.status));
    assert!(eingang[0].sha256.is_some());
    answer
}

#[test]
fn the_fachverfahren_behaves_as_told() {
    let check = |order, expect, stored| check(Ziel::Fachverfahren, order, expect, stored);
    check(r#"{"modus":"normal"}"#, (201, "aktenzeichen"), true);
    check(r#"{"modus":"aus"}"#, (0, ""), false);
    check(r#"{"modus":"antwort-verlieren"}"#, (0, ""), true);
    check(r#"{"modus":"konflikt-409"}"#, (409, "liegt bereits vor"), false);
    check(r#"{"modus":"abgelehnt-422","text":"Fall 7 gesperrt"}"#, (422, "Fall 7 gesperrt"), false);
    check(r#"{"modus":"abgelehnt-422"}"#, (422, "abgelehnt"), false);
    check(r#"{"modus":"fehler-500"}"#, (500, "Interner Fehler"), false);
    check(r#"{"modus":"fehler-500","speichern":true}"#, (500, ""), true);
    check(r#"{"modus":"muell","text":"<html>"}"#, (200, "<html>"), false);
    let cut = check(r#"{"modus":"muell"}"#, (200, "{"), false).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&cut.body).is_err());
    let busy = check(r#"{"modus":"ueberlastet-429","retryAfter":7}"#, (429, "später"), false);
    assert_eq!(busy.unwrap().header("retry-after"), "7");
    let moved = check(r#"{"modus":"umleitung"}"#, (302, ""), false).unwrap();
    assert_eq!(moved.header("location"), "/anmeldung");
}

#[test]
fn the_dms_behaves_as_told() {
    let check = |order, expect, stored| check(Ziel::Dms, order, expect, stored);
    check(r#"{"modus":"normal"}"#, (201, "succinctProperties"), true);
    check(r#"{"modus":"aus"}"#, (0, ""), false);
    check(r#"{"modus":"antwort-verlieren"}"#, (0, ""), true);
    check(r#"{"modus":"konflikt-409"}"#, (409, r#""exception":"nameConstraintViolation""#), false);
    check(r#"{"modus":"abgelehnt-422","text":"Akte gesperrt"}"#, (422, "Akte gesperrt"), false);
    check(r#"{"modus":"fehler-500"}"#, (500, r#""exception":"storage""#), false);
    check(r#"{"modus":"ueberlastet-429"}"#, (429, r#""exception":"runtime""#), false);
    let cut = check(r#"{"modus":"muell","speichern":true}"#, (200, "{"), true).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&cut.body).is_err());
    let moved =
        check(r#"{"modus":"umleitung","text":"https://sso.example.invalid/"}"#, (302, ""), false);
    assert_eq!(moved.unwrap().header("location"), "https://sso.example.invalid/");
}

#[test]
fn a_slow_answer_comes_late_but_the_work_is_done_at_once() {
    for ziel in [Ziel::Fachverfahren, Ziel::Dms] {
        let probe = Probe::start();
        let order = Steuerung { millisekunden: Some(400), ..Steuerung::new(Modus::Langsam) };
        probe.stelle.steer(ziel, order);
        assert_eq!(store(&probe, ziel).unwrap().status, 201);
        let answered = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let done = Duration::from_millis(probe.stelle.journal(ziel)[0].am);
        assert!(Duration::from_millis(400) <= answered - done);
    }
}

#[test]
fn exactly_the_second_answer_can_be_lost() {
    let probe = Probe::start();
    let lose = Steuerung::new(Modus::AntwortVerlieren).times(1).from_nth("createDocument", 2);
    probe.stelle.steer(Ziel::Dms, lose);
    let names = ["1.pdf", "2.pdf", "3.pdf"];
    let answered = names.map(|name| create_document(&probe, "", name, b"x").is_ok());
    assert_eq!(answered, [true, false, true]);
    let url = format!("{}/akten/root/2.pdf", probe.stelle.cmis_url());
    assert_eq!(get(&url).text(), "x");

    let zaehler = probe.stelle.zaehler(Ziel::Dms);
    assert_eq!((zaehler.anfragen, zaehler.geschlossen, zaehler.gestoert), (4, 1, 1));
    assert_eq!(zaehler.status.into_iter().collect::<Vec<_>>(), [(200, 1), (201, 2)]);
}

#[test]
fn a_mode_ends_after_its_requests_and_spares_control() {
    let probe = Probe::start();
    probe.control(Ziel::Fachverfahren, r#"{"modus":"aus","anzahl":2}"#);
    assert!(store(&probe, Ziel::Fachverfahren).is_err());
    let url = format!("{}/steuerung", probe.stelle.url(Ziel::Fachverfahren));
    let state = get(&url).json();
    assert_eq!(state["steuerung"], json!({ "modus": "aus", "anzahl": 1 }));
    assert_eq!(state["zaehler"]["geschlossen"], 1);
    assert_eq!(state["stelle"], json!({ "schemapruefung": false }));
    assert!(store(&probe, Ziel::Fachverfahren).is_err());
    assert_eq!(store(&probe, Ziel::Fachverfahren).unwrap().status, 201);
    assert_eq!(get(&url).json()["steuerung"], json!({ "modus": "normal" }));
}

#[test]
fn an_order_that_cannot_be_read_changes_nothing() {
    let probe = Probe::start();
    probe.control(Ziel::Dms, r#"{"modus":"fehler-500"}"#);
    for order in ["", "{", r#"{"modus":"weg"}"#, r#"{"modus":"aus","anzhal":1}"#] {
        assert_eq!(probe.control(Ziel::Dms, order).status, 400, "{order}");
    }
    assert_eq!(store(&probe, Ziel::Dms).unwrap().status, 500);
    let url = probe.stelle.url(Ziel::Dms);
    for (method, path, status) in
        [("PUT", "/steuerung", 405), ("POST", "/eingang", 405), ("DELETE", "/steuerung", 405)]
    {
        let body = (method != "DELETE").then_some(b"{}".as_slice());
        assert_eq!(send(method, &format!("{url}{path}"), &[], body).unwrap().status, status);
    }
}

#[test]
fn what_arrived_can_be_forgotten() {
    for ziel in [Ziel::Fachverfahren, Ziel::Dms] {
        let probe = Probe::start();
        assert_eq!(store(&probe, ziel).unwrap().status, 201);
        let url = format!("{}/eingang", probe.stelle.url(ziel));
        assert_eq!(send("DELETE", &url, &[], None).unwrap().status, 204);
        assert_eq!(get(&url).json(), json!({ "eingang": [] }));
        assert_eq!(probe.stelle.zaehler(ziel).anfragen, 0);
        let probe = probe.restart();
        assert!(probe.stelle.eingang(ziel).is_empty());
        assert_eq!(store(&probe, ziel).unwrap().status, 201);
        assert!(is_stored(&probe, ziel));
    }
}
