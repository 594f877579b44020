//! Whatever a partner does: in the end it has everything exactly once, or a caseworker has its
//! words.

use proptest::prelude::*;

use super::*;

/// What the counterparts must hold for the one Vorgang.
fn erwartet(ziel: Ziel) -> usize {
    match ziel {
        Ziel::Fachverfahren => 1,
        // Four folders and three documents.
        Ziel::Dms => 7,
    }
}

/// Steers, runs, looks, and lets all be well again.
#[track_caller]
fn check(ziel: Ziel, steuerung: Steuerung, gestoert: &str, danach: &str) {
    let mut haus = Haus::new();
    let is_zu_langsam = steuerung.millisekunden.is_some_and(|millis| 1000 < millis);
    haus.client.frist = is_zu_langsam.then_some(Duration::from_secs(1));
    let nummer = haus.accept(1);
    haus.steer(ziel, steuerung.clone());
    haus.run(ziel);
    let stand = haus.stand(&nummer, ziel);
    assert_eq!(stand, gestoert, "{ziel:?} {steuerung:?}");
    haus.check_bilanz();

    haus.client.frist = None;
    haus.normal(ziel);
    for _ in 0..4 {
        haus.advance(STUNDE);
        haus.run(ziel);
    }
    assert_eq!(haus.stand(&nummer, ziel), danach, "{ziel:?} {steuerung:?}");
    let angekommen = if danach == "zugestellt" { erwartet(ziel) } else { 0 };
    assert_eq!(haus.angekommen(ziel).len(), angekommen, "{ziel:?} {steuerung:?}");
    haus.check_bilanz();
}

#[test]
fn the_fachverfahren_may_do_what_it_likes() {
    use Modus::*;
    let ziel = Ziel::Fachverfahren;
    let modus = Steuerung::new;
    let stored = |modus| Steuerung { speichern: Some(true), ..Steuerung::new(modus) };
    let langsam = |ms| Steuerung { millisekunden: Some(ms), ..Steuerung::new(Langsam) };
    check(ziel, modus(Aus), "unklar antwort-verloren", "zugestellt");
    check(ziel, langsam(10), "zugestellt", "zugestellt");
    check(ziel, langsam(1500), "unklar zeitablauf", "zugestellt");
    check(ziel, modus(AntwortVerlieren), "unklar antwort-verloren", "zugestellt");
    check(ziel, modus(AntwortVerlieren).times(1), "unklar antwort-verloren", "zugestellt");
    check(ziel, modus(Konflikt409), "unklar http-409", "zugestellt");
    check(ziel, stored(Konflikt409), "unklar http-409", "zugestellt");
    // It says that it is there, and the question shows that it is not.
    check(ziel, modus(Konflikt409).times(1), "unklar widerspruch", "zugestellt");
    check(ziel, stored(Konflikt409).times(1), "zugestellt", "zugestellt");
    check(ziel, modus(Abgelehnt422), "gescheitert http-422", "gescheitert http-422");
    check(ziel, modus(Ueberlastet429), "ausstehend http-429", "zugestellt");
    check(ziel, modus(Fehler500), "unklar http-500", "zugestellt");
    check(ziel, stored(Fehler500), "unklar http-500", "zugestellt");
    check(ziel, modus(Muell), "unklar antwort-unlesbar", "zugestellt");
    check(ziel, stored(Muell), "unklar antwort-unlesbar", "zugestellt");
    check(ziel, modus(Muell).times(1), "unklar antwort-unlesbar", "zugestellt");
    check(ziel, stored(Muell).times(1), "zugestellt", "zugestellt");
    let html = modus(Muell).text("<html>Bitte melden Sie sich an</html>");
    check(ziel, html, "unklar antwort-unlesbar", "zugestellt");
    check(ziel, modus(Umleitung), "ausstehend http-302", "zugestellt");
}

#[test]
fn the_dms_may_do_what_it_likes() {
    use Modus::*;
    let ziel = Ziel::Dms;
    let modus = Steuerung::new;
    let stored = |modus| Steuerung { speichern: Some(true), ..Steuerung::new(modus) };
    let langsam = |ms| Steuerung { millisekunden: Some(ms), ..Steuerung::new(Langsam) };
    check(ziel, modus(Aus), "ausstehend antwort-verloren", "zugestellt");
    check(ziel, langsam(10), "zugestellt", "zugestellt");
    check(ziel, langsam(1500), "ausstehend zeitablauf", "zugestellt");
    check(ziel, modus(Abgelehnt422), "ausstehend http-422", "zugestellt");
    check(ziel, modus(Ueberlastet429), "ausstehend http-429", "zugestellt");
    check(ziel, modus(Fehler500), "ausstehend http-500", "zugestellt");
    check(ziel, modus(Muell), "ausstehend antwort-unlesbar", "zugestellt");
    check(ziel, modus(Umleitung), "ausstehend http-302", "zugestellt");
    for aktion in ["createFolder", "createDocument"] {
        for n in [1, 2, 3] {
            let bei = |steuerung: Steuerung| steuerung.from_nth(aktion, n);
            check(ziel, bei(modus(Aus)), "unklar antwort-verloren", "zugestellt");
            check(ziel, bei(langsam(1500)), "unklar zeitablauf", "zugestellt");
            check(ziel, bei(modus(AntwortVerlieren)), "unklar antwort-verloren", "zugestellt");
            check(ziel, bei(modus(Konflikt409)), "unklar widerspruch", "zugestellt");
            check(ziel, bei(stored(Konflikt409)), "zugestellt", "zugestellt");
            check(ziel, bei(modus(Ueberlastet429)), "ausstehend http-429", "zugestellt");
            check(ziel, bei(modus(Fehler500)), "unklar http-500", "zugestellt");
            check(ziel, bei(stored(Fehler500)), "unklar http-500", "zugestellt");
            check(ziel, bei(modus(Muell)), "unklar antwort-unlesbar", "zugestellt");
            check(ziel, bei(stored(Muell)), "zugestellt", "zugestellt");
            check(ziel, bei(modus(Umleitung)), "ausstehend http-302", "zugestellt");
        }
    }
}

