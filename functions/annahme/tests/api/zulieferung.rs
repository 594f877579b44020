use super::*;

const BE: &str = "/api/antraege/beschaeftigungserlaubnis";
const TAG: Duration = Duration::from_secs(86_400);

/// B1: the employer answers over the link.
fn fall() -> Value {
    let faelle: Value =
        serde_json::from_str(include_str!("../../../../tests/faelle/cases.json")).unwrap();
    let mut daten = faelle["beschaeftigungserlaubnis"]["valid"][0]["daten"].clone();
    assert_eq!(daten["arbeitgeberTeil"]["weg"], "LINK");
    daten["nachweise"] = json!([{ "typ": "NB_DOKUMENT", "nachreichen": true }]);
    daten
}

/// What the employer types who has the same answers.
fn teil() -> Value {
    let fall = fall();
    let mut teil = json!({});
    for name in ["arbeitgeber", "arbeitszeit", "ueberstunden", "urlaub", "tarif", "entgelt"] {
        teil[name] = fall[name].clone();
    }
    teil["beschaeftigung"] = fall["beschaeftigung"].clone();
    teil["arbeitgeberErklaerung"] = json!({
        "nameStimmt": true, "name": "Ayşe Öztürk", "funktion": "Heimleitung",
        "ort": "Bielefeld", "bestaetigt": true,
    });
    teil
}

struct Link {
    id: String,
    geheimnis: String,
}

impl Link {
    fn bitte(&self, methode: &str, rest: &str) -> Bitte {
        Bitte::new(methode, &format!("/api/zulieferungen/{}{rest}", self.id))
            .header("authorization", &format!("Bearer {}", self.geheimnis))
            .header("content-type", "application/json")
    }

    fn send(&self, daten: &Value, n: u32) -> Bitte {
        self.bitte("POST", "")
            .header("idempotency-key", &uuid(n))
            .koerper(json!({ "daten": daten }).to_string())
    }
}

fn entwurf_bitte(entwurf: &Entwurf, methode: &str) -> Bitte {
    Bitte::new(methode, &format!("/api/entwuerfe/{}/zulieferung", entwurf.id))
        .header("authorization", &format!("Bearer {}", entwurf.token))
        .header("content-type", "application/json")
}

#[track_caller]
fn create_link(portal: &Portal, entwurf: &Entwurf, daten: &Value) -> Link {
    let wunsch = json!({ "antrag": "beschaeftigungserlaubnis", "daten": daten });
    let antwort = portal.send(&entwurf_bitte(entwurf, "POST").koerper(wunsch.to_string()));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let json = json(&antwort);
    Link {
        id: json["id"].as_str().unwrap().to_owned(),
        geheimnis: json["geheimnis"].as_str().unwrap().to_owned(),
    }
}

fn stand(portal: &Portal, entwurf: &Entwurf) -> Value {
    let antwort = portal.send(&entwurf_bitte(entwurf, "GET"));
    assert_eq!(antwort.status, 200, "{}", text(&antwort));
    json(&antwort)
}

fn submit(portal: &Portal, daten: &Value, entwurf: Option<&Entwurf>, n: u32) -> Antwort {
    let mut bitte = Bitte::antrag(daten, entwurf, &uuid(n));
    bitte.pfad = BE.to_owned();
    portal.send(&bitte)
}

