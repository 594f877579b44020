//! The message of the Verpflichtungserklärung: XAusländer `OZG.Verpflichtungserklaerung.130201`.

use crate::{
    angaben::View,
    antraege::verpflichtungserklaerung::{formular::*, listen::Abgabe},
    bausteine::GEBURTSNAME,
    codelisten::STAATSANGEHOERIGKEIT as STAATEN,
    formular::{Baustein, Bedingung, Inhalt, baustein, feld, gruppe},
    nachricht::{
        Element, Nachricht, Quelle, anmerkungen, aus, bibliothek, element, je, je_nachweis, nummer,
        unter, wahl, wenn, wert,
        xauslaender2611::{
            ANSCHRIFT, ANSCHRIFT_AUSLAND, DOKUMENT, DOKUMENT_ERWEITERT, GEBURT, KOMMUNIKATION,
            NACHNAME, STAATSANGEHOERIGKEIT, VORNAME, XAUSLAENDER, text,
        },
        zusammenfassung,
    },
    werte::{Wert, Xoev},
};

pub static NACHRICHT: Nachricht = Nachricht {
    name: "OZG.Verpflichtungserklaerung.130201",
    typ: "130201",
    standard: &XAUSLAENDER,
    inhalt: &[
        aus("rechtsverbindlicheVE", &[&ABGABE.datenfeld], |it| {
            is_elektronisch(&it.view).then(|| true.to_xoev())
        }),
        element("gastgeber").with(&[
            wenn(IST_PRIVAT, &[element("privat").with(PRIVAT)]),
            wenn(IST_INSTITUTION, &[element("institutionell").with(INSTITUTIONELL)]),
        ]),
        element("gast").with(GAST),
        zusammenfassung(&[element("zusammenfassungBelehrung").with(DOKUMENT)]),
    ],
    ohne_element: &[
        ("ve.gebuehrHinweis", BESTAETIGUNG),
        ("belehrung.punkte[0]", BESTAETIGUNG),
        ("belehrung.punkte[1]", BESTAETIGUNG),
        ("belehrung.punkte[2]", BESTAETIGUNG),
        ("belehrung.punkte[3]", BESTAETIGUNG),
        ("belehrung.punkte[4]", BESTAETIGUNG),
        ("belehrung.punkte[5]", BESTAETIGUNG),
        ("belehrung.punkte[6]", BESTAETIGUNG),
        ("belehrung.punkte[7]", BESTAETIGUNG),
        ("belehrung.punkte[8]", BESTAETIGUNG),
        ("belehrung.punkte[9]", BESTAETIGUNG),
        ("belehrung.punkte[10]", BESTAETIGUNG),
        ("belehrung.punkte[11]", BESTAETIGUNG),
        ("belehrung.punkte[12]", BESTAETIGUNG),
        ("belehrung.verstanden", BESTAETIGUNG),
        ("erklaerung.richtig", BESTAETIGUNG),
        ("erklaerung.datenschutz", BESTAETIGUNG),
        ("zusammenfassung.geprueft", BESTAETIGUNG),
        ("geber.anschrift.ags", GEMEINDESCHLUESSEL),
        ("geber.organisation.anschrift.ags", GEMEINDESCHLUESSEL),
        ("gast.anschriftInland.ags", GEMEINDESCHLUESSEL),
    ],
};

const BESTAETIGUNG: &str = "a box that was ticked; its text stands in zusammenfassungBelehrung";
const GEMEINDESCHLUESSEL: &str =
    "worked out from Postleitzahl and Ort; an Anschrift of the message has no element for it";

