//! The message of the Einbürgerung: our own `Einbuergerung.Antrag.0101`, version 0.2
//! (`docs/xoev/einbuergerung-0.2.xsd`), until the official standard can be had.

use crate::{
    antraege::einbuergerung::{
        formular::*,
        gebuehr::{self, gebuehr},
        nachweise::*,
    },
    bausteine::{GEBURTSNAME, STAATSANGEHOERIGKEIT_CODE},
    formular::{Inhalt, baustein, feld, gruppe},
    nachricht::{
        Element, Nachricht, Standard, anmerkungen, aus, bibliothek, element, fest, je, je_nachweis,
        nummer, unter, wenn, wert,
        xauslaender2611::{
            ANSCHRIFT, DOKUMENT_ERWEITERT, GEBURT, KOMMUNIKATION, NACHNAME, VORNAME, text,
        },
        zusammenfassung,
    },
    werte::{Wert, Xoev},
};

/// A code of a list of our own, as a token.
macro_rules! eigen {
    ($name:literal, $feld:ident) => {
        aus($name, &[&$feld.datenfeld], |it| text(it.view.text($feld.datenfeld.id)?))
    };
}

pub static NACHRICHT: Nachricht = Nachricht {
    name: "Einbuergerung.Antrag.0101",
    typ: "0101",
    standard: &EINBUERGERUNG,
    inhalt: &[
        aus("antragsdatum", &[], |it| Some(it.kopf.stichtag.to_xoev())),
        aus("antragsart", &[&ANTRAG_ART.datenfeld], |it| {
            text(it.view.text(ANTRAG_ART.datenfeld.id)?)
        }),
        wenn(WIRD_VERTRETEN, &[element("vertreter").with(VERTRETER)]),
        je(&PERSONEN, &[element("person").with(PERSON)]),
        element("sorgerecht").with(&[
            eigen!("art", SORGERECHT),
            element("zweiterElternteil").with(&[unter(
                "vertretung.zweiterElternteil.",
                &[unter("", VORNAME), unter("", NACHNAME), wert("zustimmung", &ZUSTIMMUNG)],
            )]),
        ]),
        element("erklaerungen").with(&[
            wert("richtig", &ERKLAERUNG_RICHTIG),
            wert("datenschutz", &ERKLAERUNG_DATENSCHUTZ),
            wert("mitteilungspflicht", &ERKLAERUNG_MITTEILUNG),
            wert("beiziehungAkten", &ERKLAERUNG_AKTEN),
            wert("zusammenfassungGeprueft", &GEPRUEFT),
        ]),
        anmerkungen("weitereAngaben", ANTRAG_REST),
        zusammenfassung(&[element("zusammenfassung").with(DOKUMENT_ERWEITERT)]),
        je_nachweis(&[element("nachweis").with(DOKUMENT_ERWEITERT)]),
    ],
    ohne_element: &[
        ("antrag.weg", ABGELEITET),
        ("antrag.mitpersonen[].rolle", ABGELEITET),
        ("antrag.mitpersonen[].personRef", ABGELEITET),
        ("personen[].eigeneEinkuenfte", ABGELEITET),
        ("personen[].bekenntnis.datum", ABGELEITET),
        ("gebuehr.summe", ABGELEITET),
        ("personen[].anschrift.ags", GEMEINDESCHLUESSEL),
        ("personen[].ehegatte.anschrift.ags", GEMEINDESCHLUESSEL),
        ("personen[].wohnsitze[].anschrift.ags", GEMEINDESCHLUESSEL),
        ("vertretung.anschrift.ags", GEMEINDESCHLUESSEL),
    ],
};

/// Our own standard; its namespace is a placeholder after RFC 6963.
static EINBUERGERUNG: Standard = Standard {
    name: "Einbuergerung-Vorschlag",
    release: "einbuergerung02",
    version: "0.2",
    namespace: "urn:example:einbuergerung:0.2",
    praefix: "eb",
    kopf: KOPF,
};

const ABGELEITET: &str = "worked out from other answers, which the message carries";
const GEMEINDESCHLUESSEL: &str = "worked out from Postleitzahl and Ort";

const VERZEICHNISDIENST: Element =
    fest("verzeichnisdienst", "urn:xoev-de:kosit:codeliste:verzeichnisdienst", "3", "DVDV");

