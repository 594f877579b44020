//! The questions of the Quick-Check, in the same words as those of an Antrag.

use crate::{
    antraege::einbuergerung::{bekenntnis, listen::TitelOderUnbekannt},
    codelisten::{Codeliste, liste},
    formular::{
        Abschnitt, Bedingung, Feld, Feldgruppe, Formular, Hinweis, Hinweisart, Schritt, Seite,
        feld, gruppe, hinweis,
    },
    recht::{asylg, einbtestv, stag},
    werte::{Bestaetigung, Code, Datum, Ganzzahl, Teildatum},
};

pub static QUICKCHECK: Formular = Formular {
    id: "quickcheck",
    kuerzel: "QC",
    titel: "Quick-Check Einbürgerung",
    worum: "Möchten Sie wissen, ob eine Einbürgerung für Sie in Frage kommt? Beantworten Sie ein paar \
            Fragen. Wir speichern nichts.",
    bereithalten: &["Ihren Aufenthaltstitel"],
    danach: &["Sie sehen, was wahrscheinlich passt, was offen ist und was noch fehlt."],
    dauer: "Der Check dauert ungefähr 5 Minuten.",
    gebuehr: "Der Check kostet nichts.",
    leika: "99099002000000",
    norm: stag("§ 10"),
    daten: stag("§ 31"),
    abschnitte: &[Abschnitt::einmal("quickcheck", "", SCHRITTE)],
    betreff: |_| String::new(),
    vorschlaege: &[],
    zulieferung: None,
};

