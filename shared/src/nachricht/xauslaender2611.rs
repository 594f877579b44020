//! XAusländer 26.11: what its messages begin with, and how it spells what they have in common.
//!
//! The parts are lists of elements, to be put below a praefix:
//! `unter("gast.geburt.", GEBURT)`.

use crate::{
    bausteine::{
        ANSCHRIFT_ZUSATZ, AUSLAND_STAAT, AUSLAND_ZEILE, AUSLAND_ZEILEN, EMAIL, FAMILIENNAME,
        GEBURTSDATUM, GEBURTSDATUM_UNBEKANNT, GEBURTSORT, GEBURTSORT_UNBEKANNT, GEBURTSSTAAT,
        HAUSNUMMER, HAUSNUMMER_ZUSATZ, KEIN_FAMILIENNAME, KEIN_VORNAME, OHNE_HAUSNUMMER, ORT, PLZ,
        STAATSANGEHOERIGKEIT_CODE, STAATSANGEHOERIGKEITEN_GRUPPE, STAATSANGEHOERIGKEITEN_KURZ,
        STRASSE, TEILNUMMER, TELEFON, VORNAMEN, WOHNUNGSINHABER,
    },
    behoerde::is_hausnummer_zusatz,
    nachricht::{
        Element, Medientyp, Quelle, Standard, aus, bibliothek, element, fest, inhalt, je, wahl,
        wert,
    },
    werte::{Wert, Xoev},
};

/// XAusländer 26.11, in force from November 2026.
pub static XAUSLAENDER: Standard = Standard {
    name: "XAusländer",
    release: "xauslaender2611",
    version: "26.11",
    namespace: "http://www.osci.de/xauslaender2611",
    praefix: "xauslaender",
    kopf: KOPF,
};

const ERREICHBARKEIT: (&str, &str) = ("urn:de:xoev:codeliste:erreichbarkeit", "3");
const VERZEICHNISDIENST: (&str, &str) = ("urn:xoev-de:kosit:codeliste:verzeichnisdienst", "3");
const NACHRICHTENTYP: (&str, &str) = ("urn:de:xauslaender:codelist:nachrichtentyp", "19");
const DOKUMENTFORMAT: (&str, &str) = ("urn:de:xauslaender:codelist:dokumentformat", "2");
const STAAT: (&str, &str) =
    ("urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat", "2024-08-01");

const DVDV: Element = fest("verzeichnisdienst", VERZEICHNISDIENST.0, VERZEICHNISDIENST.1, "DVDV");

/// `OZG.BasisnachrichtAnAbh`
static KOPF: &[Element] = &[
    bibliothek(&[
        element("nachrichtenkopf.g2g").with(&[
            element("identifikation.nachricht").with(&[
                aus("nachrichtenUUID", &[], |it| text(it.kopf.nachrichten_uuid)),
                aus("nachrichtentyp", &[], |it| code(NACHRICHTENTYP, it.nachricht.typ)),
                aus("erstellungszeitpunkt", &[], |it| text(it.kopf.erstellungszeitpunkt)),
            ]),
            element("leser").with(&[
                DVDV,
                aus("kennung", &[], |it| text(&it.kopf.behoerde.leser.kennung)),
                aus("name", &[], |it| text(&it.kopf.behoerde.leser.name)),
            ]),
            element("autor").with(&[
                DVDV,
                aus("kennung", &[], |it| text(&it.kopf.behoerde.autor.kennung)),
                aus("name", &[], |it| text(&it.kopf.behoerde.autor.name)),
                element("erreichbarkeit").with(&[
                    fest("kanal", ERREICHBARKEIT.0, ERREICHBARKEIT.1, "01"),
                    aus("kennung", &[], |it| text(&it.kopf.behoerde.email)),
                ]),
                element("erreichbarkeit").with(&[
                    aus("kanal", &[], |it| kanal(&it.kopf.behoerde.telefon)),
                    aus("kennung", &[], |it| text(&it.kopf.behoerde.telefon)),
                ]),
            ]),
        ]),
        element("anschrift.autor").with(&[element("gebaeude").with(&[
            aus("hausnummer", &[], |it| text(hausnummer_des_autors(it).0)),
            aus("hausnummerBuchstabeZusatzziffer", &[], |it| text(hausnummer_des_autors(it).1)),
            aus("postleitzahl", &[], |it| text(&it.kopf.behoerde.anschrift.plz)),
            aus("strasse", &[], |it| text(&it.kopf.behoerde.anschrift.strasse)),
            aus("wohnort", &[], |it| text(&it.kopf.behoerde.anschrift.ort)),
        ])]),
    ]),
    aus("antragsidentifikation", &[], |it| text(it.kopf.antragsidentifikation)),
    aus("rueckkanalVorhanden", &[], |it| Some(it.kopf.rueckkanal_vorhanden.to_xoev())),
];

