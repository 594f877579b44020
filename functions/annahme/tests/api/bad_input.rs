use proptest::prelude::*;

use super::*;

/// Refused with this status, as a problem document, without a trace of what was sent.
#[track_caller]
fn check(portal: &Portal, bitte: &Bitte, status: u16, typ: &str) -> Antwort {
    let antwort = portal.send(bitte);
    assert_eq!(antwort.status, status, "{}", text(&antwort));
    assert_eq!(header(&antwort, "content-type"), Some("application/problem+json"));
    let problem = json(&antwort);
    assert_eq!(problem["status"], status);
    let gemeldet = problem["type"].as_str().unwrap();
    assert_eq!(gemeldet, format!("https://antragsportal.invalid/fehler/{typ}"));
    assert!(!problem["title"].as_str().unwrap().is_empty());
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    assert_eq!(problem["instance"], bitte.pfad.split('?').next().unwrap());
    assert!(!text(&antwort).contains("GEHEIM"));
    assert_eq!(portal.protokoll.take(), Vec::<String>::new());
    antwort
}

fn gut() -> Bitte {
    Bitte::antrag(&fall_ohne_dateien(), None, &uuid(1))
}

#[test]
fn what_cannot_be_read_is_refused_and_leaves_nothing() {
    let portal = Portal::new();
    let nesting = [vec![b'['; 500_000], vec![b']'; 500_000]].concat();
    let tief = [b"{\"daten\":".as_slice(), &nesting[..400_000], b"}"].concat();
    for koerper in [
        b"".to_vec(),
        b"{".to_vec(),
        b"{\"daten\":{\"GEHEIM\":}}".to_vec(),
        b"{\"daten\":{}} GEHEIM".to_vec(),
        b"{\"daten\":{\"a\":\"\xff\xfe\"}}".to_vec(),
        b"\xef\xbb\xbf{\"daten\":{}}".to_vec(),
        b"{\"daten\":{\"a\":\"\\ud800\"}}".to_vec(),
        b"{\"daten\":{\"a\":01}}".to_vec(),
        nesting,
        tief,
    ] {
        check(&portal, &gut().koerper(koerper), 400, "kein-json");
    }
    for koerper in [
        json!(null),
        json!("GEHEIM"),
        json!([]),
        json!({}),
        json!({"daten": null}),
        json!({"daten": "GEHEIM"}),
        json!({"daten": ["GEHEIM"]}),
        json!({"daten": {"a.b": "GEHEIM"}}),
        json!({"daten": {"a": "x".repeat(30_000)}}),
        json!({"daten": {}, "GEHEIM": 1}),
        json!({"daten": {}, "entwurf": "GEHEIM"}),
        json!({"daten": {}, "entwurf": {"id": "GEHEIM"}}),
        json!({"daten": {}, "entwurf": {"id": "a", "token": "b", "GEHEIM": 1}}),
        json!({"daten": {}, "sprache": "GEHEIM"}),
    ] {
        check(&portal, &gut().koerper(koerper.to_string()), 400, "form");
    }
    for (pfad, status, typ) in [("/pruefung", 400, "form"), ("", 400, "form")] {
        let bitte = Bitte { pfad: format!("{VE}{pfad}"), ..gut() };
        check(&portal, &bitte.koerper("{\"daten\":1}"), status, typ);
    }
    assert_eq!((portal.count("vorgang"), portal.count("empfang")), (0, 0));
}

#[test]
fn unknown_questions_are_named() {
    let portal = Portal::new();
    let mut daten = fall_ohne_dateien();
    daten["gast"]["haustier"] = "GEHEIM".into();
    daten["unbekannt"] = json!([{"x": 1}]);
    let antwort = check(&portal, &Bitte::antrag(&daten, None, &uuid(1)), 422, "unbekannte-felder");
    let pfade = json(&antwort)["pfade"].to_string();
    assert!(pfade.contains("gast.haustier") && pfade.contains("unbekannt[0]"), "{pfade}");
}

#[test]
fn headers_must_fit() {
    let portal = Portal::new();
    for typ in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
        check(&portal, &gut().header("content-type", typ), 415, "medientyp");
    }
    check(&portal, &gut().without("content-type"), 415, "medientyp");
    for schluessel in ["", "1", "GEHEIM", &"0".repeat(36), &format!("{}0", uuid(1))] {
        check(&portal, &gut().header("idempotency-key", schluessel), 400, "schluessel-fehlt");
    }
    check(&portal, &gut().without("idempotency-key"), 400, "schluessel-fehlt");
    assert_eq!(portal.count("vorgang"), 0);
}

