use ablage::{Cursor, Filter, NeuerVorgang, Zielbilanz, Zustellstand, nativ::run};

use super::*;

/// 25 Vorgänge a minute apart, every fifth an Einbürgerung.
fn haus_with_list() -> Haus {
    let haus = Haus::new();
    let ablage = haus.open();
    for n in 0..25 {
        let antrag = if n % 5 == 0 { "einbuergerung" } else { "verpflichtungserklaerung" };
        let neuer = NeuerVorgang {
            antrag: antrag.to_owned(),
            // Two at each time.
            eingegangen_am: JETZT.plus(MINUTE * (n as u32 / 2)),
            ..vorgang(n)
        };
        accept(&ablage, neuer);
    }
    haus
}

#[track_caller]
fn check(filter: Filter, erwartet: usize) {
    let haus = haus_with_list();
    let ablage = haus.open();
    let mut alle: Vec<(Zeitpunkt, Vorgangsnummer)> = Vec::new();
    let mut nach: Option<Cursor> = None;
    loop {
        let seite = run(ablage.list(&filter, nach.as_ref(), 4)).unwrap();
        assert_eq!(seite.gesamt as usize, erwartet);
        assert!(seite.eintraege.iter().all(|eintrag| eintrag.zustellungen.len() == 2));
        alle.extend(seite.eintraege.iter().map(|eintrag| (eintrag.eingegangen_am, eintrag.nummer)));
        match seite.weiter {
            // As a client would send it back.
            Some(weiter) => nach = Some(weiter.to_string().parse().unwrap()),
            None => break,
        }
    }
    assert_eq!(alle.len(), erwartet);
    assert!(alle.is_sorted_by(|davor, danach| davor > danach));
}

#[test]
fn pages_show_each_once_and_newest_first() {
    check(Filter::default(), 25);
    check(Filter { antrag: Some("einbuergerung".to_owned()), ..Filter::default() }, 5);
    check(Filter { antrag: Some("keiner".to_owned()), ..Filter::default() }, 0);
    check(Filter { zustand: Some("eingegangen".to_owned()), ..Filter::default() }, 25);
    check(Filter { zustellstand: Some(Zustellstand::Wartend), ..Filter::default() }, 25);
    check(Filter { zustellstand: Some(Zustellstand::Gescheitert), ..Filter::default() }, 0);
    check(Filter { von: Some(JETZT.plus(MINUTE * 12)), ..Filter::default() }, 1);
    check(Filter { bis: Some(JETZT.plus(MINUTE * 2)), ..Filter::default() }, 4);
}

#[test]
fn search_finds_words_and_nummern() {
    let suche = |text: &str| Filter { suche: Some(text.to_owned()), ..Filter::default() };
    check(suche("mueller"), 25);
    check(suche("ERIKA 7"), 1);
    check(suche("Erika Schmidt"), 0);
    check(suche(&nummer(3).to_string().to_lowercase()), 1);
    check(suche("%"), 25);
}

#[test]
fn cursors_of_others_are_refused() {
    for text in ["", ".", "1.", "x.VE", "1.VE-0000-0000-00"] {
        assert!(text.parse::<Cursor>().is_err(), "{text}");
    }
}

#[test]
fn lists_read_indexes_only_in_order() {
    let haus = haus_with_list();
    let datei = haus.behind();
    for (bedingung, index) in [
        ("", "vorgang_eingang"),
        ("AND antrag = 'x'", "vorgang_antrag"),
        ("AND zustellstand = 'x'", "vorgang_zustellstand"),
        ("AND eingegangen_am >= 1 AND eingegangen_am < 2", "vorgang_eingang"),
    ] {
        let plan = plan(
            &datei,
            &format!(
                "SELECT nummer, betreff FROM vorgang WHERE mandant = 'm' {bedingung} \
                 AND (eingegangen_am, nummer) < (5, 'x') \
                 ORDER BY eingegangen_am DESC, nummer DESC LIMIT 50"
            ),
        );
        assert!(plan.contains(&format!("INDEX {index}")), "{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
    }
    let plan = plan(
        &datei,
        "SELECT vorgang, ziel FROM zustellung WHERE mandant = 'm' AND naechster_versuch_am <= 5 \
         ORDER BY naechster_versuch_am LIMIT 10",
    );
    assert!(plan.contains("INDEX zustellung_faellig"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

fn plan(datei: &Datei, sql: &str) -> String {
    let mut befehl = datei.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let zeilen = befehl.query_map([], |zeile| zeile.get::<_, String>(3)).unwrap();
    zeilen.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_balance_adds_up_and_notices_what_is_lost() {
    let haus = haus_with_list();
    let ablage = haus.open();
    let jetzt = JETZT.plus(MINUTE * 60);
    let pachten = run(ablage.lease_due(3, "lauf-1", jetzt, MINUTE)).unwrap();
    run(ablage.complete(&pachten[0], None, jetzt)).unwrap();
    let fehlschlag = ablage::Fehlschlag { code: "http-422", text: None };
    run(ablage.fail(&pachten[1], fehlschlag, jetzt)).unwrap();

    let bilanz = run(ablage.bilanz()).unwrap();
    assert!(bilanz.stimmt());
    assert_eq!(bilanz.angenommen, 25);
    assert_eq!(bilanz.aelteste_wartend_seit, Some(JETZT));
    let summe = |zahl: fn(&Zielbilanz) -> u64| bilanz.ziele.iter().map(zahl).sum::<u64>();
    assert_eq!(summe(|ziel| ziel.zugestellt), 1);
    assert_eq!(summe(|ziel| ziel.gescheitert), 1);
    assert_eq!(summe(|ziel| ziel.wartend), 48);

    haus.behind().connection().execute("DELETE FROM zustellung WHERE rowid = 5", []).unwrap();
    assert!(!run(ablage.bilanz()).unwrap().stimmt());
}

#[test]
fn an_empty_house_is_balanced() {
    let bilanz = run(Haus::new().open().bilanz()).unwrap();
    assert!(bilanz.stimmt());
    assert_eq!((bilanz.angenommen, bilanz.aelteste_wartend_seit), (0, None));
}
