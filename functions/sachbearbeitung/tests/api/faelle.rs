//! A case, its documents, and who read them.

use super::*;

#[test]
fn a_case_has_everything() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    amt.fail_all(Ziel::Fachverfahren, "FV-4711: Das Geburtsdatum\nfehlt <b>");
    let antwort = amt.get(&amt.demo(), &format!("vorgaenge/{nummer}"));
    let fall = body(&antwort);
    assert_eq!(fall["titel"], "Verpflichtungserklärung");
    assert_eq!(fall["pruefsumme"], "07".repeat(32));
    assert_eq!(fall["daten"]["geber"]["familienname"]["name"], "Mustermann");
    assert_eq!(fall["daten"]["aufenthalt"]["dauerTage"], 60);
    assert_eq!(fall["hinweise"][0]["text"], "Hm.");
    let anlage = &fall["anlagen"][0];
    assert_eq!((&anlage["typ"], &anlage["name"]), (&json!("NV_LOHN"), &json!("Löhne.pdf")));
    assert!(anlage["nachweis"].as_str().is_some_and(|name| !name.is_empty()));
    let zustellung = &fall["zustellungen"][1];
    assert_eq!(zustellung["ziel"], "fachverfahren");
    assert_eq!(zustellung["fehlerText"], "FV-4711: Das Geburtsdatum\nfehlt <b>");
    assert_eq!(zustellung["naechsterVersuchAm"], Value::Null);
    assert_eq!(
        fall["ereignisse"][1]["text"],
        "Die Zustellung an das Fachverfahren ist gescheitert (http-422)."
    );

    let teile = fall["zusammenfassung"].as_array().unwrap();
    let zeilen: Vec<&Value> =
        teile.iter().flat_map(|teil| teil["zeilen"].as_array().unwrap()).collect();
    let zeile = |pfad: &str| *zeilen.iter().find(|zeile| zeile["pfad"] == pfad).unwrap();
    assert_eq!(zeile("geber.geburt.datum")["antwort"], "12.08.1964");
    assert_eq!(zeile("gast.familienname.name")["antwort"], "Owusu");
    assert!(zeilen.iter().all(|zeile| !zeile["label"].as_str().unwrap().is_empty()));

    let selbstcheck = &fall["vorschlaege"][0];
    assert_eq!(selbstcheck["id"], "selbstcheck");
    assert!(selbstcheck["zeilen"].as_array().is_some_and(|zeilen| !zeilen.is_empty()));
}

#[test]
fn who_reads_is_written_down() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let (demo, zwei) = (amt.demo(), amt.logged_in("zwei"));
    let fall = body(&amt.get(&demo, &format!("vorgaenge/{nummer}")));
    let anlage = fall["anlagen"][0]["id"].as_str().unwrap();
    amt.get(&zwei, &format!("vorgaenge/{nummer}/anlagen/{anlage}"));
    amt.get(&zwei, &format!("vorgaenge/{nummer}/nachricht.xml"));
    amt.get(&demo, &format!("vorgaenge/{nummer}/zusammenfassung.pdf"));
    // What was not given out was not read.
    amt.get(&demo, &format!("vorgaenge/{nummer}/anlagen/gibtsnicht"));
    amt.get(&demo, "vorgaenge");
    amt.get(&Browser::new(), &format!("vorgaenge/{nummer}"));
    let fall = body(&amt.get(&demo, &format!("vorgaenge/{nummer}")));
    let texte: Vec<&str> = fall["ereignisse"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ereignis| ereignis["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        texte,
        [
            "Der Antrag ist eingegangen.",
            "Kim Demo hat den Fall geöffnet.",
            "Jo Zwei hat eine Anlage heruntergeladen.",
            "Jo Zwei hat eine Nachricht heruntergeladen.",
            "Kim Demo hat die Zusammenfassung heruntergeladen.",
        ]
    );
    assert_eq!(fall["ereignisse"][2]["code"], format!("anlage:{anlage}"));
    // The log itself has no name.
    let datei = Datei::open(&amt.ordner.path().join("portal.db")).unwrap();
    let namen: i64 = datei
        .connection()
        .query_row(
            "SELECT count(*) FROM ereignis WHERE akteur IN ('demo', 'Kim Demo', 'zwei')",
            [],
            |zeile| zeile.get(0),
        )
        .unwrap();
    assert_eq!(namen, 0);
    assert_eq!(run(amt.store().check_kette()).unwrap().bruch, None);
}