/// `vorname`
pub static VORNAME: &[Element] = &[wahl(&[
    wert("vorname", &VORNAMEN),
    element("vorname").with(&[bibliothek(&[wert("nichtVorhanden", &KEIN_VORNAME)])]),
])];

/// `familienname`
pub static NACHNAME: &[Element] = &[wahl(&[
    wert("familienname", &FAMILIENNAME),
    element("familienname").with(&[bibliothek(&[wert("nichtVorhanden", &KEIN_FAMILIENNAME)])]),
])];

/// `Geburt`, for the Baustein [`GEBURT`](crate::bausteine::GEBURT).
pub static GEBURT: &[Element] = &[
    element("geburtsort")
        .with(&[wahl(&[wert("ort", &GEBURTSORT), wert("unbekannt", &GEBURTSORT_UNBEKANNT)])]),
    element("geburtsortStaat").with(&[wert("staatsangehoerigkeit", &GEBURTSSTAAT)]),
    element("tagDerGeburt").with(&[bibliothek(&[wahl(&[
        wert("unbekannt", &GEBURTSDATUM_UNBEKANNT),
        wert("teilbekanntesDatum", &GEBURTSDATUM),
    ])])]),
];

/// `staatsangehoerigkeit`, once for each entry of
/// [`STAATSANGEHOERIGKEITEN`](crate::bausteine::STAATSANGEHOERIGKEITEN).
pub static STAATSANGEHOERIGKEIT: &[Element] = &[je(
    &STAATSANGEHOERIGKEITEN_KURZ,
    &[element("staatsangehoerigkeit")
        .with(&[wert("staatsangehoerigkeit", &STAATSANGEHOERIGKEIT_CODE)])],
)];

/// As [`STAATSANGEHOERIGKEIT`], for
/// [`STAATSANGEHOERIGKEITEN_OBJEKTE`](crate::bausteine::STAATSANGEHOERIGKEITEN_OBJEKTE).
pub static STAATSANGEHOERIGKEIT_OBJEKTE: &[Element] = &[je(
    &STAATSANGEHOERIGKEITEN_GRUPPE,
    &[element("staatsangehoerigkeit")
        .with(&[wert("staatsangehoerigkeit", &STAATSANGEHOERIGKEIT_CODE)])],
)];