#[test]
fn a_refusal_reaches_the_caseworker_word_for_word() {
    let haus = Haus::new();
    let nummer = haus.accept(1);
    let text = "FV-4711: Das Feld „Geburtsdatum“ ist leer.\nZeile 2 <script>";
    for (ziel, aktion) in [(Ziel::Fachverfahren, "senden"), (Ziel::Dms, "createDocument")] {
        let ablehnung = Steuerung::new(Modus::Abgelehnt422).text(text).from_nth(aktion, 1);
        haus.steer(ziel, ablehnung);
        assert_eq!(haus.run(ziel).gescheitert, 1);
        let zustellung = haus.zustellung(&nummer, ziel);
        assert_eq!(zustellung.fehler_code.as_deref(), Some("http-422"));
        assert_eq!(zustellung.fehler_text.as_deref(), Some(text));
        haus.normal(ziel);
        haus.advance(TAG);
        assert_eq!(haus.run(ziel), Bilanz::default());
        let jetzt = haus.jetzt.get();
        block_on(haus.ablage().retry(&nummer, ziel, "demo", jetzt)).unwrap();
        assert_eq!(haus.run(ziel).zugestellt, 1);
        assert_eq!(haus.angekommen(ziel).len(), erwartet(ziel));
    }
    haus.check_bilanz();
}

#[test]
fn nobody_listens_and_nothing_is_unclear() {
    let mut haus = Haus::new();
    // A port that was free a moment ago.
    let frei = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let da = std::mem::replace(&mut haus.variablen.fachverfahren_url, format!("http://{frei}/x"));
    let nummer = haus.accept(1);
    haus.run(Ziel::Fachverfahren);
    assert_eq!(haus.stand(&nummer, Ziel::Fachverfahren), "ausstehend nicht-erreichbar");
    haus.variablen.fachverfahren_url = da;
    haus.advance(STUNDE);
    assert_eq!(haus.run(Ziel::Fachverfahren).zugestellt, 1);
}

fn any_steuerung() -> impl Strategy<Value = (Ziel, Steuerung)> {
    let modus = prop::sample::select(Modus::ALL);
    let ziel = prop::sample::select(&Ziel::ALLE[..]);
    (ziel, modus, any::<bool>(), 1..4_u64).prop_map(|(ziel, modus, speichern, anzahl)| {
        let made_up =
            !matches!(modus, Modus::Normal | Modus::Aus | Modus::Langsam | Modus::AntwortVerlieren);
        let steuerung = Steuerung {
            speichern: made_up.then_some(speichern),
            millisekunden: (modus == Modus::Langsam).then_some(20),
            ..Steuerung::new(modus)
        };
        (ziel, steuerung.times(anzahl))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_books_balance_at_every_step(
        stoerungen in prop::collection::vec(any_steuerung(), 1..8),
    ) {
        let haus = Haus::new();
        let nummern: Vec<Vorgangsnummer> = (0..3).map(|n| haus.accept(n)).collect();
        for (ziel, steuerung) in stoerungen {
            haus.steer(ziel, steuerung);
            haus.run(ziel);
            haus.check_bilanz();
            haus.advance(STUNDE);
        }
        for ziel in Ziel::ALLE {
            haus.normal(ziel);
            for _ in 0..4 {
                let jetzt = haus.jetzt.get();
                block_on(haus.ablage().retry_all(ziel, None, "demo", jetzt)).unwrap();
                haus.run(ziel);
                haus.check_bilanz();
                haus.advance(STUNDE);
            }
            for nummer in &nummern {
                prop_assert_eq!(haus.stand(nummer, ziel), "zugestellt");
            }
        }
        prop_assert_eq!(haus.angekommen(Ziel::Fachverfahren).len(), 3);
        // Three folders in common, and one with three documents for each.
        prop_assert_eq!(haus.angekommen(Ziel::Dms).len(), 3 + 3 * 4);
    }
}
