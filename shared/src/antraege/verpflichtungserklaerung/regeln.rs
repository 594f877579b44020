//! The rules of the Verpflichtungserklärung: across answers, each with its sentence and Norm.

use crate::{
    angaben::View,
    antraege::verpflichtungserklaerung::{
        bonitaet::{Bonitaet, Personen, bonitaet},
        formular::*,
        listen::{Abgabe, DeutscherAusweis, Geberart, Rolle},
    },
    bausteine::{
        check_karte, check_pass, check_personalausweis, check_zustaendigkeit, full_name,
        geburtsdatum,
    },
    befund::{label, zahl},
    codelisten::BeziehungGast,
    din91379,
    formular::{Ergebnis, Ergebniszeile, Kontext, regeln},
    pruefung::Pruefer,
    recht::{aufenthg, vwvfg, zpo},
    werte::{Datum, Euro},
    zusammenfassung::thousands,
};

/// § 6 Abs. 1 AufenthG: longest visit with a Schengen-Visum, in days.
pub const KURZ_TAGE: i64 = 90;
/// § 68 Abs. 1 AufenthG with § 2 BGB: age of whoever takes on the costs.
const VOLLJAEHRIG_JAHRE: i32 = 18;
/// Bundeseinheitliches Merkblatt: months that an Erklärung, and a proof, may be old.
const ALT_MONATE: i32 = 6;
/// § 850c Abs. 2 ZPO: most persons whose maintenance counts.
pub const UNTERHALT_MAX: i64 = 5;

