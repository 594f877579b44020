//! What the foreigner is asked (steps 1 to 4 and 12 to 14).

use crate::{
    angaben::{Herkunft, View},
    antraege::beschaeftigungserlaubnis::{
        arbeitgeberteil, fiktion,
        listen::{
            Anlass, Arbeitgeberweg, Asylstand, Aufenthaltsgrund, Beschaeftigungsart,
            Nebenbestimmung, Status, Variante, Vertretungsart,
        },
        regeln, seiten,
    },
    bausteine::full_name,
    codelisten::{Familienstand, Geschlecht, Rechtsgrundlage},
    formular::{
        Abschnitt, Auskunft, Baustein, Bedingung, Feld, Feldgruppe, Formular, Hinweis, Hinweisart,
        Nachweisart, Nachweise, feld,
    },
    recht::{asylg, aufenthg, beschv},
    werte::{Absatz, Code, Datum, Ganzzahl, Nummer, Text},
};

pub static FORMULAR: Formular = Formular {
    id: "beschaeftigungserlaubnis",
    kuerzel: "BE",
    titel: "Beschäftigungserlaubnis",
    worum: "Sie haben eine Gestattung, eine Duldung oder einen Aufenthaltstitel und möchten \
            arbeiten? Oft brauchen Sie dafür eine Erlaubnis der Ausländerbehörde. Hier stellen Sie \
            den Antrag.",
    dauer: "Das Ausfüllen dauert ungefähr 20 Minuten. Sie können jederzeit aufhören und später weitermachen.",
    gebuehr: "Die Behörde sagt Ihnen, ob der Antrag etwas kostet. Oft ist er kostenlos.",
    bereithalten: &[
        "Ihre Gestattung, Ihre Duldung oder Ihren Aufenthaltstitel",
        "eine Möglichkeit, Ihrem Arbeitgeber einen Link zu schicken, zum Beispiel seine E-Mail-Adresse",
        "oder die Erklärung zum Beschäftigungsverhältnis, die Ihr Arbeitgeber unterschrieben hat",
        "Ihren Pass, wenn Sie einen haben",
    ],
    danach: &[
        "Die Ausländerbehörde prüft Ihren Antrag.",
        "Oft fragt sie auch die Bundesagentur für Arbeit. Das dauert meistens 2 Wochen.",
        "Sie dürfen erst anfangen zu arbeiten, wenn Sie die Erlaubnis haben.",
        "Wenn etwas fehlt, meldet sich die Behörde bei Ihnen.",
    ],
    leika: "99010012000000",
    norm: aufenthg("§ 4a"),
    daten: aufenthg("§ 86 Satz 1"),
    abschnitte: &[Abschnitt::einmal("beschaeftigungserlaubnis", "", seiten::SCHRITTE)],
    betreff: |view| {
        let firma = view.text("arbeitgeber.firma").unwrap_or_default();
        format!("{} bei {firma}", full_name(&view.unter("person.")))
    },
    vorschlaege: &[&WEG, &FIKTION],
    zulieferung: Some(&arbeitgeberteil::ZULIEFERUNG),
};

/// The way that the decision table proposes.
static WEG: Auskunft = Auskunft {
    id: "be.weg",
    titel: "Vorschlag zum Verfahren",
    norm: Some(aufenthg("§ 4a")),
    is_taeglich: false,
    compute: regeln::vorschlag,
};

/// By when the Bundesagentur für Arbeit has to answer a request that is sent today.
static FIKTION: Auskunft = Auskunft {
    id: "be.fiktion",
    titel: "Frist der Bundesagentur für Arbeit",
    norm: Some(beschv("§ 36 Abs. 2")),
    is_taeglich: true,
    compute: fiktion::vorschlag,
};

// Step 1: Ihre Situation

pub static STATUS_ART: Feld<Code<Status>> = Feld::new("status.art", "Ihr Dokument")
    .frage("Welches Dokument haben Sie?")
    .hilfe("Die Art steht oben auf dem Papier oder auf der Karte.")
    .norm(aufenthg("§ 4a Abs. 1, 4"))
    .pflicht();

