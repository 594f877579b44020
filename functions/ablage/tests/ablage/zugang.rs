use ablage::{Anmeldeversuch, Zugang, nativ::run};

use super::*;

fn is_offen(ablage: &Ablage<Datei>, n: u64, code: u64, minuten: u32) -> bool {
    let jetzt = JETZT.plus(MINUTE * minuten);
    match run(ablage.enter(&nummer(n), &Zugangscode::new(code), jetzt)).unwrap() {
        Zugang::Offen(_) => true,
        Zugang::Falsch | Zugang::Gesperrt(_) => false,
    }
}

#[test]
fn only_the_code_of_a_vorgang_opens_it() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    accept(&ablage, vorgang(2));
    run(ablage.note_gelesen(&nummer(1), "fall", "demo", JETZT)).unwrap();
    let Zugang::Offen(stand) = run(ablage.enter(&nummer(1), &Zugangscode::new(1), JETZT)).unwrap()
    else {
        panic!("the code fits");
    };
    assert_eq!((stand.zustellungen.len(), stand.ereignisse.len()), (2, 1));
    assert!(!is_offen(&ablage, 1, 2, 0));
    assert!(!is_offen(&ablage, 2, 1, 0));
    assert!(!is_offen(&ablage, 3, 3, 0));
}

/// A number that exists and one that does not look the same from outside.
#[test]
fn guessing_closes_a_nummer_for_a_while() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    for n in [1, 77] {
        for versuch in 0..10 {
            let zugang = run(ablage.enter(&nummer(n), &Zugangscode::new(1000 + versuch), JETZT));
            assert!(matches!(zugang, Ok(Zugang::Falsch)), "{versuch}");
        }
        let gesperrt = run(ablage.enter(&nummer(n), &Zugangscode::new(n), JETZT.plus(MINUTE)));
        let Ok(Zugang::Gesperrt(bis)) = gesperrt else { panic!("it is closed") };
        assert_eq!(bis, JETZT.plus(MINUTE * 15));
    }
    assert!(!is_offen(&ablage, 1, 1, 14));
    assert!(is_offen(&ablage, 1, 1, 15));
    // Old failures do not pile up.
    assert!(!is_offen(&ablage, 1, 2, 16));
    assert_eq!(haus.count("SELECT count(*) FROM fehlversuch"), 1);
}

#[test]
fn passwords_are_counted_before_they_are_looked_at() {
    let haus = Haus::new();
    let ablage = haus.open();
    let begin =
        |minuten: u32| run(ablage.begin_anmeldung("demo", JETZT.plus(MINUTE * minuten))).unwrap();
    let gesperrt = |minuten: u32| Anmeldeversuch::Gesperrt(JETZT.plus(MINUTE * minuten));
    for _ in 0..4 {
        assert_eq!(begin(0), Anmeldeversuch::Erlaubt);
    }
    run(ablage.forget_fehlversuche("demo")).unwrap();
    for _ in 0..5 {
        assert_eq!(begin(1), Anmeldeversuch::Erlaubt);
    }
    assert_eq!(begin(2), gesperrt(16));
    assert_eq!(begin(15), gesperrt(16));
    let andere = run(ablage.begin_anmeldung("andere", JETZT.plus(MINUTE))).unwrap();
    assert_eq!(andere, Anmeldeversuch::Erlaubt);

    // One more, and it is closed for twice as long, up to four hours.
    let mut minute = 16;
    for sperre in [30, 60, 120, 240, 240, 240] {
        assert_eq!(begin(minute), Anmeldeversuch::Erlaubt);
        minute += sperre;
        assert_eq!(begin(minute - 1), gesperrt(minute));
    }
    // A day without a wrong one, and all is as in the beginning.
    for _ in 0..5 {
        assert_eq!(begin(minute + 24 * 60), Anmeldeversuch::Erlaubt);
    }
    assert_eq!(haus.count("SELECT count(*) FROM fehlversuch"), 1);
}

#[test]
fn of_a_crowd_of_passwords_five_are_tried() {
    let haus = Haus::new();
    drop(haus.open());
    let erlaubt: usize = std::thread::scope(|threads| {
        let threads: Vec<_> = (0..20)
            .map(|_| {
                threads.spawn(|| {
                    let versuch = run(haus.open().begin_anmeldung("demo", JETZT)).unwrap();
                    usize::from(versuch == Anmeldeversuch::Erlaubt)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(erlaubt, 5);
}

#[test]
fn a_pseudonym_says_nothing_and_stays() {
    let haus = Haus::new();
    let ablage = haus.open();
    assert_eq!(ablage.pseudonym("demo"), haus.open().pseudonym("demo"));
    assert_ne!(ablage.pseudonym("demo"), ablage.pseudonym("andere"));
    assert_ne!(ablage.pseudonym("demo"), haus.open_with("andere", ALT).pseudonym("demo"));
}