regeln! {
    ZUSTAENDIG = "zustaendig", vwvfg("§ 3 Abs. 1 Nr. 3"), ["NICHT_ZUSTAENDIG"],
        "Zuständig ist die Behörde, in deren Gebiet die Person wohnt; geprüft wird, wenn die Behörde ihre Postleitzahlen angegeben hat.",
        |pruefer| pruefer.unter("geber.anschrift.", check_zustaendigkeit);
    ZUSTAENDIG_ORGANISATION = "zustaendig-organisation", vwvfg("§ 3 Abs. 1 Nr. 3"), ["NICHT_ZUSTAENDIG"],
        "Zuständig ist die Behörde, in deren Gebiet die Organisation ihren Sitz hat; geprüft wird, wenn die Behörde ihre Postleitzahlen angegeben hat.",
        |pruefer| pruefer.unter("geber.organisation.anschrift.", check_zustaendigkeit);
    EID_NOETIG = "eid-noetig", aufenthg("§ 68 Abs. 2 Satz 1"), ["VE_EID_FEHLT", "VE_EID_ABWEICHUNG"],
        "Die elektronische Abgabe braucht die Anmeldung mit dem Online-Ausweis; Name und Geburtsdatum stimmen überein.",
        check_eid;
    DAUER_C = "dauer-c", aufenthg("§ 6 Abs. 1"), ["VE_DAUER_C"],
        "Ein Besuch mit Schengen-Visum oder ohne Visum dauert höchstens 90 Tage.",
        |pruefer| {
            let dauer = pruefer.view.get(&DAUER_TAGE).map_or(0, |it| it.0);
            let is_besuch = IST_BESUCH.holds(pruefer.view.angaben(), "", pruefer.stichtag());
            if is_besuch && KURZ_TAGE < dauer {
                pruefer.melde(DAUER_TAGE.datenfeld.id, "VE_DAUER_C", &[]);
            }
        };
    EINREISETAG = "einreise", aufenthg("§ 68 Abs. 1 Satz 3"), ["VE_EINREISE_FRUEH", "VE_EINREISE_SPAET"],
        "Die Einreise liegt nicht in der Vergangenheit und höchstens 6 Monate in der Zukunft.",
        |pruefer| {
            let Some(einreise) = pruefer.view.get(&EINREISE) else { return };
            if einreise < pruefer.stichtag() {
                pruefer.melde(EINREISE.datenfeld.id, "VE_EINREISE_FRUEH", &[]);
            } else if pruefer.stichtag().add_months(ALT_MONATE) < einreise {
                pruefer.melde(EINREISE.datenfeld.id, "VE_EINREISE_SPAET", &[]);
            }
        };
    VOLLJAEHRIG = "volljaehrig", aufenthg("§ 68 Abs. 1 Satz 1"), ["VE_ALTER"],
        "Wer die Kosten übernimmt, ist mindestens 18 Jahre alt.",
        |pruefer| {
            let stichtag = pruefer.stichtag();
            let datum = pruefer.unter("geber.geburt.", |it| geburtsdatum(it));
            if datum.is_some_and(|it| it.age_bounds(stichtag).0 < VOLLJAEHRIG_JAHRE) {
                pruefer.melde("geber.geburt.datum", "VE_ALTER", &[]);
            }
        };
    VERTRETUNG_NOETIG = "vertretung", aufenthg("§ 68 Abs. 1 Satz 1"), ["VE_FIRMA_VERTRETUNG"],
        "Für eine Organisation unterschreibt mindestens eine Person, die sie vertreten darf.",
        |pruefer| {
            if pruefer.view.anzahl(&VERTRETUNG) == 0 {
                pruefer.melde(VERTRETUNG.id, "VE_FIRMA_VERTRETUNG", &[]);
            }
        };
    GESAMTSCHULDNER = "gesamtschuldner", aufenthg("§ 68 Abs. 1 Satz 1"), ["VE_GESAMTSCHULDNER"],
        "Wer als Gesamtschuldner haftet, gibt eine eigene Erklärung ab.",
        |pruefer| {
            for (index, geber) in pruefer.view.eintraege(&WEITERE_GEBER).enumerate() {
                let is_gesamtschuldner = geber.get(&ROLLE) == Some(Rolle::GESAMTSCHULDNER);
                if is_gesamtschuldner && geber.get(&EIGENE_ERKLAERUNG).is_none() {
                    pruefer.melde(&format!("weitereGeber[{index}]"), "VE_GESAMTSCHULDNER", &[]);
                }
            }
        };
    GAST_AUSLAENDISCH = "gast-auslaendisch", aufenthg("§ 1 Abs. 2"), ["CODE_UNBEKANNT"],
        "Ein Gast mit deutscher Staatsangehörigkeit braucht keine Verpflichtungserklärung.",
        |pruefer| {
            if pruefer.view.text(GAST_STAATSANGEHOERIGKEIT.datenfeld.id) == Some("000") {
                let label = label(&GAST_STAATSANGEHOERIGKEIT.datenfeld);
                pruefer.melde(GAST_STAATSANGEHOERIGKEIT.datenfeld.id, "CODE_UNBEKANNT", &[label]);
            }
        };
    GAST_PASS = "gast-pass", aufenthg("§ 3"), ["PASS_FORMAT"],
        "Eine Passnummer hat 5 bis 20 Buchstaben und Ziffern.",
        |pruefer| check_pass(pruefer, GAST_PASSNUMMER.datenfeld.id);
    GAST_GLEICH_GEBER = "gast-gleich-geber", aufenthg("§ 68 Abs. 1 Satz 1"), ["VE_GAST_GLEICH_GASTGEBER"],
        "Niemand verpflichtet sich für sich selbst.",
        |pruefer| {
            let person = |view: View<'_>| {
                ["familienname.name", "vornamen.name", "geburt.datum"]
                    .map(|id| view.text(id).map(din91379::normalize))
            };
            let geber = person(pruefer.view.unter("geber."));
            let is_somebody = geber.iter().any(Option::is_some);
            if is_somebody && geber == person(pruefer.view.unter("gast.")) {
                pruefer.melde("gast.familienname", "VE_GAST_GLEICH_GASTGEBER", &[]);
            }
        };
    BEGLEITUNG = "begleitung", aufenthg("§ 68 Abs. 1"),
        ["VE_BEGLEITPERSON_EHE", "VE_BEGLEITPERSON_ALTER", "ALTER_UNSICHER"],
        "Auf derselben Erklärung stehen höchstens eine Ehepartnerin oder ein Ehepartner und minderjährige Kinder des Gastes.",
        check_begleitung;
    MONATE = "monate", zpo("§ 850c"), ["VE_EINKUNFT_MONATE"],
        "Das Netto-Einkommen wird für 3 bis 7 Monate hintereinander angegeben.",
        |pruefer| {
            let monate = pruefer.view.eintraege(&NETTO_MONATE);
            let anzahl = monate.filter(|it| it.text("").is_some()).count();
            if !(3..=7).contains(&anzahl) {
                pruefer.melde(NETTO_MONATE.id, "VE_EINKUNFT_MONATE", &[]);
            }
        };
    BEFRISTUNG = "befristung", aufenthg("§ 68 Abs. 1"), ["DATE_VERGANGEN"],
        "Ein befristeter Arbeitsvertrag endet in der Zukunft.",
        |pruefer| {
            let bis = pruefer.view.get(&BEFRISTET_BIS);
            if bis.is_some_and(|it| it <= pruefer.stichtag()) {
                let label = label(&BEFRISTET_BIS.datenfeld);
                pruefer.melde(BEFRISTET_BIS.datenfeld.id, "DATE_VERGANGEN", &[label]);
            }
        };
    LEISTUNGSBEZUG = "leistungsbezug", aufenthg("§ 68 Abs. 1"), ["VE_LEISTUNGSBEZUG"],
        "Wer Grundsicherung bekommt, kann die Kosten in der Regel nicht übernehmen.",
        |pruefer| {
            if pruefer.view.is_ja(&LEISTUNGEN) {
                pruefer.melde(LEISTUNGEN.datenfeld.id, "VE_LEISTUNGSBEZUG", &[]);
            }
        };
    BONITAET = "bonitaet", zpo("§ 850c"), ["VE_BONITAET_GERING"],
        "Vom Netto-Einkommen ist so viel pfändbar, wie die Gäste im Monat brauchen.",
        |pruefer| {
            let gering = compute(&pruefer.view.wurzel(), &pruefer.kontext);
            if let Some(it) = gering.filter(|it| 0 < it.fehlbetrag) {
                pruefer.melde_am("einkommen", "VE_BONITAET_GERING", &[zahl("fehlbetrag", it.fehlbetrag)]);
            }
        };
    NACHWEIS_ALT = "nachweis-alt", aufenthg("§ 68 Abs. 1"), ["VE_NACHWEIS_ALT"],
        "Ein Nachweis ist nicht älter als 6 Monate.",
        |pruefer| {
            let grenze = pruefer.stichtag().add_months(-ALT_MONATE);
            for nachweis in pruefer.view.wurzel().eintraege_von("nachweise") {
                let tag = nachweis.read::<Datum>("ausstellungsdatum");
                let typ = nachweis.text("typ").unwrap_or_default();
                let art = NACHWEISE.arten.iter().find(|it| it.typ == typ);
                if let Some(art) = art.filter(|_| tag.is_some_and(|it| it < grenze)) {
                    let name = crate::befund::Parameter::Label(art.typ, art.name);
                    pruefer.melde_am(format!("nachweise.{typ}"), "VE_NACHWEIS_ALT", &[("nachweis", name)]);
                }
            }
        };
    BELEHRUNG = "belehrung", aufenthg("§ 68 Abs. 2 Satz 2"), ["VE_BELEHRUNG_EINZELN"],
        "Jeder der 13 Hinweise wird einzeln bestätigt.",
        |pruefer| {
            let bestaetigt = (0..PUNKTE)
                .filter(|it| pruefer.view.text(&format!("belehrung.punkte[{it}]")) == Some("true"))
                .count();
            if bestaetigt < PUNKTE {
                let parameter = [zahl("anzahl", PUNKTE), zahl("fehlend", PUNKTE - bestaetigt)];
                pruefer.melde("belehrung.punkte", "VE_BELEHRUNG_EINZELN", &parameter);
            } else if !pruefer.is_current(&MERKBLATT_VERSION) {
                // Another wording was confirmed than the one of the day.
                let parameter = [zahl("anzahl", PUNKTE), zahl("fehlend", PUNKTE)];
                pruefer.melde("belehrung.punkte", "VE_BELEHRUNG_EINZELN", &parameter);
            }
        };
}

