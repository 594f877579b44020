//! The proofs of the Einbürgerung (`einbuergerung.md` section 3).

use crate::{
    antraege::einbuergerung::formular::*,
    bausteine::full_name,
    formular::{Bedingung, Nachweisart, Nachweise},
    recht::stag,
};

/// A proof that an adult person has to give.
const ERWACHSEN_UND_ERSTE: Bedingung = Bedingung::Alle(&[ERWACHSEN, IST_ANTRAGSTELLER]);
const IST_ANTRAGSTELLER: Bedingung =
    Bedingung::Nicht(&Bedingung::EinesVon("rolle", &["MIT_EHEGATTE", "MIT_KIND"]));

const GASTARBEITER: Bedingung = Bedingung::Gleich("sprache.nachweis", "GASTARBEITER_MUENDLICH");

const UNTERHALT: crate::recht::Norm = stag("§ 10 Abs. 1 Satz 1 Nr. 3");

/// Proofs about each person.
pub static NACHWEISE_PERSON: Nachweise = Nachweise {
    je: Some(&PERSONEN),
    arten: &[
        Nachweisart::noetig("N_PASS", "Pass oder Passersatz", Bedingung::Nicht(&OHNE_PASS))
            .hilfe("Alle bedruckten Seiten.")
            .norm(stag("§ 10 Abs. 1 Satz 1")),
        Nachweisart::noetig("N_TITEL", "Aufenthaltstitel", ERWACHSEN)
            .hilfe("Vorderseite, Rückseite und das Zusatzblatt.")
            .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2")),
        Nachweisart::noetig("N_GEBURT", "Geburtsurkunde", Bedingung::Immer)
            .hilfe("Mit Übersetzung, wenn sie nicht auf Deutsch ist.")
            .norm(stag("§ 10 Abs. 1 Satz 1")),
        Nachweisart::noetig("N_EHE", "Eheurkunde", Bedingung::Alle(&[ERWACHSEN, VERPARTNERT]))
            .norm(stag("§ 9 Abs. 1")),
        Nachweisart::noetig(
            "N_EHE_ENDE",
            "Nachweis über das Ende der Ehe",
            Bedingung::Alle(&[
                ERWACHSEN,
                Bedingung::EinesVon("familienstand.code", &["GS", "VW", "EA", "LV", "LA"]),
            ]),
        )
        .hilfe("Scheidungsurteil oder Sterbeurkunde.")
        .norm(stag("§ 9 Abs. 2")),
        Nachweisart::noetig(
            "N_LOHN",
            "Lohnabrechnungen",
            Bedingung::Alle(&[ERWACHSEN_UND_ERSTE, IST_ANGESTELLT]),
        )
        .hilfe("Die letzten 3 Monate.")
        .norm(UNTERHALT),
        Nachweisart::noetig(
            "N_VERTRAG",
            "Arbeitsvertrag",
            Bedingung::Alle(&[ERWACHSEN_UND_ERSTE, IST_ANGESTELLT]),
        )
        .norm(UNTERHALT),
        Nachweisart::noetig(
            "N_SELBST",
            "Steuerbescheid und BWA",
            Bedingung::Alle(&[ERWACHSEN_UND_ERSTE, IST_SELBSTAENDIG]),
        )
        .hilfe("Auch die Gewerbeanmeldung und eine Bescheinigung vom Steuerbüro.")
        .norm(UNTERHALT),
        Nachweisart::noetig(
            "N_RENTE",
            "Rentenbescheid",
            Bedingung::Alle(&[
                ERWACHSEN_UND_ERSTE,
                Bedingung::Enthaelt("erwerb.status", "", "RENTE"),
            ]),
        )
        .norm(UNTERHALT),
        Nachweisart::noetig(
            "N_LEISTUNG",
            "Leistungsbescheide",
            Bedingung::Alle(&[ERWACHSEN_UND_ERSTE, Bedingung::Beantwortet("leistungen.liste")]),
        )
        .norm(UNTERHALT),
        Nachweisart::noetig("N_MIETE", "Mietvertrag", ERWACHSEN_UND_ERSTE)
            .hilfe("Mit der letzten Änderung der Miete.")
            .norm(UNTERHALT),
        Nachweisart::noetig(
            "N_GASTARBEITER",
            "Nachweis der Anwerbung",
            Bedingung::Alle(&[ERWACHSEN, GASTARBEITER]),
        )
        .hilfe("Einreise bis 30.06.1974, in der DDR bis 13.06.1990.")
        .norm(stag("§ 10 Abs. 4 Satz 3")),
        Nachweisart::noetig(
            "N_SPRACHE",
            "Nachweis über Deutschkenntnisse",
            Bedingung::Alle(&[ERWACHSEN, Bedingung::Nicht(&GASTARBEITER)]),
        )
        .hilfe("Zertifikat oder Zeugnis.")
        .norm(stag("§ 10 Abs. 4")),
        Nachweisart::noetig(
            "N_TEST",
            "Einbürgerungstest",
            Bedingung::Alle(&[
                ERWACHSEN,
                Bedingung::Nicht(&Bedingung::EinesVon(
                    "test.nachweis",
                    &["GASTARBEITER", "HAERTE_4A", "UNTER_16"],
                )),
            ]),
        )
        .hilfe("Ergebnis vom Test oder Schulzeugnis.")
        .norm(stag("§ 10 Abs. 5")),
        Nachweisart::noetig(
            "N_STRAFE",
            "Urteil oder Strafbefehl",
            Bedingung::Alle(&[ERWACHSEN, Bedingung::Gleich("strafe.verurteilt", "true")]),
        )
        .norm(stag("§ 12a")),
        Nachweisart::noetig(
            "N_STAATENLOS",
            "Nachweis der Staatenlosigkeit",
            Bedingung::Alle(&[ERWACHSEN, IST_STAATENLOS]),
        )
        .hilfe("Reiseausweis für Staatenlose oder eine Bescheinigung.")
        .norm(stag("§ 8")),
        Nachweisart::hilfreich(
            "N_FIKTION",
            "Fiktionsbescheinigung",
            Bedingung::Gleich("aufenthalt.titel.code", "FIKTION"),
        )
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2")),
        Nachweisart::hilfreich(
            "N_NAMEN",
            "Urkunde über die Namensänderung",
            Bedingung::Enthaelt("weitereNamen", "art", "FRUEHERER_NAME"),
        )
        .norm(stag("§ 31")),
        Nachweisart::hilfreich("N_LEBENSLAUF", "Lebenslauf seit der Schulzeit", ERWACHSEN)
            .hilfe("Nicht jede Behörde fragt danach.")
            .norm(stag("§ 31")),
        Nachweisart::hilfreich(
            "N_VOLLZEIT",
            "Nachweis über 20 Monate Vollzeit in den letzten 24 Monaten",
            Bedingung::Gleich("leistungen.bezug", "true"),
        )
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe b")),
        Nachweisart::hilfreich(
            "N_RENTENVERLAUF",
            "Versicherungsverlauf der Rentenversicherung",
            ERWACHSEN,
        )
        .norm(UNTERHALT),
        Nachweisart::hilfreich(
            "N_ARZT",
            "Ärztliches Attest",
            Bedingung::Eine(&[
                Bedingung::Gleich("sprache.nachweis", "KRANKHEIT_ALTER"),
                Bedingung::Gleich("test.nachweis", "KRANKHEIT_ALTER"),
            ]),
        )
        .norm(stag("§ 10 Abs. 6")),
        Nachweisart::hilfreich(
            "N_ABH_FRIST",
            "Schreiben der Ausländerbehörde über die Frist für die Rückkehr",
            Bedingung::Enthaelt("ausland", "abhFrist", "true"),
        )
        .norm(stag("§ 12b Abs. 1 Satz 2")),
        Nachweisart::hilfreich("N_MELDE", "Erweiterte Meldebescheinigung", ERWACHSEN)
            .hilfe("Nur wenn die Behörde danach fragt.")
            .norm(stag("§ 31")),
    ],
    name: Some(full_name),
};

