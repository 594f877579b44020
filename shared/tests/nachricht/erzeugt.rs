//! Applications that nobody thought of: a case, changed at random as long as it can be sent.

use proptest::{
    prelude::*,
    sample::Index,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use shared::{
    angaben::{Angaben, Antrag},
    befund::Befund,
    formular::{Datenfeld, Datentyp, Feldgruppe, Formular, Inhalt},
};

use super::{STICHTAG, kontext};

/// How many are made of each form, and how often each is changed.
const ANZAHL: usize = 100;
const AENDERUNGEN: usize = 40;

/// A place in an application that can be changed.
enum Stelle {
    Feld(String, &'static Datenfeld),
    Gruppe(String, &'static Feldgruppe),
}

/// Applications that can be sent, always the same ones.
pub fn antraege(formular: &'static Formular, faelle: &[(String, Antrag)]) -> Vec<Antrag> {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..ANZAHL)
        .map(|nr| {
            let mut angaben = faelle[nr % faelle.len()].1.angaben().clone();
            for _ in 0..AENDERUNGEN {
                let changed = change(formular, &angaben, &mut runner);
                if super::antrag(formular, &changed).is_some() {
                    angaben = changed;
                }
            }
            super::antrag(formular, &angaben).expect("only what can be sent was kept")
        })
        .collect()
}

/// One change, and what becomes necessary by it.
fn change(formular: &'static Formular, angaben: &Angaben, runner: &mut TestRunner) -> Angaben {
    let mut angaben = angaben.clone();
    let stellen = stellen(formular, &angaben);
    match &stellen[sample(&any::<Index>(), runner).index(stellen.len())] {
        Stelle::Feld(pfad, feld) => {
            let text = sample(&answer(feld), runner);
            angaben.set(pfad, if sample(&(0..8), runner) == 0 { "" } else { &text });
        }
        Stelle::Gruppe(pfad, gruppe) => {
            let anzahl = angaben.anzahl(pfad);
            if 0 < anzahl && sample(&any::<bool>(), runner) {
                angaben.remove_entry(pfad, sample(&(0..anzahl), runner));
            } else {
                let index = angaben.push_entry(pfad);
                fill(gruppe.inhalt, &format!("{pfad}[{index}]."), &mut angaben, runner);
            }
        }
    }
    for _ in 0..3 {
        let mut befunde = formular.check(&angaben, kontext());
        befunde.retain(Befund::is_sperre);
        if befunde.is_empty() {
            break;
        }
        for befund in befunde {
            let stellen = self::stellen(formular, &angaben);
            for stelle in stellen {
                match stelle {
                    Stelle::Feld(pfad, feld) if pfad.starts_with(&befund.feld) => {
                        angaben.set(&pfad, &sample(&answer(feld), runner));
                    }
                    Stelle::Gruppe(pfad, gruppe) if pfad == befund.feld => {
                        let index = angaben.push_entry(&pfad);
                        fill(gruppe.inhalt, &format!("{pfad}[{index}]."), &mut angaben, runner);
                    }
                    _ => {}
                }
            }
        }
    }
    angaben
}

fn fill(inhalt: &'static [Inhalt], praefix: &str, angaben: &mut Angaben, runner: &mut TestRunner) {
    for it in inhalt {
        match it {
            Inhalt::Feld(feld) => angaben.set(&path(praefix, feld), &sample(&answer(feld), runner)),
            Inhalt::Gruppe(gruppe) => {
                let pfad = format!("{praefix}{}", gruppe.id);
                let index = angaben.push_entry(&pfad);
                fill(gruppe.inhalt, &format!("{pfad}[{index}]."), angaben, runner);
            }
            Inhalt::Baustein(below, baustein) => {
                fill(baustein.inhalt, &format!("{praefix}{below}"), angaben, runner);
            }
            _ => {}
        }
    }
}

/// Every Feld and group on the pages that these answers lead through.
fn stellen(formular: &'static Formular, angaben: &Angaben) -> Vec<Stelle> {
    let mut stellen = Vec::new();
    for ort in formular.seiten(angaben, STICHTAG) {
        collect(ort.seite.inhalt, &ort.praefix, angaben, &mut stellen);
    }
    return stellen;

    fn collect(
        inhalt: &'static [Inhalt],
        praefix: &str,
        angaben: &Angaben,
        stellen: &mut Vec<Stelle>,
    ) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) => stellen.push(Stelle::Feld(path(praefix, feld), feld)),
                Inhalt::Gruppe(gruppe) => {
                    let pfad = format!("{praefix}{}", gruppe.id);
                    for index in 0..angaben.anzahl(&pfad) {
                        collect(gruppe.inhalt, &format!("{pfad}[{index}]."), angaben, stellen);
                    }
                    stellen.push(Stelle::Gruppe(pfad, gruppe));
                }
                Inhalt::Baustein(below, baustein) => {
                    collect(baustein.inhalt, &format!("{praefix}{below}"), angaben, stellen);
                }
                _ => {}
            }
        }
    }
}

