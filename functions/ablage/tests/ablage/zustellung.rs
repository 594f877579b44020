use std::sync::Mutex;

use ablage::{
    AblageError, Ereignisart, Fehlschlag, Filter, Gesamt, Pacht, Wiederholung, Zustellstand,
    Zustellung, nativ::run,
};

use super::*;

const ABGELEHNT: Fehlschlag<'_> =
    Fehlschlag { code: "http-422", text: Some("Pflichtfeld „Erika“ fehlt") };
const AUS: Fehlschlag<'_> = Fehlschlag { code: "http-503", text: None };

fn haus_with_one() -> (Haus, Ablage<Datei>) {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    (haus, ablage)
}

fn after(minuten: u32) -> Zeitpunkt {
    JETZT.plus(MINUTE * minuten)
}

#[track_caller]
fn lease(ablage: &Ablage<Datei>, halter: &str, minuten: u32) -> Vec<Pacht> {
    run(ablage.lease_due(10, halter, after(minuten), MINUTE * 5)).unwrap()
}

fn zustellung(ablage: &Ablage<Datei>, ziel: Ziel) -> Zustellung {
    let zustellungen = run(ablage.vorgang(&nummer(1))).unwrap().zustellungen;
    zustellungen.into_iter().find(|zustellung| zustellung.ziel == ziel).unwrap()
}

fn arten(ablage: &Ablage<Datei>) -> Vec<Ereignisart> {
    run(ablage.vorgang(&nummer(1)))
        .unwrap()
        .ereignisse
        .iter()
        .map(|ereignis| ereignis.art)
        .collect()
}

fn count(ablage: &Ablage<Datei>, stand: Zustellstand) -> u64 {
    let filter = Filter { zustellstand: Some(stand), ..Filter::default() };
    match run(ablage.list(&filter, None, 1)).unwrap().gesamt {
        Gesamt::Genau(anzahl) | Gesamt::MehrAls(anzahl) => anzahl,
    }
}

#[test]
fn what_is_delivered_is_done() {
    let (haus, ablage) = haus_with_one();
    let pachten = lease(&ablage, "lauf-1", 0);
    let ziele: Vec<Ziel> = pachten.iter().map(|pacht| pacht.ziel).collect();
    assert_eq!(ziele, [Ziel::Dms, Ziel::Fachverfahren]);
    assert!(pachten.iter().all(|pacht| pacht.versuch == 1 && !pacht.ausgang_unklar));
    assert_eq!(lease(&ablage, "lauf-2", 0), []);

    run(ablage.complete(&pachten[0], Some("akte-7"), after(1))).unwrap();
    assert_eq!(count(&ablage, Zustellstand::Wartend), 1);
    run(ablage.complete(&pachten[1], None, after(1))).unwrap();
    assert_eq!(count(&ablage, Zustellstand::Zugestellt), 1);
    let dms = zustellung(&ablage, Ziel::Dms);
    assert_eq!(dms.fremd_id.as_deref(), Some("akte-7"));
    assert_eq!((dms.zustand.as_str(), dms.naechster_versuch_am), ("zugestellt", None));
    assert_eq!(lease(&ablage, "lauf-3", 999), []);
    use Ereignisart::*;
    assert_eq!(arten(&ablage), [Eingegangen, Zugestellt, Zugestellt]);
    assert_eq!(run(ablage.check_kette()).unwrap().bruch, None);
    drop(haus);
}

#[test]
fn what_is_postponed_is_due_later() {
    let (_haus, ablage) = haus_with_one();
    let pacht = lease(&ablage, "lauf-1", 0).remove(1);
    run(ablage.postpone(&pacht, AUS, after(3), after(1))).unwrap();
    assert_eq!(lease(&ablage, "lauf-2", 2), []);
    let nochmal = lease(&ablage, "lauf-3", 3);
    assert_eq!(nochmal.len(), 1);
    assert_eq!((nochmal[0].versuch, nochmal[0].ausgang_unklar), (2, false));
    assert_eq!(nochmal[0].letzter_fehler.as_deref(), Some("http-503"));
    assert_eq!(nochmal[0].uuid, pacht.uuid);
    // The same reason again is no new event; another one is.
    run(ablage.postpone(&nochmal[0], AUS, after(4), after(3))).unwrap();
    let nochmal = lease(&ablage, "lauf-4", 4).remove(0);
    let anderer = Fehlschlag { code: "http-429", ..AUS };
    run(ablage.postpone(&nochmal, anderer, after(5), after(4))).unwrap();
    use Ereignisart::*;
    assert_eq!(arten(&ablage), [Eingegangen, Verschoben, Verschoben]);
}