pub static RECHTSGRUNDLAGE: Feld<Code<Rechtsgrundlage>> =
    Feld::new("status.rechtsgrundlage", "Paragraf Ihrer Aufenthaltserlaubnis")
        .frage("Welcher Paragraf steht auf Ihrer Aufenthaltserlaubnis?")
        .hilfe("Er steht auf der Karte unter „Anmerkungen“, zum Beispiel § 16b Abs. 1.")
        .norm(aufenthg("§ 4a Abs. 1 bis 3"))
        .wenn(STATUS_ART.is(Status::AUFENTHALTSERLAUBNIS))
        .pflicht();

pub static NEBENBESTIMMUNG: Feld<Code<Nebenbestimmung>> =
    Feld::new("status.nebenbestimmung", "Was auf dem Dokument zur Arbeit steht")
        .frage("Was steht auf Ihrem Dokument zur Arbeit?")
        .hilfe("Zum Beispiel: „Beschäftigung nur mit Erlaubnis der Ausländerbehörde“.")
        .norm(aufenthg("§ 4a Abs. 1 bis 4"))
        .pflicht();

pub static VARIANTE: Feld<Code<Variante>> = Feld::new("antrag.variante", "Art des Antrags")
    .norm(aufenthg("§ 4a"))
    .herkunft(Herkunft::Abgeleitet);

/// A title whose Nebenbestimmung is to be changed.
pub const IST_TITEL: Bedingung = Bedingung::Eine(&[
    Bedingung::Gleich("antrag.variante", "TITEL_AENDERN"),
    Bedingung::Alle(&[
        Bedingung::Nicht(&Bedingung::Beantwortet("antrag.variante")),
        Bedingung::EinesVon(
            "status.art",
            &[
                "AE",
                "BLAUE_KARTE",
                "FIKTION",
                "VISUM_D",
                "NE",
                "DA_EU",
                "FREIZUEGIGKEIT",
                "ANDERES",
            ],
        ),
    ]),
]);

pub static ANLASS: Feld<Code<Anlass>> = Feld::new("antrag.anlass", "Anlass")
    .frage("Warum stellen Sie den Antrag?")
    .norm(aufenthg("§ 4a Abs. 2, 4"))
    .pflicht();

pub static GRUND_AENDERUNG: Feld<Absatz> = Feld::new("antrag.grundAenderung", "Grund der Änderung")
    .frage("Was soll sich an Ihrem Aufenthaltstitel ändern?")
    .hilfe("Zum Beispiel: Neuer Arbeitgeber")
    .norm(aufenthg("§ 4a Abs. 2, 3"))
    .wenn(IST_TITEL)
    .pflicht()
    .max(1000);

pub static GRUND_AUFENTHALT: Feld<Code<Aufenthaltsgrund>> =
    Feld::new("antrag.grundAufenthalt", "Grund des Aufenthalts")
        .frage("Warum leben Sie in Deutschland?")
        .norm(aufenthg("§ 7 Abs. 1"))
        .pflicht();

pub static SELBSTSTAENDIG: Feld<bool> =
    Feld::new("antrag.selbststaendig", "Selbstständige Tätigkeit")
        .frage("Möchten Sie selbstständig arbeiten?")
        .norm(aufenthg("§ 4a Abs. 1, § 21"))
        .pflicht();

// Step 2: Person

pub static GESCHLECHT: Feld<Code<Geschlecht>> = Feld::new("person.geschlecht", "Geschlecht")
    .hilfe("So, wie es auf Ihrem Dokument steht.")
    .norm(aufenthg("§ 86 Satz 1"))
    .pflicht();

pub static FAMILIENSTAND: Feld<Code<Familienstand>> =
    Feld::new("person.familienstand.code", "Familienstand").norm(aufenthg("§ 86 Satz 1"));

pub static AZR_NUMMER: Feld<Nummer> = Feld::new("person.azrNummer", "AZR-Nummer")
    .hilfe("Sie steht auf der Duldung oder Gestattung. Wenn Sie sie nicht kennen, lassen Sie das Feld leer.")
    .norm(aufenthg("§ 78a Abs. 5"));

pub static WOHNT_SEIT: Feld<Datum> = Feld::new("person.anschrift.seit", "Dort seit")
    .frage("Seit wann wohnen Sie dort?")
    .norm(beschv("§ 36"));

