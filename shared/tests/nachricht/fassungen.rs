//! Two releases side by side. The second one is made up for these tests: 27.11 of a standard that
//! is not published.

use shared::nachricht::{Fassungsplan, Standard};

use super::*;

static NAECHSTER: Standard = Standard {
    name: "XAusländer",
    release: "xauslaender2711",
    version: "27.11",
    namespace: "http://www.osci.de/xauslaender2711",
    praefix: "xauslaender",
    kopf: &[],
};

/// The same message, as if the next release had only its namespace changed.
fn naechste(nachricht: &'static Nachricht) -> Nachricht {
    Nachricht {
        name: nachricht.name,
        typ: nachricht.typ,
        standard: &NAECHSTER,
        inhalt: nachricht.inhalt,
        ohne_element: nachricht.ohne_element,
    }
}

fn message_of(nachricht: &Nachricht) -> String {
    let formular = ANTRAEGE.iter().find(|it| it.id == "verpflichtungserklaerung").unwrap();
    let (id, antrag) = valid(formular).remove(0);
    write_for(nachricht, &antrag, &id).unwrap()
}

#[test]
fn the_day_chooses_the_release() {
    let formular = ANTRAEGE.iter().find(|it| it.id == "verpflichtungserklaerung").unwrap();
    let heute = nachricht(formular).unwrap();
    let morgen = naechste(heute);
    let beide = [heute, &morgen];
    let plan: Fassungsplan = r#"[
        {"ab": "2027-11-01", "release": "xauslaender2711"},
        {"ab": "2026-11-01", "release": "xauslaender2611"}
    ]"#
    .parse()
    .unwrap();
    let chosen =
        |plan: &Fassungsplan, tag: Datum| plan.choose(&beide, tag).unwrap().standard.release;
    for (tag, expect) in [
        (Datum::new(2026, 10, 31), "xauslaender2611"),
        (Datum::new(2026, 11, 1), "xauslaender2611"),
        (Datum::new(2027, 10, 31), "xauslaender2611"),
        (Datum::new(2027, 11, 1), "xauslaender2711"),
        (Datum::new(2030, 1, 1), "xauslaender2711"),
    ] {
        assert_eq!(chosen(&plan, tag), expect, "{tag}");
    }
    // Without a plan nothing changes by itself, and what an application does not have is not for it.
    assert_eq!(chosen(&Fassungsplan::default(), Datum::new(2030, 1, 1)), "xauslaender2611");
    let fremd: Fassungsplan =
        r#"[{"ab":"2026-01-01","release":"einbuergerung02"}]"#.parse().unwrap();
    assert_eq!(chosen(&fremd, STICHTAG), "xauslaender2611");

    // Each is written as its own, and the first not otherwise than before the second was there.
    let alt = message_of(plan.choose(&beide, Datum::new(2027, 10, 31)).unwrap());
    let neu = message_of(plan.choose(&beide, Datum::new(2027, 11, 1)).unwrap());
    assert_eq!(alt, message_of(heute));
    assert!(alt.contains("xmlns:xauslaender=\"http://www.osci.de/xauslaender2611\""));
    assert!(neu.contains("xmlns:xauslaender=\"http://www.osci.de/xauslaender2711\""));
    assert!(neu.contains("version=\"27.11\""));
}

#[test]
fn a_plan_is_a_list_of_days_and_releases() {
    for gut in
        ["", " ", "[]", r#"[{"ab":"2026-11-01","release":"a"},{"ab":"2026-11-01","release":"b"}]"#]
    {
        assert!(gut.parse::<Fassungsplan>().is_ok(), "{gut}");
    }
    for falsch in [
        "{}",
        "x",
        r#"[{"ab":"2026-11-01"}]"#,
        r#"[{"ab":"01.11.2026x","release":"a"}]"#,
        r#"[{"ab":"2026-11-01","release":"a","bis":"2027-01-01"}]"#,
        r#"[{"ab":"2026-11-01","release":"a"},{"ab":"2026-11-01","release":"a"}]"#,
    ] {
        assert!(falsch.parse::<Fassungsplan>().is_err(), "{falsch}");
    }
}

#[test]
fn every_release_has_a_name_of_its_own() {
    let mut namen = BTreeMap::new();
    for (_, nachricht) in mit_nachricht() {
        let Standard { release, namespace, version, .. } = nachricht.standard;
        let davor = namen.insert(*release, (*namespace, *version));
        assert!(davor.is_none_or(|davor| davor == (*namespace, *version)), "{release}");
    }
}
