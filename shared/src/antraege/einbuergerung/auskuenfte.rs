//! What is computed from the answers and shown: to the applicant, and to the caseworker as proposals
//! that bind nobody.

use crate::{
    angaben::View,
    antraege::einbuergerung::{
        aufenthalt::{Aufenthalt, Quelle, Verlaufsteil, aufenthalt as compute},
        formular::*,
        gebuehr, listen,
        quickcheck::GERINGFUEGIG_MARGE,
        regeln,
    },
    bausteine::full_name,
    formular::{Auskunft, Ergebnis, Ergebniszeile, Kontext},
    recht::stag,
    texte::Text,
    werte::Datum,
    zeitleiste::{Marke, Stueck, Zeitleiste},
};

/// How long a person has lived here lawfully. On a page: the person of the page.
pub static AUFENTHALT: Auskunft = Auskunft {
    id: "eb.aufenthalt",
    titel: "Wie lange leben Sie hier?",
    norm: Some(stag("§ 10 Abs. 1 Satz 1, § 12b")),
    is_taeglich: false,
    compute: aufenthalt,
};

/// The way for each person.
pub static WEG: Auskunft = Auskunft {
    id: "eb.weg",
    titel: "Vorschlag für die Rechtsgrundlage",
    norm: Some(stag("§§ 8 bis 10")),
    is_taeglich: false,
    compute: weg,
};

/// What the convictions come to.
pub static STRAFEN: Auskunft = Auskunft {
    id: "eb.strafen",
    titel: "Summe der Strafen",
    norm: Some(stag("§ 12a")),
    is_taeglich: false,
    compute: strafen,
};

/// What each person pays.
pub static GEBUEHREN: Auskunft = Auskunft {
    id: "eb.gebuehren",
    titel: "Das kostet die Einbürgerung",
    norm: Some(stag("§ 38")),
    is_taeglich: false,
    compute: gebuehren,
};

/// On a page: of its person. For the caseworker: of everybody who has told of periods.
fn aufenthalt(view: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let is_page = view.praefix().starts_with(PERSONEN.id);
    let personen: Vec<View<'_>> = match is_page {
        true => vec![person(view)],
        false => view.wurzel().eintraege(&PERSONEN).collect(),
    };
    let mut ergebnisse = personen
        .iter()
        .filter(|it| 0 < it.anzahl(&ZEITEN))
        .map(|it| (full_name(it), dauer(it, kontext.stichtag)))
        .collect::<Vec<_>>();
    if ergebnisse.len() <= 1 {
        return ergebnisse.pop().map(|(_, ergebnis)| ergebnis);
    }
    let mut alle = Ergebnis {
        satz: ("eb.dauer.alle", "Nach den Angaben leben alle lange genug hier."),
        is_gut: ergebnisse.iter().all(|(_, it)| it.is_gut),
        zeilen: Vec::new(),
        zeitleisten: Vec::new(),
    };
    if !alle.is_gut {
        let satz = "Nach den Angaben lebt mindestens eine Person noch nicht lange genug hier.";
        alle.satz = ("eb.dauer.nichtAlle", satz);
    }
    for (name, ergebnis) in ergebnisse {
        let zeilen = ergebnis.zeilen.into_iter();
        alle.zeilen.extend(zeilen.map(|it| it.von(name.clone())));
        let zeitleisten = ergebnis.zeitleisten.into_iter();
        alle.zeitleisten.extend(zeitleisten.map(|it| Zeitleiste { name: name.clone(), ..it }));
    }
    Some(alle)
}