pub static VERTRETUNG_ART: Feld<Code<Vertretungsart>> =
    Feld::new("person.vertretung.art", "Art der Vertretung")
        .frage("Vertritt Sie jemand?")
        .hilfe("Unter 18 Jahren müssen die Eltern oder der Vormund den Antrag stellen.")
        .norm(aufenthg("§ 80"));

pub static VERTRETUNG_NAME: Feld<Text> = Feld::new("person.vertretung.name", "Name der Vertretung")
    .frage("Wie heißt die Person oder das Amt?")
    .norm(aufenthg("§ 80"))
    .wenn(Bedingung::Beantwortet("person.vertretung.art"))
    .pflicht();

// Step 3: Aufenthaltsdokument und Zeiten

pub static DOKUMENT_NUMMER: Feld<Nummer> =
    Feld::new("status.dokument.nummer", "Nummer des Dokuments").norm(aufenthg("§ 86 Satz 1"));

pub static AUSGESTELLT_AM: Feld<Datum> =
    Feld::new("status.dokument.ausgestelltAm", "Ausgestellt am")
        .bis_heute()
        .norm(aufenthg("§ 86 Satz 1"))
        .wenn(IST_BEFRISTET)
        .pflicht();

pub static GUELTIG_BIS: Feld<Datum> = Feld::new("status.dokument.gueltigBis", "Gültig bis")
    .norm(aufenthg("§ 86 Satz 1"))
    .wenn(IST_BEFRISTET)
    .pflicht();

const IST_BEFRISTET: Bedingung =
    Bedingung::Nicht(&Bedingung::EinesVon("status.art", &["NE", "DA_EU"]));

pub static ERSTEINREISE: Feld<Datum> = Feld::new("status.ersteinreise", "Erste Einreise")
    .frage("Wann sind Sie zum ersten Mal nach Deutschland gekommen?")
    .norm(aufenthg("§ 4a Abs. 4"))
    .pflicht();

pub static UNUNTERBROCHEN_SEIT: Feld<Datum> =
    Feld::new("status.ununterbrochenSeit", "Ohne Unterbrechung in Deutschland seit")
        .frage("Seit wann leben Sie ohne Unterbrechung in Deutschland?")
        .hilfe("Es zählt die Zeit mit Titel, Gestattung oder Duldung.")
        .bis_heute()
        .norm(beschv("§ 32 Abs. 1, 2 Nr. 5"))
        .wenn(Bedingung::EinesVon(
            "status.art",
            &["GESTATTUNG", "DULDUNG_60A", "DULDUNG_60B", "DULDUNG_60C", "DULDUNG_60D", "AE"],
        ))
        .pflicht();

/// The kinds of document after which the asylum procedure is asked about.
const IST_GESTATTUNG: Bedingung = Bedingung::Gleich("status.art", "GESTATTUNG");
const IST_DULDUNG_60A: Bedingung = Bedingung::Gleich("status.art", "DULDUNG_60A");
const HAT_ASYL: Bedingung = Bedingung::Eine(&[IST_GESTATTUNG, IST_DULDUNG_60A]);

pub static ASYLSTAND: Feld<Code<Asylstand>> = Feld::new("asyl.stand", "Stand des Asylverfahrens")
    .frage("Wie steht es um Ihr Asylverfahren?")
    .norm(aufenthg("§ 60a Abs. 6 Satz 1 Nr. 3"))
    .wenn(HAT_ASYL)
    .pflicht_wenn(IST_DULDUNG_60A);

pub static ASYLANTRAG_AM: Feld<Datum> = Feld::new("asyl.antragAm", "Asylantrag gestellt am")
    .hilfe("Der Tag steht auf der Gestattung oder im Schreiben des BAMF.")
    .bis_heute()
    .norm(asylg("§ 61 Abs. 1, 2"))
    .wenn(Bedingung::Alle(&[
        HAT_ASYL,
        Bedingung::Nicht(&Bedingung::Gleich("asyl.stand", "NICHT_GESTELLT")),
    ]))
    .pflicht();

pub static ASYL_REGISTRIERT_AM: Feld<Datum> =
    Feld::new("asyl.registriertAm", "Asylantrag registriert am")
        .hilfe("Der Tag steht auf der Gestattung oder im Schreiben des BAMF.")
        .bis_heute()
        .norm(asylg("§ 61 Abs. 1 Satz 2"))
        .wenn(HAT_ASYL)
        .pflicht_wenn(IST_GESTATTUNG);