static PRIVAT: &[Element] = &[
    unter("geber.", VORNAME),
    unter("geber.", NACHNAME),
    element("auslaendischeIdentifikation").with(&[
        unter(
            "geber.titel.",
            &[
                wert("artDesAufenthaltstitels", &TITEL_ART),
                nummer("nummerEAT", &TITEL_NUMMER),
                wert("ausstellendeABH", &TITEL_BEHOERDE),
                wert("vomAufenthaltstitelBefreit", &TITEL_BEFREIT),
            ],
        ),
        unter(
            "geber.pass.",
            &[
                wert("artDesAuslaendischenIdentifikationsdokuments", &PASS_ART),
                nummer("nummerDesAuslaendischenIdentifikationsdokuments", &PASS_NUMMER),
                aus("ausstellenderStaat", &[&PASS_STAAT.datenfeld], |it| {
                    text(STAATEN.text(it.view.get(&PASS_STAAT)?.code)?)
                }),
            ],
        ),
    ]),
    element("geburtsangaben").with(&[unter("geber.geburt.", GEBURT)]),
    unter("geber.", GESCHLECHT_DER_PERSON),
    unter("geber.", STAATSANGEHOERIGKEIT),
    element("anschrift").with(&[unter("geber.anschrift.", ANSCHRIFT)]),
    unter("geber.kontakt.", KOMMUNIKATION),
    element("deutscheIdentifikation").with(&[unter(
        "geber.ausweisDeutsch.",
        &[
            aus("artDesIdentifikationsdokuments", &[&AUSWEIS_ART.datenfeld], ausweis_art),
            nummer("nummerDesDeutschenIdentifikationsdokuments", &AUSWEIS_NUMMER),
            wert("ausstellendeBehoerde", &AUSWEIS_BEHOERDE),
        ],
    )]),
    wert("beruf", &BERUF),
    wert("arbeitgeber", &ARBEITGEBER),
    element("arbeitnehmerverhaeltnis").with(&[
        je(&NETTO_MONATE, &[wert("einkuenfte", &NETTO_MONAT)]),
        wert("befristet", &BEFRISTET_BIS),
        wert("befristetErklaerung", &BEFRISTET_ERKLAERUNG),
        wert("arbeitsverhaeltnisEnde", &ENDE_AM),
        wert("arbeitsverhaeltnisEndeErklaerung", &ENDE_ERKLAERUNG),
    ]),
    je(&SONSTIGE_MONATE, &[wert("sonstigeEinkuenfte", &SONSTIGE_MONAT)]),
    wert("regelmaessigeAusgaben", &AUSGABEN),
    wert("vermoegen", &VERMOEGEN),
    wert("zahlungsklagen", &ZAHLUNGSKLAGEN),
    wert("finanzielleVerantwortung", &UNTERHALT_PERSONEN),
    je(&UNTERHALT_EINKOMMEN, &[wert("einkuenfteDritterPersonen", &UNTERHALT_EIGEN)]),
    je(
        &WEITERE_VE,
        &[element("weitereVE").with(&[
            wert("nummerVE", &VE_NUMMER),
            wert("nameABH", &VE_BEHOERDE),
            wert("anzahlAbgesichertePersonen", &VE_PERSONEN),
        ])],
    ),
    je(
        &OFFENE_VE,
        &[element("offeneVE").with(&[
            wert("nameABH", &VE_BEHOERDE),
            wert("anzahlAbgesichertePersonen", &VE_PERSONEN),
        ])],
    ),
    anmerkungen("sonstigeAnmerkungen", ANMERKUNGEN_PRIVAT),
    je_nachweis(NACHWEIS),
    element("abholberechtigtePerson").with(&[
        wert("familienname", &ABHOLER_FAMILIENNAME),
        wert("vorname", &ABHOLER_VORNAMEN),
        element("tagDerGeburt").with(&[bibliothek(&[
            element("teilbekanntesDatum").with(&[wert("jahrMonatTag", &ABHOLER_GEBURTSDATUM)])
        ])]),
    ]),
    element("vertrauensniveau").with(&[unter("ve.eidDaten.", VERTRAUENSNIVEAU)]),
];

static INSTITUTIONELL: &[Element] = &[
    wert("nameOrganisation", &ORGANISATION_NAME),
    element("anschrift").with(&[unter("geber.organisation.anschrift.", ANSCHRIFT)]),
    element("schuldnerverzeichnis").with(&[
        wert("eintragungszeitpunkt", &SCHULDNER_DATUM),
        wert("eintragungsgrund", &SCHULDNER_GRUND),
    ]),
    wert("insolvenzverfahren", &INSOLVENZ),
    wert("fortfuehrungUnwahrscheinlich", &FORTFUEHRUNG),
    anmerkungen("sonstigeAnmerkungen", ANMERKUNGEN_INSTITUTIONELL),
    je(
        &VERTRETUNG,
        &[element("vertretungsberechtigtePerson").with(&[
            wert("vorname", &VERTRETER_VORNAMEN),
            wert("familienname", &VERTRETER_FAMILIENNAME),
            unter("", GESCHLECHT_DER_PERSON),
            unter("", KOMMUNIKATION),
        ])],
    ),
    je_nachweis(NACHWEIS),
];

