//! In which order the Beschäftigungserlaubnis asks its questions.

use crate::{
    antraege::beschaeftigungserlaubnis::{arbeitgeber::*, arbeitgeberteil::*, formular::*, regeln},
    bausteine::{
        ANSCHRIFT, ERKLAERUNG_DATENSCHUTZ, ERKLAERUNG_RICHTIG, GEBURT, GEPRUEFT, KONTAKT, NAME,
        STAATSANGEHOERIGKEITEN_OBJEKTE,
    },
    formular::{
        Bedingung, Inhalt, Schritt, Seite, Seitenart, baustein, feld, gruppe, hinweis, regel,
    },
};

// The employer's part: EzB fields 10 to 56. Asked alike whoever fills it in.

static ARBEITGEBER: &[Seite] = &[
    Seite::new("firma", "Die Firma", &[hinweis(&EZB), feld(&FIRMA)]),
    Seite::new(
        "firma-anschrift",
        "Adresse der Firma",
        &[baustein("arbeitgeber.anschrift.", &ANSCHRIFT)],
    ),
    Seite::new(
        "firma-kontakt",
        "Kontakt in der Firma",
        &[feld(&KONTAKTPERSON), baustein("arbeitgeber.", &KONTAKT), feld(&FAX)],
    ),
    Seite::new(
        "betrieb",
        "Der Betrieb",
        &[feld(&BETRIEBSNUMMER), regel(&regeln::BETRIEBSNUMMER_GUELTIG), feld(&NEUGRUENDUNG)],
    ),
];

static BESCHAEFTIGUNG: &[Seite] = &[
    Seite::new(
        "vertrag",
        "Beginn und Ende",
        &[
            feld(&BEGINN),
            regel(&regeln::BEGINN_LIEGT_VORN),
            feld(&BEFRISTET),
            feld(&BIS),
            regel(&regeln::BEFRISTUNG),
            feld(&UEBERLASSUNG),
            regel(&regeln::LEIHARBEIT),
        ],
    ),
    Seite::new("arbeitsort", "Der Arbeitsort", &[feld(&ARBEITSORT)]),
    Seite::new(
        "arbeitsort-adresse",
        "Adresse des Arbeitsorts",
        &[baustein("beschaeftigung.anschrift.", &ANSCHRIFT)],
    )
    .wenn(Bedingung::Gleich("beschaeftigung.ort", "ADRESSE")),
    Seite::new(
        "taetigkeit",
        "Die Tätigkeit",
        &[feld(&BERUF), feld(&TAETIGKEIT), feld(&KLDB), regel(&regeln::KLDB_SCHLUESSEL)],
    ),
    Seite::new(
        "qualifikation",
        "Ihre Qualifikation",
        &[
            gruppe(&QUALIFIKATIONEN),
            feld(&STUDIENGANG),
            feld(&STUDIUM_ORT),
            feld(&STUDIUM_ANERKANNT),
            feld(&STUDIUM_NACHWEIS),
            feld(&BERUFSABSCHLUSS),
            feld(&BERUFSABSCHLUSS_ORT),
            feld(&BERUFSABSCHLUSS_GLEICHWERTIG),
            feld(&BERUFSABSCHLUSS_NACHWEIS),
            feld(&QUALIFIKATION_SONSTIGE),
            feld(&KEINE_AUSBILDUNG_NOETIG),
        ],
    )
    .wenn(IST_TITEL),
    Seite::new(
        "berufserlaubnis",
        "Erlaubnis für den Beruf",
        &[feld(&BERUFSERLAUBNIS_NOETIG), feld(&BERUFSERLAUBNIS_WELCHE)],
    ),
];

static BEDINGUNGEN: &[Seite] = &[
    Seite::new(
        "arbeitszeit",
        "Arbeitszeit",
        &[
            feld(&ARBEITSZEIT_ART),
            feld(&STUNDEN),
            regel(&regeln::STUNDEN_GRENZE),
            feld(&TAGE_PRO_WOCHE),
        ],
    ),
    Seite::new(
        "ueberstunden",
        "Überstunden",
        &[feld(&UEBERSTUNDEN), feld(&UEBERSTUNDEN_UMFANG), feld(&UEBERSTUNDEN_AUSGLEICH)],
    ),
    Seite::new("urlaub", "Urlaub", &[feld(&URLAUB), regel(&regeln::MINDESTURLAUB)]),
    Seite::new(
        "tarif",
        "Tarifvertrag",
        &[feld(&TARIF_GEBUNDEN), feld(&TARIF_ANGEWENDET), feld(&TARIF_NAME), feld(&TARIF_GRUPPE)],
    ),
    Seite::new(
        "lohn",
        "Lohn",
        &[
            feld(&ENTGELT_EINHEIT),
            feld(&ENTGELT_BETRAG),
            regel(&regeln::MINDESTLOHN),
            gruppe(&GELDWERT),
            feld(&ENTGELT_VARIABEL),
        ],
    ),
    Seite::new(
        "sozialversicherung",
        "Sozialversicherung",
        &[
            feld(&SV_PFLICHT),
            feld(&SV_GRUND),
            feld(&SV_DVKA),
            feld(&SV_DVKA_NACHWEIS),
            feld(&SV_ERGAENZUNG),
        ],
    )
    .wenn(IST_TITEL),
];

