use ablage::{Ereignisart, NeueRueckmeldung};
use shared::lage::Wirkung;

use super::*;

/// Something that came and fits no case.
fn receive(amt: &Amt, n: u64, vorgang: Option<Vorgangsnummer>) -> String {
    let id = format!("aaaaaaaa-0000-4000-8000-{n:012}");
    let auszug = json!({"typ": "130102", "autor": "ABH", "text": "Wo ist der Pass?"});
    let neue = NeueRueckmeldung {
        uuid: Some(id.clone()),
        erstellt_am: None,
        nachrichtentyp: "130102".to_owned(),
        wirkung: Wirkung::Frage,
        antragsidentifikation: vorgang,
        ausloeser: None,
        grund: None,
        auszug: auszug.to_string().into_bytes(),
        inhalt: b"<frage/>".to_vec(),
    };
    run(amt.store().receive(neue, amt.jetzt.get())).unwrap();
    id
}

#[test]
fn what_fits_no_case_is_assigned_with_one_click() {
    let amt = Amt::new();
    let demo = amt.demo();
    let nummer = amt.accept(1);
    let id = receive(&amt, 1, Some(nummer));
    let liste = body(&amt.get(&demo, "rueckmeldungen"));
    assert_eq!(liste["gesamt"], 1);
    let wartend = &liste["rueckmeldungen"][0];
    assert_eq!(wartend["grund"], "ausloeser-unbekannt");
    assert_eq!(wartend["vorschlag"], nummer.to_string());
    assert_eq!(wartend["auszug"]["text"], "Wo ist der Pass?");

    let xml = amt.get(&demo, &format!("rueckmeldungen/{id}/nachricht.xml"));
    assert_eq!((xml.status, xml.inhalt.as_slice()), (200, b"<frage/>".as_slice()));
    assert!(xml.header("content-disposition").unwrap().starts_with("attachment"));

    let zuordnen = format!("vorgaenge/{nummer}/rueckmeldungen/{id}");
    let ohne_csrf = Browser { csrf: None, ..demo.clone() };
    assert_eq!(problem(&amt.post(&ohne_csrf, &zuordnen)).1, "fremde-seite");
    assert_eq!(amt.post(&demo, &zuordnen).status, 200);
    assert_eq!(problem(&amt.post(&demo, &zuordnen)), (409, "schon-zugeordnet".to_owned()));
    assert_eq!(body(&amt.get(&demo, "rueckmeldungen"))["gesamt"], 0);

    let fall = body(&amt.get(&demo, &format!("vorgaenge/{nummer}")));
    assert_eq!(fall["zustand"], "rueckfrage");
    assert_eq!(fall["rueckmeldungen"][0]["frage"], "offen");
    let texte: Vec<&str> = fall["ereignisse"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert!(texte.contains(&"Kim Demo hat diesem Fall eine Nachricht zugeordnet (130102)."));
    let ereignisse = run(amt.store().vorgang(&nummer)).unwrap().ereignisse;
    assert!(ereignisse.iter().any(|it| it.art == Ereignisart::Zugeordnet));
    assert_eq!(run(amt.store().check_kette()).unwrap().bruch, None);
}

#[test]
fn only_who_is_logged_in_sees_and_assigns_and_only_in_their_own_town() {
    let amt = Amt::new();
    let nummer = amt.accept(1);
    let id = receive(&amt, 1, None);
    let zuordnen = format!("vorgaenge/{nummer}/rueckmeldungen/{id}");
    let fremder = Browser::new();
    assert_eq!(amt.get(&fremder, "rueckmeldungen").status, 401);
    assert_eq!(amt.get(&fremder, &format!("rueckmeldungen/{id}/nachricht.xml")).status, 401);
    assert_eq!(amt.post(&fremder, &zuordnen).status, 401);
    let nebenan = amt.neighbour();
    let demo = nebenan.demo();
    assert_eq!(body(&nebenan.get(&demo, "rueckmeldungen"))["gesamt"], 0);
    assert_eq!(nebenan.get(&demo, &format!("rueckmeldungen/{id}/nachricht.xml")).status, 404);
    assert_eq!(nebenan.post(&demo, &zuordnen).status, 404);
    let demo = amt.demo();
    assert_eq!(amt.get(&demo, "rueckmeldungen/nichts/nachricht.xml").status, 404);
    assert_eq!(amt.get(&demo, &format!("vorgaenge/{nummer}/folgen/zusammenfassung")).status, 404);
    assert_eq!(amt.get(&demo, &format!("vorgaenge/{nummer}/folgen/folge-001")).status, 404);
}
