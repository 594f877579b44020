//! The list and the operators' page.

use super::*;

fn nummern(antwort: &Antwort) -> Vec<String> {
    let vorgaenge = body(antwort)["vorgaenge"].as_array().unwrap().clone();
    vorgaenge.iter().map(|eintrag| eintrag["nummer"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_line_says_what_matters() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    amt.fail_all(Ziel::Fachverfahren, "geheim");
    let antwort = amt.get(&amt.demo(), "vorgaenge");
    assert_eq!(
        body(&antwort),
        json!({
            "vorgaenge": [{
                "nummer": nummer.to_string(),
                "antrag": "verpflichtungserklaerung",
                "betreff": "Erika Mustermann für Kofi Owusu 1",
                "eingegangenAm": "2026-11-23T09:00:00.000Z",
                "zustand": "eingegangen",
                "hinweise": 1,
                "zustellungen": [
                    {"ziel": "dms", "zustand": "ausstehend", "fehler": null, "ursache": null},
                    {
                        "ziel": "fachverfahren",
                        "zustand": "gescheitert",
                        "fehler": "http-422",
                        "ursache": "Der Empfänger hat den Inhalt geprüft und abgelehnt.",
                    },
                ],
            }],
            "weiter": null,
            "zustellstaende": {"gescheitert": 1},
            "gesamt": 1,
            "gesamtIstMindestens": false,
        })
    );
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let amt = Amt::new();
    let mut erwartet = Vec::new();
    for n in 0..7 {
        erwartet.push(amt.accept(n).to_string());
        amt.advance(n as u32 % 2);
    }
    let browser = amt.demo();
    let mut gesehen = Vec::new();
    let mut ziel = "vorgaenge?anzahl=3".to_owned();
    loop {
        let antwort = amt.get(&browser, &ziel);
        let seite = nummern(&antwort);
        assert!(seite.len() <= 3);
        gesehen.extend(seite);
        // What comes in meanwhile stands in front and moves nothing.
        amt.accept(100 + gesehen.len() as u64);
        match body(&antwort)["weiter"].as_str() {
            Some(weiter) => ziel = format!("vorgaenge?anzahl=3&seite_nach={weiter}"),
            None => break,
        }
    }
    gesehen.sort();
    erwartet.sort();
    assert_eq!(gesehen, erwartet);
}

#[test]
fn filters_hold_together() {
    let amt = Amt::new();
    let alt = amt.accept(1);
    amt.fail_all(Ziel::Dms, "nein");
    amt.advance(24 * 60);
    let neu = amt.accept(2);
    let browser = amt.demo();
    let check = |query: &str, erwartet: &[&Vorgangsnummer]| {
        let antwort = amt.get(&browser, &format!("vorgaenge?{query}"));
        let erwartet: Vec<String> = erwartet.iter().map(ToString::to_string).collect();
        assert_eq!(nummern(&antwort), erwartet, "{query}");
        assert_eq!(body(&antwort)["gesamt"], json!(erwartet.len()), "{query}");
    };
    check("", &[&neu, &alt]);
    check("antrag=verpflichtungserklaerung&zustand=eingegangen", &[&neu, &alt]);
    check("antrag=einbuergerung", &[]);
    check("zustellung=gescheitert", &[&alt]);
    check("zustellung=wartend", &[&neu]);
    check("zustellung=zugestellt", &[]);
    check("von=2026-11-24", &[&neu]);
    check("bis=2026-11-23", &[&alt]);
    check("von=2026-11-23&bis=2026-11-24", &[&neu, &alt]);
    check(&format!("suche={alt}"), &[&alt]);
    check(&format!("suche={}", alt.to_string().to_lowercase().replace('-', "+")), &[&alt]);
    check("suche=owusu+KOFI", &[&neu, &alt]);
    check("suche=mustermann+2", &[&neu]);
    check("suche=Meier", &[]);
    check("suche=owusu&zustellung=gescheitert&bis=2026-11-23", &[&alt]);
    for query in ["zustellung=x", "von=gestern", "anzahl=0", "seite_nach=x", "sortierung=name"] {
        let antwort = amt.get(&browser, &format!("vorgaenge?{query}"));
        assert_eq!(problem(&antwort), (400, "parameter".to_owned()), "{query}");
    }
}

#[test]
fn the_operators_page_balances() {
    let amt = Amt::new();
    let browser = amt.demo();
    let leer = body(&amt.get(&browser, "betrieb"));
    assert_eq!((&leer["angenommen"], &leer["bilanzStimmt"]), (&json!(0), &json!(true)));
    assert_eq!((&leer["aeltesteWartendSeit"], &leer["zustellungen"]), (&json!(null), &json!({})));
    amt.accept(1);
    amt.accept(2);
    amt.fail_all(Ziel::Dms, "nein");
    let betrieb = body(&amt.get(&browser, "betrieb"));
    assert_eq!(
        betrieb["zustellungen"],
        json!({
            "dms": {"angenommen": 2, "zugestellt": 0, "wartend": 0, "gescheitert": 2},
            "fachverfahren": {"angenommen": 2, "zugestellt": 0, "wartend": 2, "gescheitert": 0},
        })
    );
    assert_eq!(betrieb["aeltesteWartendSeit"], "2026-11-23T09:00:00.000Z");
    assert_eq!(
        (&betrieb["kette"]["laenge"], &betrieb["kette"]["stimmt"]),
        (&json!(4), &json!(true))
    );
    // Somebody tampers with the log that the page has seen, and with the counts.
    let datei = Datei::open(&amt.ordner.path().join("portal.db")).unwrap();
    datei
        .connection()
        .execute_batch(
            "DROP TRIGGER ereignis_bleibt; UPDATE ereignis SET art = 'zugestellt' WHERE lfd = 3; \
             UPDATE zaehler_zustellung SET anzahl = 7 WHERE ziel = 'dms' AND zustand = 'gescheitert'",
        )
        .unwrap();
    let betrieb = body(&amt.get(&browser, "betrieb"));
    assert_eq!(
        (&betrieb["kette"]["stimmt"], &betrieb["kette"]["geprueftBis"]),
        (&json!(true), &json!(4))
    );
    assert_eq!(betrieb["bilanzStimmt"], false);
    // Who looks at everything finds it.
    let pruefung = body(&amt.post(&browser, "betrieb/pruefung"));
    assert_eq!(pruefung["fertig"], true);
    assert_eq!(
        pruefung["zaehler"],
        json!([{"was": "zustellung dms gescheitert", "gefuehrt": 7, "gezaehlt": 2}])
    );
    assert_eq!(amt.protokoll.borrow().len(), 1);
    let betrieb = body(&amt.get(&browser, "betrieb"));
    assert_eq!(betrieb["bilanzStimmt"], true);
    let kette = &betrieb["kette"];
    assert_eq!((&kette["stimmt"], &kette["bruch"]), (&json!(false), &json!(3)));
    assert_eq!(
        (&kette["ganzBis"], &kette["ganzGeprueftAm"]),
        (&json!(null), &json!("2026-11-23T09:00:00.000Z"))
    );
}

#[test]
fn all_that_failed_at_a_target_is_tried_again() {
    let amt = Amt::new();
    let browser = amt.demo();
    let nummer = amt.accept(1);
    amt.accept(2);
    amt.fail_all(Ziel::Dms, "nein");
    let ziel = format!("vorgaenge/{nummer}/zustellungen/dms/erneut");
    let angestossen = |ziel: &str| {
        let antwort = amt.post(&browser, ziel);
        assert_eq!(antwort.status, 202);
        body(&antwort)["angestossen"].clone()
    };
    assert_eq!(angestossen(&ziel), 1);
    assert_eq!(angestossen("zustellungen/dms/erneut"), 1);
    assert_eq!(angestossen("zustellungen/dms/erneut"), 0);
    assert_eq!(angestossen("zustellungen/fachverfahren/erneut"), 0);
    let pachten = run(amt.store().lease_due_of(Ziel::Dms, 9, "lauf", JETZT, MINUTE)).unwrap();
    assert_eq!(pachten.len(), 2);
    // Now somebody is at it.
    assert_eq!(problem(&amt.post(&browser, &ziel)), (409, "nicht-noetig".to_owned()));
}

#[test]
fn the_operators_page_tells_how_each_target_is() {
    let amt = Amt::new();
    let browser = amt.demo();
    amt.accept(1);
    amt.accept(2);
    amt.fail_all(Ziel::Dms, "nein");
    let lage = |ziel: &str| body(&amt.get(&browser, "betrieb"))["ziele"][ziel].clone();
    let dms = lage("dms");
    assert_eq!(
        (&dms["offen"], &dms["wechselAm"]),
        (&json!(true), &json!("2026-11-28T23:00:00.000Z"))
    );
    assert_eq!((&dms["selbstpruefung"], &dms["pauseBis"]), (&json!(null), &json!(null)));
    let [ursache] = &dms["ursachen"].as_array().unwrap()[..] else { panic!("one cause") };
    assert_eq!((&ursache["code"], &ursache["anzahl"]), (&json!("http-422"), &json!(2)));
    assert_eq!(ursache["ursache"], "Der Empfänger hat den Inhalt geprüft und abgelehnt.");
    assert!(ursache["naechsterSchritt"].as_str().unwrap().contains("Wortlaut"));
    let fachverfahren = lage("fachverfahren");
    assert_eq!(
        (&fachverfahren["immerOffen"], &fachverfahren["zuAlt"]),
        (&json!(true), &json!(false))
    );

    amt.advance(20);
    assert_eq!(lage("fachverfahren")["zuAlt"], true);
    let store = amt.store();
    let bis = amt.jetzt.get().plus(MINUTE * 5);
    run(store.pause(Ziel::Dms, bis)).unwrap();
    let inhalt = r#"{"stufe":"anmeldung","text":"Bitte …","einstellungen":"x"}"#;
    run(store.set_stand("selbstpruefung/dms", inhalt, amt.jetzt.get())).unwrap();
    run(store.raise_stand("alarm", "{}", amt.jetzt.get())).unwrap();
    run(store.begin_tageslauf(&[Ziel::Fachverfahren], |_| true, amt.jetzt.get())).unwrap();
    let betrieb = body(&amt.get(&browser, "betrieb"));
    let jetzt = amt.jetzt.get().to_string();
    assert_eq!(betrieb["alarm"], json!({"seit": jetzt}));
    assert_eq!(betrieb["ziele"]["dms"]["pauseBis"], bis.to_string());
    assert_eq!(
        betrieb["ziele"]["dms"]["selbstpruefung"],
        json!({"am": jetzt, "stufe": "anmeldung", "text": "Bitte …"})
    );
    assert_eq!(
        betrieb["tageslauf"],
        json!({"uhrzeit": "06:00", "letzter": {"am": jetzt, "ziele": {
            "fachverfahren": {"angestossen": 2, "zugestellt": 0, "gescheitert": 0},
        }}})
    );
}

#[test]
fn what_failed_for_one_cause_is_tried_again() {
    let amt = Amt::new();
    let browser = amt.demo();
    let nummer = amt.accept(1);
    amt.fail_all(Ziel::Dms, "nein");
    let post = |query: &str| amt.post(&browser, &format!("zustellungen/dms/erneut{query}"));
    assert_eq!(body(&post("?ursache=http-413"))["angestossen"], 0);
    for falsch in ["?grund=x", "?ursache=a&ursache=b"] {
        assert_eq!(post(falsch).status, 400, "{falsch}");
    }
    let fall = body(&amt.get(&browser, &format!("vorgaenge/{nummer}")));
    let dms =
        fall["zustellungen"].as_array().unwrap().iter().find(|it| it["ziel"] == "dms").unwrap();
    assert_eq!(dms["ursache"], "Der Empfänger hat den Inhalt geprüft und abgelehnt.");
    assert_eq!(body(&post("?ursache=http-422"))["angestossen"], 1);
    assert_eq!(body(&post("?ursache=http-422"))["angestossen"], 0);
}