fn check_eid(pruefer: &mut Pruefer<'_>) {
    if pruefer.view.get(&ABGABE) != Some(Abgabe::ELEKTRONISCH) {
        return;
    }
    if !pruefer.view.has_any("ve.eidDaten.") {
        pruefer.melde(ABGABE.datenfeld.id, "VE_EID_FEHLT", &[]);
        return;
    }
    // The answers stand on later pages, which are checked in their own right.
    let antrag = pruefer.view.wurzel();
    let normalized = |id: &str| antrag.text(id).map(din91379::normalize).unwrap_or_default();
    let is_privat = pruefer.view.get(&GEBER_ART) == Some(Geberart::PRIVAT);
    let is_same = [
        ("ve.eidDaten.familienname", "geber.familienname.name"),
        ("ve.eidDaten.vornamen", "geber.vornamen.name"),
        ("ve.eidDaten.geburtsdatum", "geber.geburt.datum"),
    ]
    .iter()
    .all(|(eid, geber)| normalized(eid) == normalized(geber));
    if is_privat && !is_same {
        pruefer.melde("ve.eidDaten", "VE_EID_ABWEICHUNG", &[]);
    }
}

/// Checks a German document: only the Personalausweis has a form that is known.
pub fn check_ausweis(pruefer: &mut Pruefer<'_>) {
    pruefer.feld(&AUSWEIS_ART);
    pruefer.feld(&AUSWEIS_NUMMER);
    if pruefer.view.get(&AUSWEIS_ART) == Some(DeutscherAusweis::PERSONALAUSWEIS) {
        check_personalausweis(pruefer, AUSWEIS_NUMMER.datenfeld.id);
    }
    pruefer.feld(&AUSWEIS_BEHOERDE);
}

