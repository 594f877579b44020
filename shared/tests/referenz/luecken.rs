/// Differences that are understood, each with its reason.
const LUECKEN: &[Luecke] = &[
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "personen[]*",
        ohne_personen,
        "without any person the reference checks none; we ask about the one that the Antrag is for",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "UP_FEHLT*",
        "nachweise.*",
        ohne_personen,
        "the same, for its proofs",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "UP_FEHLT*",
        "nachweise.*",
        unbekannte_rolle,
        "the reference asks for these proofs where the role is one word; we do where it is not another one",
    ),
    luecke(
        "einbuergerung",
        Referenz,
        "UP_FEHLT_NACHREICHEN",
        "nachweise.*",
        nachweis_doppelt,
        "of two entries for one proof the reference takes the last, we take the one with a file",
    ),
    luecke(
        "einbuergerung",
        Referenz,
        "CODE_UNBEKANNT",
        "personen[].staatsangehoerigkeiten[].code",
        leere_staatsangehoerigkeit,
        "an empty code is no answer: we say that one is missing",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "CHOICE",
        "personen[].staatsangehoerigkeiten",
        leere_staatsangehoerigkeit,
        "the same, seen from here",
    ),
    luecke(
        "einbuergerung",
        Referenz,
        "EB_BEKENNTNIS_FEHLT",
        "personen[].bekenntnis",
        neun_punkte,
        "a ninth point is not asked and dropped; the reference wants exactly eight entries",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "EB_BEKENNTNIS_FEHLT",
        "personen[].bekenntnis",
        immer,
        "§ 10 Abs. 1 Satz 2 StAG excuses who is below 16 alone: a child of 16 or 17 that comes along makes the Bekenntnis, too",
    ),
    luecke(
        "einbuergerung",
        Referenz,
        "EB_KIND_*",
        "kinder[].mitEinbuergern",
        ohne_familie,
        "who applies alone has no other persons: they are dropped",
    ),
    luecke(
        "einbuergerung",
        Referenz,
        "EB_*",
        "kinder[]*",
        verweis_auf_ersten,
        "the first person is no child that comes along; the code is reported",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "EB_STRAFE_DETAIL",
        "personen[].strafe.urteile[]",
        strafart_ohne_hoehe,
        "a prison sentence has months, a fine has Tagessätze (table of step 15); the reference takes one for the other",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "BE_STUNDEN",
        "personen[].erwerb.arbeitgeber[].wochenstunden",
        immer,
        "hours 0.5 to 48: in the table of step 12, not in the reference",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "DATE_*",
        "personen[].erwerb.arbeitgeber[]*",
        immer,
        "a work has begun: in the table of step 12, not in the reference",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "EB_VOLLZEIT_MONATE",
        "personen[].erwerb.vollzeitMonate24",
        immer,
        "0 to 24: in the table of step 12, not in the reference",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "DATE_ZUKUNFT",
        "personen[]*",
        immer,
        "≤ today: in the tables, not in the reference",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "DATE_REIHENFOLGE",
        "personen[].fruehereEhen[].bis",
        immer,
        "the same",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "DATE_REIHENFOLGE",
        "personen[].leistungen.liste[].bis",
        immer,
        "a benefit does not end before it begins: periods of 0.9",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "personen[].ehegatte.*",
        immer,
        "the reference does not look at the husband or wife",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "personen[].eltern[].*",
        immer,
        "the reference counts the parents, and does not look at them",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "NAME_*",
        "personen[].weitereNamen[]*",
        immer,
        "the reference does not look at further names",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "HAUSNUMMER",
        "personen[].wohnsitze[].anschrift.hausnummer",
        immer,
        "the reference does not look at the addresses of Wohnsitze",
    ),
    luecke("einbuergerung", Wir, "PLZ", "personen[].wohnsitze[].anschrift.plz", immer, "the same"),
    luecke("einbuergerung", Wir, "AUSLANDSANSCHRIFT", "personen[].wohnsitze[]*", immer, "the same"),
    luecke(
        "einbuergerung",
        Wir,
        "PERIODE_UEBERLAPPT",
        "personen[].ausland[].von",
        immer,
        "stays abroad do not overlap: in the table of step 9, not in the reference",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "personen[].wohnsitze*",
        weitere_person,
        "the reference looks at the Wohnsitze of the first person only (table of step 10: everybody from 16)",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "EB_LEISTUNG_WIDERSPRUCH",
        "personen[].leistungen.bezug",
        weitere_person,
        "the same for benefits",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "kinder[].*",
        immer,
        "the reference looks at children through their persons only",
    ),
    luecke(
        "einbuergerung",
        Wir,
        "*",
        "vertretung.*",
        immer,
        "the reference looks at Sorgerecht and consent only",
    ),
    luecke(
        "verpflichtungserklaerung",
        Referenz,
        "AUSLANDSANSCHRIFT",
        "gast.anschriftAusland",
        leere_zeile,
        "an empty line is no line: it is left out before lines are counted",
    ),
    luecke(
        "verpflichtungserklaerung",
        Referenz,
        "VE_BONITAET_GERING",
        "einkommen",
        negativ,
        "with an income or number of persons below zero, which both report, there is nothing to compute",
    ),
    luecke(
        "verpflichtungserklaerung",
        Wir,
        "*",
        "weitereGeber[]*",
        immer,
        "the reference does not look at further Verpflichtungsgeber",
    ),
    luecke(
        "verpflichtungserklaerung",
        Wir,
        "PASS_FORMAT",
        "geber.*",
        immer,
        "the reference does not look at the host's own documents",
    ),
    luecke(
        "verpflichtungserklaerung",
        Wir,
        "VE_BELEHRUNG_EINZELN",
        "belehrung.punkte",
        mehr_punkte,
        "a fourteenth point is dropped; the reference counts ticks, whichever they are",
    ),
    luecke(
        "verpflichtungserklaerung",
        Referenz,
        "VE_BELEHRUNG_EINZELN",
        "belehrung.punkte",
        mehr_punkte,
        "the same, counted there",
    ),
    luecke(
        "verpflichtungserklaerung",
        Referenz,
        "CODE_UNBEKANNT",
        "geber.staatsangehoerigkeiten[].code",
        leere_angabe,
        "an empty code is no answer: we say that one is missing",
    ),
    luecke(
        "verpflichtungserklaerung",
        Wir,
        "CHOICE",
        "geber.staatsangehoerigkeiten",
        leere_angabe,
        "the same, seen from here",
    ),
    luecke(
        "verpflichtungserklaerung",
        Wir,
        "VE_EINKUNFT_GANZZAHL",
        "einkommen.sonstigeMonate[]",
        immer,
        "the reference does not look at other income",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Referenz,
        "BE_MINDESTLOHN",
        "entgelt.betrag",
        negativer_lohn,
        "hours or an amount below zero, which both report, make no wage",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Referenz,
        "BE_MINIJOB",
        "entgelt.betrag",
        unbekannte_einheit,
        "a unit that is neither month nor hour is reported, and nothing computed from it",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Wir,
        "DATE_REIHENFOLGE",
        "status.*",
        immer,
        "order of dates: in the tables, not in the reference",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Wir,
        "DATE_ZUKUNFT",
        "*",
        immer,
        "≤ today: in the tables, not in the reference",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Referenz,
        "CODE_UNBEKANNT",
        "person.staatsangehoerigkeiten[].code",
        leere_angabe,
        "an empty code is no answer: we say that one is missing",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Wir,
        "CHOICE",
        "person.staatsangehoerigkeiten",
        leere_angabe,
        "the same, seen from here",
    ),
    luecke(
        "beschaeftigungserlaubnis",
        Referenz,
        "BE_SICHERER_STAAT",
        "person.staatsangehoerigkeiten",
        ohne_asylantrag,
        "who has made no Asylantrag is not asked for its day; the reference reads one all the same",
    ),
    luecke(
        "verpflichtungserklaerung",
        Referenz,
        "*",
        "begleitpersonen[].beziehung",
        unbekannte_beziehung,
        "an unknown relation is reported, and nothing concluded from it",
    ),
];