pub static GESTATTET_SEIT: Feld<Datum> = Feld::new("asyl.gestattetSeit", "Gestattet seit")
    .frage("Seit wann haben Sie die Gestattung?")
    .bis_heute()
    .norm(asylg("§ 61 Abs. 2 Satz 1"))
    .wenn(IST_GESTATTUNG)
    .pflicht();

pub static ARBEIT_WAR_ERLAUBT: Feld<bool> =
    Feld::new("asyl.arbeitWarErlaubt", "Arbeit im Asylverfahren erlaubt")
        .frage("Durften Sie schon während des Asylverfahrens arbeiten?")
        .norm(asylg("§ 61 Abs. 1 Satz 9"))
        .wenn(IST_DULDUNG_60A);

pub static GEDULDET_SEIT: Feld<Datum> = Feld::new("status.geduldetSeit", "Geduldet seit")
    .frage("Seit wann haben Sie die Duldung?")
    .bis_heute()
    .norm(asylg("§ 61 Abs. 1 Satz 6"))
    .wenn(IST_DULDUNG_60A)
    .pflicht();

pub static WOHNT_IN_AE: Feld<bool> = Feld::new("status.wohntInAE", "Aufnahmeeinrichtung")
    .frage("Wohnen Sie in einer Aufnahmeeinrichtung?")
    .hilfe("Das ist eine große Unterkunft des Landes, in der Sie wohnen müssen.")
    .norm(asylg("§ 61 Abs. 1"))
    .wenn(HAT_ASYL)
    .pflicht();

pub static PASS_VORGELEGT: Feld<bool> =
    Feld::new("status.passVorgelegt", "Gültiger Pass vorgelegt")
        .frage("Haben Sie der Behörde einen gültigen Pass gezeigt?")
        .norm(asylg("§ 61 Abs. 1 Satz 7"))
        .wenn(IST_DULDUNG_60A)
        .pflicht();

pub static SV_MONATE: Feld<Ganzzahl> =
    Feld::new("status.svMonate", "Monate mit versicherungspflichtiger Arbeit")
        .frage("Wie viele Monate haben Sie in Deutschland versicherungspflichtig gearbeitet?")
        .norm(beschv("§ 9 Abs. 1 Nr. 1"))
        .wenn(STATUS_ART.is(Status::AUFENTHALTSERLAUBNIS))
        .zwischen(0, 600);

pub static BISHERIGE_ARBEITGEBER: Feld<Text> = Feld::new("arbeitgeber", "Arbeitgeber")
    .key("bisherige.arbeitgeber")
    .norm(beschv("§ 9 Abs. 1"))
    .pflicht();

pub static BISHERIGE_VON: Feld<Datum> =
    Feld::new("von", "von").key("bisherige.von").norm(beschv("§ 9 Abs. 1")).pflicht();

pub static BISHERIGE_BIS: Feld<Datum> =
    Feld::new("bis", "bis").key("bisherige.bis").norm(beschv("§ 9 Abs. 1"));

pub static BISHERIGE: Feldgruppe = Feldgruppe::new(
    "status.bisherige",
    "Bisherige Arbeitserlaubnisse",
    "Erlaubnis",
    &[feld(&BISHERIGE_ARBEITGEBER), feld(&BISHERIGE_VON), feld(&BISHERIGE_BIS)],
)
.norm(beschv("§ 9 Abs. 1"))
.anzahl(0, 10);

// Step 4: Was für eine Arbeit?

pub static BESCHAEFTIGUNG_ART: Feld<Code<Beschaeftigungsart>> =
    Feld::new("beschaeftigung.art", "Art der Beschäftigung")
        .frage("Was für eine Arbeit ist es?")
        .norm(beschv("§ 32 Abs. 2"))
        .pflicht();

const IST_AUSBILDUNG: Bedingung = Bedingung::Gleich("beschaeftigung.art", "BERUFSAUSBILDUNG");

pub static AUSBILDUNG_BERUF: Feld<Text> = Feld::new("ausbildung.beruf", "Beruf der Ausbildung")
    .frage("Welchen Beruf lernen Sie?")
    .norm(beschv("§ 32 Abs. 2 Nr. 2"))
    .wenn(IST_AUSBILDUNG)
    .pflicht();