#[test]
fn a_lost_answer_stays_in_mind() {
    let (_haus, ablage) = haus_with_one();
    let pacht = lease(&ablage, "lauf-1", 0).remove(1);
    run(ablage.leave_unklar(
        &pacht,
        Fehlschlag { code: "zeitablauf", text: None },
        after(1),
        JETZT,
    ))
    .unwrap();
    let nochmal = lease(&ablage, "lauf-2", 1).remove(0);
    assert!(nochmal.ausgang_unklar);
    // The target said that it does not have it.
    run(ablage.postpone(&nochmal, AUS, after(2), after(1))).unwrap();
    assert!(!lease(&ablage, "lauf-3", 2).remove(0).ausgang_unklar);
}

#[test]
fn a_lease_that_runs_out_leaves_the_outcome_unclear() {
    let (_haus, ablage) = haus_with_one();
    let verschollen = lease(&ablage, "lauf-1", 0);
    assert_eq!(lease(&ablage, "lauf-2", 4), []);
    let uebernommen = lease(&ablage, "lauf-2", 5);
    assert_eq!(uebernommen.len(), 2);
    assert!(uebernommen.iter().all(|pacht| pacht.ausgang_unklar && pacht.versuch == 2));
    // The first one comes back too late for all it wants to say.
    let mut pacht = verschollen[0].clone();
    let verloren = Err(AblageError::PachtVerloren);
    assert_eq!(run(ablage.complete(&pacht, None, after(6))), verloren);
    assert_eq!(run(ablage.fail(&pacht, ABGELEHNT, after(6))), verloren);
    assert_eq!(run(ablage.postpone(&pacht, AUS, after(9), after(6))), verloren);
    assert_eq!(run(ablage.leave_unklar(&pacht, AUS, after(9), after(6))), verloren);
    assert_eq!(run(ablage.save_fortschritt(&mut pacht, "{}", after(9))), verloren);
    assert_eq!(arten(&ablage), [Ereignisart::Eingegangen]);
    run(ablage.complete(&uebernommen[0], None, after(6))).unwrap();
    assert_eq!(run(ablage.complete(&uebernommen[0], None, after(6))), verloren);
}

#[test]
fn a_late_word_counts_while_nobody_took_over() {
    let (_haus, ablage) = haus_with_one();
    let pacht = lease(&ablage, "lauf-1", 0).remove(0);
    run(ablage.complete(&pacht, None, after(60))).unwrap();
    assert_eq!(zustellung(&ablage, pacht.ziel).zustand.as_str(), "zugestellt");
}