const fn luecke(
    formular: &'static str,
    wer: Wer,
    code: &'static str,
    pfad: &'static str,
    wenn: fn(&Value) -> bool,
    grund: &'static str,
) -> Luecke {
    Luecke { formular, wer, code, pfad, wenn, grund }
}

fn immer(_: &Value) -> bool {
    true
}

fn ohne_personen(daten: &Value) -> bool {
    daten["personen"].as_array().is_none_or(Vec::is_empty)
}

fn ohne_familie(daten: &Value) -> bool {
    daten["antrag"]["art"] != "SELBST_UND_FAMILIE"
}

fn neun_punkte(daten: &Value) -> bool {
    let mut personen = daten["personen"].as_array().into_iter().flatten();
    personen.any(|it| it["bekenntnis"]["fdgo"].as_array().is_some_and(|it| 8 < it.len()))
}

fn leere_zeile(daten: &Value) -> bool {
    let zeilen = daten["gast"]["anschriftAusland"]["zeilen"].as_array();
    zeilen.into_iter().flatten().any(|it| it == "")
}

fn negativ(daten: &Value) -> bool {
    let mut found = false;
    for teil in ["einkommen", "weitereVE", "offeneVE", "gast"] {
        leaves(&daten[teil], String::new(), &mut |_, wert| {
            found |= wert.as_i64().is_some_and(|it| it < 0);
        });
    }
    found
}

