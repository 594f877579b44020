//! What is computed from the answers and shown: to the applicant, and to the caseworker as proposals
//! that bind nobody.

use crate::{
    angaben::View,
    antraege::einbuergerung::{
        formular::*, gebuehr, listen, quickcheck::GERINGFUEGIG_MARGE, regeln,
    },
    bausteine::full_name,
    formular::{Auskunft, Ergebnis, Kontext},
    recht::stag,
};

/// How long a person has lived here lawfully. On a page: the person of the page.
pub static AUFENTHALT: Auskunft = Auskunft {
    id: "eb.aufenthalt",
    titel: "Wie lange leben Sie hier?",
    norm: Some(stag("§ 10 Abs. 1 Satz 1, § 12b")),
    compute: aufenthalt,
};

/// The way for each person.
pub static WEG: Auskunft = Auskunft {
    id: "eb.weg",
    titel: "Vorschlag für die Rechtsgrundlage",
    norm: Some(stag("§§ 8 bis 10")),
    compute: weg,
};

/// What the convictions come to.
pub static STRAFEN: Auskunft = Auskunft {
    id: "eb.strafen",
    titel: "Summe der Strafen",
    norm: Some(stag("§ 12a")),
    compute: strafen,
};

/// What each person pays.
pub static GEBUEHREN: Auskunft = Auskunft {
    id: "eb.gebuehren",
    titel: "Das kostet die Einbürgerung",
    norm: Some(stag("§ 38")),
    compute: gebuehren,
};

fn aufenthalt(view: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let stichtag = kontext.stichtag;
    let person = person(view);
    if person.anzahl(&ZEITEN) == 0 {
        return None;
    }
    let jahre = regeln::aufenthalt_jahre(stichtag);
    let is_ehe = regeln::is_ehe_mit_deutschem(&person);
    let it = regeln::aufenthalt_von(&person, stichtag);
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
    let mut zeilen = Vec::new();
    zeilen.extend(
        it.kettenbeginn.map(|tag| (("eb.dauer.beginn", "Die Zeit zählt seit"), tag.to_string())),
    );
    if 0 < it.luecken_tage {
        zeilen.push((("eb.dauer.luecken", "Tage, die nicht zählen"), it.luecken_tage.to_string()));
    }
    let dauer = |jahre: i32| match jahre {
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
        zeilen.extend(it.erfuellt(jahre).map(|tag| (dauer(jahre), tag.to_string())));
        zeilen.extend(it.mit_anrechnung(jahre).map(|tag| (anrechnung(jahre), tag.to_string())));
    }
    zeilen.extend(it.offen().map(|(_, satz)| (("eb.dauer.offen", "Offen"), satz.to_owned())));
    Some(Ergebnis { satz, is_gut, zeilen })
}

fn weg(view: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let antrag = view.wurzel();
    let zeilen: Vec<_> = antrag
        .eintraege(&PERSONEN)
        .map(|person| {
            let weg = gebuehr::weg(&person, kontext.stichtag);
            let name = listen::WEG.text(weg).unwrap_or(weg);
            (("eb.weg.person", "Weg"), format!("{}: {name}", full_name(&person)))
        })
        .collect();
    let is_anspruch = !zeilen.iter().any(|(_, text)| text.contains("§ 8 "));
    let satz = match is_anspruch {
        true => ("eb.weg.anspruch", "Ein Weg nach § 9 oder § 10 StAG kommt in Frage."),
        false => (
            "eb.weg.ermessen",
            "Für mindestens eine Person kommt nur Ermessen in Frage (§ 8 StAG).",
        ),
    };
    Some(Ergebnis { satz, is_gut: is_anspruch, zeilen })
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
        let text = format!("{}: {summe} von {STRAFE_UNBEACHTLICH}", full_name(&person));
        zeilen.push((("eb.strafen.summe", "Tagessätze und Tage zusammen"), text));
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
    Some(Ergebnis { satz, is_gut, zeilen })
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
            (("eb.gebuehr.person", "Gebühr"), format!("{}: {euro} Euro", full_name(&it)))
        })
        .collect();
    let summe = gebuehr::summe(&antrag, kontext.stichtag);
    zeilen.push((("eb.gebuehr.summe", "Zusammen"), format!("{summe} Euro")));
    let satz = (
        "eb.gebuehr",
        "Sie zahlen für jede Person. Die Behörde sagt Ihnen, wann Sie zahlen müssen.",
    );
    Some(Ergebnis { satz, is_gut: true, zeilen })
}