pub static AUSBILDUNG_DAUER: Feld<Ganzzahl> =
    Feld::new("ausbildung.dauerMonate", "Dauer der Ausbildung in Monaten")
        .norm(beschv("§ 32 Abs. 2 Nr. 2"))
        .wenn(IST_AUSBILDUNG)
        .pflicht()
        .zwischen(1, 60);

pub static AUSBILDUNG_EINTRAGUNG: Feld<bool> =
    Feld::new("ausbildung.eintragungBeantragt", "Eintragung beantragt")
        .frage("Ist der Vertrag bei der Kammer eingetragen oder angemeldet?")
        .norm(beschv("§ 32 Abs. 2 Nr. 2"))
        .wenn(IST_AUSBILDUNG)
        .pflicht();

pub static ARBEITGEBER_WEG: Feld<Code<Arbeitgeberweg>> =
    Feld::new("arbeitgeberTeil.weg", "Angaben des Arbeitgebers")
        .frage("Wie kommen die Angaben des Arbeitgebers zu uns?")
        .hilfe(
            "Es geht um die „Erklärung zum Beschäftigungsverhältnis“. Am einfachsten ist der Link.",
        )
        .norm(aufenthg("§ 39 Abs. 4"))
        .pflicht();

/// The employer fills in the part over a link.
pub const IST_LINK: Bedingung = Bedingung::Gleich("arbeitgeberTeil.weg", "LINK");

pub static LINK_FIRMA: Feld<Text> = Feld::new("arbeitgeberTeil.firma", "Ihr Arbeitgeber")
    .frage("Wie heißt die Firma, bei der Sie arbeiten möchten?")
    .hilfe("Damit vergleichen wir, ob der richtige Arbeitgeber geantwortet hat.")
    .norm(aufenthg("§ 39 Abs. 4"))
    .wenn(IST_LINK)
    .max(150);

pub static LINK_BEGINN: Feld<Datum> =
    Feld::new("arbeitgeberTeil.beginn", "Beginn nach Ihrem Vertrag")
        .frage("Wann soll die Arbeit beginnen?")
        .hilfe("Lassen Sie das Feld leer, wenn Sie es nicht wissen.")
        .norm(aufenthg("§ 39 Abs. 4"))
        .wenn(IST_LINK);

// Step 12: Nachweise

