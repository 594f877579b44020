//! Requests that nobody should send.

use super::*;

#[test]
fn each_address_has_its_method() {
    let amt = Amt::new();
    let browser = amt.demo();
    for (ziel, erlaubt) in [
        ("anmeldung", "POST"),
        ("abmeldung", "POST"),
        ("sitzung", "GET"),
        ("vorgaenge", "GET"),
        ("vorgaenge/x", "GET"),
        ("vorgaenge/x/nachricht.xml", "GET"),
        ("vorgaenge/x/zusammenfassung.pdf", "GET"),
        ("vorgaenge/x/anlagen/y", "GET"),
        ("vorgaenge/x/zustellungen/dms/erneut", "POST"),
        ("zustellungen/dms/erneut", "POST"),
        ("betrieb", "GET"),
        ("betrieb/pruefung", "POST"),
    ] {
        for methode in ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "TRACE", "get"] {
            if methode != erlaubt {
                let antwort = amt.send(&browser, methode, ziel, b"");
                assert_eq!(antwort.status, 405, "{methode} {ziel}");
                assert_eq!(antwort.header("allow"), Some(erlaubt));
            }
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let browser = amt.demo();
    let andere = Vorgangsnummer::new("VE", 2);
    for ziel in [
        String::new(),
        "vorgaenge/".to_owned(),
        "vorgaenge/VE-0000-0000-00".to_owned(),
        format!("vorgaenge/{andere}"),
        format!("vorgaenge/{andere}/nachricht.xml"),
        format!("vorgaenge/{nummer}/"),
        format!("vorgaenge/{nummer}/anlagen"),
        format!("vorgaenge/{nummer}/anlagen/gibtsnicht"),
        format!("vorgaenge/{nummer}/anlagen/../nachricht.xml"),
        "sitzung/x".to_owned(),
    ] {
        assert_eq!(amt.get(&browser, &ziel).status, 404, "{ziel}");
    }
    for ziel in [
        format!("vorgaenge/{nummer}/zustellungen/faxgeraet/erneut"),
        format!("vorgaenge/{andere}/zustellungen/dms/erneut"),
        "zustellungen/faxgeraet/erneut".to_owned(),
    ] {
        assert_eq!(amt.post(&browser, &ziel).status, 404, "{ziel}");
    }
}

#[test]
fn a_login_is_read_strictly() {
    let amt = Amt::new();
    let tief = "[".repeat(4000);
    let lang = format!(r#"{{"kennung":"demo","passwort":"{}"}}"#, "x".repeat(1001));
    let riesig = format!(r#"{{"kennung":"demo","passwort":"{}"}}"#, "x".repeat(9000));
    for (koerper, status, art) in [
        (&b""[..], 400, "kein-json"),
        (b"{", 400, "kein-json"),
        (b"\xff\xfe{}", 400, "kein-json"),
        (b"{\"kennung\":\"\xff\",\"passwort\":\"x\"}", 400, "kein-json"),
        (tief.as_bytes(), 400, "form"),
        (br#"["demo","Passwort von demo"]"#, 400, "form"),
        (b"{}", 400, "form"),
        (b"[]", 400, "form"),
        (br#"{"kennung":"demo"}"#, 400, "form"),
        (br#"{"kennung":1,"passwort":"x"}"#, 400, "form"),
        (br#"{"kennung":"demo","passwort":null}"#, 400, "form"),
        (br#"{"kennung":"a","passwort":"x","rolle":"admin"}"#, 400, "form"),
        (br#"{"kennung":"a","kennung":"demo","passwort":"x"}"#, 400, "form"),
        (lang.as_bytes(), 400, "form"),
        (riesig.as_bytes(), 413, "zu-gross"),
        (br#"{"kennung":"demo","passwort":"falsch"}"#, 401, "anmeldung"),
        (br#"{"kennung":"","passwort":""}"#, 401, "anmeldung"),
    ] {
        let antwort = amt.send(&Browser::new(), "POST", "anmeldung", koerper);
        let gesendet = String::from_utf8_lossy(koerper);
        assert_eq!(problem(&antwort), (status, art.to_owned()), "{gesendet:.80}");
        assert!(!String::from_utf8_lossy(&antwort.inhalt).contains("falsch\""));
    }
    for medientyp in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let login = br#"{"kennung":"demo","passwort":"Passwort von demo"}"#;
        let mehr = [("content-type", medientyp)];
        let antwort = amt.send_with(&Browser::new(), "POST", "anmeldung", login, &mehr);
        assert_eq!(problem(&antwort), (415, "medientyp".to_owned()));
    }
    assert_eq!(amt.protokoll.borrow().len(), 0);
}

#[test]
fn what_needs_no_body_takes_none() {
    let amt = Amt::new();
    let browser = amt.demo();
    for (koerper, status) in
        [(&b"[1]"[..], 400), (b"x", 400), (&[b' '; 9000], 413), (b" {} ", 202), (b"", 202)]
    {
        let antwort = amt.send(&browser, "POST", "zustellungen/dms/erneut", koerper);
        assert_eq!(antwort.status, status);
    }
}

#[test]
fn a_database_that_fails_is_told_to_the_operator_alone() {
    let amt = Amt::new();
    let browser = amt.demo();
    let nummer = amt.accept(1);
    let datei = Datei::open(&amt.ordner.path().join("portal.db")).unwrap();
    datei.connection().execute("UPDATE vorgang SET daten = x'00'", []).unwrap();
    let antwort = amt.get(&browser, &format!("vorgaenge/{nummer}"));
    assert_eq!(problem(&antwort), (503, "stoerung".to_owned()));
    assert!(!String::from_utf8_lossy(&antwort.inhalt).contains("sealed"));
    let protokoll = amt.protokoll.borrow();
    assert_eq!(
        protokoll[..],
        [format!("/amt/api/vorgaenge/{nummer}: a sealed value in vorgang.daten does not open")]
    );
}