#[test]
fn bodies_have_a_limit() {
    let portal = Portal::new();
    let gross = format!("{{\"daten\":{{\"a\":\"{}\"}}}}", "x".repeat(1_000_000));
    check(&portal, &gut().koerper(gross.clone()), 413, "zu-gross");
    let pruefung = Bitte { pfad: format!("{VE}/pruefung"), ..gut() };
    check(&portal, &pruefung.koerper(gross), 413, "zu-gross");
}

#[test]
fn methods_and_paths_must_fit() {
    let portal = Portal::new();
    for (pfad, erlaubt) in [
        ("/api/konfiguration", "GET, HEAD"),
        ("/api/openapi.yaml", "GET, HEAD"),
        ("/api/entwuerfe", "POST"),
        ("/api/entwuerfe/x/dateien", "GET, HEAD, POST"),
        ("/api/entwuerfe/x/dateien/y", "DELETE"),
        (VE, "POST"),
        ("/api/antraege/verpflichtungserklaerung/pruefung", "POST"),
        ("/api/vorgaenge/x", "GET, HEAD"),
        ("/api/vorgaenge/x/zusammenfassung.pdf", "GET, HEAD"),
    ] {
        for methode in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "GEHEIM"] {
            if !erlaubt.split(", ").any(|eine| eine == methode) {
                let antwort = check(&portal, &Bitte::new(methode, pfad), 405, "methode");
                assert_eq!(header(&antwort, "allow"), Some(erlaubt));
            }
        }
    }
    for pfad in
        ["/api", "/api/", "/api/nichts", "/api//entwuerfe", "/api/entwuerfe/", "/", "/amt/api"]
    {
        check(&portal, &Bitte::new("GET", pfad), 404, "nicht-gefunden");
    }
    let unbekannt = Bitte { pfad: "/api/antraege/niemals".to_owned(), ..gut() };
    check(&portal, &unbekannt, 404, "nicht-gefunden");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever arrives: an answer, and nothing stored unless it is a receipt.
    #[test]
    fn every_request_gets_an_answer(
        methode in "GET|POST|DELETE|HEAD|[A-Z]{0,7}",
        pfad in "/api/(entwuerfe|antraege|vorgaenge|[a-z%/.]{0,9})(/[ -~]{0,12}){0,4}",
        query in "[ -~]{0,20}",
        koerper in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let portal = Portal::new();
        let bitte = Bitte::new(&methode, &format!("{pfad}?{query}"))
            .header("content-type", "application/json")
            .header("authorization", "Bearer x")
            .header("zugangscode", "x")
            .header("idempotency-key", &uuid(1))
            .koerper(koerper);
        let antwort = portal.send(&bitte);
        prop_assert!((200..500).contains(&antwort.status));
        prop_assert_eq!(portal.count("vorgang"), 0);
    }

}

proptest! {
    // Each of them writes a PDF.
    #![proptest_config(ProptestConfig::with_cases(30))]

    /// Any JSON in place of any answer.
    #[test]
    fn every_answer_is_read_or_refused(stelle: prop::sample::Index, wert in any_json()) {
        let portal = Portal::new();
        let mut daten = fall_ohne_dateien();
        let pfade = pointers(&daten);
        *daten.pointer_mut(stelle.get::<String>(&pfade)).unwrap() = wert;
        let antwort = portal.send(&Bitte::antrag(&daten, None, &uuid(1)));
        prop_assert!([201, 400, 422].contains(&antwort.status), "{}", text(&antwort));
        prop_assert_eq!(portal.count("vorgang"), i64::from(antwort.status == 201));
        prop_assert_eq!(portal.protokoll.take(), Vec::<String>::new());
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let blatt = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,30}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}".prop_map(Value::from),
    ];
    blatt.prop_recursive(3, 8, 3, |inneres| {
        prop_oneof![
            prop::collection::vec(inneres.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{0,6}", inneres, 0..3)
                .prop_map(|felder| Value::Object(felder.into_iter().collect())),
        ]
    })
}

/// JSON pointers to everything in it.
fn pointers(json: &Value) -> Vec<String> {
    let mut pfade = vec![String::new()];
    let mut add = |name: &str, wert: &Value| {
        pfade.extend(pointers(wert).into_iter().map(|rest| format!("/{name}{rest}")));
    };
    match json {
        Value::Array(eintraege) => {
            eintraege.iter().enumerate().for_each(|(i, wert)| add(&i.to_string(), wert));
        }
        Value::Object(felder) => felder.iter().for_each(|(name, wert)| add(name, wert)),
        _ => {}
    }
    pfade
}