/// `Nachricht.G2GType`
static KOPF: &[Element] = &[
    bibliothek(&[element("nachrichtenkopf.g2g").with(&[
        element("identifikation.nachricht").with(&[
            aus("nachrichtenUUID", &[], |it| text(it.kopf.nachrichten_uuid)),
            aus("nachrichtentyp", &[], |it| {
                Some(Xoev::Code {
                    urn: "urn:example:einbuergerung:codeliste:nachrichtentyp",
                    version: "1",
                    code: it.nachricht.typ.to_owned(),
                })
            }),
            aus("erstellungszeitpunkt", &[], |it| text(it.kopf.erstellungszeitpunkt)),
        ]),
        element("leser").with(&[
            VERZEICHNISDIENST,
            aus("kennung", &[], |it| text(&it.kopf.behoerde.leser.kennung)),
            aus("name", &[], |it| text(&it.kopf.behoerde.leser.name)),
        ]),
        element("autor").with(&[
            VERZEICHNISDIENST,
            aus("kennung", &[], |it| text(&it.kopf.behoerde.autor.kennung)),
            aus("name", &[], |it| text(&it.kopf.behoerde.autor.name)),
            element("erreichbarkeit").with(&[
                fest("kanal", "urn:de:xoev:codeliste:erreichbarkeit", "3", "01"),
                aus("kennung", &[], |it| text(&it.kopf.behoerde.email)),
            ]),
        ]),
    ])]),
    aus("antragsidentifikation", &[], |it| text(it.kopf.antragsidentifikation)),
    aus("rueckkanalVorhanden", &[], |it| Some(it.kopf.rueckkanal_vorhanden.to_xoev())),
];

static VERTRETER: &[Element] = &[
    wert("vertretungsart", &VERTRETUNG_ART),
    unter("vertretung.", VORNAME),
    unter("vertretung.", NACHNAME),
    wert("geburtsdatum", &VERTRETUNG_GEBURTSDATUM),
    element("anschrift").with(&[unter("vertretung.anschrift.", ANSCHRIFT)]),
    unter("vertretung.kontakt.", KOMMUNIKATION),
];

