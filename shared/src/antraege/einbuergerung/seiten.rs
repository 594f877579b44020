//! In which order the Einbürgerung asks its questions: Schritte and Seiten.

use crate::{
    antraege::einbuergerung::{auskuenfte, formular::*, nachweise::*, regeln},
    bausteine::{ANSCHRIFT, GEBURT, GEBURTSNAME, KONTAKT, NAME, STAATSANGEHOERIGKEITEN_OBJEKTE},
    formular::{
        Bedingung, Inhalt, Schritt, Seite, Seitenart, baustein, feld, gruppe, hinweis, regel,
    },
};

/// Before anything is asked of a person.
pub static ANTRAG: &[Schritt] = &[
    Schritt::new(
        "eb-antragsart",
        "Für wen ist der Antrag?",
        &[
            Seite::new(
                "eb-antragsart",
                "Für wen ist der Antrag?",
                &[
                    feld(&ANTRAG_ART),
                    feld(&ANTRAG_WEG),
                    baustein("antrag.quickcheck.", &QUICKCHECK_ERGEBNIS),
                    gruppe(&MITPERSONEN),
                ],
            ),
            Seite::new(
                "eb-personen",
                "Wer soll eingebürgert werden?",
                &[hinweis(&HINWEIS_FAMILIE), gruppe(&PERSONEN)],
            )
            .wenn(MIT_FAMILIE),
        ],
    ),
    Schritt::new(
        "eb-vertretung",
        "Sie vertreten die Person",
        &[
            Seite::new(
                "eb-vertreter",
                "Sie selbst",
                &[
                    feld(&VERTRETUNG_ART),
                    regel(&regeln::VERTRETUNG_PASST),
                    baustein("vertretung.", &NAME),
                    feld(&VERTRETUNG_GEBURTSDATUM),
                ],
            )
            .einleitung("Zuerst fragen wir nach Ihnen. Danach fragen wir nach der Person, die Sie vertreten."),
            Seite::new(
                "eb-vertreter-adresse",
                "Ihre Adresse",
                &[baustein("vertretung.anschrift.", &ANSCHRIFT)],
            ),
            Seite::new(
                "eb-vertreter-kontakt",
                "So erreichen wir Sie",
                &[baustein("vertretung.kontakt.", &KONTAKT)],
            )
            .einleitung("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."),
        ],
    )
    .wenn(WIRD_VERTRETEN),
];

