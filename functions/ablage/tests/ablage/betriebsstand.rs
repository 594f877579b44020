//! Limits of targets, daily runs, causes, and what the operation notes.

use ablage::{Fehlschlag, Pacht, Stand, Tageslaufstand, Ursache, Zielgrenzen, nativ::run};

use super::*;

const GRENZEN: Zielgrenzen = Zielgrenzen { gleichzeitig: 2, je_minute: None, nach: None };
const AUS: Fehlschlag<'_> = Fehlschlag { code: "nicht-erreichbar", text: None };

fn haus_with(anzahl: u64) -> (Haus, Ablage<Datei>) {
    let haus = Haus::new();
    let ablage = haus.open();
    for n in 1..=anzahl {
        accept(&ablage, vorgang(n));
    }
    (haus, ablage)
}

fn after(minuten: u32) -> Zeitpunkt {
    JETZT.plus(MINUTE * minuten)
}

fn next(
    ablage: &Ablage<Datei>,
    ziel: Ziel,
    grenzen: Zielgrenzen,
    jetzt: Zeitpunkt,
) -> Option<Pacht> {
    run(ablage.lease_next_of(ziel, grenzen, "lauf", jetzt, MINUTE * 5)).unwrap()
}

#[test]
fn no_more_are_under_way_than_a_target_can_take() {
    let (_haus, ablage) = haus_with(4);
    let lease = |minuten| next(&ablage, Ziel::Dms, GRENZEN, after(minuten));
    let erste = lease(0).unwrap();
    lease(0).unwrap();
    assert_eq!(lease(0), None);
    // The other target has limits of its own.
    assert!(next(&ablage, Ziel::Fachverfahren, GRENZEN, JETZT).is_some());
    run(ablage.complete(&erste, None, after(1))).unwrap();
    assert!(lease(1).is_some());
    assert_eq!(lease(1), None);
    // A worker that died gives its place back when its lease ends.
    assert!(lease(5).is_some());
}

#[test]
fn no_more_are_tried_in_a_minute_than_a_target_can_take() {
    let (_haus, ablage) = haus_with(5);
    let grenzen = Zielgrenzen { gleichzeitig: 9, je_minute: Some(2), nach: None };
    let lease = |millis| {
        let jetzt = Zeitpunkt::from_millis(JETZT.millis() + millis);
        next(&ablage, Ziel::Dms, grenzen, jetzt).is_some()
    };
    for (millis, is_da) in [
        (0, true),
        (30_000, true),
        (59_999, false),
        (60_000, true),
        (60_001, true),
        (119_999, false),
        (120_000, true),
        (180_000, false), // None is left.
    ] {
        assert_eq!(lease(millis), is_da, "{millis}");
    }
}

#[test]
fn a_target_may_have_to_wait_for_the_other() {
    let (_haus, ablage) = haus_with(2);
    let danach = Zielgrenzen { nach: Some(Ziel::Fachverfahren), ..GRENZEN };
    assert_eq!(next(&ablage, Ziel::Dms, danach, JETZT), None);
    let erste = next(&ablage, Ziel::Fachverfahren, GRENZEN, JETZT).unwrap();
    let zweite = next(&ablage, Ziel::Fachverfahren, GRENZEN, JETZT).unwrap();
    run(ablage.postpone(&erste, AUS, after(9), JETZT)).unwrap();
    run(ablage.complete(&zweite, None, JETZT)).unwrap();
    let dms = next(&ablage, Ziel::Dms, danach, JETZT).unwrap();
    assert_eq!(dms.vorgang, zweite.vorgang);
    assert_eq!(next(&ablage, Ziel::Dms, danach, JETZT), None);
}

