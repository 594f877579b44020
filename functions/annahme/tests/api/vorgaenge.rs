use super::*;

struct Eingang {
    nummer: String,
    code: String,
}

fn eingang(portal: &Portal) -> Eingang {
    let antwort = portal.send(&Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1)));
    let json = json(&antwort);
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    Eingang { nummer: text("vorgangsnummer"), code: text("zugangscode") }
}

fn bitte(nummer: &str, code: &str) -> Bitte {
    Bitte::new("GET", &format!("/api/vorgaenge/{nummer}")).header("zugangscode", code)
}

#[test]
fn the_owner_of_the_code_sees_where_it_stands() {
    let portal = Portal::new();
    let Eingang { nummer, code } = eingang(&portal);
    let antwort = portal.send(&bitte(&nummer, &code));
    assert_eq!(antwort.status, 200);
    let stand = json(&antwort);
    assert_eq!(stand["vorgangsnummer"], nummer);
    assert_eq!(stand["zustand"], "eingegangen");
    assert_eq!(
        stand["zustellungen"][1],
        json!({"ziel": "fachverfahren", "zustand": "ausstehend", "grund": null})
    );
    assert_eq!(stand["ereignisse"][0]["text"], "Ihr Antrag ist bei uns eingegangen.");
    assert_eq!(stand.get("daten"), None);
    // As people type it.
    let getippt = bitte(&nummer.to_lowercase(), &code.to_lowercase().replace('-', ""));
    assert_eq!(portal.send(&getippt).status, 200);

    let pdf = Bitte::new("GET", &format!("/api/vorgaenge/{nummer}/zusammenfassung.pdf"));
    assert_eq!(portal.send(&pdf).status, 404);
    let antwort = portal.send(&pdf.header("zugangscode", &code));
    assert_eq!(antwort.status, 200);
    assert_eq!(header(&antwort, "content-type"), Some("application/pdf"));
    assert_eq!(
        header(&antwort, "content-disposition"),
        Some(format!("attachment; filename=\"{nummer}.pdf\"").as_str())
    );
    assert!(antwort.inhalt.starts_with(b"%PDF-"));
}

#[test]
fn nobody_learns_which_numbers_exist() {
    let portal = Portal::new();
    let Eingang { nummer, code } = eingang(&portal);
    let falsch = portal.send(&bitte(&nummer, "0000-0000-0000"));
    assert_eq!(falsch.status, 404);
    let unbekannt = shared::vorgangsnummer::Vorgangsnummer::new("VE", 7).to_string();
    for andere in [
        portal.send(&bitte(&unbekannt, &code)),
        portal.send(&bitte(&nummer, "kein Code")),
        portal.send(&bitte(&nummer, &code).without("zugangscode")),
    ] {
        let ersetzt = text(&andere).replace(&unbekannt, &nummer);
        assert_eq!((andere.status, ersetzt.as_str()), (404, text(&falsch)));
        assert_eq!(andere.header, falsch.header);
    }
    assert_eq!(portal.send(&bitte("VE-falsch", &code)).status, 404);
}

#[test]
fn guessing_is_slowed_down() {
    let portal = Portal::new();
    let Eingang { nummer, code } = eingang(&portal);
    for _ in 0..10 {
        assert_eq!(portal.send(&bitte(&nummer, "0000-0000-0000")).status, 404);
    }
    portal.jetzt.set(JETZT.plus(Duration::from_secs(60)));
    let antwort = portal.send(&bitte(&nummer, &code));
    assert_eq!((antwort.status, header(&antwort, "retry-after")), (429, Some("841")));
    portal.jetzt.set(JETZT.plus(Duration::from_secs(15 * 60)));
    assert_eq!(portal.send(&bitte(&nummer, &code)).status, 200);
}