/// Asked of every person. The words fit for oneself and for others.
pub static PERSON: &[Schritt] = &[
    Schritt::new(
        "eb-person",
        "Name und Geburt",
        &[
            Seite::new(
                "eb-name",
                "Name",
                &[
                    feld(&ROLLE_ANTRAGSTELLER),
                    regel(&regeln::ROLLE_ALLEIN),
                    feld(&EIGENE_EINKUENFTE),
                    baustein("", &NAME),
                    feld(&GEBURTSNAME),
                    gruppe(&WEITERE_NAMEN),
                    feld(&GESCHLECHT),
                ],
            )
            .einleitung("Schreiben Sie den Namen genau wie im Pass."),
            Seite::new(
                "eb-geburt",
                "Geburt",
                &[baustein("geburt.", &GEBURT), regel(&regeln::ALTER)],
            ),
            Seite::new(
                "eb-azr",
                "AZR-Nummer und Schreibweise",
                &[feld(&AZR_NUMMER), regel(&regeln::AZR), feld(&NAMENSANGLEICHUNG)],
            ),
        ],
    ),
    Schritt::new(
        "eb-staat",
        "Staatsangehörigkeit und Pass",
        &[
            Seite::new(
                "eb-staat",
                "Staatsangehörigkeit",
                &[
                    baustein("", &STAATSANGEHOERIGKEITEN),
                    feld(&STAATENLOS_SEIT_GEBURT),
                    gruppe(&FRUEHERE_STAATSANGEHOERIGKEITEN),
                ],
            )
            .einleitung("Sie müssen keine Staatsangehörigkeit aufgeben."),
            Seite::new(
                "eb-ausweis",
                "Pass oder Ausweisdokument",
                &[
                    feld(&KEIN_PASS),
                    gruppe(&AUSWEISDOKUMENTE),
                    feld(&KEIN_PASS_GRUND),
                    regel(&regeln::AUSWEIS_NOETIG),
                ],
            ),
        ],
    ),
    Schritt::new(
        "eb-adresse",
        "Adresse und Kontakt",
        &[
            Seite::new(
                "eb-anschrift",
                "Adresse",
                &[
                    baustein("anschrift.", &ANSCHRIFT),
                    regel(&regeln::ZUSTAENDIG),
                    feld(&WOHNT_SEIT),
                    regel(&regeln::WOHNT_SEIT_GEBURT),
                    feld(&WOHNFORM),
                ],
            )
            .einleitung("Die Adresse, unter der Sie gemeldet sind.")
            .wenn(ERSTE),
            Seite::new(
                "eb-kontakt",
                "So erreichen wir Sie",
                &[baustein("kontakt.", &KONTAKT), feld(&KONTAKTWEG), feld(&SPRACHE_VERSTAENDIGUNG)],
            )
            .einleitung("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an.")
            .wenn(ERSTE),
            Seite::new("eb-gleiche-adresse", "Adresse", &[feld(&WOHNT_BEI_ANTRAGSTELLER)])
                .ueber_andere()
                .wenn(NICHT_ERSTE),
            Seite::new(
                "eb-andere-adresse",
                "Andere Adresse",
                &[baustein("anschrift.", &ANSCHRIFT), feld(&WOHNT_SEIT)],
            )
            .ueber_andere()
            .wenn(Bedingung::Alle(&[NICHT_ERSTE, WOHNT_BEI_ANTRAGSTELLER.nein()])),
            Seite::new(
                "eb-eigener-kontakt",
                "Eigener Kontakt",
                &[baustein("kontakt.", &KONTAKT_FREIWILLIG), feld(&SPRACHE_VERSTAENDIGUNG)],
            )
            .einleitung("Freiwillig: So kann die Behörde auch diese Person direkt erreichen.")
            .ueber_andere()
            .wenn(Bedingung::Alle(&[NICHT_ERSTE, ERWACHSEN])),
        ],
    ),
    Schritt::new(
        "eb-familienstand",
        "Familienstand",
        &[
            Seite::new(
                "eb-familienstand",
                "Familienstand",
                &[
                    feld(&FAMILIENSTAND),
                    feld(&FAMILIENSTAND_SEIT),
                    regel(&regeln::FAMILIENSTAND_VORBEI),
                    feld(&GETRENNT),
                ],
            ),
            Seite::new(
                "eb-ehe",
                "Die Ehe oder Lebenspartnerschaft",
                &[feld(&EHE_ORT), feld(&EHE_STAAT), feld(&MEHREHE), regel(&regeln::KEINE_MEHREHE)],
            )
            .wenn(VERPARTNERT),
            Seite::new(
                "eb-ehegatte",
                "Ehepartner oder Ehepartnerin",
                &[
                    baustein("ehegatte.", &NAME),
                    baustein("ehegatte.geburt.", &GEBURT),
                    feld(&EHEGATTE_GESCHLECHT),
                ],
            )
            .ueber_andere()
            .wenn(EHEGATTE_ANDERSWO),
            Seite::new(
                "eb-ehegatte-staat",
                "Staatsangehörigkeit Ihres Ehepartners oder Ihrer Ehepartnerin",
                &[
                    baustein("ehegatte.", &STAATSANGEHOERIGKEITEN_OBJEKTE),
                    feld(&EHEGATTE_DEUTSCH_SEIT),
                    feld(&EHEGATTE_WOHNT_MIT),
                ],
            )
            .ueber_andere()
            .wenn(EHEGATTE_ANDERSWO),
            Seite::new(
                "eb-ehegatte-adresse",
                "Adresse Ihres Ehepartners oder Ihrer Ehepartnerin",
                &[baustein("ehegatte.anschrift.", &ANSCHRIFT)],
            )
            .ueber_andere()
            .wenn(Bedingung::Alle(&[EHEGATTE_ANDERSWO, EHEGATTE_WOHNT_MIT.nein()])),
            Seite::new(
                "eb-fruehere-ehen",
                "Frühere Ehen",
                &[gruppe(&FRUEHERE_EHEN), feld(&P9_KIND)],
            )
            .einleitung("Es gab keine frühere Ehe? Dann gehen Sie einfach weiter."),
        ],
    )
    .wenn(KEIN_KIND),
    Schritt::new(
        "eb-eltern",
        "Eltern",
        &[Seite::new(
            "eb-eltern",
            "Eltern",
            &[hinweis(&HINWEIS_ELTERN_DEUTSCH), gruppe(&ELTERN), regel(&regeln::ELTERN_BEIDE)],
        )
        .ueber_andere()],
    )
    .wenn(KEIN_KIND),
    Schritt::new(
        "eb-aufenthalt",
        "Aufenthalt in Deutschland",
        &[
            Seite::new(
                "eb-einreise",
                "Seit wann in Deutschland?",
                &[feld(&HIER_GEBOREN), feld(&ERSTEINREISE), regel(&regeln::EINREISE)],
            ),
            Seite::new(
                "eb-titel",
                "Jetziger Aufenthaltstitel",
                &[
                    feld(&TITEL_CODE),
                    feld(&TITEL_NUMMER),
                    regel(&regeln::KARTENNUMMER),
                    feld(&TITEL_AUSGESTELLT),
                    feld(&TITEL_GUELTIG),
                    regel(&regeln::TITEL_GENUEGT),
                    feld(&AUSLAENDERBEHOERDE),
                ],
            ),
            Seite::new("eb-schutz", "Schutz in Deutschland", &[feld(&SCHUTZ), feld(&SCHUTZ_SEIT)])
                .wenn(KEIN_KIND),
            Seite::new(
                "eb-zeiten",
                "Aufenthaltszeiten",
                &[gruppe(&ZEITEN), regel(&regeln::AUFENTHALTSZEITEN)],
            )
            .wenn(KEIN_KIND),
        ],
    ),
    Schritt::new(
        "eb-ausland",
        "Zeiten im Ausland",
        &[
            Seite::new(
                "eb-ausland",
                "Zeiten im Ausland",
                &[gruppe(&AUSLAND), regel(&regeln::REISEN_GETRENNT), feld(&KURZE_REISEN)],
            )
            .einleitung(
                "Sie waren nie länger als 30 Tage im Ausland? Dann gehen Sie einfach weiter.",
            ),
            Seite::new(
                "eb-aufenthaltsdauer",
                "Wie lange leben Sie hier?",
                &[Inhalt::Auskunft(&auskuenfte::AUFENTHALT)],
            )
            .einleitung("Wir rechnen mit Ihren Angaben. Entscheiden wird die Behörde."),
        ],
    )
    .wenn(KEIN_KIND),
    Schritt::new(
        "eb-wohnsitze",
        "Wohnsitze",
        &[Seite::new(
            "eb-wohnsitze",
            "Wohnsitze der letzten 5 Jahre",
            &[gruppe(&WOHNSITZE), regel(&regeln::WOHNSITZE_LUECKENLOS)],
        )],
    )
    .wenn(ERWACHSEN),
    Schritt::new(
        "eb-bildung",
        "Schule und Ausbildung",
        &[Seite::new("eb-bildung", "Schule und Ausbildung", &[gruppe(&BILDUNG)])],
    ),
    Schritt::new(
        "eb-arbeit",
        "Arbeit und Einkommen",
        &[
            Seite::new(
                "eb-erwerb",
                "Arbeit",
                &[gruppe(&ERWERB_STATUS), regel(&regeln::ERWERB_NOETIG), gruppe(&ARBEITGEBER)],
            ),
            Seite::new(
                "eb-selbststaendig",
                "Selbstständigkeit",
                &[
                    feld(&SB_NAME),
                    feld(&SB_TAETIGKEIT),
                    feld(&SB_SEIT),
                    feld(&SB_RECHTSFORM),
                    feld(&SB_STEUERBERATER),
                    feld(&SB_GEWINN_VORJAHR),
                    feld(&SB_GEWINN_LAUFEND),
                    feld(&SB_RUECKSTAENDE),
                ],
            )
            .wenn(IST_SELBSTAENDIG),
            Seite::new(
                "eb-leistungen",
                "Leistungen vom Staat",
                &[
                    feld(&LEISTUNGEN_BEZUG),
                    gruppe(&LEISTUNGEN),
                    regel(&regeln::LEISTUNGEN_PASSEN),
                    feld(&LEISTUNG_GRUND),
                    feld(&VOLLZEITMONATE),
                ],
            ),
            Seite::new(
                "eb-einkommen",
                "Einkommen und Wohnung",
                &[gruppe(&EINKOMMEN), feld(&WARMMIETE), feld(&HAUSHALT_PERSONEN)],
            ),
            Seite::new(
                "eb-vorsorge",
                "Versicherung und Vorsorge",
                &[
                    feld(&KRANKENKASSE),
                    feld(&RENTENMONATE),
                    feld(&PRIVATE_VORSORGE),
                    gruppe(&UNTERHALTSPFLICHTEN),
                ],
            ),
        ],
    )
    .wenn(ERWACHSEN),
    Schritt::new(
        "eb-sprache",
        "Deutsch",
        &[Seite::new(
            "eb-sprache",
            "Nachweis über Deutsch",
            &[
                feld(&SPRACHE_NACHWEIS),
                feld(&SPRACHE_NIVEAU),
                regel(&regeln::SPRACHE_GENUEGT),
                feld(&SPRACHE_ANBIETER),
                feld(&SPRACHE_DATUM),
                feld(&SPRACHE_NUMMER),
                feld(&SPRACHE_HAERTE),
            ],
        )],
    ),
    Schritt::new(
        "eb-test",
        "Einbürgerungstest",
        &[Seite::new(
            "eb-test",
            "Einbürgerungstest",
            &[
                feld(&TEST_NACHWEIS),
                feld(&TEST_DATUM),
                feld(&TEST_PUNKTE),
                regel(&regeln::TEST_BESTANDEN),
            ],
        )],
    ),
    Schritt::new(
        "eb-strafen",
        "Strafen",
        &[
            Seite::new(
                "eb-strafen",
                "Verurteilungen",
                &[feld(&VERURTEILT), regel(&regeln::STRAFEN_PASSEN), gruppe(&URTEILE)],
            ),
            Seite::new(
                "eb-verfahren",
                "Laufende Verfahren",
                &[feld(&VERFAHREN), gruppe(&VERFAHREN_LISTE)],
            ),
        ],
    )
    .wenn(STRAFMUENDIG),
    Schritt::new(
        "eb-bekenntnis",
        "Bekenntnis",
        &[Seite::new(
            "eb-bekenntnis",
            "Ihr Bekenntnis",
            &[
                hinweis(&HINWEIS_BEKENNTNIS),
                feld(&FDGO_A),
                feld(&FDGO_B),
                feld(&FDGO_C),
                feld(&FDGO_D),
                feld(&FDGO_E),
                feld(&FDGO_F),
                feld(&FDGO_G),
                feld(&FDGO_H),
                feld(&VERANTWORTUNG),
                feld(&KEINE_BESTREBUNGEN),
                feld(&ABWENDUNG),
                regel(&regeln::BEKENNTNIS_VOLLSTAENDIG),
                feld(&MITGLIEDSCHAFTEN),
                feld(&MITGLIEDSCHAFTEN_TEXT),
                feld(&TEXT_VERSION),
                feld(&LESEHILFE),
                feld(&BEKENNTNIS_DATUM),
            ],
        )],
    )
    .wenn(AB_16),
    Schritt::new(
        "eb-vorverfahren",
        "Frühere Verfahren",
        &[Seite::new(
            "eb-vorverfahren",
            "Frühere Verfahren",
            &[
                feld(&FRUEHERER_ANTRAG),
                gruppe(&VORANTRAEGE),
                feld(&RUECKNAHME),
                feld(&SPERRFRIST_BEGINN),
                regel(&regeln::SPERRFRIST),
                feld(&FRUEHER_DEUTSCH),
            ],
        )],
    )
    .wenn(ERWACHSEN),
];