macro_rules! qc_liste {
    ($($(#[$doc:meta])* $typ:ident, $name:ident = $id:literal, [$(($code:literal, $text:literal)),* $(,)?];)*) => {
        $(liste! {
            $(#[$doc])*
            $typ, $name = Codeliste::eigen($id, &[$(($code, $text),)* ("WEISS_NICHT", "Das weiß ich nicht")]);
        })*
    };
}

qc_liste! {
    /// Whether another way is the right one.
    Abstammung, ABSTAMMUNG = "qcAbstammung", [
        ("KEINE", "Nein, nichts davon"),
        ("DEUTSCHER_ELTERNTEIL", "Ein Elternteil ist oder war deutsch"),
        ("NS_VERFOLGUNG", "Meiner Familie wurde die deutsche Staatsangehörigkeit in der NS-Zeit entzogen"),
        ("EHEMALIGER_DEUTSCHER", "Ich war früher selbst deutsch"),
        ("SPAETAUSSIEDLER", "Ich bin als Spätaussiedler oder Spätaussiedlerin gekommen"),
        ("KIND_P4_3", "Ich bin in Deutschland geboren, und ein Elternteil lebte schon lange mit einem unbefristeten Titel hier"),
    ];
    /// Where somebody lives.
    Wohnort, WOHNORT = "qcWohnort", [("DEUTSCHLAND", "In Deutschland"), ("AUSLAND", "Im Ausland")];
    /// Yes, no, or not known.
    JaNein, JA_NEIN = "qcJaNein", [("true", "Ja"), ("false", "Nein")];
    /// Long stays abroad.
    Abwesend, ABWESEND = "qcAbwesend", [
        ("NEIN", "Nein"),
        ("UEBER_6M_MIT_FRIST", "Ja, und die Ausländerbehörde hatte es vorher erlaubt"),
        ("UEBER_6M_OHNE_FRIST", "Ja, ohne Erlaubnis"),
    ];
    /// Whether it is clear who somebody is.
    Identitaet, IDENTITAET = "qcIdentitaet", [
        ("PASS_GUELTIG", "Ja, ich habe einen gültigen Pass oder Reiseausweis"),
        ("PASS_ABGELAUFEN", "Mein Pass ist abgelaufen"),
        ("ANDERE_NACHWEISE", "Ich habe keinen Pass, aber andere Nachweise"),
        ("UNGEKLAERT", "Nein, ich habe nichts"),
    ];
    /// What somebody lives on.
    Lebensunterhalt, LEBENSUNTERHALT = "qcLebensunterhalt", [
        ("OHNE_LEISTUNG", "Ja"),
        ("AUSNAHME_A", "Nein, aber ich bin bis 30.06.1974 als Gastarbeiter oder bis 13.06.1990 als Vertragsarbeiter gekommen, oder als Ehepartner nachgezogen"),
        ("AUSNAHME_B", "Nein, aber ich arbeite Vollzeit, mindestens 20 der letzten 24 Monate"),
        ("AUSNAHME_C", "Nein, aber mein Ehepartner arbeitet so, und wir haben ein Kind unter 18 Jahren"),
        ("UNSICHER", "Mein Einkommen wechselt, oder ich bin nicht sicher"),
        ("LEISTUNG_SONST", "Nein"),
    ];
    /// Proof of German.
    Sprache, SPRACHE = "qcSprache", [
        ("B1", "Zertifikat B1 oder höher"),
        ("SCHULE_DE", "Schule, Ausbildung oder Studium auf Deutsch"),
        ("MUENDLICH_GASTARBEITER", "Ich bin als Gastarbeiter oder Vertragsarbeiter gekommen und spreche Deutsch im Alltag"),
        ("HAERTE_4A", "Ich habe mir große Mühe gegeben, schaffe B1 aber nicht"),
        ("KRANK_ALT", "Ich kann es wegen Krankheit oder Alter nicht"),
        ("KEIN_NACHWEIS", "Noch keinen"),
    ];
    /// Proof of the Einbürgerungstest.
    Test, TEST = "qcTest", [
        ("BESTANDEN", "Ja, bestanden (auch „Leben in Deutschland“)"),
        ("SCHULE_DE", "Ich habe einen deutschen Schulabschluss"),
        ("GASTARBEITER", "Ich bin als Gastarbeiter oder Vertragsarbeiter gekommen"),
        ("HAERTE_4A", "Ich bin ein Härtefall bei der Sprache"),
        ("KRANK_ALT", "Ich kann ihn wegen Krankheit oder Alter nicht machen"),
        ("KEIN_NACHWEIS", "Noch nicht"),
    ];
    /// Whether somebody can make the Bekenntnis.
    Bekenntnis, BEKENNTNIS = "qcBekenntnis", [
        ("JA", "Ja"),
        ("DISTANZIERT", "Ja, aber ich habe früher etwas anderes unterstützt und mich davon abgewandt"),
        ("NEIN", "Nein"),
    ];
}

// Other ways go no further.
const WEITER: Bedingung = Bedingung::Alle(&[
    ANDERE_ABSTAMMUNG,
    Bedingung::Nicht(&Bedingung::Gleich("wohnort", "AUSLAND")),
]);

const ANDERE_ABSTAMMUNG: Bedingung = Bedingung::Nicht(&Bedingung::EinesVon(
    "abstammung",
    &["DEUTSCHER_ELTERNTEIL", "NS_VERFOLGUNG", "SPAETAUSSIEDLER", "KIND_P4_3"],
));

const UEBER_6_MONATE: Bedingung =
    Bedingung::Gleich("aufenthalt.abwesenheit", "UEBER_6M_OHNE_FRIST");
const IST_VERHEIRATET: Bedingung = Bedingung::Gleich("eheMitDeutschem.antwort", "true");
const IST_ZURUECKGENOMMEN: Bedingung = Bedingung::Gleich("ruecknahme", "true");
const FREIHEITSSTRAFE: Bedingung = Bedingung::MehrAls("freiheitsstrafeMonate", 0);

/// A date that somebody need not know: the box beside it says so.
const fn bekannt(box_: &'static Bedingung) -> Bedingung {
    Bedingung::Nicht(box_)
}

const GEBURTSDATUM_UNBEKANNT: Bedingung = Bedingung::Gleich("geburtsdatumWeissNicht", "true");
const SEIT_UNBEKANNT: Bedingung = Bedingung::Gleich("aufenthalt.seitWeissNicht", "true");
const RUECKKEHR_UNBEKANNT: Bedingung = Bedingung::Gleich("aufenthalt.rueckkehrWeissNicht", "true");
const EHE_SEIT_UNBEKANNT: Bedingung = Bedingung::Gleich("eheMitDeutschem.seitWeissNicht", "true");
const SPERRFRIST_UNBEKANNT: Bedingung = Bedingung::Gleich("sperrfristWeissNicht", "true");

macro_rules! fragen {
    ($($name:ident: $typ:ty = $id:literal, $label:literal, $norm:expr $(, $more:ident ( $($arg:expr),* ))*;)*) => {
        $(pub static $name: Feld<$typ> =
            Feld::new($id, $label).key(concat!("qc.", $id)).norm($norm)$(.$more($($arg),*))*;)*
    };
}

fragen! {
    Q_ABSTAMMUNG: Code<Abstammung> = "abstammung", "Deutsche Eltern oder anderer Weg", stag("§§ 4, 5, 7, 13, 15"),
        frage("Ist oder war ein Elternteil deutsch? Oder passt etwas anderes davon zu Ihnen?"), pflicht();
    Q_WOHNORT: Code<Wohnort> = "wohnort", "Wo leben Sie?", stag("§§ 13, 14"), pflicht();
    Q_GEBURTSDATUM: Teildatum = "geburtsdatum", "Geburtsdatum", stag("§ 34"),
        frage("Wann sind Sie geboren?"),
        hilfe("Kennen Sie nur das Jahr? Dann lassen Sie Tag und Monat leer."), pflicht_wenn(bekannt(&GEBURTSDATUM_UNBEKANNT));
    Q_GEBURTSDATUM_UNBEKANNT: Bestaetigung = "geburtsdatumWeissNicht", "Das weiß ich nicht", stag("§ 34");
    Q_STAATENLOS: Code<JaNein> = "staatenlosInDeutschlandGeboren", "Staatenlos und hier geboren", stag("§ 8"),
        frage("Sind Sie staatenlos und in Deutschland geboren?"), pflicht();
    Q_SEIT: Datum = "aufenthalt.seit", "Mit Erlaubnis in Deutschland seit", stag("§ 10 Abs. 1 Satz 1"),
        frage("Seit wann leben Sie mit einer Erlaubnis in Deutschland?"),
        hilfe("Eine Duldung und ein Schengen-Visum zählen nicht."), pflicht_wenn(bekannt(&SEIT_UNBEKANNT));
    Q_SEIT_UNBEKANNT: Bestaetigung = "aufenthalt.seitWeissNicht", "Das weiß ich nicht", stag("§ 10 Abs. 1 Satz 1");
    Q_ABWESENHEIT: Code<Abwesend> = "aufenthalt.abwesenheit", "Länger als 6 Monate im Ausland", stag("§ 12b Abs. 1, 2"),
        frage("Waren Sie danach einmal länger als 6 Monate im Ausland?"), pflicht();
    Q_RUECKKEHR: Datum = "aufenthalt.rueckkehrAm", "Rückkehr am", stag("§ 12b Abs. 2"),
        frage("Wann sind Sie zurückgekommen?"), wenn(UEBER_6_MONATE), pflicht_wenn(bekannt(&RUECKKEHR_UNBEKANNT));
    Q_RUECKKEHR_UNBEKANNT: Bestaetigung = "aufenthalt.rueckkehrWeissNicht", "Das weiß ich nicht", stag("§ 12b Abs. 2"),
        wenn(UEBER_6_MONATE);
    Q_HAELFTE: Code<JaNein> = "aufenthalt.abwesenheitHaelfte", "Mehr als die Hälfte im Ausland", stag("§ 12b Abs. 1 Satz 5"),
        frage("Waren Sie zusammen mehr als die Hälfte der Zeit im Ausland?"),
        hilfe("Gemeint sind alle Reisen zusammen, in den letzten 5 Jahren."), pflicht();
    Q_GESTATTUNG: Code<JaNein> = "aufenthalt.gestattungAnrechnen", "Aufenthaltsgestattung", asylg("§ 55 Abs. 3"),
        frage("War darin Zeit mit einer Aufenthaltsgestattung, und wurde Ihr Asylantrag anerkannt?"), pflicht();
    Q_TITEL: Code<TitelOderUnbekannt> = "titel", "Aufenthaltstitel", stag("§ 10 Abs. 1 Satz 1 Nr. 2"),
        frage("Welchen Aufenthaltstitel haben Sie?"),
        hilfe("Der Paragraf steht auf der Karte unter „Art des Titels“ oder „Anmerkungen“. Sie finden ihn nicht? Dann wählen Sie am Ende der Liste „weiß ich nicht“."), pflicht();
    Q_EHE: Code<JaNein> = "eheMitDeutschem.antwort", "Ehe mit einer deutschen Person", stag("§ 9 Abs. 1"),
        frage("Sind Sie mit einer deutschen Person verheiratet?"), pflicht();
    Q_EHE_SEIT: Datum = "eheMitDeutschem.seit", "Verheiratet seit", stag("§ 9 Abs. 1"),
        frage("Seit wann sind Sie verheiratet?"), wenn(IST_VERHEIRATET), pflicht_wenn(bekannt(&EHE_SEIT_UNBEKANNT));
    Q_EHE_SEIT_UNBEKANNT: Bestaetigung = "eheMitDeutschem.seitWeissNicht", "Das weiß ich nicht", stag("§ 9 Abs. 1"),
        wenn(IST_VERHEIRATET);
    Q_IDENTITAET: Code<Identitaet> = "identitaet", "Identität", stag("§ 10 Abs. 1 Satz 1"),
        frage("Können Sie zeigen, wer Sie sind?"), pflicht();
    Q_LEBENSUNTERHALT: Code<Lebensunterhalt> = "lebensunterhalt", "Leben ohne Leistungen", stag("§ 10 Abs. 1 Satz 1 Nr. 3"),
        frage("Können Sie ohne Grundsicherungsgeld (früher Bürgergeld) oder Sozialhilfe leben?"), pflicht();
    Q_SPRACHE: Code<Sprache> = "sprache", "Nachweis über Deutsch", stag("§ 10 Abs. 1 Satz 1 Nr. 6, Abs. 4, 4a, 6"),
        frage("Welchen Nachweis über Deutsch haben Sie?"), pflicht();
    Q_TEST: Code<Test> = "test", "Einbürgerungstest", einbtestv("§§ 1, 2"),
        frage("Haben Sie den Einbürgerungstest?"), pflicht();
    Q_VERURTEILT: Code<JaNein> = "verurteilt", "Verurteilungen", stag("§ 12a"),
        frage("Wurden Sie in Deutschland oder im Ausland verurteilt?"), pflicht();
    Q_VERFAHREN: Code<JaNein> = "ermittlungsverfahren", "Laufende Verfahren", stag("§ 12a Abs. 3"),
        frage("Läuft gegen Sie ein Ermittlungsverfahren oder ein Strafverfahren?"), pflicht();
    Q_BEKENNTNIS: Code<Bekenntnis> = "bekenntnis", "Bekenntnis", stag("§ 10 Abs. 1 Satz 1 Nr. 1, 1a, § 11"),
        frage("Können Sie dieses Bekenntnis abgeben?"), pflicht();
    Q_MEHREHE: Code<JaNein> = "mehrehe", "Mehrere Ehen gleichzeitig", stag("§ 11 Satz 1 Nr. 3 Buchstabe a"),
        frage("Sind Sie mit mehreren Personen gleichzeitig verheiratet?"), pflicht();
    Q_RUECKNAHME: Code<JaNein> = "ruecknahme", "Zurückgenommene Einbürgerung", stag("§ 35a"),
        frage("Wurde eine Einbürgerung von Ihnen zurückgenommen, oder wurden falsche Angaben festgestellt?"), pflicht();
    Q_SPERRFRIST: Datum = "sperrfristBeginn", "Endgültig seit", stag("§ 35a"),
        frage("Seit wann ist das endgültig?"), wenn(IST_ZURUECKGENOMMEN), pflicht_wenn(bekannt(&SPERRFRIST_UNBEKANNT));
    Q_SPERRFRIST_UNBEKANNT: Bestaetigung = "sperrfristWeissNicht", "Das weiß ich nicht", stag("§ 35a"),
        wenn(IST_ZURUECKGENOMMEN);
}

macro_rules! urteil {
    ($($name:ident: $typ:ty = $id:literal, $label:literal $(, $more:ident ( $($arg:expr),* ))*;)*) => {
        $(pub static $name: Feld<$typ> =
            Feld::new($id, $label).key(concat!("qc.urteile.", $id)).norm(stag("§ 12a"))$(.$more($($arg),*))*;)*
    };
}

urteil! {
    U_TAGESSAETZE: Ganzzahl = "tagessaetze", "Tagessätze der Geldstrafe", zwischen(0, 720),
        hilfe("Die Zahl steht im Urteil oder im Strafbefehl.");
    U_MONATE: Ganzzahl = "freiheitsstrafeMonate", "Monate der Freiheitsstrafe", zwischen(0, 600);
    U_BEWAEHRUNG: Datum = "bewaehrungBis", "Bewährung bis", wenn(FREIHEITSSTRAFE);
    U_ERLASSEN: Code<JaNein> = "erlassen", "Strafe erlassen", frage("Wurde die Strafe nach der Bewährung erlassen?"), wenn(FREIHEITSSTRAFE), pflicht();
    U_JUGEND: Code<JaNein> = "jugendstrafe", "Jugendstrafe", frage("War es eine Jugendstrafe?"), pflicht();
    U_MENSCHENVERACHTEND: Code<JaNein> = "menschenverachtend", "Antisemitisch oder rassistisch",
        frage("Steht im Urteil, dass die Tat antisemitisch, rassistisch oder sonst menschenverachtend war?"), pflicht();
    U_UNBEKANNT: Bestaetigung = "hoeheWeissNicht", "Ich weiß nicht, wie hoch die Strafe war";
}

/// Convictions, one entry each.
pub static URTEILE: Feldgruppe = Feldgruppe::new(
    "urteile",
    "Verurteilungen",
    "Verurteilung",
    &[
        feld(&U_TAGESSAETZE),
        feld(&U_MONATE),
        feld(&U_UNBEKANNT),
        feld(&U_BEWAEHRUNG),
        feld(&U_ERLASSEN),
        feld(&U_JUGEND),
        feld(&U_MENSCHENVERACHTEND),
    ],
)
.norm(stag("§ 12a"))
.anzahl(1, 20)
.wenn(Bedingung::Gleich("verurteilt", "true"));

static BEKENNTNIS_TEXT: Hinweis =
    Hinweis::new("qc.bekenntnis", Hinweisart::Text, &bekenntnis::AKTUELL.punkte);

static VERANTWORTUNG_TEXT: Hinweis = Hinweis::new(
    "qc.verantwortung",
    Hinweisart::Text,
    &[bekenntnis::AKTUELL.verantwortung, bekenntnis::AKTUELL.bestrebungen],
);

static SCHRITTE: &[Schritt] = &[
    Schritt::new(
        "qc-weg",
        "Welcher Weg?",
        &[
            Seite::new("qc-abstammung", "Deutsche Eltern oder anderer Weg", &[feld(&Q_ABSTAMMUNG)]),
            Seite::new("qc-wohnort", "Wo leben Sie?", &[feld(&Q_WOHNORT)]).wenn(ANDERE_ABSTAMMUNG),
        ],
    ),
    Schritt::new(
        "qc-person",
        "Sie selbst",
        &[
            Seite::new(
                "qc-geburtsdatum",
                "Wann sind Sie geboren?",
                &[feld(&Q_GEBURTSDATUM), feld(&Q_GEBURTSDATUM_UNBEKANNT)],
            ),
            Seite::new("qc-staatenlos", "Staatenlos und hier geboren", &[feld(&Q_STAATENLOS)]),
        ],
    )
    .wenn(WEITER),
    Schritt::new(
        "qc-aufenthalt",
        "Ihr Aufenthalt",
        &[
            Seite::new(
                "qc-seit",
                "Seit wann leben Sie hier?",
                &[feld(&Q_SEIT), feld(&Q_SEIT_UNBEKANNT)],
            ),
            Seite::new(
                "qc-abwesenheit",
                "Länger im Ausland",
                &[feld(&Q_ABWESENHEIT), feld(&Q_RUECKKEHR), feld(&Q_RUECKKEHR_UNBEKANNT)],
            ),
            Seite::new("qc-haelfte", "Viel Zeit im Ausland", &[feld(&Q_HAELFTE)]),
            Seite::new("qc-gestattung", "Zeit mit Aufenthaltsgestattung", &[feld(&Q_GESTATTUNG)]),
            Seite::new("qc-titel", "Ihr Aufenthaltstitel", &[feld(&Q_TITEL)]),
            Seite::new(
                "qc-ehe",
                "Ehe mit einer deutschen Person",
                &[feld(&Q_EHE), feld(&Q_EHE_SEIT), feld(&Q_EHE_SEIT_UNBEKANNT)],
            ),
        ],
    )
    .wenn(WEITER),
    Schritt::new(
        "qc-voraussetzungen",
        "Was Sie mitbringen",
        &[
            Seite::new("qc-identitaet", "Ihre Identität", &[feld(&Q_IDENTITAET)]),
            Seite::new("qc-lebensunterhalt", "Wovon Sie leben", &[feld(&Q_LEBENSUNTERHALT)]),
            Seite::new("qc-sprache", "Deutsch", &[feld(&Q_SPRACHE)]),
            Seite::new("qc-test", "Einbürgerungstest", &[feld(&Q_TEST)]),
        ],
    )
    .wenn(WEITER),
    Schritt::new(
        "qc-hindernisse",
        "Was im Weg stehen kann",
        &[
            Seite::new("qc-urteile", "Verurteilungen", &[feld(&Q_VERURTEILT), gruppe(&URTEILE)]),
            Seite::new("qc-verfahren", "Laufende Verfahren", &[feld(&Q_VERFAHREN)]),
            Seite::new(
                "qc-bekenntnis",
                "Ihr Bekenntnis",
                &[hinweis(&BEKENNTNIS_TEXT), hinweis(&VERANTWORTUNG_TEXT), feld(&Q_BEKENNTNIS)],
            ),
            Seite::new("qc-mehrehe", "Mehrere Ehen gleichzeitig", &[feld(&Q_MEHREHE)]),
            Seite::new(
                "qc-ruecknahme",
                "Zurückgenommene Einbürgerung",
                &[feld(&Q_RUECKNAHME), feld(&Q_SPERRFRIST), feld(&Q_SPERRFRIST_UNBEKANNT)],
            ),
        ],
    )
    .wenn(WEITER),
];