static PERSON: &[Element] = &[
    eigen!("rolle", ROLLE),
    unter("", VORNAME),
    unter("", NACHNAME),
    wert("geburtsname", &GEBURTSNAME),
    wert("geschlecht", &GESCHLECHT),
    element("geburt").with(&[unter("geburt.", GEBURT)]),
    je(&STAATSANGEHOERIGKEITEN_GRUPPE, &[wert("staatsangehoerigkeit", &STAATSANGEHOERIGKEIT_CODE)]),
    wert("azrNummer", &AZR_NUMMER),
    je(
        &AUSWEISDOKUMENTE,
        &[element("ausweis").with(&[
            eigen!("art", AUSWEIS_ART),
            nummer("nummer", &AUSWEIS_NUMMER),
            wert("staat", &AUSWEIS_STAAT),
            wert("behoerde", &AUSWEIS_BEHOERDE),
            wert("ausgestelltAm", &AUSWEIS_AUSGESTELLT),
            wert("gueltigBis", &AUSWEIS_GUELTIG),
        ])],
    ),
    wert("keinPassGrund", &KEIN_PASS_GRUND),
    element("anschrift").with(&[unter("anschrift.", ANSCHRIFT)]),
    unter("kontakt.", KOMMUNIKATION),
    element("familienstand").with(&[
        wert("familienstand", &FAMILIENSTAND),
        wert("seit", &FAMILIENSTAND_SEIT),
        wert("getrenntLebend", &GETRENNT),
    ]),
    element("ehegatte").with(&[
        unter("ehegatte.", VORNAME),
        unter("ehegatte.", NACHNAME),
        element("geburt").with(&[unter("ehegatte.geburt.", GEBURT)]),
        wert("geschlecht", &EHEGATTE_GESCHLECHT),
        unter(
            "ehegatte.",
            &[je(
                &crate::bausteine::STAATSANGEHOERIGKEITEN_GRUPPE,
                &[wert("staatsangehoerigkeit", &STAATSANGEHOERIGKEIT_CODE)],
            )],
        ),
        wert("deutschSeit", &EHEGATTE_DEUTSCH_SEIT),
        wert("gleicheAnschrift", &EHEGATTE_WOHNT_MIT),
        element("anschrift").with(&[unter("ehegatte.anschrift.", ANSCHRIFT)]),
    ]),
    je(
        &ELTERN,
        &[element("elternteil").with(&[
            wert("unbekannt", &ELTERNTEIL_UNBEKANNT),
            wert("grund", &ELTERNTEIL_GRUND),
            unter("", VORNAME),
            unter("", NACHNAME),
            wert("geburtsdatum", &ELTERNTEIL_GEBURTSDATUM),
            wert("geburtsort", &ELTERNTEIL_GEBURTSORT),
            je(&ELTERNTEIL_STAAT, &[wert("staatsangehoerigkeit", &STAATSANGEHOERIGKEIT_CODE)]),
        ])],
    ),
    element("aufenthalt").with(AUFENTHALT),
    je(
        &AUSLAND,
        &[element("ausland").with(&[
            wert("von", &AUSLAND_VON),
            wert("bis", &AUSLAND_BIS),
            wert("staat", &AUSLAND_STAAT),
            eigen!("grund", AUSLAND_GRUND),
            wert("fristDerAuslaenderbehoerde", &ABH_FRIST),
            wert("fristBis", &ABH_FRIST_BIS),
            wert("wehrdienstEntlassung", &WEHRDIENST_ENTLASSUNG),
        ])],
    ),
    je(
        &WOHNSITZE,
        &[element("wohnsitz").with(&[
            wert("von", &WOHNSITZ_VON),
            wert("bis", &WOHNSITZ_BIS),
            wert("staat", &WOHNSITZ_STAAT),
            je(&WOHNSITZ_ZEILEN, &[wert("zeile", &WOHNSITZ_ZEILE)]),
            element("anschrift").with(&[unter("anschrift.", ANSCHRIFT)]),
            wert("nebenwohnung", &NEBENWOHNUNG),
            wert("lueckenErklaerung", &WOHNSITZ_ERKLAERUNG),
        ])],
    ),
    element("sprache").with(&[
        eigen!("nachweis", SPRACHE_NACHWEIS),
        eigen!("niveau", SPRACHE_NIVEAU),
        wert("anbieter", &SPRACHE_ANBIETER),
        wert("datum", &SPRACHE_DATUM),
        wert("nummer", &SPRACHE_NUMMER),
        wert("haerte", &SPRACHE_HAERTE),
    ]),
    element("test").with(&[
        eigen!("nachweis", TEST_NACHWEIS),
        wert("datum", &TEST_DATUM),
        wert("punkte", &TEST_PUNKTE),
    ]),
    element("strafen").with(&[
        wert("verurteilt", &VERURTEILT),
        je(&URTEILE, &[element("verurteilung").with(VERURTEILUNG)]),
        wert("laufendesVerfahren", &VERFAHREN),
    ]),
    element("bekenntnis").with(BEKENNTNIS),
    aus("vorgeschlageneRechtsgrundlage", &[], |it| text(gebuehr::weg(&it.view, it.kopf.stichtag))),
    aus("gebuehrEuro", &[], |it| text(&gebuehr(&it.view, it.kopf.stichtag).to_string())),
    anmerkungen("weitereAngaben", PERSON_REST),
];

static AUFENTHALT: &[Element] = &[
    wert("inDeutschlandGeboren", &HIER_GEBOREN),
    wert("ersteinreise", &ERSTEINREISE),
    element("titel").with(&[
        eigen!("art", TITEL_CODE),
        nummer("nummer", &TITEL_NUMMER),
        wert("ausgestelltAm", &TITEL_AUSGESTELLT),
        wert("gueltigBis", &TITEL_GUELTIG),
        wert("auslaenderbehoerde", &AUSLAENDERBEHOERDE),
    ]),
    eigen!("schutz", SCHUTZ),
    wert("schutzSeit", &SCHUTZ_SEIT),
    je(
        &ZEITEN,
        &[element("zeit").with(&[
            wert("von", &ZEIT_VON),
            wert("bis", &ZEIT_BIS),
            eigen!("status", ZEIT_STATUS),
            wert("rechtsgrundlage", &ZEIT_RECHTSGRUNDLAGE),
            wert("verspaeteterAntrag", &ZEIT_VERSPAETET),
            wert("lueckenErklaerung", &ZEIT_ERKLAERUNG),
        ])],
    ),
];