pub static NACHWEISE: Nachweise = Nachweise {
    je: None,
    arten: &[
        Nachweisart::noetig("NB_DOKUMENT", "Aufenthaltsdokument", Bedingung::Immer)
            .hilfe("Gestattung, Duldung oder Karte mit Zusatzblatt. Vorderseite und Rückseite.")
            .norm(aufenthg("§ 82 Abs. 1")),
        Nachweisart::noetig(
            "NB_EZB",
            "Erklärung zum Beschäftigungsverhältnis",
            Bedingung::EinesVon("arbeitgeberTeil.weg", &["UPLOAD", "SELBST"]),
        )
        .hilfe("Vom Arbeitgeber unterschrieben.")
        .norm(aufenthg("§ 39 Abs. 4")),
        Nachweisart::noetig("NB_VERTRAG", "Arbeitsvertrag", IST_TITEL)
            .hilfe("Ein Entwurf ist in Ordnung.")
            .norm(aufenthg("§ 39 Abs. 4")),
        Nachweisart::noetig(
            "NB_AUSBILDUNG",
            "Ausbildungsvertrag",
            Bedingung::Eine(&[IST_AUSBILDUNG, Bedingung::Gleich("status.art", "DULDUNG_60C")]),
        )
        .norm(aufenthg("§ 60c")),
        Nachweisart::noetig(
            "NB_STUDIUM",
            "Immatrikulationsbescheinigung",
            Bedingung::Gleich("status.rechtsgrundlage", "AE_16b"),
        )
        .norm(aufenthg("§ 16b Abs. 3")),
        Nachweisart::noetig("NB_PASS", "Pass", Bedingung::Gleich("status.passVorgelegt", "true"))
            .norm(asylg("§ 61 Abs. 1 Satz 7")),
        Nachweisart::noetig(
            "NB_GRUENDUNG",
            "Gewerbeanmeldung oder Registerauszug",
            Bedingung::Gleich("arbeitgeber.neugruendung", "true"),
        )
        .norm(aufenthg("§ 39 Abs. 4")),
        Nachweisart::hilfreich(
            "NB_PRAKTIKUM",
            "Praktikumsvertrag",
            Bedingung::EinesVon("beschaeftigung.art", &["PRAKTIKUM_MILOG_22", "PFLICHTPRAKTIKUM"]),
        )
        .norm(beschv("§ 32 Abs. 2 Nr. 1")),
        Nachweisart::hilfreich(
            "NB_QUALIFIKATION",
            "Abschluss mit Übersetzung",
            Bedingung::Alle(&[IST_TITEL, Bedingung::Beantwortet("qualifikation.art")]),
        )
        .norm(aufenthg("§ 39 Abs. 4")),
        Nachweisart::hilfreich(
            "NB_BERUFSERLAUBNIS",
            "Erlaubnis für den Beruf",
            Bedingung::Gleich("berufserlaubnis.noetig", "true"),
        )
        .norm(aufenthg("§ 39 Abs. 4")),
        Nachweisart::hilfreich(
            "NB_SV",
            "Versicherungsverlauf",
            STATUS_ART.is(Status::AUFENTHALTSERLAUBNIS),
        )
        .norm(beschv("§ 9 Abs. 1 Nr. 1")),
        Nachweisart::hilfreich(
            "NB_SORGE",
            "Einwilligung der Eltern oder des Vormunds",
            Bedingung::Beantwortet("person.vertretung.art"),
        )
        .norm(aufenthg("§ 80")),
        Nachweisart::hilfreich(
            "NB_VOLLMACHT",
            "Vollmacht",
            Bedingung::Beantwortet("person.vertretung.art"),
        )
        .norm(crate::recht::vwvfg("§ 14")),
    ],
    name: None,
};

// Hinweise

pub static ERST_NACH_ERLAUBNIS: Hinweis = Hinweis::new(
    "be.erst-nach-erlaubnis",
    Hinweisart::Warnung,
    &[
        "Sie dürfen erst anfangen zu arbeiten, wenn die Behörde es erlaubt hat.",
        "Ihre Angaben gehen nach dem Gesetz auch an die Bundesagentur für Arbeit.",
        "Endet die Arbeit früher als geplant? Dann müssen Sie das der Behörde innerhalb von 2 Wochen sagen.",
    ],
);

pub static EZB: Hinweis = Hinweis::new(
    "be.ezb",
    Hinweisart::Info,
    &["Die nächsten Fragen stehen auch in der Erklärung zum Beschäftigungsverhältnis. Ihr \
         Arbeitgeber hat sie ausgefüllt. Schreiben Sie die Angaben genau so ab."],
)
.wenn(Bedingung::EinesVon("arbeitgeberTeil.weg", &["SELBST", "UPLOAD"]));

pub static LINK_ERKLAERT: Hinweis = Hinweis::new(
    "be.link",
    Hinweisart::Text,
    &[
        "Sie bekommen hier einen Link. Schicken Sie ihn an Ihren Arbeitgeber, zum Beispiel per E-Mail. Ihr Arbeitgeber füllt seinen Teil selbst aus und bestätigt ihn.",
        "Ihr Arbeitgeber sieht nur Ihren Namen und seinen Teil. Alles andere in Ihrem Antrag sieht er nicht.",
        "Sie können Ihren Antrag erst absenden, wenn der Teil des Arbeitgebers da ist.",
    ],
);

pub static NACHREICHEN: Hinweis = Hinweis::new(
    "be.nachreichen",
    Hinweisart::Text,
    &[
        "Fotos oder PDF-Dateien sind in Ordnung. Laden Sie jedes Dokument einzeln hoch.",
        "Sie haben ein Dokument noch nicht? Dann wählen Sie „Ich reiche es nach“.",
    ],
);

/// Geschlecht stands between name and birth.
pub static PERSON_GESCHLECHT: Baustein =
    Baustein::new("personGeschlecht", "", &[feld(&GESCHLECHT)]);

/// Whom a View of the whole Antrag is about.
pub fn person<'a>(antrag: &View<'a>) -> View<'a> {
    antrag.wurzel().unter("person.")
}