static GAST: &[Element] = &[
    element("aufenthaltVisum").with(&[
        wenn(AUFENTHALT_C, &[element("cVisum").with(BESUCH)]),
        wenn(AUFENTHALT_D, &[element("dVisum").with(AUFENTHALT)]),
        wenn(AUFENTHALT_VISUMFREI, &[element("visumfrei").with(BESUCH)]),
        wenn(AUFENTHALT_TITEL, &[element("aufenthaltstitel").with(AUFENTHALT)]),
        wenn(AUFENTHALT_SONSTIGES, &[wert("sonstiges", &ZWECK_TEXT)]),
    ]),
    anmerkungen("sonstigeAnmerkungen", ANMERKUNGEN_GAST),
    wert("voraussichtlichesEinreisedatum", &EINREISE),
    wert("krankenversicherung", &KRANKENVERSICHERUNG),
    wert("unterkunftskosten", &UNTERKUNFT),
    unter("gast.", NACHNAME),
    unter("gast.", VORNAME),
    element("staatsangehoerigkeit")
        .with(&[wert("staatsangehoerigkeit", &GAST_STAATSANGEHOERIGKEIT)]),
    element("anschrift").with(&[wahl(&[
        element("abweichendeAnschrift").with(&[unter("gast.anschriftInland.", ANSCHRIFT)]),
        wert("anschriftWieGastgeber", &WOHNT_BEI_GEBER),
    ])]),
    element("anschriftAusland").with(&[unter("gast.anschriftAusland.", ANSCHRIFT_AUSLAND)]),
    element("geburt").with(&[unter("gast.geburt.", GEBURT)]),
    nummer("reisepassnummer", &GAST_PASSNUMMER),
    wert("beziehungZumGastgeber", &GAST_BEZIEHUNG),
    je(
        &BEGLEITPERSONEN,
        &[element("weitereGaeste").with(&[
            unter("", VORNAME),
            unter("", NACHNAME),
            element("geburt").with(&[unter("geburt.", GEBURT)]),
            wert("beziehungZumGast", &BEGLEIT_BEZIEHUNG),
            wert("sonstigeAnmerkungen", &BEGLEIT_ANMERKUNG),
            unter("", GESCHLECHT_DER_PERSON),
            element("staatsangehoerigkeit")
                .with(&[wert("staatsangehoerigkeit", &BEGLEIT_STAATSANGEHOERIGKEIT)]),
        ])],
    ),
    unter("gast.", &[wert("geburtsname", &GEBURTSNAME)]),
    unter("gast.", GESCHLECHT_DER_PERSON),
];

const AUFENTHALT_C: Bedingung = Bedingung::Gleich("aufenthalt.art", "C_VISUM");
const AUFENTHALT_D: Bedingung = Bedingung::Gleich("aufenthalt.art", "D_VISUM");
const AUFENTHALT_VISUMFREI: Bedingung = Bedingung::Gleich("aufenthalt.art", "VISUMFREI");
const AUFENTHALT_TITEL: Bedingung = Bedingung::Gleich("aufenthalt.art", "AUFENTHALTSTITEL");
const AUFENTHALT_SONSTIGES: Bedingung = Bedingung::Gleich("aufenthalt.art", "SONSTIGES");

/// `OZG.CVisumOderVisumfrei`. The Dauer is in days.
static BESUCH: &[Element] =
    &[wert("cVisum", &ZWECK_C), wert("zweck", &ZWECK_TEXT), wert("aufenthaltsdauer", &DAUER_TAGE)];

/// `OZG.DVisumOderAufenthaltstitel`. The Ausbildungszweck is a code or nothing.
static AUFENTHALT: &[Element] = &[
    wert("dVisum", &ZWECK_D),
    aus("ausbildungszweck", &[&AUSBILDUNGSZWECK.datenfeld], |it| {
        let code = it.view.text(AUSBILDUNGSZWECK.datenfeld.id)?;
        AUSBILDUNGSZWECK_CODES.contains(&code).then(|| Xoev::Code {
            urn: "urn:xoev-de:xauslaender:codeliste:ozg.ausbildungszweck",
            version: "1",
            code: code.to_owned(),
        })
    }),
    wert("aufenthaltsdauer", &DAUER_TAGE),
];