/// How long one person has lived here.
fn dauer(person: &View<'_>, stichtag: Datum) -> Ergebnis {
    let jahre = regeln::aufenthalt_jahre(stichtag);
    let is_ehe = regeln::is_ehe_mit_deutschem(person);
    let lage = regeln::lage_von(person);
    let it = compute(stichtag, &lage.zeiten, &lage.ausland, lage.regime);
    let noetig = if is_ehe { regeln::AUFENTHALT_EHE_JAHRE } else { jahre };
    let is_gut = it.erfuellt(noetig).is_some_and(|tag| tag <= stichtag);
    let satz = match it.kettenbeginn {
        None => ("eb.dauer.keine", "Nach Ihren Angaben gibt es keine Zeit bis heute, die zählt."),
        Some(_) if is_gut => ("eb.dauer.genug", "Nach Ihren Angaben leben Sie lange genug hier."),
        Some(_) => (
            "eb.dauer.kurz",
            "Nach Ihren Angaben leben Sie noch nicht lange genug hier. Sie können \
                               den Antrag trotzdem senden.",
        ),
    };
    let mut tage = Vec::new();
    tage.extend(it.kettenbeginn.map(|tag| (("eb.dauer.beginn", "Die Zeit zählt seit"), tag)));
    let nach = |jahre: i32| match jahre {
        3 => ("eb.dauer.3", "3 Jahre sind es am"),
        5 => ("eb.dauer.5", "5 Jahre sind es am"),
        _ => ("eb.dauer.8", "8 Jahre sind es am"),
    };
    let anrechnung = |jahre: i32| match jahre {
        3 => ("eb.dauer.3.anrechnung", "3 Jahre, wenn die Behörde frühere Zeiten anrechnet"),
        5 => ("eb.dauer.5.anrechnung", "5 Jahre, wenn die Behörde frühere Zeiten anrechnet"),
        _ => ("eb.dauer.8.anrechnung", "8 Jahre, wenn die Behörde frühere Zeiten anrechnet"),
    };
    for jahre in [regeln::AUFENTHALT_EHE_JAHRE, jahre] {
        // Three years mean something to husbands and wives of Germans alone.
        if jahre == regeln::AUFENTHALT_EHE_JAHRE && !is_ehe {
            continue;
        }
        tage.extend(it.erfuellt(jahre).map(|tag| (nach(jahre), tag)));
        tage.extend(it.mit_anrechnung(jahre).map(|tag| (anrechnung(jahre), tag)));
    }
    let zeitleiste = zeitleiste(&it, &lage, stichtag, &tage);
    let mut zeilen: Vec<_> =
        tage.into_iter().map(|(label, tag)| Ergebniszeile::new(label, tag)).collect();
    if 0 < it.luecken_tage {
        let label = ("eb.dauer.luecken", "Tage, die nicht zählen");
        zeilen.insert(1, Ergebniszeile::new(label, it.luecken_tage));
    }
    let offen = |wort| Ergebniszeile::wort(("eb.dauer.offen", "Offen"), wort);
    zeilen.extend(it.offen().map(offen));
    Ergebnis { satz, is_gut, zeilen, zeitleisten: vec![zeitleiste] }
}

/// The residence as a picture, with the days that were computed.
fn zeitleiste(
    aufenthalt: &Aufenthalt,
    lage: &regeln::Lage,
    stichtag: Datum,
    tage: &[((&str, &str), Datum)],
) -> Zeitleiste {
    let text = |(key, deutsch): (&str, &str)| Text::new(&format!("auskunft.{key}"), deutsch);
    let status = |index: usize| {
        let code = lage.status.get(index).map_or("", String::as_str);
        match listen::ZEITSTATUS.text(code) {
            Some(deutsch) => Text::new(&format!("code.{}.{code}", listen::ZEITSTATUS.id), deutsch),
            None => text(("eb.zeit.ohneStatus", "Erlaubnis noch nicht angegeben")),
        }
    };
    let teile = aufenthalt.verlauf(stichtag, &lage.zeiten, &lage.ausland);
    let stueck = |teil: &Verlaufsteil| Stueck {
        spur: usize::from(matches!(teil.quelle, Quelle::Ausland(_))),
        von: teil.von,
        bis: teil.bis,
        is_offen: teil.is_offen,
        was: match teil.quelle {
            Quelle::Zeit(index) => status(index),
            Quelle::Ausland(_) => text(("eb.zeit.ausland", "Im Ausland")),
            Quelle::Luecke => text(("eb.zeit.ohne", "Keine Angabe")),
        },
        zaehlung: teil.wertung.zaehlung(),
        bedeutung: text(teil.wertung.text()),
    };
    let mut stuecke: Vec<Stueck> = teile.iter().map(stueck).collect();
    stuecke.sort_by_key(|it| (it.spur, it.von));
    let mut spuren = vec![text(("eb.zeit.spur", "Aufenthalt"))];
    if stuecke.iter().any(|it| it.spur == 1) {
        spuren.push(text(("eb.zeit.spurAusland", "Im Ausland")));
    }
    let mut marken: Vec<Marke> =
        tage.iter().map(|(was, tag)| Marke { tag: *tag, was: text(*was) }).collect();
    marken.push(Marke { tag: stichtag, was: text(("eb.zeit.heute", "Heute")) });
    marken.sort_by_key(|it| it.tag);
    Zeitleiste { name: String::new(), spuren, stuecke, marken }
}