/// What the applicant is asked.
pub static SCHRITTE: &[Schritt] = &[
    Schritt::new(
        "situation",
        "Ihre Situation",
        &[
            Seite::new(
                "dokument-art",
                "Ihr Dokument",
                &[
                    feld(&STATUS_ART),
                    feld(&RECHTSGRUNDLAGE),
                    feld(&VARIANTE),
                    regel(&regeln::UNGEKLAERTE_IDENTITAET),
                ],
            ),
            Seite::new(
                "nebenbestimmung",
                "Was steht zur Arbeit auf dem Dokument?",
                &[feld(&NEBENBESTIMMUNG), regel(&regeln::SCHON_ERLAUBT)],
            ),
            Seite::new("anlass", "Ihr Antrag", &[feld(&ANLASS), feld(&GRUND_AENDERUNG), feld(&GRUND_AUFENTHALT)]),
            Seite::new(
                "selbststaendig",
                "Angestellt oder selbstständig",
                &[feld(&SELBSTSTAENDIG), regel(&regeln::NICHT_SELBSTSTAENDIG)],
            ),
        ],
    ),
    Schritt::new(
        "person",
        "Sie selbst",
        &[
            Seite::new("name", "Ihr Name", &[baustein("person.", &NAME), baustein("", &PERSON_GESCHLECHT)]),
            Seite::new(
                "geburt",
                "Ihre Geburt",
                &[baustein("person.geburt.", &GEBURT)],
            ),
            Seite::new(
                "azr",
                "Ihre AZR-Nummer",
                &[feld(&AZR_NUMMER), regel(&regeln::AZR)],
            ),
            Seite::new(
                "staat",
                "Ihre Staatsangehörigkeit",
                &[baustein("person.", &STAATSANGEHOERIGKEITEN_OBJEKTE)],
            ),
            Seite::new(
                "anschrift",
                "Ihre Adresse",
                &[
                    baustein("person.anschrift.", &ANSCHRIFT),
                    regel(&regeln::ZUSTAENDIG),
                    feld(&WOHNT_SEIT),
                ],
            ),
            Seite::new("kontakt", "So erreichen wir Sie", &[baustein("person.kontakt.", &KONTAKT)])
                .einleitung("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."),
            Seite::new("familienstand", "Ihr Familienstand", &[feld(&FAMILIENSTAND)]),
            Seite::new("vertretung", "Vertretung", &[feld(&VERTRETUNG_ART), feld(&VERTRETUNG_NAME)])
                .einleitung("Sie stellen den Antrag selbst? Dann gehen Sie einfach weiter."),
        ],
    ),
    Schritt::new(
        "zeiten",
        "Dokument und Zeiten",
        &[
            Seite::new(
                "dokument",
                "Ihr Aufenthaltsdokument",
                &[
                    feld(&DOKUMENT_NUMMER),
                    regel(&regeln::DOKUMENTNUMMER),
                    feld(&AUSGESTELLT_AM),
                    feld(&GUELTIG_BIS),
                    regel(&regeln::DOKUMENT_ABGELAUFEN),
                ],
            ),
            Seite::new("einreise", "Seit wann Sie hier sind", &[feld(&ERSTEINREISE), feld(&UNUNTERBROCHEN_SEIT), regel(&regeln::ZEITEN)]),
            Seite::new(
                "asyl",
                "Ihr Asylverfahren",
                &[
                    feld(&ASYLSTAND),
                    feld(&ASYLANTRAG_AM),
                    feld(&ASYL_REGISTRIERT_AM),
                    feld(&GESTATTET_SEIT),
                    feld(&GEDULDET_SEIT),
                    feld(&WOHNT_IN_AE),
                    feld(&ARBEIT_WAR_ERLAUBT),
                    feld(&PASS_VORGELEGT),
                ],
            )
            .wenn(Bedingung::EinesVon("status.art", &["GESTATTUNG", "DULDUNG_60A"])),
            Seite::new("bisher", "Ihre Arbeit bisher", &[feld(&SV_MONATE), gruppe(&BISHERIGE)])
                .einleitung("Sie haben in Deutschland noch nicht gearbeitet? Dann gehen Sie einfach weiter."),
        ],
    ),
    Schritt::new(
        "arbeit",
        "Die Arbeit",
        &[
            Seite::new(
                "beschaeftigung-art",
                "Was für eine Arbeit ist es?",
                &[feld(&BESCHAEFTIGUNG_ART), regel(&regeln::SCHULISCH)],
            ),
            Seite::new(
                "ausbildung",
                "Ihre Ausbildung",
                &[feld(&AUSBILDUNG_BERUF), feld(&AUSBILDUNG_DAUER), feld(&AUSBILDUNG_EINTRAGUNG)],
            )
            .wenn(Bedingung::Gleich("beschaeftigung.art", "BERUFSAUSBILDUNG")),
            Seite::new("arbeitgeber-weg", "Angaben des Arbeitgebers", &[feld(&ARBEITGEBER_WEG)]),
            Seite::new(
                "arbeitgeber-link",
                "Link für Ihren Arbeitgeber",
                &[hinweis(&LINK_ERKLAERT), feld(&LINK_FIRMA), feld(&LINK_BEGINN)],
            )
            .wenn(IST_LINK)
            .art(Seitenart::Zulieferung),
        ],
    ),
    Schritt::new("arbeitgeber", "Der Arbeitgeber", ARBEITGEBER),
    Schritt::new("beschaeftigung", "Die Beschäftigung", BESCHAEFTIGUNG),
    Schritt::new("bedingungen", "Arbeitszeit und Lohn", BEDINGUNGEN),
    Schritt::new(
        "arbeitgeber-erklaerung",
        "Erklärung des Arbeitgebers",
        &[Seite::new(
            "arbeitgeber-erklaerung",
            "Unterschrift des Arbeitgebers",
            &[
                feld(&ERKLAERUNG_NAME),
                feld(&ERKLAERUNG_FUNKTION),
                feld(&ERKLAERUNG_ORT),
                feld(&ERKLAERUNG_DATUM),
                feld(&ERKLAERUNG_BESTAETIGT),
                feld(&ERKLAERUNG_NUMMER),
                feld(&ERKLAERUNG_BESTAETIGT_AM),
                feld(&VERTRAG_NAME),
                feld(&VERTRAG_GEBURT),
                regel(&regeln::VERTRAG),
            ],
        )],
    ),
    Schritt::new(
        "nachweise",
        "Nachweise",
        &[Seite::new("nachweise", "Ihre Nachweise", &[hinweis(&NACHREICHEN), regel(&regeln::WARTEZEIT), Inhalt::Nachweise(&NACHWEISE)])],
    ),
    Schritt::new(
        "absenden",
        "Prüfen und absenden",
        &[Seite::new(
            "zusammenfassung",
            "Prüfen Sie Ihre Angaben",
            &[
                hinweis(&ERST_NACH_ERLAUBNIS),
                feld(&ERKLAERUNG_RICHTIG),
                feld(&ERKLAERUNG_DATENSCHUTZ),
                feld(&GEPRUEFT),
            ],
        )
        .art(Seitenart::Zusammenfassung)],
    ),
];