const AUSBILDUNGSZWECK_CODES: &[&str] = &["01", "02", "03", "04", "05", "06", "07"];

static NACHWEIS: &[Element] = &[element("nachweis").with(DOKUMENT_ERWEITERT)];

static GESCHLECHT_DER_PERSON: &[Element] =
    &[element("geschlecht").always_with(&[wert("geschlecht", &GESCHLECHT)])];

/// Only what came from the eID has a level; all else was typed.
static VERTRAUENSNIVEAU: &[Element] = &[
    aus("vorname", &[&EID_VORNAMEN.datenfeld, &EID_VERTRAUENSNIVEAU.datenfeld], eid),
    aus("familienname", &[&EID_FAMILIENNAME.datenfeld], eid),
    element("geburt").with(&[
        aus("geburtsort", &[], |it| eid(it).map(|_| false.to_xoev())),
        aus("tagDerGeburt", &[&EID_GEBURTSDATUM.datenfeld], eid),
    ]),
];

// What has no element of its own, in the words of the form.

static TITEL_REST: Baustein =
    Baustein::new("titelRest", "Aufenthaltstitel", &[feld(&TITEL_GUELTIG_BIS)]);

static ANMERKUNGEN_PRIVAT: &[Inhalt] = &[
    baustein("geber.titel.", &TITEL_REST),
    feld(&SELBSTSTAENDIG),
    feld(&PROBEZEIT),
    feld(&LEISTUNGEN),
    feld(&FAMILIENSTAND),
    feld(&EHEGATTE_ERKLAERT_MIT),
    gruppe(&WEITERE_GEBER),
    feld(&ZUSTELLUNG_ART),
    gruppe(&TERMIN_WUENSCHE),
    feld(&MERKBLATT_VERSION),
    feld(&SPRACHHILFE),
    Inhalt::Nachweise(&NACHWEISE),
];

static ANMERKUNGEN_INSTITUTIONELL: &[Inhalt] = &[
    feld(&RECHTSFORM),
    feld(&REGISTERNUMMER),
    feld(&GEMEINSCHAFTLICH),
    feld(&ZUSTELLUNG_ART),
    baustein("", &ABHOLBERECHTIGT),
    gruppe(&TERMIN_WUENSCHE),
    feld(&MERKBLATT_VERSION),
    feld(&SPRACHHILFE),
    Inhalt::Nachweise(&NACHWEISE),
];

static DAUER_OHNE_ELEMENT: Baustein =
    Baustein::new("dauerOhneElement", "", &[feld(&DAUER_TAGE)]).wenn(AUFENTHALT_SONSTIGES);

static AUSBILDUNGSZWECK_ALS_TEXT: Baustein =
    Baustein::new("ausbildungszweckAlsText", "", &[feld(&AUSBILDUNGSZWECK)]).wenn(
        Bedingung::Nicht(&Bedingung::EinesVon(
            "aufenthalt.ausbildungszweck",
            AUSBILDUNGSZWECK_CODES,
        )),
    );

static ANMERKUNGEN_GAST: &[Inhalt] = &[
    baustein("", &DAUER_OHNE_ELEMENT),
    baustein("", &AUSBILDUNGSZWECK_ALS_TEXT),
    feld(&ANMERKUNG),
    feld(&WOHNEN_ART),
    feld(&WOHNEN_FLAECHE),
    feld(&WOHNEN_PERSONEN),
];

/// Whether the Erklärung is binding: declared so, by somebody whom the eID identified.
fn is_elektronisch(antrag: &View<'_>) -> bool {
    let niveau = antrag.text("ve.eidDaten.vertrauensniveau").unwrap_or_default();
    let is_enough = ["substantiell", "substanziell", "hoch"].contains(&niveau);
    antrag.get(&ABGABE) == Some(Abgabe::ELEKTRONISCH) && is_enough
}

fn eid(quelle: &Quelle<'_>) -> Option<Xoev> {
    is_elektronisch(&quelle.view.wurzel()).then(|| true.to_xoev())
}

/// Our codes have a praefix.
fn ausweis_art(quelle: &Quelle<'_>) -> Option<Xoev> {
    match quelle.view.get(&AUSWEIS_ART)?.to_xoev() {
        Xoev::Code { urn, version, code } => {
            let code = code.trim_start_matches("DE_").to_owned();
            Some(Xoev::Code { urn, version, code })
        }
        other => Some(other),
    }
}
