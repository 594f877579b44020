use std::cell::RefCell;

use ablage::{
    Abweichung, Cursor, Filter, Gesamt, NeuerVorgang, Zielbilanz, Zustellstand, nativ::run,
};

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
        assert_eq!(seite.gesamt, Gesamt::Genau(erwartet as u64));
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
    let antrag = Some("einbuergerung".to_owned());
    let zustellstand = Some(Zustellstand::Wartend);
    check(Filter { antrag, zustellstand, ..Filter::default() }, 5);
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
        ("AND antrag = 'x' AND zustellstand = 'x'", "vorgang_antrag_zustellstand"),
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

#[test]
fn no_more_are_counted_than_a_person_reads() {
    let haus = haus_with_list();
    fill(&haus, 1_000);
    let ablage = haus.open();
    let gesamt = |filter: &Filter| run(ablage.list(filter, None, 1)).unwrap().gesamt;
    // What is kept is exact.
    assert_eq!(gesamt(&Filter::default()), Gesamt::Genau(1_025));
    let seit = |millis| Filter { von: Some(Zeitpunkt::from_millis(millis)), ..Filter::default() };
    assert_eq!(gesamt(&seit(0)), Gesamt::MehrAls(1_000));
    assert_eq!(gesamt(&seit(25)), Gesamt::MehrAls(1_000));
    assert_eq!(gesamt(&seit(26)), Gesamt::Genau(1_000));
}

/// So many more, written past the store, one at each millisecond.
fn fill(haus: &Haus, anzahl: u32) {
    let sql = format!(
        "INSERT INTO vorgang (mandant, nummer, antrag, zustand, zustellstand, ziele, \
            eingegangen_am, sprache, pruefsumme, hinweise_anzahl, schluessel, zugang, betreff, \
            hinweise, daten) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {anzahl}) \
         SELECT 'musterstadt', 'alt-' || i, 'a', 'eingegangen', 'zugestellt', '', i, 'de', x'', 0, \
            'alt', x'', x'', x'', x'' FROM n"
    );
    haus.behind().connection().execute(&sql, []).unwrap();
}

#[test]
fn kept_counts_are_proven_and_put_right() {
    let haus = haus_with_list();
    let ablage = haus.open();
    run(ablage.lease_due(3, "lauf-1", JETZT.plus(MINUTE * 60), MINUTE)).unwrap();
    assert_eq!(run(ablage.recount()), Ok(vec![]));
    // Somebody with write access to the file stops at no trigger.
    haus.behind()
        .connection()
        .execute_batch(
            "DROP TRIGGER zustellung_geht; \
             DELETE FROM zustellung WHERE rowid = 5; UPDATE zaehler_vorgang SET anzahl = -1",
        )
        .unwrap();
    assert!(run(ablage.bilanz()).is_ok());
    let abweichung =
        |was: &str, gefuehrt, gezaehlt| Abweichung { was: was.to_owned(), gefuehrt, gezaehlt };
    let ziele = "wartend dms,fachverfahren";
    let erwartet = [
        abweichung(&format!("vorgang einbuergerung eingegangen {ziele}"), -1, 5),
        abweichung(&format!("vorgang verpflichtungserklaerung eingegangen {ziele}"), -1, 20),
    ];
    let gefunden = run(ablage.recount()).unwrap();
    assert_eq!(gefunden[..2], erwartet);
    assert_eq!(gefunden[2].gefuehrt, gefunden[2].gezaehlt + 1);
    assert_eq!(run(ablage.check_zaehler()), Ok(vec![]));
    assert!(!run(ablage.bilanz()).unwrap().stimmt());
}

/// Notes how SQLite would find what it is asked for.
struct Spaeher {
    datei: Datei,
    plaene: RefCell<Vec<String>>,
}

impl Verbindung for &Spaeher {
    async fn query(&self, sql: &str, parameter: Vec<Wert>) -> Result<Vec<Zeile>, SqlError> {
        if sql.starts_with("SELECT") {
            let plan = plan(&self.datei, sql);
            self.plaene.borrow_mut().extend(plan.lines().map(|zeile| format!("{zeile} in {sql}")));
        }
        self.datei.query(sql, parameter).await
    }
}

#[test]
fn pages_look_at_no_more_than_they_show() {
    let haus = haus_with_list();
    let spaeher = Spaeher { datei: haus.behind(), plaene: RefCell::default() };
    let mandant = Mandant::new("musterstadt").unwrap();
    let ablage = run(Ablage::open(&spaeher, mandant, Schluesselring::parse(ALT).unwrap())).unwrap();
    spaeher.plaene.take();
    let antrag = Some("einbuergerung".to_owned());
    let zustellstand = Some(Zustellstand::Wartend);
    for filter in [
        Filter::default(),
        Filter { antrag: antrag.clone(), ..Filter::default() },
        Filter { zustellstand, ..Filter::default() },
        Filter { antrag, zustellstand, von: Some(JETZT), ..Filter::default() },
    ] {
        let seite = run(ablage.list(&filter, None, 4)).unwrap();
        run(ablage.list(&filter, seite.weiter.as_ref(), 4)).unwrap();
    }
    run(ablage.zustellstaende()).unwrap();
    run(ablage.bilanz()).unwrap();
    run(ablage.quarantaene()).unwrap();
    run(ablage.follow_kette(9, JETZT)).unwrap();
    run(ablage.staende()).unwrap();
    run(ablage.ursachen()).unwrap();
    run(ablage.aelteste_wartende()).unwrap();
    // Few rows in all, or in the order of a page that ends soon, or such as wait or failed.
    let kurz = [
        "zaehler_",
        "betriebsstand",
        "vorgang_eingang",
        "SEARCH ereignis USING PRIMARY KEY",
        "zustellung_faellig",
        "zustellung_ursache",
        "anlage_quarantaene",
    ];
    for plan in spaeher.plaene.take() {
        let is_alles = plan.contains("SCAN ") || plan.contains("(mandant=?)");
        let is_kurz = kurz.iter().any(|it| plan.contains(it)) || plan.contains("SCAN (subquery");
        assert!(!is_alles || is_kurz, "{plan}");
    }
}

fn plan(datei: &Datei, sql: &str) -> String {
    let mut befehl = datei.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    // It is the same whatever the parameters are.
    let mut zeilen = befehl.raw_query();
    let mut plan = Vec::new();
    while let Some(zeile) = zeilen.next().unwrap() {
        plan.push(zeile.get::<_, String>(3).unwrap());
    }
    plan.join("\n")
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
    assert_eq!(
        run(ablage.zustellstaende()).unwrap(),
        [(Zustellstand::Gescheitert, 1), (Zustellstand::Wartend, 24)]
    );

    haus.behind().connection().execute("DELETE FROM zustellung WHERE rowid = 5", []).unwrap();
    assert!(!run(ablage.bilanz()).unwrap().stimmt());
}

#[test]
fn an_empty_house_is_balanced() {
    let bilanz = run(Haus::new().open().bilanz()).unwrap();
    assert!(bilanz.stimmt());
    assert_eq!((bilanz.angenommen, bilanz.aelteste_wartend_seit), (0, None));
}