/// Checks an Aufenthaltstitel: sufficient, well numbered, and valid until the guest leaves.
pub fn check_titel(pruefer: &mut Pruefer<'_>) {
    pruefer.feld(&TITEL_ART);
    let art = pruefer.view.text(TITEL_ART.datenfeld.id).unwrap_or_default();
    let zu_wenig = match art {
        "GESTATTUNG" => Some("Aufenthaltsgestattung"),
        "DULDUNG" => Some("Duldung"),
        "VISUM" => Some("Visum"),
        "FIKTION" => Some("Fiktionsbescheinigung"),
        _ => None,
    };
    if let Some(titel) = zu_wenig {
        pruefer.melde("art", "VE_GASTGEBER_TITEL", &[zahl("titel", titel)]);
    }
    match art {
        "" => {}
        "07" => pruefer.feld(&TITEL_BEFREIT),
        _ => {
            pruefer.feld(&TITEL_NUMMER);
            pruefer.feld(&TITEL_BEHOERDE);
        }
    }
    check_karte(pruefer, TITEL_NUMMER.datenfeld.id, false);
    pruefer.feld(&TITEL_GUELTIG_BIS);
    let ende = aufenthalt_ende(&pruefer.view.wurzel());
    if let (Some(bis), Some(ende)) = (pruefer.view.get(&TITEL_GUELTIG_BIS), ende)
        && bis < ende
    {
        pruefer.melde("gueltigBis", "VE_TITEL_ENDET", &[zahl("a", bis), zahl("b", ende)]);
    }
}

/// Checks the passport of a Verpflichtungsgeber.
pub fn check_geber_pass(pruefer: &mut Pruefer<'_>) {
    pruefer.feld(&PASS_ART);
    pruefer.feld(&PASS_NUMMER);
    check_pass(pruefer, PASS_NUMMER.datenfeld.id);
    pruefer.feld(&PASS_STAAT);
}

/// Last day of the stay.
fn aufenthalt_ende(antrag: &View<'_>) -> Option<Datum> {
    let dauer = antrag.get(&DAUER_TAGE)?.0;
    Some(antrag.get(&EINREISE)?.add_days(dauer - 1))
}

/// Checks one accompanying person.
fn check_begleitung(pruefer: &mut Pruefer<'_>) {
    let beziehung = pruefer.view.get(&BEGLEIT_BEZIEHUNG);
    if beziehung == Some(BeziehungGast::EHE) {
        // Only the second one is too many.
        let own = pruefer.view.praefix().to_owned();
        let is_second = pruefer
            .view
            .wurzel()
            .eintraege(&BEGLEITPERSONEN)
            .take_while(|it| it.praefix() != own)
            .any(|it| it.get(&BEGLEIT_BEZIEHUNG) == Some(BeziehungGast::EHE));
        if is_second {
            pruefer.melde("beziehung", "VE_BEGLEITPERSON_EHE", &[]);
        }
        return;
    }
    let einreise = pruefer.view.wurzel().get(&EINREISE);
    let geburt = pruefer.unter("geburt.", |it| geburtsdatum(it));
    let (Some(einreise), Some(geburt), Some(_)) = (einreise, geburt, beziehung) else { return };
    let (juengstens, aeltestens) = geburt.age_bounds(einreise);
    if VOLLJAEHRIG_JAHRE <= juengstens {
        let name = full_name(&pruefer.view);
        pruefer.melde("beziehung", "VE_BEGLEITPERSON_ALTER", &[zahl("name", name)]);
    } else if VOLLJAEHRIG_JAHRE <= aeltestens {
        pruefer.melde("beziehung", "ALTER_UNSICHER", &[]);
    }
}

