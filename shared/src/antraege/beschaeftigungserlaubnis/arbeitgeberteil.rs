//! The employer's part as a form of its own, which the employer fills in over a one-time link: the
//! pages of the application, whom it is about, and what is confirmed.

use crate::{
    angaben::{Angaben, Herkunft, View},
    antraege::beschaeftigungserlaubnis::{
        arbeitgeber::{ERKLAERUNG_BESTAETIGT, ERKLAERUNG_NUMMER},
        formular::{BESCHAEFTIGUNG_ART, IST_LINK, IST_TITEL, LINK_BEGINN, LINK_FIRMA},
        listen::{Beschaeftigungsart, Status, Variante},
        seiten,
    },
    bausteine::full_name,
    formular::{
        Abschnitt, Bedingung, Feld, Formular, Hinweis, Hinweisart, Nachweisart, Nachweise,
        Zulieferung,
    },
    recht::{Norm, aufenthg},
    werte::{Bestaetigung, Code, Datum, Teildatum, Text},
};

const EZB: Norm = aufenthg("§ 39 Abs. 4");

pub static FORMULAR: Formular = Formular {
    id: "arbeitgeber",
    kuerzel: "AG",
    titel: "Erklärung zum Beschäftigungsverhältnis",
    worum: "Sie möchten jemanden beschäftigen, der dafür eine Erlaubnis der Ausländerbehörde \
            braucht. Dafür braucht die Behörde Angaben von Ihnen als Arbeitgeber.",
    bereithalten: &[
        "den Arbeitsvertrag oder einen Entwurf",
        "die Betriebsnummer des Betriebs, in dem gearbeitet wird",
        "Angaben zu Arbeitszeit, Urlaub und Lohn",
    ],
    danach: &[
        "Ihre Angaben kommen zum Antrag auf Beschäftigungserlaubnis.",
        "Den Antrag sendet die Person ab, die bei Ihnen arbeiten möchte.",
        "Die Arbeit darf erst beginnen, wenn die Behörde sie erlaubt hat.",
        "Wenn die Behörde Fragen hat, meldet sie sich bei Ihnen.",
    ],
    dauer: "Das Ausfüllen dauert ungefähr 10 Minuten.",
    gebuehr: "Für Sie kostet das nichts.",
    leika: "99010012000000",
    norm: EZB,
    daten: aufenthg("§ 86 Satz 1"),
    abschnitte: &[Abschnitt::einmal("arbeitgeber", "", seiten::SCHRITTE_ARBEITGEBER)],
    betreff: |view| view.text("arbeitgeber.firma").unwrap_or_default().to_owned(),
    vorschlaege: &[],
    zulieferung: None,
};

pub static ZULIEFERUNG: Zulieferung = Zulieferung {
    wenn: IST_LINK,
    schritte: &["arbeitgeber", "beschaeftigung", "bedingungen", "arbeitgeber-erklaerung"],
    formular: &FORMULAR,
    herkunft: Herkunft::Arbeitgeber,
    nachweis: "NB_EZB",
    vorgaben,
    verdeckt: &["person.geburt.datum"],
    person: |view| full_name(&view.unter("person.")),
    bestaetigung: ERKLAERUNG_BESTAETIGT.datenfeld.id,
    nummer: ERKLAERUNG_NUMMER.datenfeld.id,
    tag: "arbeitgeberErklaerung.datum",
    zeit: "arbeitgeberErklaerung.bestaetigtAm",
    befunde: &[
        (
            "BE_AG_VERTRAG",
            "Ihre Angabe weicht von dem ab, was im Antrag steht: {felder}. Bitte prüfen Sie Ihre \
             Angabe und sprechen Sie mit der Person, die bei Ihnen arbeiten möchte.",
        ),
        (
            "BE_LEIHARBEIT",
            "Die Person soll an andere Firmen überlassen werden (Leiharbeit). Dafür darf die \
             Bundesagentur für Arbeit bei einem Aufenthaltstitel nicht zustimmen.",
        ),
        (
            "BE_BEGINN_VERGANGEN",
            "Der Beginn der Arbeit liegt in der Vergangenheit. Die Arbeit darf erst beginnen, wenn \
             die Erlaubnis da ist. Bitte geben Sie einen neuen Tag an.",
        ),
        (
            "BE_ERLAUBNIS_BERUF",
            "Für diesen Beruf braucht man eine Berufserlaubnis. Bitte nennen Sie die Erlaubnis.",
        ),
        (
            "KONTAKT_FEHLT",
            "Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an, damit die Behörde Sie \
             erreichen kann.",
        ),
    ],
};

const TITEL_AENDERN: Code<Variante> = Code::new("TITEL_AENDERN");
const GESTATTUNG_DULDUNG: Code<Variante> = Code::new("GESTATTUNG_DULDUNG");

/// What the checks of the part need to know of the application: which fields of the EzB are asked,
/// which rules of wage and hours hold, and what is compared.
fn vorgaben(antrag: &View<'_>, stichtag: Datum) -> Angaben {
    let antrag = antrag.wurzel();
    let mut vorgaben = Angaben::default();
    let variante = match IST_TITEL.holds(antrag.angaben(), "", stichtag) {
        true => TITEL_AENDERN,
        false => GESTATTUNG_DULDUNG,
    };
    vorgaben.set("antrag.variante", variante.code);
    let pfade = [
        BESCHAEFTIGUNG_ART.datenfeld.id,
        "person.geburt.datum",
        "person.vornamen.name",
        "person.familienname.name",
        LINK_FIRMA.datenfeld.id,
        LINK_BEGINN.datenfeld.id,
    ];
    for pfad in pfade {
        vorgaben.set(pfad, antrag.text(pfad).unwrap_or_default());
    }
    vorgaben
}

