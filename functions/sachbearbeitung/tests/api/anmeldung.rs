//! Who gets in, for how long, and who does not.

use std::time::Instant;

use super::*;

fn abgewiesen(art: &str, status: u16) -> (u16, String) {
    (status, art.to_owned())
}

#[test]
fn a_login_gives_a_session_that_scripts_cannot_read() {
    let amt = Amt::new();
    let mut browser = Browser::https();
    let antwort = amt.log_in(&mut browser, "demo", "Passwort von demo");
    let angemeldet = body(&antwort);
    assert_eq!(angemeldet["name"], "Kim Demo");
    assert_eq!(angemeldet["rolle"], "sachbearbeitung");
    let cookie = antwort.header("set-cookie").unwrap();
    let (wert, rest) = cookie.split_once(';').unwrap();
    let token = wert.strip_prefix("__Host-sitzung=").unwrap();
    assert_eq!(token.len(), 43, "256 bits in base64url");
    assert_eq!(rest, " Path=/; HttpOnly; SameSite=Strict; Secure");
    assert!(!antwort.inhalt.windows(43).any(|teil| teil == token.as_bytes()));
    assert_eq!(body(&amt.get(&browser, "sitzung")), angemeldet);

    let mut browser = Browser::new();
    let antwort = amt.log_in(&mut browser, "demo", "Passwort von demo");
    let cookie = antwort.header("set-cookie").unwrap();
    assert!(cookie.starts_with("sitzung=") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(amt.get(&browser, "sitzung").status, 200);
}

#[test]
fn a_wrong_password_and_a_wrong_name_look_the_same() {
    let amt = Amt::new();
    let mut browser = Browser::new();
    let falsch = amt.log_in(&mut browser, "demo", "Passwort von zwei");
    let fremd = amt.log_in(&mut browser, "niemand", "Passwort von demo");
    assert_eq!(falsch, fremd);
    assert_eq!(problem(&falsch), abgewiesen("anmeldung", 401));
    assert_eq!(browser.cookie, None);
}

#[test]
fn a_wrong_name_takes_as_long_as_a_wrong_password() {
    let ordner = std::rc::Rc::new(tempfile::tempdir().unwrap());
    let amt = Amt::of("musterstadt", ordner, 4096);
    let measure = |kennung: &str| {
        let beginn = Instant::now();
        amt.log_in(&mut Browser::new(), kennung, "falsch");
        beginn.elapsed()
    };
    let (mut falsch, mut fremd) = (Duration::MAX, Duration::MAX);
    // In turns, so that a busy moment of the machine hits both.
    for n in 0..4 {
        falsch = falsch.min(measure("demo"));
        fremd = fremd.min(measure(&format!("niemand {n}")));
    }
    // The hash takes far longer than all else, so leaving it out would show.
    assert!(falsch < fremd * 3 && fremd < falsch * 3, "{falsch:?} {fremd:?}");
}

#[test]
fn five_wrong_passwords_lock_for_longer_each_time() {
    let amt = Amt::new();
    let try_with = |kennung: &str, passwort: &str| {
        let antwort = amt.log_in(&mut Browser::new(), kennung, passwort);
        (antwort.status, antwort.header("retry-after").map(str::to_owned))
    };
    for kennung in ["demo", "niemand"] {
        for _ in 0..5 {
            assert_eq!(try_with(kennung, "falsch").0, 401);
        }
        // Not even the right one is looked at.
        let richtig = format!("Passwort von {kennung}");
        assert_eq!(try_with(kennung, &richtig), (429, Some("900".to_owned())));
    }
    assert_eq!(try_with("zwei", "Passwort von zwei").0, 200);
    amt.advance(14);
    assert_eq!(try_with("demo", "falsch"), (429, Some("60".to_owned())));
    amt.advance(1);
    assert_eq!(try_with("demo", "falsch").0, 401);
    assert_eq!(try_with("demo", "Passwort von demo"), (429, Some("1800".to_owned())));
    amt.advance(30);
    assert_eq!(try_with("demo", "Passwort von demo").0, 200);
    for _ in 0..4 {
        assert_eq!(try_with("demo", "falsch").0, 401);
    }
    assert_eq!(try_with("demo", "Passwort von demo").0, 200);
}

#[test]
fn a_session_ends_by_itself() {
    let amt = Amt::new();
    let browser = amt.demo();
    amt.advance(29);
    assert_eq!(amt.get(&browser, "sitzung").status, 200);
    amt.advance(30);
    assert_eq!(problem(&amt.get(&browser, "sitzung")), abgewiesen("nicht-angemeldet", 401));

    let browser = amt.demo();
    for _ in 0..(10 * 60 / 25) - 1 {
        amt.advance(25);
        assert_eq!(amt.get(&browser, "sitzung").status, 200);
    }
    amt.advance(25);
    assert_eq!(amt.get(&browser, "sitzung").status, 401);
}

#[test]
fn logging_out_ends_the_session_and_no_other() {
    let amt = Amt::new();
    let (mut browser, anderer) = (amt.demo(), amt.demo());
    let alt = browser.clone();
    let antwort = amt.post(&browser, "abmeldung");
    assert_eq!(antwort.status, 204);
    assert!(antwort.header("set-cookie").unwrap().contains("Max-Age=0"));
    browser.keep(&antwort);
    assert_eq!(amt.get(&browser, "sitzung").status, 401);
    assert_eq!(amt.get(&alt, "sitzung").status, 401);
    assert_eq!(amt.get(&anderer, "sitzung").status, 200);
}

#[test]
fn a_session_that_was_put_upon_somebody_is_worth_nothing() {
    let amt = Amt::new();
    let mut opfer = Browser::new();
    opfer.cookie = Some("sitzung=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    let untergeschoben = opfer.clone();
    amt.log_in(&mut opfer, "demo", "Passwort von demo");
    assert_ne!(opfer.cookie, untergeschoben.cookie);
    assert_eq!(amt.get(&untergeschoben, "sitzung").status, 401);

    // Even a real one ends when somebody logs in over it.
    let angreifer = amt.logged_in("zwei");
    let mut opfer = angreifer.clone();
    amt.log_in(&mut opfer, "demo", "Passwort von demo");
    assert_eq!(amt.get(&angreifer, "sitzung").status, 401);
    assert_eq!(body(&amt.get(&opfer, "sitzung"))["kennung"], "demo");
}

#[test]
fn only_our_own_pages_may_change_something() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    amt.fail_all(Ziel::Dms, "nein");
    let browser = amt.demo();
    let ziel = format!("vorgaenge/{nummer}/zustellungen/dms/erneut");
    let ohne = Browser { csrf: None, ..browser.clone() };
    let fremd = Browser { csrf: amt.demo().csrf, ..browser.clone() };
    let leer = Browser { csrf: Some(String::new()), ..browser.clone() };
    for einer in [ohne, fremd, leer] {
        assert_eq!(problem(&amt.post(&einer, &ziel)), abgewiesen("fremde-seite", 403));
        assert_eq!(problem(&amt.post(&einer, "abmeldung")), abgewiesen("fremde-seite", 403));
    }
    for woher in ["cross-site", "same-site"] {
        let mehr = [("sec-fetch-site", woher), ("content-type", "application/json")];
        let antwort = amt.send_with(&browser, "POST", &ziel, b"", &mehr);
        assert_eq!(problem(&antwort), abgewiesen("fremde-seite", 403));
        let login = br#"{"kennung":"demo","passwort":"Passwort von demo"}"#;
        let antwort = amt.send_with(&Browser::new(), "POST", "anmeldung", login, &mehr);
        assert_eq!(problem(&antwort), abgewiesen("fremde-seite", 403));
    }
    assert_eq!(amt.get(&browser, "sitzung").status, 200);
    let mehr = [("sec-fetch-site", "same-origin")];
    assert_eq!(amt.send_with(&browser, "POST", &ziel, b"", &mehr).status, 202);
}

#[test]
fn nothing_is_told_without_a_session() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let falsch = Browser { cookie: Some("sitzung=x".to_owned()), ..Browser::new() };
    // A cookie without the prefix may have been set by a neighbour.
    let ohne_praefix = Browser { cookie: amt.demo().cookie, ..Browser::https() };
    for browser in [Browser::new(), falsch, ohne_praefix] {
        for ziel in [
            "sitzung".to_owned(),
            "vorgaenge".to_owned(),
            format!("vorgaenge/{nummer}"),
            "vorgaenge/unsinn".to_owned(),
            format!("vorgaenge/{nummer}/nachricht.xml"),
            format!("vorgaenge/{nummer}/zusammenfassung.pdf"),
            format!("vorgaenge/{nummer}/anlagen/x"),
            "betrieb".to_owned(),
        ] {
            let antwort = amt.get(&browser, &ziel);
            assert_eq!(problem(&antwort), abgewiesen("nicht-angemeldet", 401), "{ziel}");
        }
        for ziel in [
            "abmeldung".to_owned(),
            format!("vorgaenge/{nummer}/zustellungen/dms/erneut"),
            "zustellungen/dms/erneut".to_owned(),
            "betrieb/pruefung".to_owned(),
        ] {
            assert_eq!(amt.post(&browser, &ziel).status, 401, "{ziel}");
        }
    }
}