fn typ(antwort: &Antwort) -> String {
    let json = json(antwort);
    json["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn regeln(antwort: &Antwort) -> Vec<String> {
    let befunde = json(antwort)["befunde"].as_array().unwrap().clone();
    befunde.iter().map(|it| it["regel"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_employer_fills_in_the_part_and_the_application_has_it() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let link = create_link(&portal, &entwurf, &fall());
    assert_eq!(stand(&portal, &entwurf)["zustand"], "gesendet");

    // Nothing but the name, the kind of work and which questions are asked.
    let offen = portal.send(&link.bitte("GET", ""));
    assert_eq!(offen.status, 200, "{}", text(&offen));
    let gesehen = json(&offen);
    assert_eq!(gesehen["person"], "Nguyệt Thị Đặng-Yılmaz");
    assert_eq!(gesehen["vorgaben"]["antrag"]["variante"], "GESTATTUNG_DULDUNG");
    assert_eq!(gesehen["daten"], Value::Null);
    for geheim in ["1990", "DULDUNG_60A", "230420012345", "Musterstraße", "person@example"] {
        assert!(!text(&offen).contains(geheim), "the employer must not see {geheim}");
    }
    assert_eq!(stand(&portal, &entwurf)["zustand"], "geoeffnet");

    // A file of theirs, which is nobody else's until it is sent.
    let mut upload = link.bitte("POST", "/dateien?typ=NB_VERTRAG&name=Vertrag.pdf").koerper(PDF);
    upload = upload.header("content-type", "application/pdf");
    let datei = portal.send(&upload);
    assert_eq!(datei.status, 201, "{}", text(&datei));
    let datei = json(&datei)["id"].as_str().unwrap().to_owned();
    assert_eq!(json(&portal.send(&entwurf.bitte("GET", ""))), json!([]));
    let weg = portal.send(&entwurf.bitte("DELETE", &format!("/{datei}")));
    assert_eq!(weg.status, 404);
    upload.pfad = upload.pfad.replace("NB_VERTRAG", "NB_EZB");
    assert_eq!(typ(&portal.send(&upload)), "nachweisart");

    let mut daten = teil();
    daten["nachweise"] = json!([{ "typ": "NB_VERTRAG", "datei": datei }]);
    let antwort = portal.send(&link.send(&daten, 1));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let quittung = json(&antwort);
    let nummer = quittung["nummer"].as_str().unwrap();
    assert!(nummer.starts_with("AG-"));
    let pdf = base64::Engine::decode(
        &base64::prelude::BASE64_STANDARD,
        quittung["pdf"].as_str().unwrap(),
    );
    assert!(pdf.unwrap().starts_with(b"%PDF-"));

    // The applicant sees it, and may not change it.
    let da = stand(&portal, &entwurf);
    assert_eq!(
        (&da["zustand"], &da["daten"]["entgelt"]["betrag"]),
        (&json!("ausgefuellt"), &json!("2890.0"))
    );
    assert_eq!(da["dateien"].as_array().unwrap().len(), 2);
    let mut antrag = fall();
    antrag["entgelt"]["betrag"] = json!(9999);
    antrag["arbeitgeberErklaerung"]["name"] = json!("Jemand");
    let angenommen = submit(&portal, &antrag, Some(&entwurf), 2);
    assert_eq!(angenommen.status, 201, "{}", text(&angenommen));
    let angenommen = json(&angenommen);
    let ablage = portal.ablage();
    let vorgang =
        run(ablage.vorgang(&angenommen["vorgangsnummer"].as_str().unwrap().parse().unwrap()))
            .unwrap();
    let gespeichert: Value = serde_json::from_slice(&vorgang.daten).unwrap();
    assert_eq!(gespeichert["entgelt"]["betrag"], "2890.0");
    let erklaerung = &gespeichert["arbeitgeberErklaerung"];
    assert_eq!(erklaerung["name"], "Ayşe Öztürk");
    assert_eq!(
        (&erklaerung["nummer"], &erklaerung["datum"]),
        (&json!(nummer), &json!("2026-11-23"))
    );
    let typen: Vec<&str> = vorgang.anlagen.iter().map(|it| it.typ.as_str()).collect();
    assert_eq!(typen, ["NB_VERTRAG", "NB_EZB"]);
    // What the employer has as a receipt is what travels, byte by byte.
    let ezb = run(ablage.anlage(&vorgang.nummer, &vorgang.anlagen[1].id)).unwrap();
    let (_, xml) = run(ablage.nachricht(&vorgang.nummer, "nachricht")).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(xml.contains(quittung["pdf"].as_str().unwrap()));
    assert!(xml.contains("Erklärung zum Beschäftigungsverhältnis"));
    assert_eq!(ezb.len() as u64, vorgang.anlagen[1].groesse);
    assert!(vorgang.ereignisse.iter().any(|it| it.code.as_deref() == Some(nummer)));
    // The draft is over, and the link with it.
    assert_eq!(typ(&portal.send(&link.bitte("GET", ""))), "link-ungueltig");
    assert_eq!(portal.count("zulieferung"), 0);
}

#[test]
fn nobody_confirms_for_the_employer() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    // As a browser would send that made it all up: without a draft, with one, with an open link.
    for (n, mit) in [(1, None), (2, Some(&entwurf))] {
        let antwort = submit(&portal, &fall(), mit, n);
        assert_eq!(
            (antwort.status, regeln(&antwort).contains(&"BE_AG_ERKLAERUNG".to_owned())),
            (422, true)
        );
    }
    create_link(&portal, &entwurf, &fall());
    assert_eq!(submit(&portal, &fall(), Some(&entwurf), 3).status, 422);
    // Somebody else's draft has the part.
    let anderer = portal.create_entwurf();
    let link = create_link(&portal, &anderer, &fall());
    assert_eq!(portal.send(&link.send(&teil(), 4)).status, 201);
    assert_eq!(submit(&portal, &fall(), Some(&entwurf), 5).status, 422);
    assert_eq!(portal.count("vorgang"), 0);
    assert_eq!(submit(&portal, &fall(), Some(&anderer), 6).status, 201);
}

#[test]
fn a_link_is_good_once() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let link = create_link(&portal, &entwurf, &fall());
    let bitte = link.send(&teil(), 1);
    let erste = portal.send(&bitte);
    // The answer was lost.
    portal.jetzt.set(JETZT.plus(TAG));
    let zweite = portal.send(&bitte);
    assert_eq!((erste.status, zweite.status), (201, 200));
    assert_eq!(erste.inhalt, zweite.inhalt);
    for bitte in [link.send(&teil(), 2), link.bitte("GET", ""), link.bitte("GET", "/dateien")] {
        let antwort = portal.send(&bitte);
        assert_eq!((antwort.status, typ(&antwort)), (410, "link-benutzt".to_owned()));
        assert!(!text(&antwort).contains("Öztürk"));
    }
}

#[test]
fn a_link_ends_is_renewed_and_withdrawn() {
    let portal = Portal::with(&[("link_tage", "3")]);
    let entwurf = portal.create_entwurf();
    let alt = create_link(&portal, &entwurf, &fall());
    portal.jetzt.set(JETZT.plus(3 * TAG));
    let antwort = portal.send(&alt.send(&teil(), 1));
    assert_eq!((antwort.status, typ(&antwort)), (410, "link-abgelaufen".to_owned()));
    assert_eq!(stand(&portal, &entwurf)["zustand"], "abgelaufen");

    let neu = create_link(&portal, &entwurf, &fall());
    assert_eq!(typ(&portal.send(&alt.bitte("GET", ""))), "link-ungueltig");
    assert_eq!(portal.send(&neu.send(&teil(), 2)).status, 201);

    // To be corrected: open again, with what was said; and without what was not told.
    let korrektur = create_link(&portal, &entwurf, &fall());
    assert_eq!(submit(&portal, &fall(), Some(&entwurf), 3).status, 422);
    let offen = portal.send(&korrektur.bitte("GET", ""));
    assert_eq!(json(&offen)["daten"]["arbeitgeber"]["firma"], teil()["arbeitgeber"]["firma"]);
    assert!(!text(&offen).contains("1990"));
    assert_eq!(portal.send(&korrektur.send(&teil(), 4)).status, 201);

    assert_eq!(portal.send(&entwurf_bitte(&entwurf, "DELETE")).status, 204);
    assert_eq!(typ(&portal.send(&korrektur.bitte("GET", ""))), "link-ungueltig");
    assert_eq!(portal.send(&entwurf_bitte(&entwurf, "GET")).status, 404);
    assert_eq!(portal.count("anlage"), 0);
}

#[test]
fn a_wrong_link_and_none_are_the_same_and_guessing_ends() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let link = create_link(&portal, &entwurf, &fall());
    let falsch = Link { id: link.id.clone(), geheimnis: "x".repeat(43) };
    let keiner = Link { id: "0123456789abcdef".to_owned(), geheimnis: link.geheimnis.clone() };
    let antworten: Vec<(u16, Value)> = [&falsch, &keiner]
        .map(|link| {
            let antwort = portal.send(&link.bitte("GET", ""));
            let mut json = json(&antwort);
            json["instance"] = Value::Null;
            (antwort.status, json)
        })
        .into();
    assert_eq!(antworten[0], antworten[1]);
    assert_eq!(antworten[0].0, 404);
    let ohne = link.bitte("GET", "").without("authorization");
    assert_eq!(portal.send(&ohne).status, 401);
    for _ in 0..9 {
        portal.send(&falsch.bitte("GET", ""));
    }
    let antwort = portal.send(&link.bitte("GET", ""));
    assert_eq!(antwort.status, 429);
    assert_eq!(header(&antwort, "retry-after"), Some("901"));
    // The token of a draft opens no link, nor the secret of a link a draft.
    let vertauscht = Link { id: link.id.clone(), geheimnis: entwurf.token.clone() };
    portal.jetzt.set(JETZT.plus(TAG));
    assert_eq!(portal.send(&vertauscht.bitte("GET", "")).status, 404);
    let dieb = Entwurf { id: entwurf.id.clone(), token: link.geheimnis.clone() };
    assert_eq!(portal.send(&entwurf_bitte(&dieb, "GET")).status, 404);
}