/// Path of a Feld below a praefix; a Feld without an id is the entry itself.
pub fn path(praefix: &str, feld: &Datenfeld) -> String {
    match feld.id {
        "" => praefix.trim_end_matches('.').to_owned(),
        id => format!("{praefix}{id}"),
    }
}

/// Answers to a question, good and not so good ones.
fn answer(feld: &Datenfeld) -> BoxedStrategy<String> {
    let number = (feld.min..=feld.max.max(feld.min)).prop_map(|it| it.to_string());
    match feld.datentyp {
        Datentyp::Text(_) => text(feld, "[a-zA-ZÀ-ž &<>'\"/.,0-9-]"),
        Datentyp::Mehrzeilig => text(feld, "[a-zA-ZÀ-ž &<>'\"/„“–…•\n\r\t0-9-]"),
        Datentyp::Nummer => prop_oneof![
            "[1-9][0-9]{0,3}",
            "[1-9][0-9]{4}",
            "[LCY][0-9A-Z]{8}",
            "[a-z]{2} ?[0-9]{6}",
            "VE-2026-[0-9]{6}",
        ]
        .boxed(),
        Datentyp::Ganzzahl | Datentyp::Euro => number.boxed(),
        Datentyp::Dezimal => (number, 0..100)
            .prop_map(|(ganze, hundertstel)| format!("{ganze},{hundertstel:02}"))
            .boxed(),
        Datentyp::Datum => tag().boxed(),
        Datentyp::Teildatum => (tag(), prop_oneof![Just(4usize), Just(7), Just(10)])
            .prop_map(|(tag, laenge)| tag[..laenge].to_owned())
            .boxed(),
        Datentyp::Auswahl(liste) => {
            (0..liste.eintraege.len()).prop_map(|index| liste.eintraege[index].0.to_owned()).boxed()
        }
        Datentyp::JaNein => any::<bool>().prop_map(|it| it.to_string()).boxed(),
        Datentyp::Bestaetigung => Just("true".to_owned()).boxed(),
        Datentyp::EMail => "[a-zä&'+]{1,20}@[a-zü]{1,20}\\.example".boxed(),
        Datentyp::Telefon => {
            prop_oneof!["\\+49 1[567][0-9] [0-9]{7}", "0[0-9]{3}/[0-9-]{6}"].boxed()
        }
    }
}

fn text(feld: &Datenfeld, zeichen: &str) -> BoxedStrategy<String> {
    // Names with marks that have no precomposed form, and text at its greatest length.
    let max = usize::try_from(feld.max).unwrap_or(0).clamp(1, 2000);
    prop_oneof![
        4 => proptest::string::string_regex(&format!("{zeichen}{{1,{}}}", max.min(30))).unwrap(),
        1 => proptest::string::string_regex(&format!("{zeichen}{{{max}}}")).unwrap(),
        1 => prop_oneof![
            Just("K͟Hān"), Just("C̨̆"), Just("]]>"), Just("a/2"), Just("a;2"), Just("Ṣafāʾ"),
            Just("A\u{30A}"), Just("x\u{2011}y"), Just(" z  w "),
        ]
        .prop_map(str::to_owned),
    ]
    .boxed()
}

fn tag() -> impl Strategy<Value = String> {
    (-30_000i64..900).prop_map(|tage| STICHTAG.add_days(tage).iso())
}

fn sample<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    strategy.new_tree(runner).expect("the strategies reject nothing").current()
}