#[test]
fn limits_hold_over_all_who_deliver() {
    let (haus, _ablage) = haus_with(40);
    let grenzen = Zielgrenzen { gleichzeitig: 3, je_minute: Some(30), nach: None };
    let gepachtet: usize = std::thread::scope(|threads| {
        let threads: Vec<_> = (0..8)
            .map(|n| {
                let haus = &haus;
                threads.spawn(move || {
                    let ablage = haus.open();
                    let halter = format!("lauf-{n}");
                    let lease = || {
                        run(ablage.lease_next_of(Ziel::Dms, grenzen, &halter, JETZT, MINUTE))
                            .unwrap()
                    };
                    let pachten: Vec<Pacht> = std::iter::from_fn(lease).collect();
                    assert!(pachten.len() <= 3);
                    for pacht in &pachten {
                        run(ablage.complete(pacht, None, JETZT)).unwrap();
                    }
                    pachten.len()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!((3..=30).contains(&gepachtet), "{gepachtet}");
}

#[test]
fn a_daily_run_makes_everything_due_and_is_begun_once() {
    let (_haus, ablage) = haus_with(3);
    let [wartet, scheitert, _unversucht] =
        &run(ablage.lease_due_of(Ziel::Dms, 3, "lauf", JETZT, MINUTE)).unwrap()[..]
    else {
        panic!("three are due");
    };
    run(ablage.postpone(wartet, AUS, after(900), JETZT)).unwrap();
    run(ablage.fail(scheitert, AUS, JETZT)).unwrap();
    assert_eq!(run(ablage.letzter_tageslauf()), Ok(None));
    run(ablage.found_tageslauf(JETZT)).unwrap();
    assert_eq!(run(ablage.letzter_tageslauf_am()), Ok(Some(JETZT)));
    assert_eq!(run(ablage.letzter_tageslauf()), Ok(None));

    let begin = || {
        let is_faellig = |letzter: Option<Zeitpunkt>| letzter.is_none_or(|am| am < after(10));
        run(ablage.begin_tageslauf(&[Ziel::Dms], is_faellig, after(10))).unwrap()
    };
    let stand = Tageslaufstand { angestossen: 1, ..Tageslaufstand::default() };
    let tageslauf = begin().unwrap();
    assert_eq!((tageslauf.am, &tageslauf.ziele[..]), (after(10), &[(Ziel::Dms, stand)][..]));
    assert_eq!(begin(), None);
    // The one whose lease ran out is due, too, without the run.
    let pachten = run(ablage.lease_due_of(Ziel::Dms, 9, "lauf", after(10), MINUTE)).unwrap();
    assert_eq!(pachten.len(), 2);
    for pacht in &pachten {
        run(ablage.complete(pacht, None, after(11))).unwrap();
    }
    let danach = run(ablage.letzter_tageslauf()).unwrap().unwrap();
    let stand = Tageslaufstand { zugestellt: 1, ..stand };
    assert_eq!(danach.ziele, [(Ziel::Dms, stand)]);
}

#[test]
fn a_pause_holds_against_a_daily_run() {
    let (_haus, ablage) = haus_with(1);
    run(ablage.pause(Ziel::Dms, after(30))).unwrap();
    assert_eq!(run(ablage.pause_bis(Ziel::Dms, after(29))), Ok(Some(after(30))));
    assert_eq!(run(ablage.pause_bis(Ziel::Dms, after(30))), Ok(None));
    assert_eq!(run(ablage.pause_bis(Ziel::Fachverfahren, JETZT)), Ok(None));
    run(ablage.begin_tageslauf(&Ziel::ALLE, |_| true, after(1))).unwrap().unwrap();
    assert_eq!(next(&ablage, Ziel::Dms, GRENZEN, after(29)), None);
    assert!(next(&ablage, Ziel::Dms, GRENZEN, after(30)).is_some());
}

#[test]
fn what_could_not_be_reached_is_hurried_and_nothing_else() {
    let (_haus, ablage) = haus_with(2);
    let pachten = run(ablage.lease_due_of(Ziel::Dms, 2, "lauf", JETZT, MINUTE)).unwrap();
    run(ablage.postpone(&pachten[0], AUS, after(900), JETZT)).unwrap();
    let anders = Fehlschlag { code: "http-500", text: None };
    run(ablage.postpone(&pachten[1], anders, after(900), JETZT)).unwrap();
    run(ablage.hurry(Ziel::Fachverfahren, AUS.code, after(1))).unwrap();
    assert_eq!(next(&ablage, Ziel::Dms, GRENZEN, after(1)), None);
    run(ablage.hurry(Ziel::Dms, AUS.code, after(1))).unwrap();
    assert_eq!(next(&ablage, Ziel::Dms, GRENZEN, after(1)).unwrap().vorgang, pachten[0].vorgang);
    assert_eq!(next(&ablage, Ziel::Dms, GRENZEN, after(1)), None);
}

#[test]
fn what_failed_is_counted_and_tried_again_by_cause() {
    let (_haus, ablage) = haus_with(4);
    let pachten = run(ablage.lease_due_of(Ziel::Dms, 4, "lauf", JETZT, MINUTE)).unwrap();
    for (pacht, code) in pachten.iter().zip(["http-422", "http-413", "http-422"]) {
        run(ablage.fail(pacht, Fehlschlag { code, text: Some("nein") }, after(1))).unwrap();
    }
    let ursache = |code: &str, anzahl| Ursache {
        ziel: Ziel::Dms,
        code: code.to_owned(),
        anzahl,
        seit: after(1),
    };
    assert_eq!(run(ablage.ursachen()).unwrap(), [ursache("http-422", 2), ursache("http-413", 1)]);
    let retry = |code| run(ablage.retry_all(Ziel::Dms, Some(code), "demo", after(2))).unwrap();
    assert_eq!((retry("http-999"), retry("http-422"), retry("http-422")), (0, 2, 0));
    assert_eq!(run(ablage.ursachen()).unwrap(), [ursache("http-413", 1)]);
    let wartend = run(ablage.aelteste_wartende()).unwrap();
    assert_eq!(wartend, [(Ziel::Dms, JETZT), (Ziel::Fachverfahren, JETZT)]);
}

#[test]
fn only_one_notes_an_alarm_and_only_one_ends_it() {
    let (haus, ablage) = haus_with(0);
    assert_eq!(run(ablage.raise_stand("alarm", "{}", JETZT)), Ok(true));
    assert_eq!(run(ablage.raise_stand("alarm", "[]", after(1))), Ok(false));
    run(ablage.set_stand("anderes", "1", JETZT)).unwrap();
    run(ablage.set_stand("anderes", "2", after(1))).unwrap();
    let stand = |name: &str, am, inhalt: &str| Stand {
        name: name.to_owned(),
        am,
        inhalt: inhalt.to_owned(),
    };
    let alle = [stand("alarm", JETZT, "{}"), stand("anderes", after(1), "2")];
    assert_eq!(run(ablage.staende()).unwrap(), alle);
    // Towns are strictly apart.
    assert_eq!(run(haus.open_with("nebenan", ALT).staende()).unwrap(), []);
    assert_eq!(run(ablage.clear_stand("alarm")), Ok(true));
    assert_eq!(run(ablage.clear_stand("alarm")), Ok(false));
}