static VERURTEILUNG: &[Element] = &[
    wert("staat", &URTEIL_STAAT),
    wert("gericht", &URTEIL_GERICHT),
    wert("datum", &URTEIL_DATUM),
    wert("tat", &URTEIL_TAT),
    eigen!("strafart", STRAFART),
    wert("tagessaetze", &TAGESSAETZE),
    wert("freiheitsstrafeMonate", &STRAFMONATE),
    wert("bewaehrung", &BEWAEHRUNG),
    wert("bewaehrungBis", &BEWAEHRUNG_BIS),
    wert("erlassenAm", &ERLASSEN_AM),
];

static BEKENNTNIS: &[Element] = &[
    aus(
        "grundordnung",
        &[
            &FDGO_A.datenfeld,
            &FDGO_B.datenfeld,
            &FDGO_C.datenfeld,
            &FDGO_D.datenfeld,
            &FDGO_E.datenfeld,
            &FDGO_F.datenfeld,
            &FDGO_G.datenfeld,
            &FDGO_H.datenfeld,
        ],
        |it| {
            let ticked =
                |nr: usize| it.view.text(&format!("bekenntnis.fdgo[{nr}]")) == Some("true");
            let any = (0..FDGO_PUNKTE).any(ticked);
            any.then(|| (0..FDGO_PUNKTE).all(ticked).to_xoev())
        },
    ),
    wert("historischeVerantwortung", &VERANTWORTUNG),
    wert("keineBestrebungen", &KEINE_BESTREBUNGEN),
    wert("abwendung", &ABWENDUNG),
    wert("mitgliedschaften", &MITGLIEDSCHAFTEN),
    wert("mitgliedschaftenText", &MITGLIEDSCHAFTEN_TEXT),
    wert("textVersion", &TEXT_VERSION),
];

// What has no element of its own, in the words of the form.

static PERSON_REST: &[Inhalt] = &[
    gruppe(&WEITERE_NAMEN),
    feld(&NAMENSANGLEICHUNG),
    gruppe(&STAATSANGEHOERIGKEITEN_GRUPPE),
    gruppe(&FRUEHERE_STAATSANGEHOERIGKEITEN),
    feld(&STAATENLOS_SEIT_GEBURT),
    feld(&KEIN_PASS),
    feld(&WOHNT_BEI_ANTRAGSTELLER),
    feld(&WOHNT_SEIT),
    feld(&WOHNFORM),
    feld(&KONTAKTWEG),
    feld(&SPRACHE_VERSTAENDIGUNG),
    feld(&EHE_ORT),
    feld(&EHE_STAAT),
    feld(&MEHREHE),
    gruppe(&FRUEHERE_EHEN),
    feld(&P9_KIND),
    feld(&KURZE_REISEN),
    gruppe(&BILDUNG),
    gruppe(&ERWERB_STATUS),
    gruppe(&ARBEITGEBER),
    feld(&SB_NAME),
    feld(&SB_TAETIGKEIT),
    feld(&SB_SEIT),
    feld(&SB_RECHTSFORM),
    feld(&SB_STEUERBERATER),
    feld(&SB_GEWINN_VORJAHR),
    feld(&SB_GEWINN_LAUFEND),
    feld(&SB_RUECKSTAENDE),
    feld(&LEISTUNGEN_BEZUG),
    gruppe(&LEISTUNGEN),
    feld(&LEISTUNG_GRUND),
    feld(&VOLLZEITMONATE),
    gruppe(&EINKOMMEN),
    feld(&WARMMIETE),
    feld(&HAUSHALT_PERSONEN),
    feld(&KRANKENKASSE),
    feld(&RENTENMONATE),
    feld(&PRIVATE_VORSORGE),
    gruppe(&UNTERHALTSPFLICHTEN),
    gruppe(&VERFAHREN_LISTE),
    feld(&LESEHILFE),
    feld(&FRUEHERER_ANTRAG),
    gruppe(&VORANTRAEGE),
    feld(&RUECKNAHME),
    feld(&SPERRFRIST_BEGINN),
    feld(&FRUEHER_DEUTSCH),
];

static ANTRAG_REST: &[Inhalt] = &[
    baustein("antrag.quickcheck.", &QUICKCHECK_ERGEBNIS),
    gruppe(&KINDER),
    feld(&ERMAESSIGUNG),
    feld(&ERMAESSIGUNG_GRUND),
    feld(&ZAHLWEG),
    Inhalt::Nachweise(&NACHWEISE_PERSON),
];