/// `PostalischeInlandsanschrift.Basis`, for the Baustein
/// [`ANSCHRIFT`](crate::bausteine::ANSCHRIFT). The Zusatz of a Hausnummer that the schema does not
/// take stands in `zusatzangaben`, and so does that there is none.
pub static ANSCHRIFT: &[Element] = &[bibliothek(&[
    wert("hausnummer", &HAUSNUMMER),
    aus("hausnummerBuchstabeZusatzziffer", &[&HAUSNUMMER_ZUSATZ.datenfeld], |it| {
        text(it.view.get(&HAUSNUMMER_ZUSATZ)?.as_str()).filter(|_| fits_zusatz(it))
    }),
    wert("postleitzahl", &PLZ),
    wert("strasse", &STRASSE),
    wert("teilnummerDerHausnummer", &TEILNUMMER),
    wert("wohnort", &ORT),
    wert("wohnungsinhaber", &WOHNUNGSINHABER),
    aus("zusatzangaben", &[&ANSCHRIFT_ZUSATZ.datenfeld, &OHNE_HAUSNUMMER.datenfeld], |it| {
        let unfit = it.view.get(&HAUSNUMMER_ZUSATZ).filter(|_| !fits_zusatz(it));
        let ohne = it.view.get(&OHNE_HAUSNUMMER).map(|_| "ohne Hausnummer".to_owned());
        let teile = [
            unfit.map(|it| it.to_string()),
            ohne,
            it.view.get(&ANSCHRIFT_ZUSATZ).map(|it| it.to_string()),
        ];
        text(&teile.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }),
])];

/// `kommunikation` by e-mail and by telephone, for the Baustein
/// [`KONTAKT`](crate::bausteine::KONTAKT) and for Felder with the same ids.
pub static KOMMUNIKATION: &[Element] = &[
    element("kommunikation").with(&[bibliothek(&[
        fest("kanal", ERREICHBARKEIT.0, ERREICHBARKEIT.1, "01"),
        wert("kennung", &EMAIL),
    ])]),
    element("kommunikation").with(&[bibliothek(&[
        aus("kanal", &[], |it| kanal(it.view.text(TELEFON.datenfeld.id)?)),
        wert("kennung", &TELEFON),
    ])]),
];

/// `Auslandsanschrift.Druckbild`, for the Baustein
/// [`ANSCHRIFT_AUSLAND`](crate::bausteine::ANSCHRIFT_AUSLAND). Lines are numbered from 4 on, where
/// the address begins on a letter.
pub static ANSCHRIFT_AUSLAND: &[Element] = &[bibliothek(&[
    aus("staat", &[&AUSLAND_STAAT.datenfeld], |it| code(STAAT, it.view.get(&AUSLAND_STAAT)?.code)),
    element("anschriftzone").with(&[je(
        &AUSLAND_ZEILEN,
        &[element("zeile.anschrift").with(&[
            aus("zeilennummer", &[], |it| {
                it.view.text("")?;
                text(&(ERSTE_ZEILE + it.nummer).to_string())
            }),
            wert("inhalt", &AUSLAND_ZEILE),
        ])],
    )]),
])];

/// Line of a letter in which the address begins.
const ERSTE_ZEILE: usize = 4;

/// `OZG.Dokument`
pub static DOKUMENT: &[Element] = &[inhalt("dokument"), DOKUMENTENTYP];

/// `OZG.DokumentErweitert`
pub static DOKUMENT_ERWEITERT: &[Element] = &[
    inhalt("dokument"),
    DOKUMENTENTYP,
    aus("bezeichnung", &[], |it| text(it.anlage?.bezeichnung)),
];

/// `OZG.DokumentOderReferenz`, with the document itself.
pub static DOKUMENT_ODER_REFERENZ: &[Element] =
    &[element("dokumentOderReferenz").with(&[inhalt("dokument")]), DOKUMENTENTYP];

/// `OZG.DokumentOderReferenzErweitert`, with the document itself.
pub static DOKUMENT_ODER_REFERENZ_ERWEITERT: &[Element] = &[
    element("dokumentOderReferenz").with(&[inhalt("dokument")]),
    DOKUMENTENTYP,
    aus("bezeichnung", &[], |it| text(it.anlage?.bezeichnung)),
];

const DOKUMENTENTYP: Element = aus("dokumententyp", &[], |it| {
    let typ = match it.anlage?.medientyp {
        Medientyp::Pdf => "1",
        Medientyp::Jpeg => "2",
    };
    code(DOKUMENTFORMAT, typ)
});

/// A text in its element; an empty one has none.
pub fn text(text: &str) -> Option<Xoev> {
    let text = crate::din91379::replace_lossless(text).0;
    (!text.is_empty()).then_some(Xoev::Text(text))
}

fn code((urn, version): (&'static str, &'static str), code: &str) -> Option<Xoev> {
    Some(Xoev::Code { urn, version, code: code.to_owned() })
}

/// Landline or mobile: by the ranges of the Bundesnetzagentur, and landline abroad.
fn kanal(telefon: &str) -> Option<Xoev> {
    let digits: String = telefon.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect();
    let national = ["+49", "0049", "0"].iter().find_map(|it| digits.strip_prefix(it));
    let is_mobil = national
        .map(|it| it.trim_start_matches('0'))
        .is_some_and(|it| ["15", "16", "17"].iter().any(|mobil| it.starts_with(mobil)));
    code(ERREICHBARKEIT, if is_mobil { "03" } else { "02" })
}

fn fits_zusatz(quelle: &Quelle<'_>) -> bool {
    let zusatz = quelle.view.get(&HAUSNUMMER_ZUSATZ);
    zusatz.is_some_and(|it| is_hausnummer_zusatz(it.as_str()))
}

fn hausnummer_des_autors<'a>(quelle: &Quelle<'a>) -> (&'a str, &'a str) {
    quelle.kopf.behoerde.anschrift.split_hausnummer().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_are_known_by_their_range() {
        #[track_caller]
        fn check(telefon: &str, expect: &str) {
            assert_eq!(kanal(telefon), code(ERREICHBARKEIT, expect), "{telefon}");
        }
        check("+49 151 5550101", "03");
        check("+49 (0)171 5550101", "03");
        check("0171/5550101", "03");
        check("+49 521 5550101", "02");
        check("030 5550101", "02");
        check("+48 151 5550101", "02");
    }
}