#[test]
fn what_the_employer_says_is_checked_here() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let mut jung = fall();
    jung["person"]["geburt"]["datum"] = json!("2010-06-01");
    let link = create_link(&portal, &entwurf, &jung);
    for (pfad, wert, regel) in [
        ("/arbeitgeber/betriebsnummer", json!("09912343"), "BNR_PRUEFZIFFER"),
        ("/beschaeftigung/beginn", json!("2026-11-16"), "BE_BEGINN_VERGANGEN"),
        ("/urlaub/tage", json!(12), "BE_URLAUB"),
        ("/arbeitgeberErklaerung/bestaetigt", json!(false), "CONFIRM"),
        ("/arbeitgeberErklaerung/name", json!(""), "REQ"),
        // The employer was not told the age; the server knows it.
        ("/arbeitszeit/stunden", json!(45), "BE_STUNDEN_JUGEND"),
    ] {
        let mut daten = teil();
        *daten.pointer_mut(pfad).unwrap() = wert;
        let antwort = portal.send(&link.send(&daten, 1));
        assert_eq!(antwort.status, 422, "{regel}: {}", text(&antwort));
        assert!(regeln(&antwort).contains(&regel.to_owned()), "{regel}: {}", text(&antwort));
        let koerper = json!({ "daten": daten }).to_string();
        let geprueft = portal.send(&link.bitte("POST", "/pruefung").koerper(koerper));
        assert!(regeln(&geprueft).contains(&regel.to_owned()), "{regel}");
    }
    // Nor may they say what belongs to the application.
    for (name, wert) in [
        ("person", json!({"familienname": {"name": "Anders"}})),
        ("status", json!({"ersteinreise": "2020-01-01"})),
        ("meinung", json!("x")),
    ] {
        let mut daten = teil();
        daten[name] = wert;
        let antwort = portal.send(&link.send(&daten, 1));
        assert_eq!((antwort.status, typ(&antwort)), (422, "unbekannte-felder".to_owned()));
    }
    let mut daten = teil();
    daten["beschaeftigung"]["art"] = json!("BERUFSAUSBILDUNG");
    daten["antrag"] = json!({"variante": "TITEL_AENDERN"});
    daten["arbeitszeit"]["stunden"] = json!(38);
    daten["arbeitgeberErklaerung"]["geburtsdatum"] = json!("2010-06-02");
    let antwort = portal.send(&link.send(&daten, 1));
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let hinweise = json(&antwort)["hinweise"].clone();
    assert_eq!(hinweise[0]["regel"], "BE_AG_VERTRAG");
    assert!(hinweise[0]["text"].as_str().unwrap().starts_with("Ihre Angabe weicht"));
    // Told to the applicant, too.
    let angenommen = submit(&portal, &jung, Some(&entwurf), 9);
    assert_eq!(angenommen.status, 201, "{}", text(&angenommen));
    let hinweise = json(&angenommen)["hinweise"].as_array().unwrap().clone();
    assert!(hinweise.iter().any(|it| it["regel"] == "BE_AG_VERTRAG"));
}