fn mehr_punkte(daten: &Value) -> bool {
    daten["belehrung"]["punkte"].as_array().is_some_and(|it| 13 < it.len())
}

fn negativer_lohn(daten: &Value) -> bool {
    let zahlen = [&daten["arbeitszeit"]["stunden"], &daten["entgelt"]["betrag"]];
    zahlen.iter().any(|it| it.as_f64().is_some_and(|it| it < 0.0))
}

fn unbekannte_einheit(daten: &Value) -> bool {
    daten["entgelt"]["einheit"] != "MONAT" && daten["entgelt"]["einheit"] != "STUNDE"
}

fn personen(daten: &Value) -> impl Iterator<Item = &Value> {
    daten["personen"].as_array().into_iter().flatten()
}

fn weitere_person(daten: &Value) -> bool {
    1 < personen(daten).count()
}

fn unbekannte_rolle(daten: &Value) -> bool {
    personen(daten).any(|it| {
        !["ANTRAGSTELLER", "MIT_EHEGATTE", "MIT_KIND"].contains(&string(&it["rolle"]).as_str())
    })
}

fn nachweis_doppelt(daten: &Value) -> bool {
    let all: Vec<(String, String)> = daten["nachweise"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| (string(&it["typ"]), string(&it["personRef"])))
        .collect();
    all.iter().collect::<BTreeSet<_>>().len() < all.len()
}

fn leere_staatsangehoerigkeit(daten: &Value) -> bool {
    let mut all = personen(daten).flat_map(|it| it["staatsangehoerigkeiten"].as_array());
    all.any(|it| it.iter().any(|it| it["code"] == ""))
}

fn verweis_auf_ersten(daten: &Value) -> bool {
    let kinder = daten["kinder"].as_array();
    kinder.into_iter().flatten().any(|it| it["personRef"] == "personen[0]")
}

fn strafart_ohne_hoehe(daten: &Value) -> bool {
    let mut urteile = personen(daten).filter_map(|it| it["strafe"]["urteile"].as_array()).flatten();
    urteile.any(|it| match it["strafart"].as_str() {
        Some("GELDSTRAFE") => !it["tagessaetze"].is_number(),
        Some("FREIHEITSSTRAFE") => !it["freiheitsstrafeMonate"].is_number(),
        _ => false,
    })
}

fn leere_angabe(daten: &Value) -> bool {
    ["geber", "person"].iter().any(|teil| {
        let all = daten[teil]["staatsangehoerigkeiten"].as_array();
        all.into_iter().flatten().any(|it| it == "" || it["code"] == "")
    })
}

fn ohne_asylantrag(daten: &Value) -> bool {
    daten["asyl"]["stand"] == "NICHT_GESTELLT"
}

fn unbekannte_beziehung(daten: &Value) -> bool {
    let mut all = daten["begleitpersonen"].as_array().into_iter().flatten();
    all.any(|it| it["beziehung"] != "01" && it["beziehung"] != "02")
}