fn weg(view: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let antrag = view.wurzel();
    let wege: Vec<_> = antrag
        .eintraege(&PERSONEN)
        .map(|it| (full_name(&it), gebuehr::weg(&it, kontext.stichtag)))
        .collect();
    let is_ermessen = wege.iter().any(|(_, weg)| *weg == "P8");
    let is_anders = wege.iter().any(|(_, weg)| weg.starts_with("R_"));
    let zeile = |(wer, weg)| {
        let name = listen::WEG.text(weg).unwrap_or(weg);
        Ergebniszeile::new(("eb.weg.person", "Weg"), name).von(wer)
    };
    let zeilen = wege.into_iter().map(zeile).collect();
    let satz = if is_ermessen {
        ("eb.weg.ermessen", "Für mindestens eine Person kommt nur Ermessen in Frage (§ 8 StAG).")
    } else if is_anders {
        ("eb.weg.anders", "Für mindestens eine Person kommt ein anderer Weg in Frage.")
    } else {
        ("eb.weg.anspruch", "Ein Weg nach § 9 oder § 10 StAG kommt in Frage.")
    };
    let is_gut = !is_ermessen && !is_anders;
    Some(Ergebnis { satz, is_gut, zeilen, zeitleisten: Vec::new() })
}

fn strafen(view: &View<'_>, _: &Kontext<'_>) -> Option<Ergebnis> {
    let mut zeilen = Vec::new();
    let mut hoechste = 0;
    let mut is_jugend = false;
    for person in view.wurzel().eintraege(&PERSONEN) {
        if person.anzahl(&URTEILE) == 0 {
            continue;
        }
        let summe: i64 = person.eintraege(&URTEILE).map(|it| strafe(&it)).sum();
        hoechste = hoechste.max(summe);
        is_jugend |= person
            .eintraege(&URTEILE)
            .any(|it| it.get(&STRAFART) == Some(listen::Strafart::JUGENDSTRAFE));
        let label = ("eb.strafen.summe", "Tagessätze und Tage zusammen");
        let wert = format!("{summe} von {STRAFE_UNBEACHTLICH}");
        zeilen.push(Ergebniszeile::new(label, wert).von(full_name(&person)));
    }
    if zeilen.is_empty() {
        return None;
    }
    let satz = match hoechste {
        _ if is_jugend => {
            ("eb.strafen.jugend", "Eine Jugendstrafe bleibt nie außer Betracht. Bitte prüfen.")
        }
        0..=STRAFE_UNBEACHTLICH => {
            ("eb.strafen.gering", "Die Strafen bleiben nach den Angaben außer Betracht.")
        }
        it if it <= STRAFE_UNBEACHTLICH + GERINGFUEGIG_MARGE => (
            "eb.strafen.knapp",
            "Die Strafen liegen wenig über der Grenze. Bitte prüfen, ob das geringfügig ist.",
        ),
        _ => ("eb.strafen.hoch", "Die Strafen liegen über der Grenze."),
    };
    let is_gut = !is_jugend && hoechste <= STRAFE_UNBEACHTLICH;
    Some(Ergebnis { satz, is_gut, zeilen, zeitleisten: Vec::new() })
}

/// § 12a Abs. 1 Satz 1 Nr. 2, Satz 3 StAG: up to here convictions do not count.
pub const STRAFE_UNBEACHTLICH: i64 = 90;
/// § 12a Abs. 1 Satz 3 StAG: a day of prison is a Tagessatz, a month has thirty.
pub const TAGE_IM_MONAT: i64 = 30;

/// Tagessätze of a conviction, prison turned into them.
fn strafe(urteil: &View<'_>) -> i64 {
    let tage = urteil.get(&TAGESSAETZE).map_or(0, |it| it.0);
    let monate = urteil.get(&STRAFMONATE).map_or(0, |it| it.0);
    tage.saturating_add(monate.saturating_mul(TAGE_IM_MONAT))
}

fn gebuehren(view: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let antrag = view.wurzel();
    let mut zeilen: Vec<_> = antrag
        .eintraege(&PERSONEN)
        .map(|it| {
            let euro = gebuehr(&it, kontext.stichtag);
            Ergebniszeile::new(("eb.gebuehr.person", "Gebühr"), format!("{euro} Euro"))
                .von(full_name(&it))
        })
        .collect();
    let summe = gebuehr::summe(&antrag, kontext.stichtag);
    zeilen.push(Ergebniszeile::new(("eb.gebuehr.summe", "Zusammen"), format!("{summe} Euro")));
    let satz = (
        "eb.gebuehr",
        "Sie zahlen für jede Person. Die Behörde sagt Ihnen, wann Sie zahlen müssen.",
    );
    Some(Ergebnis { satz, is_gut: true, zeilen, zeitleisten: Vec::new() })
}