// What is known from the application: nobody is asked.

/// Never told: which document it is is not the employer's business. Conditions name it.
pub static STATUS_VORGABE: Feld<Code<Status>> = Feld::new("status.art", "Dokument")
    .key("vorgabe.status.art")
    .norm(EZB)
    .herkunft(Herkunft::Abgeleitet);

pub static ART_VORGABE: Feld<Code<Beschaeftigungsart>> =
    Feld::new("beschaeftigung.art", "Art der Beschäftigung")
        .norm(EZB)
        .herkunft(Herkunft::Abgeleitet);

pub static GEBURT_VORGABE: Feld<Teildatum> = Feld::new("person.geburt.datum", "Geburtsdatum")
    .key("vorgabe.person.geburt.datum")
    .norm(EZB)
    .herkunft(Herkunft::Abgeleitet);

pub static FIRMA_VORGABE: Feld<Text> = Feld::new("arbeitgeberTeil.firma", "Firma im Antrag")
    .key("vorgabe.arbeitgeberTeil.firma")
    .norm(EZB)
    .max(150)
    .herkunft(Herkunft::Abgeleitet);

pub static BEGINN_VORGABE: Feld<Datum> = Feld::new("arbeitgeberTeil.beginn", "Beginn im Antrag")
    .key("vorgabe.arbeitgeberTeil.beginn")
    .norm(EZB)
    .herkunft(Herkunft::Abgeleitet);

// Whom it is about

pub static VERTRAG_NAME_GEFRAGT: Feld<bool> =
    Feld::new("arbeitgeberErklaerung.nameStimmt", "Name wie im Vertrag")
        .frage("Steht der Name der Person so in Ihrem Vertrag?")
        .hilfe("Der Name steht oben auf dieser Seite.")
        .norm(EZB)
        .pflicht();

pub static VERTRAG_GEBURT_GEFRAGT: Feld<Datum> =
    Feld::new("arbeitgeberErklaerung.geburtsdatum", "Geburtsdatum laut Vertrag")
        .frage("Welches Geburtsdatum steht im Vertrag?")
        .hilfe("Lassen Sie das Feld leer, wenn dort keines steht.")
        .norm(EZB);

// Nachweise

pub static NACHWEISE_ARBEITGEBER: Nachweise = Nachweise {
    je: None,
    arten: &[
        Nachweisart::hilfreich("NB_VERTRAG", "Arbeitsvertrag", Bedingung::Immer)
            .hilfe("Ein Entwurf ist in Ordnung.")
            .norm(EZB),
        Nachweisart::hilfreich(
            "NB_AUSBILDUNG",
            "Ausbildungsvertrag",
            Bedingung::Gleich("beschaeftigung.art", "BERUFSAUSBILDUNG"),
        )
        .norm(EZB),
        Nachweisart::hilfreich(
            "NB_PRAKTIKUM",
            "Praktikumsvertrag",
            Bedingung::EinesVon("beschaeftigung.art", &["PRAKTIKUM_MILOG_22", "PFLICHTPRAKTIKUM"]),
        )
        .norm(EZB),
        Nachweisart::noetig(
            "NB_GRUENDUNG",
            "Gewerbeanmeldung oder Registerauszug",
            Bedingung::Gleich("arbeitgeber.neugruendung", "true"),
        )
        .norm(EZB),
    ],
    name: None,
};

// What is confirmed

pub static WAS_BESTAETIGT_WIRD: Hinweis = Hinweis::new(
    "ag.bestaetigung",
    Hinweisart::Info,
    &[
        "Nach § 39 Abs. 4 AufenthG muss der Arbeitgeber diese Auskunft geben. Die Angaben müssen mit dem Arbeitsvertrag übereinstimmen.",
        "Ihre Angaben gehen an die Ausländerbehörde und nach dem Gesetz auch an die Bundesagentur für Arbeit. Sie darf sie für eine Vorrangprüfung weitergeben. Auch die Person, die bei Ihnen arbeiten möchte, sieht sie.",
        "Sie können die Erklärung nur einmal senden. Danach gilt der Link nicht mehr.",
    ],
);

pub static NAME_GEFRAGT: Feld<Text> = Feld::new("arbeitgeberErklaerung.name", "Bestätigt von")
    .frage("Ihr Vorname und Ihr Name")
    .norm(EZB)
    .pflicht()
    .autocomplete("name");

pub static FUNKTION_GEFRAGT: Feld<Text> =
    Feld::new("arbeitgeberErklaerung.funktion", "Funktion im Betrieb")
        .frage("Ihre Funktion im Betrieb")
        .hilfe("Zum Beispiel: Inhaberin, Geschäftsführer oder Personalabteilung")
        .norm(EZB)
        .pflicht()
        .autocomplete("organization-title");

pub static BESTAETIGT_GEFRAGT: Feld<Bestaetigung> = Feld::new(
    "arbeitgeberErklaerung.bestaetigt",
    "Ich bestätige für den Arbeitgeber: Alle Angaben sind richtig und vollständig und stimmen mit \
     dem Arbeitsvertrag überein.",
)
.key("arbeitgeberErklaerung.bestaetigt.arbeitgeber")
.norm(EZB)
.pflicht();