#[test]
fn progress_is_kept_and_extends_the_lease() {
    let (_haus, ablage) = haus_with_one();
    let mut pacht = lease(&ablage, "lauf-1", 0).remove(0);
    run(ablage.save_fortschritt(&mut pacht, r#"{"akte":"7"}"#, after(10))).unwrap();
    // Only the other one has run out.
    assert_eq!(lease(&ablage, "lauf-2", 7).len(), 1);
    let nochmal = lease(&ablage, "lauf-3", 10).remove(0);
    assert_eq!(
        (nochmal.ziel, nochmal.fortschritt.as_deref()),
        (Ziel::Dms, Some(r#"{"akte":"7"}"#))
    );
}

#[test]
fn a_refusal_waits_for_a_caseworker() {
    let (_haus, ablage) = haus_with_one();
    let pachten = lease(&ablage, "lauf-1", 0);
    for pacht in &pachten {
        match pacht.ziel {
            Ziel::Dms => run(ablage.complete(pacht, None, JETZT)).unwrap(),
            Ziel::Fachverfahren => run(ablage.fail(pacht, ABGELEHNT, JETZT)).unwrap(),
        }
    }
    assert_eq!(count(&ablage, Zustellstand::Gescheitert), 1);
    let gescheitert = zustellung(&ablage, Ziel::Fachverfahren);
    assert_eq!(gescheitert.fehler_text.as_deref(), ABGELEHNT.text);
    assert!(!format!("{gescheitert:?}").contains("Erika"));
    assert_eq!(lease(&ablage, "lauf-2", 999), []);

    let retry = |ziel, n| run(ablage.retry(&nummer(n), ziel, "demo", after(1000))).unwrap();
    assert_eq!(retry(Ziel::Dms, 1), Wiederholung::NichtNoetig);
    assert_eq!(retry(Ziel::Dms, 9), Wiederholung::NichtGefunden);
    assert_eq!(retry(Ziel::Fachverfahren, 1), Wiederholung::Angestossen);
    assert_eq!(count(&ablage, Zustellstand::Wartend), 1);
    let nochmal = lease(&ablage, "lauf-3", 1000).remove(0);
    assert_eq!((nochmal.versuch, nochmal.ausgang_unklar), (2, false));
    assert_eq!(retry(Ziel::Fachverfahren, 1), Wiederholung::NichtNoetig);
    run(ablage.complete(&nochmal, None, after(1001))).unwrap();
    assert_eq!(zustellung(&ablage, Ziel::Fachverfahren).fehler_text, None);
    let ereignisse = run(ablage.vorgang(&nummer(1))).unwrap().ereignisse;
    let erneut = ereignisse.iter().find(|eines| eines.art == Ereignisart::Erneut).unwrap();
    assert_eq!(erneut.akteur, Some(ablage.pseudonym("demo")));
    assert_eq!(count(&ablage, Zustellstand::Zugestellt), 1);
}

#[test]
fn what_failed_at_a_target_is_tried_again_together() {
    let haus = Haus::new();
    let ablage = haus.open();
    for n in 1..=4 {
        accept(&ablage, vorgang(n));
    }
    let [failed, refused, later, done] = &lease_of(&ablage, Ziel::Fachverfahren)[..] else {
        panic!("four are due");
    };
    run(ablage.fail(failed, ABGELEHNT, after(1))).unwrap();
    run(ablage.fail(refused, ABGELEHNT, after(1))).unwrap();
    run(ablage.postpone(later, AUS, after(60), after(1))).unwrap();
    run(ablage.complete(done, None, after(1))).unwrap();
    assert_eq!(run(ablage.retry_all(Ziel::Dms, None, "demo", after(2))), Ok(0));
    assert_eq!(run(ablage.retry_all(Ziel::Fachverfahren, None, "demo", after(2))), Ok(3));
    assert_eq!(run(ablage.retry_all(Ziel::Fachverfahren, None, "demo", after(2))), Ok(0));
    assert_eq!(
        run(ablage.lease_due_of(Ziel::Fachverfahren, 9, "x", after(2), MINUTE)).unwrap().len(),
        3
    );
}

#[test]
fn a_target_is_leased_and_paused_by_itself() {
    let haus = Haus::new();
    let ablage = haus.open();
    accept(&ablage, vorgang(1));
    accept(&ablage, vorgang(2));
    run(ablage.pause(Ziel::Fachverfahren, after(10))).unwrap();
    assert_eq!(lease_of(&ablage, Ziel::Fachverfahren), []);
    assert_eq!(lease_of(&ablage, Ziel::Dms).len(), 2);
    // Neither what is leased nor what waits longer is moved.
    run(ablage.pause(Ziel::Dms, after(10))).unwrap();
    run(ablage.pause(Ziel::Fachverfahren, after(5))).unwrap();
    assert_eq!(lease(&ablage, "lauf", 9).len(), 2);
    assert_eq!(lease(&ablage, "lauf", 10).len(), 2);
}

fn lease_of(ablage: &Ablage<Datei>, ziel: Ziel) -> Vec<Pacht> {
    run(ablage.lease_due_of(ziel, 10, "lauf", JETZT, MINUTE * 5)).unwrap()
}

#[test]
fn an_unclear_delivery_that_is_hurried_stays_unclear() {
    let (_haus, ablage) = haus_with_one();
    let pacht = lease(&ablage, "lauf-1", 0).remove(0);
    run(ablage.leave_unklar(&pacht, AUS, after(500), JETZT)).unwrap();
    assert_eq!(
        run(ablage.retry(&nummer(1), pacht.ziel, "demo", after(1))),
        Ok(Wiederholung::Angestossen)
    );
    assert!(lease(&ablage, "lauf-2", 1).remove(0).ausgang_unklar);
}

#[test]
fn no_row_is_leased_to_two() {
    let haus = Haus::new();
    let ablage = haus.open();
    for n in 0..40 {
        accept(&ablage, vorgang(n));
    }
    let alle: Mutex<Vec<(Vorgangsnummer, Ziel)>> = Mutex::default();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let (haus, alle) = (&haus, &alle);
            threads.spawn(move || {
                let ablage = haus.open();
                loop {
                    let pachten =
                        run(ablage.lease_due(3, &format!("lauf-{thread}"), JETZT, MINUTE)).unwrap();
                    if pachten.is_empty() {
                        break;
                    }
                    alle.lock()
                        .unwrap()
                        .extend(pachten.iter().map(|pacht| (pacht.vorgang, pacht.ziel)));
                }
            });
        }
    });
    let mut alle = alle.into_inner().unwrap();
    assert_eq!(alle.len(), 80);
    alle.sort_unstable();
    alle.dedup();
    assert_eq!(alle.len(), 80);
}

#[test]
fn a_settlement_that_is_cut_off_changes_nothing() {
    let (haus, ablage) = haus_with_one();
    let pacht = lease(&ablage, "lauf-1", 0).remove(0);
    cut_everywhere(
        &haus,
        async |ablage| ablage.fail(&pacht, ABGELEHNT, after(1)).await,
        || {
            let ablage = haus.open();
            assert_eq!(zustellung(&ablage, pacht.ziel).zustand.as_str(), "in_zustellung");
            assert_eq!(arten(&ablage), [Ereignisart::Eingegangen]);
        },
    );
    assert_eq!(count(&ablage, Zustellstand::Gescheitert), 1);
}
