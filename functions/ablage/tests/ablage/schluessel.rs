use ablage::{
    AblageError, AnlageWahl, Annahme, Fehlschlag, Filter, Grenzen, NeueAnlage, NeuerVorgang,
    Pruefstand, Umschluesselung, Zugang, nativ::run,
};

use super::*;

/// A Vorgang with a value in each sealed column, under the key `alt`.
fn haus_with_all() -> Haus {
    let haus = Haus::new();
    let ablage = haus.open();
    let entwurf = run(ablage.create_entwurf(JETZT)).unwrap();
    let anlage = NeueAnlage {
        typ: "NV_LOHN".to_owned(),
        name: "Lohn.pdf".to_owned(),
        medientyp: "application/pdf".to_owned(),
        inhalt: b"Lohn".to_vec(),
        pruefung: Pruefstand::Ungeprueft,
    };
    let grenzen = Grenzen { dateien: 9, summe: 999 };
    let id = run(ablage.add_anlage(&entwurf.id, &anlage, grenzen, JETZT)).unwrap().id;
    let wahl = AnlageWahl { entwurf: entwurf.id, ids: vec![id] };
    accept(&ablage, NeuerVorgang { anlagen: Some(wahl), ..vorgang(1) });
    accept(&ablage, vorgang(2));
    let pachten = run(ablage.lease_due(9, "lauf-1", JETZT, MINUTE)).unwrap();
    let fehlschlag = Fehlschlag { code: "http-422", text: Some("Erika ist unbekannt") };
    run(ablage.fail(&pachten[0], fehlschlag, JETZT)).unwrap();
    haus
}

/// Reads everything that is sealed.
#[track_caller]
fn read_all(ablage: &Ablage<Datei>) {
    let pachtziel = run(ablage.vorgang(&nummer(1))).unwrap();
    assert_eq!(pachtziel.betreff, "Müller, Erika 1");
    assert_eq!(pachtziel.anlagen[0].name, "Lohn.pdf");
    assert_eq!(run(ablage.anlage(&nummer(1), &pachtziel.anlagen[0].id)).unwrap(), b"Lohn");
    assert_eq!(run(ablage.nachricht(&nummer(1), "nachricht")).unwrap().1, b"<nachricht/>");
    let fehler: Vec<String> = [nummer(1), nummer(2)]
        .into_iter()
        .flat_map(|nummer| run(ablage.vorgang(&nummer)).unwrap().zustellungen)
        .filter_map(|zustellung| zustellung.fehler_text)
        .collect();
    assert_eq!(fehler, ["Erika ist unbekannt"]);
    let quittung = Annahme::Schon { quittung: b"receipt 1".to_vec() };
    assert_eq!(run(ablage.look_up(&vorgang(1).empfang)), Ok(Some(quittung)));
    let zugang = run(ablage.enter(&nummer(1), &vorgang(1).zugangscode, JETZT)).unwrap();
    assert!(matches!(zugang, Zugang::Offen(_)));
    let suche = Filter { suche: Some("erika".to_owned()), ..Filter::default() };
    assert_eq!(run(ablage.list(&suche, None, 9)).unwrap().eintraege.len(), 2);
}

#[test]
fn a_rotation_reads_all_the_time_and_ends() {
    let haus = haus_with_all();
    let beide = format!("{NEU},{ALT}");
    let ablage = haus.open_with("musterstadt", &beide);
    read_all(&ablage);
    let mut umgeschluesselt = 0;
    loop {
        let stand = run(ablage.umschluesseln(1)).unwrap();
        read_all(&ablage);
        umgeschluesselt += stand.umgeschluesselt;
        if stand.rest == 0 {
            break;
        }
        assert_eq!(stand.umgeschluesselt, 1);
    }
    // 2 Vorgänge, 1 Anlage with 1 Inhalt, 2 Nachrichten, 1 Zustellung with a text, 2 Empfänge
    assert_eq!(umgeschluesselt, 9);
    assert_eq!(run(ablage.umschluesseln(100)), Ok(Umschluesselung { umgeschluesselt: 0, rest: 0 }));
    read_all(&haus.open_with("musterstadt", NEU));
    // The old key opens nothing any more, and finds nothing.
    let alt = haus.open();
    assert_eq!(
        run(alt.vorgang(&nummer(1))).unwrap_err(),
        AblageError::SchluesselFehlt("neu".to_owned())
    );
    let suche = Filter { suche: Some("erika".to_owned()), ..Filter::default() };
    assert_eq!(run(alt.list(&suche, None, 9)).unwrap().eintraege.len(), 0);
}

#[test]
fn a_rotation_without_the_old_key_changes_nothing() {
    let haus = haus_with_all();
    let ausgang = run(haus.open_with("musterstadt", NEU).umschluesseln(100));
    assert_eq!(ausgang, Err(AblageError::SchluesselFehlt("alt".to_owned())));
    read_all(&haus.open());
}

#[test]
fn a_rotation_that_is_cut_off_loses_nothing() {
    let haus = haus_with_all();
    let datei = haus.behind();
    for gute in 1.. {
        let stoerung = Stoerung { datei: &datei, gute: Cell::new(gute) };
        let ring = Schluesselring::parse(&format!("{NEU},{ALT}")).unwrap();
        let ausgang = run(async {
            let ablage = Ablage::open(stoerung, Mandant::new("musterstadt").unwrap(), ring).await?;
            ablage.umschluesseln(1).await
        });
        if !datei.connection().is_autocommit() {
            // What the host does with the connection of a function that is gone.
            datei.connection().execute_batch("ROLLBACK").unwrap();
        }
        read_all(&haus.open_with("musterstadt", &format!("{NEU},{ALT}")));
        if ausgang.is_ok_and(|stand| stand.rest == 0) {
            break;
        }
    }
}

#[test]
fn a_sealed_value_opens_in_its_row_only() {
    for (manipulation, tabelle) in [
        ("UPDATE vorgang SET daten = hinweise", "vorgang"),
        (
            "UPDATE vorgang SET betreff = (SELECT betreff FROM vorgang v WHERE v.nummer <> vorgang.nummer)",
            "vorgang",
        ),
        ("UPDATE vorgang SET daten = zeroblob(3)", "vorgang"),
        ("UPDATE vorgang SET daten = x''", "vorgang"),
        ("UPDATE zustellung SET fehler_text = (SELECT betreff FROM vorgang LIMIT 1)", "zustellung"),
        ("UPDATE anlage SET name = (SELECT betreff FROM vorgang LIMIT 1)", "anlage"),
    ] {
        let haus = haus_with_all();
        haus.behind().connection().execute(manipulation, []).unwrap();
        let error = run(haus.open().vorgang(&nummer(1))).unwrap_err();
        let AblageError::Siegel { tabelle: betroffen, .. } = error else { panic!("{error}") };
        assert_eq!(betroffen, tabelle, "{manipulation}");
    }
}

#[test]
fn a_stored_row_does_not_open_for_another_tenant() {
    let haus = haus_with_all();
    haus.behind()
        .connection()
        .execute_batch("PRAGMA foreign_keys = OFF; UPDATE vorgang SET mandant = 'andere'")
        .unwrap();
    let error = run(haus.open_with("andere", ALT).vorgang(&nummer(1))).unwrap_err();
    assert!(matches!(error, AblageError::Siegel { tabelle: "vorgang", .. }), "{error}");
}