#[test]
fn towns_are_strictly_apart() {
    let amt = Amt::new();
    let nebenan = amt.neighbour();
    let nummer = amt.accept(1);
    let hier = amt.demo();
    assert_eq!(nebenan.get(&hier, "sitzung").status, 401);
    let dort = nebenan.demo();
    assert_eq!(nebenan.get(&dort, &format!("vorgaenge/{nummer}")).status, 404);
    assert_eq!(nebenan.get(&dort, &format!("vorgaenge/{nummer}/nachricht.xml")).status, 404);
    let ziel = format!("vorgaenge/{nummer}/zustellungen/dms/erneut");
    assert_eq!(nebenan.post(&dort, &ziel).status, 404);
    assert_eq!(body(&nebenan.get(&dort, "vorgaenge"))["gesamt"], 0);
    assert_eq!(body(&nebenan.get(&dort, "betrieb"))["angenommen"], 0);
    assert_eq!(body(&amt.get(&hier, "vorgaenge"))["gesamt"], 1);
    // The same number may be drawn in both.
    nebenan.accept(1);
    assert_eq!(nebenan.get(&dort, &format!("vorgaenge/{nummer}")).status, 200);
}

#[test]
fn somebody_who_may_not_log_in_any_more_is_out() {
    let amt = Amt::new();
    let browser = amt.demo();
    let mut ohne = Amt::of("musterstadt", amt.ordner.clone(), 8);
    let behoerde = einstellungen::find("behoerde").unwrap().beispiel;
    let werte = ["musterstadt", RING, "[]", behoerde, "", "", ""].map(str::to_owned);
    ohne.konfiguration = Konfiguration::read(&werte).unwrap();
    assert_eq!(ohne.get(&browser, "sitzung").status, 401);
    assert_eq!(ohne.log_in(&mut Browser::new(), "demo", "Passwort von demo").status, 401);
    // The session is gone for good.
    assert_eq!(amt.get(&browser, "sitzung").status, 401);
}
