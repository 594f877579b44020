//! In which order the Verpflichtungserklärung asks its questions: Schritte and Seiten.

use crate::{
    antraege::verpflichtungserklaerung::{formular::*, regeln},
    bausteine::{
        ANSCHRIFT, ANSCHRIFT_AUSLAND, ERKLAERUNG_DATENSCHUTZ, ERKLAERUNG_RICHTIG, GEBURT,
        GEBURTSNAME, GEPRUEFT, KONTAKT, NAME, STAATSANGEHOERIGKEITEN,
    },
    formular::{
        Baustein, Bedingung, Inhalt, Schritt, Seite, Seitenart, baustein, feld, gruppe, hinweis,
        regel,
    },
};

/// Birth name of the guest, below `gast.`
static GAST_GEBURTSNAME: Baustein = Baustein::new("gastGeburtsname", "", &[feld(&GEBURTSNAME)]);

/// Geschlecht of whoever stands before the full stop.
static GESCHLECHT_DER_PERSON: Baustein = Baustein::new("geschlecht", "", &[feld(&GESCHLECHT)]);

pub static SCHRITTE: &[Schritt] = &[
    Schritt::new(
        "start",
        "Art der Abgabe",
        &[Seite::new(
            "abgabe",
            "So geben Sie die Erklärung ab",
            &[
                feld(&ABGABE),
                baustein("ve.eidDaten.", &EID),
                regel(&regeln::EID_NOETIG),
                feld(&GEBUEHR_HINWEIS),
            ],
        )],
    ),
    Schritt::new(
        "aufenthalt",
        "Der Aufenthalt",
        &[
            Seite::new("aufenthalt-art", "Wofür brauchen Sie die Erklärung?", &[feld(&AUFENTHALT_ART)]),
            Seite::new(
                "zweck",
                "Zweck des Aufenthalts",
                &[feld(&ZWECK_C), feld(&ZWECK_D), feld(&AUSBILDUNGSZWECK), feld(&ZWECK_TEXT)],
            )
            .wenn(Bedingung::Beantwortet("aufenthalt.art")),
            Seite::new(
                "dauer",
                "Dauer und Einreise",
                &[feld(&DAUER_TAGE), regel(&regeln::DAUER_C), feld(&EINREISE), regel(&regeln::EINREISETAG)],
            ),
            Seite::new("anmerkung", "Anmerkung zum Aufenthalt", &[feld(&ANMERKUNG)]),
        ],
    ),
    Schritt::new(
        "geber",
        "Wer die Kosten übernimmt",
        &[
            Seite::new("geber-art", "Wer übernimmt die Kosten?", &[feld(&GEBER_ART)]),
            Seite::new("geber-name", "Ihr Name", &[baustein("geber.", &NAME), baustein("geber.", &GESCHLECHT_DER_PERSON)])
                .wenn(IST_PRIVAT),
            Seite::new(
                "geber-geburt",
                "Ihre Geburt",
                &[baustein("geber.geburt.", &GEBURT), regel(&regeln::VOLLJAEHRIG)],
            )
            .wenn(IST_PRIVAT),
            Seite::new(
                "geber-staat",
                "Ihre Staatsangehörigkeit",
                &[baustein("geber.", &STAATSANGEHOERIGKEITEN)],
            )
            .wenn(IST_PRIVAT),
            Seite::new("geber-anschrift", "Ihre Adresse", &[baustein("geber.anschrift.", &ANSCHRIFT), regel(&regeln::ZUSTAENDIG)])
                .einleitung("Die Adresse, unter der Sie gemeldet sind.")
                .wenn(IST_PRIVAT),
            Seite::new("geber-kontakt", "So erreichen wir Sie", &[baustein("geber.kontakt.", &KONTAKT)])
                .einleitung("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an.")
                .wenn(IST_PRIVAT),
            Seite::new("geber-ausweis", "Ihr Ausweis", &[baustein("geber.ausweisDeutsch.", &AUSWEIS)])
                .wenn(Bedingung::Alle(&[IST_PRIVAT, GEBER_DEUTSCH])),
            Seite::new("geber-titel", "Ihr Aufenthaltstitel", &[baustein("geber.titel.", &TITEL)])
                .wenn(GEBER_AUSLAENDISCH),
            Seite::new("geber-pass", "Ihr Pass", &[baustein("geber.pass.", &PASS)])
                .wenn(GEBER_AUSLAENDISCH),
            Seite::new(
                "geber-beruf",
                "Ihre Arbeit",
                &[feld(&BERUF), feld(&ARBEITGEBER), feld(&SELBSTSTAENDIG)],
            )
            .wenn(IST_PRIVAT),
            Seite::new(
                "geber-familienstand",
                "Ihr Familienstand",
                &[feld(&FAMILIENSTAND), feld(&EHEGATTE_ERKLAERT_MIT)],
            )
            .wenn(IST_PRIVAT),
            Seite::new(
                "organisation",
                "Die Organisation",
                &[feld(&ORGANISATION_NAME), feld(&RECHTSFORM), feld(&REGISTERNUMMER)],
            )
            .wenn(IST_INSTITUTION),
            Seite::new(
                "organisation-anschrift",
                "Adresse der Organisation",
                &[
                    baustein("geber.organisation.anschrift.", &ANSCHRIFT),
                    regel(&regeln::ZUSTAENDIG_ORGANISATION),
                ],
            )
            .wenn(IST_INSTITUTION),
            Seite::new(
                "organisation-vertretung",
                "Wer darf unterschreiben?",
                &[gruppe(&VERTRETUNG), regel(&regeln::VERTRETUNG_NOETIG), feld(&GEMEINSCHAFTLICH)],
            )
            .wenn(IST_INSTITUTION),
            Seite::new(
                "organisation-lage",
                "Lage der Organisation",
                &[feld(&SCHULDNER_DATUM), feld(&SCHULDNER_GRUND), feld(&INSOLVENZ), feld(&FORTFUEHRUNG)],
            )
            .wenn(IST_INSTITUTION),
        ],
    ),
    Schritt::new(
        "weitere",
        "Weitere Personen, die haften",
        &[Seite::new(
            "weitere-geber",
            "Haftet noch jemand für die Kosten?",
            &[gruppe(&WEITERE_GEBER), regel(&regeln::GESAMTSCHULDNER)],
        )
        .einleitung("Wenn nur Sie die Kosten übernehmen, gehen Sie einfach weiter.")
        .wenn(IST_PRIVAT)],
    ),
    Schritt::new(
        "gast",
        "Der Gast",
        &[
            Seite::new(
                "gast-name",
                "Name des Gastes",
                &[
                    baustein("gast.", &NAME),
                    baustein("gast.", &GAST_GEBURTSNAME),
                    baustein("gast.", &GESCHLECHT_DER_PERSON),
                ],
            )
            .einleitung("Schreiben Sie den Namen genau wie im Pass des Gastes.")
            .ueber_andere(),
            Seite::new("gast-geburt", "Geburt des Gastes", &[baustein("gast.geburt.", &GEBURT)])
                .ueber_andere(),
            Seite::new(
                "gast-pass",
                "Staatsangehörigkeit und Pass",
                &[feld(&GAST_STAATSANGEHOERIGKEIT), regel(&regeln::GAST_AUSLAENDISCH), feld(&GAST_PASSNUMMER), regel(&regeln::GAST_PASS)],
            ),
            Seite::new(
                "gast-ausland",
                "Adresse im Ausland",
                &[baustein("gast.anschriftAusland.", &ANSCHRIFT_AUSLAND), regel(&regeln::GAST_GLEICH_GEBER)],
            )
            .einleitung("Wo wohnt der Gast jetzt?"),
            Seite::new("gast-wohnen", "Wohnen in Deutschland", &[feld(&WOHNT_BEI_GEBER)]),
            Seite::new(
                "gast-inland",
                "Adresse des Gastes in Deutschland",
                &[baustein("gast.anschriftInland.", &ANSCHRIFT)],
            )
            .ueber_andere()
            .wenn(WOHNT_BEI_GEBER.nein()),
            Seite::new("gast-beziehung", "Ihre Beziehung zum Gast", &[feld(&GAST_BEZIEHUNG)]),
            Seite::new(
                "gast-kosten",
                "Kosten für den Gast",
                &[feld(&KRANKENVERSICHERUNG), feld(&UNTERKUNFT)],
            ),
        ],
    ),
    Schritt::new(
        "mitreisende",
        "Mitreisende",
        &[Seite::new(
            "begleitpersonen",
            "Wer reist mit dem Gast mit?",
            &[hinweis(&KEIN_EIGENER_WEG), gruppe(&BEGLEITPERSONEN)],
        )
        .einleitung("Wenn der Gast allein reist, gehen Sie einfach weiter.")],
    ),
    Schritt::new(
        "wohnen",
        "Wohnen",
        &[Seite::new(
            "wohnung",
            "Die Wohnung",
            &[feld(&WOHNEN_ART), feld(&WOHNEN_FLAECHE), feld(&WOHNEN_PERSONEN)],
        )],
    )
    .wenn(Bedingung::MehrAls("aufenthalt.dauerTage", regeln::KURZ_TAGE)),
    Schritt::new(
        "wirtschaft",
        "Ihr Einkommen",
        &[
            Seite::new(
                "einkommen",
                "Ihr Einkommen",
                &[regel(&regeln::MONATE), gruppe(&NETTO_MONATE), gruppe(&SONSTIGE_MONATE)],
            ),
            Seite::new(
                "arbeitsvertrag",
                "Ihr Arbeitsvertrag",
                &[
                    feld(&PROBEZEIT),
                    feld(&BEFRISTET_BIS),
                    regel(&regeln::BEFRISTUNG),
                    feld(&BEFRISTET_ERKLAERUNG),
                    feld(&ENDE_AM),
                    feld(&ENDE_ERKLAERUNG),
                ],
            ),
            Seite::new(
                "ausgaben",
                "Ausgaben und Vermögen",
                &[feld(&AUSGABEN), feld(&VERMOEGEN), feld(&ZAHLUNGSKLAGEN)],
            ),
            Seite::new(
                "unterhalt",
                "Unterhalt",
                &[feld(&UNTERHALT_PERSONEN), gruppe(&UNTERHALT_EINKOMMEN)],
            ),
            Seite::new("leistungen", "Leistungen vom Staat", &[feld(&LEISTUNGEN), regel(&regeln::LEISTUNGSBEZUG)]),
            Seite::new(
                "andere-erklaerungen",
                "Andere Verpflichtungserklärungen",
                &[gruppe(&WEITERE_VE), gruppe(&OFFENE_VE)],
            )
            .einleitung("Haben Sie schon für andere Gäste eine Erklärung abgegeben? Sonst gehen Sie einfach weiter."),
        ],
    )
    .wenn(IST_PRIVAT),
    Schritt::new(
        "selbstcheck",
        "Selbstcheck",
        &[Seite::new(
            "selbstcheck",
            "Reicht Ihr Einkommen?",
            &[Inhalt::Auskunft(&SELBSTCHECK), regel(&regeln::BONITAET)],
        )
        .einleitung("Wir rechnen mit Ihren Angaben. Entscheiden wird die Ausländerbehörde.")],
    )
    .wenn(IST_PRIVAT),
    Schritt::new(
        "nachweise",
        "Nachweise",
        &[Seite::new(
            "nachweise",
            "Ihre Nachweise",
            &[hinweis(&NACHREICHEN), Inhalt::Nachweise(&NACHWEISE), regel(&regeln::NACHWEIS_ALT)],
        )],
    ),
    Schritt::new(
        "belehrung",
        "Hinweise zur Haftung",
        &[Seite::new(
            "belehrung",
            "Was Sie wissen müssen",
            &[
                hinweis(&HAFTUNG),
                hinweis(&MERKBLATT),
                feld(&PUNKT_1),
                feld(&PUNKT_2),
                feld(&PUNKT_3),
                feld(&PUNKT_4),
                feld(&PUNKT_5),
                feld(&PUNKT_6),
                feld(&PUNKT_7),
                feld(&PUNKT_8),
                feld(&PUNKT_9),
                feld(&PUNKT_10),
                feld(&PUNKT_11),
                feld(&PUNKT_12),
                feld(&PUNKT_13),
                regel(&regeln::BELEHRUNG),
                feld(&MERKBLATT_VERSION),
                feld(&SPRACHHILFE),
                feld(&VERSTANDEN),
            ],
        )
        .art(Seitenart::Bedenkzeit)],
    ),
    Schritt::new(
        "zustellung",
        "Termin und Zustellung",
        &[Seite::new(
            "zustellung",
            "Termin und Zustellung",
            &[feld(&ZUSTELLUNG_ART), baustein("", &ABHOLBERECHTIGT), gruppe(&TERMIN_WUENSCHE)],
        )],
    ),
    Schritt::new(
        "absenden",
        "Prüfen und absenden",
        &[Seite::new(
            "zusammenfassung",
            "Prüfen Sie Ihre Angaben",
            &[hinweis(&GEBUEHR), feld(&ERKLAERUNG_RICHTIG), feld(&ERKLAERUNG_DATENSCHUTZ), feld(&GEPRUEFT)],
        )
        .art(Seitenart::Zusammenfassung)],
    ),
];

const GEBER_AUSLAENDISCH: Bedingung = Bedingung::Alle(&[
    IST_PRIVAT,
    Bedingung::Beantwortet("geber.staatsangehoerigkeiten"),
    Bedingung::Nicht(&GEBER_DEUTSCH),
]);