#[test]
fn documents_are_taken_out_and_never_shown_inside() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let browser = amt.demo();
    let anlage = run(amt.store().vorgang(&nummer)).unwrap().anlagen.remove(0).id;
    for (ziel, medientyp, name, inhalt) in [
        ("nachricht.xml".to_owned(), "application/xml", format!("{nummer}.xml"), "<m/>"),
        ("zusammenfassung.pdf".to_owned(), "application/pdf", format!("{nummer}.pdf"), "%PDF"),
        (format!("anlagen/{anlage}"), "application/pdf", "L_hne.pdf".to_owned(), "%PDF-1.7"),
    ] {
        let antwort = amt.get(&browser, &format!("vorgaenge/{nummer}/{ziel}"));
        assert_eq!((antwort.status, antwort.inhalt.as_slice()), (200, inhalt.as_bytes()));
        assert_eq!(antwort.header("content-type"), Some(medientyp));
        let disposition = antwort.header("content-disposition").unwrap();
        assert!(
            disposition.starts_with(&format!("attachment; filename=\"{name}\"")),
            "{disposition}"
        );
    }
    // An Anlage is reached through its own Vorgang only.
    let anderer = amt.accept(2);
    assert_eq!(amt.get(&browser, &format!("vorgaenge/{anderer}/anlagen/{anlage}")).status, 404);
}

#[test]
fn an_application_that_is_not_offered_any_more_is_still_shown() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let datei = Datei::open(&amt.ordner.path().join("portal.db")).unwrap();
    datei.connection().execute("UPDATE vorgang SET antrag = 'abgeschafft'", []).unwrap();
    let fall = body(&amt.get(&amt.demo(), &format!("vorgaenge/{nummer}")));
    assert_eq!(fall["daten"]["geber"]["familienname"]["name"], "Mustermann");
    assert_eq!(fall["zusammenfassung"], json!([]));
}

#[test]
fn nothing_of_an_infected_file_is_handed_out() {
    let amt = Amt::new();
    let browser = amt.demo();
    let nummer = amt.accept_with(1, Pruefstand::Ausstehend);
    let fall = || body(&amt.get(&browser, &format!("vorgaenge/{nummer}")));
    let anlage = fall()["anlagen"][0]["id"].as_str().unwrap().to_owned();
    let check = |typ: &str| {
        for dokument in ["nachricht.xml".to_owned(), format!("anlagen/{anlage}")] {
            let antwort = amt.get(&browser, &format!("vorgaenge/{nummer}/{dokument}"));
            assert_eq!(problem(&antwort), (409, typ.to_owned()), "{dokument}");
        }
        let pfad = format!("vorgaenge/{nummer}/zusammenfassung.pdf");
        assert_eq!(amt.get(&browser, &pfad).status, 200);
    };
    check("quarantaene");
    let [pruefling] = &run(amt.store().lease_prueflinge(9, JETZT, MINUTE)).unwrap()[..] else {
        panic!("one file waits")
    };
    run(amt.store().condemn(&pruefling.id, "Eicar", JETZT)).unwrap();
    check("befallen");
    let fall = fall();
    let zustellung = &fall["zustellungen"][0];
    assert_eq!(zustellung["zustand"], "gescheitert");
    assert!(zustellung["ursache"].as_str().unwrap().contains("Schadsoftware"));
    assert!(zustellung["naechsterSchritt"].as_str().unwrap().contains("ohne diese Datei"));
    let pfad = format!("vorgaenge/{nummer}/zustellungen/dms/erneut");
    assert_eq!(problem(&amt.post(&browser, &pfad)), (409, "befallen".to_owned()));
}