/// After all persons: what concerns them together.
pub static ABSCHLUSS: &[Schritt] = &[
    Schritt::new(
        "eb-kinder",
        "Kinder",
        &[Seite::new("eb-kinder", "Ihre Kinder", &[gruppe(&KINDER)])
            .einleitung("Sie haben keine Kinder? Dann gehen Sie einfach weiter.")
            .ueber_andere()],
    ),
    Schritt::new(
        "eb-sorgerecht",
        "Sorgerecht",
        &[Seite::new(
            "eb-sorgerecht",
            "Sorgerecht",
            &[feld(&SORGERECHT), baustein("vertretung.zweiterElternteil.", &ZWEITER_ELTERNTEIL)],
        )
        .ueber_andere()],
    )
    .wenn(MIT_SORGERECHT),
    Schritt::new(
        "eb-nachweise",
        "Nachweise",
        &[Seite::new(
            "eb-nachweise",
            "Nachweise",
            &[
                hinweis(&HINWEIS_NACHREICHEN),
                Inhalt::Nachweise(&NACHWEISE_PERSON),
                Inhalt::Nachweise(&NACHWEISE_ANTRAG),
            ],
        )],
    ),
    Schritt::new(
        "eb-gebuehr",
        "Gebühr und Erklärungen",
        &[
            Seite::new(
                "eb-gebuehr",
                "Gebühr",
                &[
                    Inhalt::Auskunft(&auskuenfte::GEBUEHREN),
                    feld(&GEBUEHR_SUMME),
                    feld(&ERMAESSIGUNG),
                    feld(&ERMAESSIGUNG_GRUND),
                    feld(&ZAHLWEG),
                ],
            ),
            Seite::new(
                "eb-erklaerungen",
                "Ihre Erklärungen",
                &[
                    hinweis(&HINWEIS_BEHOERDEN),
                    feld(&ERKLAERUNG_RICHTIG),
                    feld(&ERKLAERUNG_DATENSCHUTZ),
                    feld(&ERKLAERUNG_MITTEILUNG),
                    feld(&ERKLAERUNG_AKTEN),
                ],
            ),
        ],
    ),
    Schritt::new(
        "eb-absenden",
        "Prüfen und absenden",
        &[Seite::new("zusammenfassung", "Prüfen Sie Ihre Angaben", &[feld(&GEPRUEFT)])
            .art(Seitenart::Zusammenfassung)],
    ),
];