/// The self-check of these answers; `None` where the Behörde has set no Bedarfsprofil, or the
/// answers do not suffice.
fn compute(antrag: &View<'_>, kontext: &Kontext<'_>) -> Option<Bonitaet> {
    let profil = kontext.einstellungen.bedarfsprofil?;
    let dauer = antrag.get(&DAUER_TAGE)?.0;
    let unterhalt = antrag.get(&UNTERHALT_PERSONEN)?.0;
    if !(0..=UNTERHALT_MAX).contains(&unterhalt) {
        return None;
    }
    let euro = |view: View<'_>| view.read::<Euro>("").map(|it| it.0);
    let sonstige: Vec<i64> =
        antrag.eintraege(&SONSTIGE_MONATE).map(|it| euro(it).unwrap_or(0)).collect();
    let netto: Option<Vec<i64>> = antrag
        .eintraege(&NETTO_MONATE)
        .filter(|it| it.text("").is_some())
        .map(|it| euro(it).filter(|it| 0 <= *it))
        .collect();
    let einkuenfte: Vec<i64> = netto?
        .into_iter()
        .enumerate()
        .map(|(index, netto)| netto + sonstige.get(index).copied().unwrap_or(0))
        .collect();
    let begleitung = |beziehung| {
        let all = antrag.eintraege(&BEGLEITPERSONEN);
        let anzahl = all.filter(|it| it.get(&BEGLEIT_BEZIEHUNG) == Some(beziehung)).count();
        i64::try_from(anzahl).unwrap_or(i64::MAX)
    };
    let andere: i64 = antrag
        .eintraege(&WEITERE_VE)
        .chain(antrag.eintraege(&OFFENE_VE))
        .filter_map(|it| it.get(&VE_PERSONEN))
        .map(|it| it.0)
        .sum();
    let personen = Personen {
        erwachsene: 1 + begleitung(BeziehungGast::EHE) + andere,
        kinder: begleitung(BeziehungGast::KIND),
    };
    let zusatz = [&KRANKENVERSICHERUNG, &UNTERKUNFT]
        .iter()
        .filter_map(|it| antrag.get(it))
        .map(|it| it.0)
        .sum();
    bonitaet(kontext.stichtag, &einkuenfte, unterhalt, personen, zusatz, profil.saetze(dauer))
}

/// What the applicant is shown of the self-check.
pub fn selbstcheck(antrag: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let it = compute(&antrag.wurzel(), kontext)?;
    let euro = |cent: i64| format!("{},{:02} €", thousands(cent / 100), cent % 100);
    let satz = match it.fehlbetrag {
        0 => ("bonitaet.genug", "Nach Ihren Angaben reicht das Einkommen wahrscheinlich aus."),
        _ => {
            ("bonitaet.gering", "Nach Ihren Angaben reicht das Einkommen wahrscheinlich nicht aus.")
        }
    };
    let zeile = |key, label, cent| Ergebniszeile::new((key, label), euro(cent));
    let mut zeilen = vec![
        zeile("bonitaet.netto", "Netto-Einkommen im Monat (Durchschnitt)", it.netto),
        zeile("bonitaet.pfaendbar", "Davon rechnet die Behörde an (pfändbarer Teil)", it.pfaendbar),
        zeile("bonitaet.bedarf", "So viel brauchen Ihre Gäste im Monat", it.bedarf),
    ];
    if 0 < it.fehlbetrag {
        zeilen.push(zeile("bonitaet.fehlbetrag", "Es fehlen ungefähr", it.fehlbetrag * 100));
    }
    Some(Ergebnis { satz, is_gut: it.fehlbetrag == 0, zeilen, zeitleisten: Vec::new() })
}