#[test]
fn a_typed_part_needs_no_link_and_a_strange_one_is_left_out() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let link = create_link(&portal, &entwurf, &fall());
    assert_eq!(portal.send(&link.send(&teil(), 1)).status, 201);
    let ezb = stand(&portal, &entwurf)["dateien"][0]["id"].clone();
    let mut selbst = fall();
    selbst["arbeitgeberTeil"]["weg"] = json!("SELBST");
    selbst["entgelt"]["betrag"] = json!(3000);
    selbst["nachweise"] = json!([
        { "typ": "NB_DOKUMENT", "nachreichen": true },
        { "typ": "NB_EZB", "nachreichen": true },
        // Left over from the link.
        { "typ": "NB_EZB", "datei": ezb },
    ]);
    let antwort = submit(&portal, &selbst, Some(&entwurf), 2);
    assert_eq!(antwort.status, 201, "{}", text(&antwort));
    let nummer = json(&antwort)["vorgangsnummer"].as_str().unwrap().parse().unwrap();
    let vorgang = run(portal.ablage().vorgang(&nummer)).unwrap();
    assert!(vorgang.anlagen.is_empty());
    let daten: Value = serde_json::from_slice(&vorgang.daten).unwrap();
    assert_eq!(daten["entgelt"]["betrag"], "3000");
    assert_eq!(daten["arbeitgeberErklaerung"].get("name"), None);
}

#[test]
fn a_link_is_made_for_forms_that_have_a_part_and_by_the_owner_only() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    for (antrag, daten, status) in [
        ("verpflichtungserklaerung", json!({}), 404),
        ("gibtesnicht", json!({}), 404),
        ("beschaeftigungserlaubnis", json!({"unbekannt": 1}), 422),
        (
            "beschaeftigungserlaubnis",
            json!({"person": {"familienname": {"name": "x".repeat(301)}}}),
            400,
        ),
    ] {
        let wunsch = json!({ "antrag": antrag, "daten": daten }).to_string();
        let antwort = portal.send(&entwurf_bitte(&entwurf, "POST").koerper(wunsch.clone()));
        assert_eq!(antwort.status, status, "{antrag}: {}", text(&antwort));
        let fremd =
            entwurf_bitte(&entwurf, "POST").header("authorization", "Bearer x").koerper(wunsch);
        assert!([404, 422].contains(&portal.send(&fremd).status));
    }
    assert_eq!(portal.count("zulieferung"), 0);
}