/// Proofs about the Antrag as a whole.
pub static NACHWEISE_ANTRAG: Nachweise = Nachweise {
    je: None,
    arten: &[
        Nachweisart::hilfreich(
            "N_KIND",
            "Geburtsurkunden der Kinder und Nachweis über das Sorgerecht",
            Bedingung::Eine(&[
                Bedingung::Beantwortet("kinder"),
                Bedingung::Gleich("vertretung.sorgerecht", "ALLEIN"),
            ]),
        )
        .norm(stag("§ 34 Satz 2")),
        Nachweisart::hilfreich(
            "N_SORGE_ZUSTIMMUNG",
            "Zustimmung des anderen Elternteils",
            Bedingung::Gleich("vertretung.sorgerecht", "GEMEINSAM"),
        )
        .norm(stag("§ 34 Satz 2")),
        Nachweisart::hilfreich(
            "N_VOLLMACHT",
            "Vollmacht oder Bestellung",
            Bedingung::Gleich("antrag.art", "ALS_VERTRETUNG"),
        )
        .norm(stag("§ 34 Satz 2")),
        Nachweisart::hilfreich(
            "N_GEBUEHR",
            "Nachweis über das Einkommen, für die Ermäßigung der Gebühr",
            Bedingung::Gleich("gebuehr.ermaessigungAntrag", "true"),
        )
        .norm(stag("§ 38 Abs. 4")),
    ],
    name: None,
};