/// What the employer is asked over the link: the same pages between whom it is about and what is
/// confirmed.
pub static SCHRITTE_ARBEITGEBER: &[Schritt] = &[
    Schritt::new(
        "arbeitgeber-person",
        "Die Person",
        &[Seite::new(
            "arbeitgeber-person",
            "Um wen geht es?",
            &[
                feld(&STATUS_VORGABE),
                feld(&VARIANTE),
                feld(&ART_VORGABE),
                feld(&GEBURT_VORGABE),
                feld(&FIRMA_VORGABE),
                feld(&BEGINN_VORGABE),
                feld(&VERTRAG_NAME_GEFRAGT),
                feld(&VERTRAG_GEBURT_GEFRAGT),
            ],
        )
        .ueber_andere()],
    ),
    Schritt::new("arbeitgeber", "Der Arbeitgeber", ARBEITGEBER),
    Schritt::new("beschaeftigung", "Die Beschäftigung", BESCHAEFTIGUNG),
    Schritt::new("bedingungen", "Arbeitszeit und Lohn", BEDINGUNGEN),
    Schritt::new(
        "arbeitgeber-nachweise",
        "Unterlagen",
        &[Seite::new(
            "arbeitgeber-nachweise",
            "Unterlagen zur Beschäftigung",
            &[Inhalt::Nachweise(&NACHWEISE_ARBEITGEBER)],
        )
        .einleitung(
            "Fotos oder PDF-Dateien sind in Ordnung. Laden Sie jedes Dokument einzeln hoch.",
        )],
    ),
    Schritt::new(
        "arbeitgeber-absenden",
        "Prüfen und bestätigen",
        &[Seite::new(
            "arbeitgeber-bestaetigung",
            "Prüfen und bestätigen Sie Ihre Angaben",
            &[
                hinweis(&WAS_BESTAETIGT_WIRD),
                feld(&NAME_GEFRAGT),
                feld(&FUNKTION_GEFRAGT),
                feld(&ERKLAERUNG_ORT),
                feld(&BESTAETIGT_GEFRAGT),
                regel(&regeln::VERTRAG),
            ],
        )
        .art(Seitenart::Zusammenfassung)],
    ),
];
