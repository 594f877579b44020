//! The questions of the Verpflichtungserklärung, and what is said about them.

use crate::{
    angaben::Herkunft,
    antraege::verpflichtungserklaerung::{
        listen::{
            Abgabe, Aufenthaltsart, DeutscherAusweis, Geberart, Rolle, Titelart, Wohnart,
            Zustellart,
        },
        regeln, seiten,
    },
    bausteine::{NAME, full_name},
    codelisten::{
        AuslaendischesDokument, BeziehungGast, BeziehungGastgeber, Familienstand, Geschlecht,
        Staatsangehoerigkeit, ZweckC, ZweckD, staaten::NICHT_AUSLAENDISCH,
    },
    formular::{
        Abschnitt, Auskunft, Baustein, Bedingung, Feld, Feldgruppe, Formular, Hinweis, Hinweisart,
        Nachweisart, Nachweise, baustein, feld, regel,
    },
    recht::{aufenthg, aufenthv, azrg, zpo},
    werte::{Absatz, Bestaetigung, Code, Datum, Euro, Ganzzahl, Name, Nummer, Text},
};

pub static FORMULAR: Formular = Formular {
    id: "verpflichtungserklaerung",
    kuerzel: "VE",
    titel: "Verpflichtungserklärung",
    worum: "Sie möchten einen Gast aus dem Ausland einladen? Mit der Verpflichtungserklärung \
            versprechen Sie, alle Kosten für den Gast zu bezahlen. Der Gast braucht sie oft für \
            das Visum.",
    bereithalten: &[
        "Ihren Ausweis oder Pass, und Ihren Aufenthaltstitel, wenn Sie einen haben",
        "die Daten des Gastes, so wie sie in seinem Pass stehen",
        "die Adresse des Gastes im Ausland",
        "Ihre Lohnabrechnungen der letzten 3 bis 6 Monate, oder den letzten Steuerbescheid",
    ],
    danach: &[
        "Die Ausländerbehörde prüft Ihre Angaben.",
        "Wenn etwas fehlt, meldet sich die Behörde bei Ihnen.",
        "Sie bekommen einen Termin. Dort unterschreiben Sie die Erklärung und zahlen 29 Euro.",
        "Bringen Sie zum Termin Ihren Ausweis und alle Nachweise im Original mit.",
        "Danach schicken Sie das Original an Ihren Gast. Der Gast legt es bei der deutschen Botschaft vor.",
    ],
    dauer: "Das Ausfüllen dauert ungefähr 20 Minuten. Sie können jederzeit aufhören und später weitermachen.",
    gebuehr: "Die Erklärung kostet 29 Euro. Sie zahlen beim Termin. Die Gebühr fällt auch an, wenn die Behörde ablehnt.",
    leika: "99010005000000",
    norm: aufenthg("§ 68"),
    daten: aufenthg("§ 86 Satz 1"),
    abschnitte: &[Abschnitt::einmal("verpflichtungserklaerung", "", seiten::SCHRITTE)],
    betreff: |view| {
        let geber = view.unter("geber.");
        let name = match geber.text("organisation.name") {
            Some(organisation) => organisation.to_owned(),
            None => full_name(&geber),
        };
        format!("{name} für {}", full_name(&view.unter("gast.")))
    },
    vorschlaege: &[&SELBSTCHECK],
    zulieferung: None,
};

// Step 0: Start

pub static ABGABE: Feld<Code<Abgabe>> = Feld::new("ve.abgabe", "Art der Abgabe")
    .frage("Wie möchten Sie die Erklärung abgeben?")
    .hilfe("Mit dem Online-Ausweis ist die Erklärung sofort verbindlich. Lesen Sie vorher alle Hinweise.")
    .norm(aufenthg("§ 68 Abs. 2 Satz 1, 2"))
    .nur_mit_eid(Abgabe::ELEKTRONISCH)
    .pflicht();

pub static GEBUEHR_HINWEIS: Feld<Bestaetigung> = Feld::new(
    "ve.gebuehrHinweis",
    "Gebührenhinweis gelesen",
)
.frage(
    "Ich weiß: Die Erklärung kostet 29 Euro. Die Gebühr fällt auch an, wenn die Behörde ablehnt.",
)
.norm(aufenthv("§ 47 Abs. 1 Nr. 12, § 49 Abs. 2"))
.pflicht();

pub static EID_FAMILIENNAME: Feld<Name> =
    Feld::new("familienname", "Familienname laut Online-Ausweis")
        .key("eid.familienname")
        .norm(aufenthg("§ 68 Abs. 2 Satz 1"))
        .herkunft(Herkunft::Eid);

pub static EID_VORNAMEN: Feld<Name> = Feld::new("vornamen", "Vornamen laut Online-Ausweis")
    .key("eid.vornamen")
    .norm(aufenthg("§ 68 Abs. 2 Satz 1"))
    .herkunft(Herkunft::Eid);

pub static EID_GEBURTSDATUM: Feld<Datum> =
    Feld::new("geburtsdatum", "Geburtsdatum laut Online-Ausweis")
        .key("eid.geburtsdatum")
        .norm(aufenthg("§ 68 Abs. 2 Satz 1"))
        .herkunft(Herkunft::Eid);

pub static EID_VERTRAUENSNIVEAU: Feld<Text> =
    Feld::new("vertrauensniveau", "Vertrauensniveau der Anmeldung")
        .key("eid.vertrauensniveau")
        .norm(aufenthg("§ 68 Abs. 2 Satz 1"))
        .herkunft(Herkunft::Eid);

/// What the eID said about the Verpflichtungsgeber. Only the server can fill it.
pub static EID: Baustein = Baustein::new(
    "eid",
    "",
    &[
        feld(&EID_FAMILIENNAME),
        feld(&EID_VORNAMEN),
        feld(&EID_GEBURTSDATUM),
        feld(&EID_VERTRAUENSNIVEAU),
    ],
)
.wenn(Bedingung::ImAntrag(&ABGABE_ELEKTRONISCH));

pub const ABGABE_ELEKTRONISCH: Bedingung = Bedingung::Gleich("ve.abgabe", "ELEKTRONISCH");

// Step 1: Aufenthalt

pub static AUFENTHALT_ART: Feld<Code<Aufenthaltsart>> =
    Feld::new("aufenthalt.art", "Art des Aufenthalts")
        .frage("Wofür braucht der Gast die Erklärung?")
        .norm(aufenthg("§ 68 Abs. 1 Satz 1, § 6"))
        .pflicht();

/// A visit of at most 90 days.
pub const IST_BESUCH: Bedingung = Bedingung::EinesVon("aufenthalt.art", &["C_VISUM", "VISUMFREI"]);

/// A stay of more than 90 days.
pub const IST_LANG: Bedingung =
    Bedingung::EinesVon("aufenthalt.art", &["D_VISUM", "AUFENTHALTSTITEL"]);

pub static ZWECK_C: Feld<Code<ZweckC>> = Feld::new("aufenthalt.zweckC", "Zweck des Besuchs")
    .frage("Warum kommt der Gast nach Deutschland?")
    .norm(aufenthg("§ 6 Abs. 1"))
    .wenn(IST_BESUCH)
    .pflicht();

pub static ZWECK_D: Feld<Code<ZweckD>> = Feld::new("aufenthalt.zweckD", "Zweck des Aufenthalts")
    .frage("Warum kommt der Gast nach Deutschland?")
    .norm(aufenthg("§ 6 Abs. 3"))
    .wenn(IST_LANG)
    .pflicht();

pub static AUSBILDUNGSZWECK: Feld<Text> =
    Feld::new("aufenthalt.ausbildungszweck", "Art der Ausbildung")
        .hilfe("Zum Beispiel: Studium, Sprachkurs, Berufsausbildung")
        .norm(aufenthg("§§ 16 bis 17"))
        .wenn(ZWECK_D.is(ZweckD::AUSBILDUNG));

pub static ZWECK_TEXT: Feld<Text> = Feld::new("aufenthalt.zweckText", "Zweck in Ihren Worten")
    .frage("Bitte beschreiben Sie den Zweck mit Ihren Worten.")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .wenn(Bedingung::Eine(&[
        Bedingung::Gleich("aufenthalt.art", "SONSTIGES"),
        Bedingung::Gleich("aufenthalt.zweckC", "11"),
    ]))
    .pflicht()
    .max(500);

pub static DAUER_TAGE: Feld<Ganzzahl> = Feld::new("aufenthalt.dauerTage", "Dauer in Tagen")
    .frage("Wie viele Tage bleibt der Gast?")
    .hilfe("Bei einem Besuch sind es höchstens 90 Tage.")
    .norm(aufenthg("§ 6 Abs. 1, 3"))
    .pflicht()
    .zwischen(1, 1825);

pub static EINREISE: Feld<Datum> =
    Feld::new("aufenthalt.einreise", "Voraussichtlicher Tag der Einreise")
        .frage("Wann reist der Gast voraussichtlich ein?")
        .hilfe("Zum Beispiel: 1 3 2027")
        .norm(aufenthg("§ 68 Abs. 1 Satz 3"))
        .pflicht();

pub static ANMERKUNG: Feld<Absatz> = Feld::new("aufenthalt.anmerkung", "Anmerkung zum Aufenthalt")
    .frage("Möchten Sie der Behörde noch etwas zum Aufenthalt sagen?")
    .norm(aufenthg("§ 82 Abs. 1"))
    .max(2000);

// Step 2: Verpflichtungsgeber

pub static GEBER_ART: Feld<Code<Geberart>> = Feld::new("geber.art", "Verpflichtungsgeber")
    .frage("Wer übernimmt die Kosten?")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .pflicht();

pub const IST_PRIVAT: Bedingung = Bedingung::Gleich("geber.art", "PRIVAT");
pub const IST_INSTITUTION: Bedingung = Bedingung::Gleich("geber.art", "INSTITUTION");
pub const GEBER_DEUTSCH: Bedingung =
    Bedingung::Enthaelt("geber.staatsangehoerigkeiten", "code", "000");

pub static GESCHLECHT: Feld<Code<Geschlecht>> = Feld::new("geschlecht", "Geschlecht")
    .hilfe("So, wie es im Pass steht.")
    .norm(aufenthg("§ 86 Satz 1"))
    .pflicht();

pub static AUSWEIS_ART: Feld<Code<DeutscherAusweis>> = Feld::new("art", "Art des Ausweises")
    .key("ausweisDeutsch.art")
    .frage("Welchen Ausweis haben Sie?")
    .norm(aufenthg("§ 68 Abs. 2, § 86 Satz 1"))
    .pflicht();

pub static AUSWEIS_NUMMER: Feld<Nummer> = Feld::new("nummer", "Nummer des Ausweises")
    .key("ausweisDeutsch.nummer")
    .hilfe("Beim Personalausweis steht sie vorne oben rechts, zum Beispiel L01X00T47.")
    .norm(aufenthg("§ 68 Abs. 2, § 86 Satz 1"))
    .pflicht();

pub static AUSWEIS_BEHOERDE: Feld<Text> = Feld::new("behoerde", "Ausgestellt von")
    .key("ausweisDeutsch.behoerde")
    .hilfe("Die Behörde steht auf der Rückseite.")
    .norm(aufenthg("§ 86 Satz 1"));

/// `geber.ausweisDeutsch` (XAusländer `OZG.DeutscheIdentifikation`).
pub static AUSWEIS: Baustein = Baustein::new(
    "ausweisDeutsch",
    "",
    &[feld(&AUSWEIS_ART), feld(&AUSWEIS_NUMMER), feld(&AUSWEIS_BEHOERDE)],
)
.pruefe(regeln::check_ausweis);

pub static TITEL_ART: Feld<Code<Titelart>> = Feld::new("art", "Aufenthaltstitel")
    .key("titel.art")
    .frage("Welchen Aufenthaltstitel haben Sie?")
    .norm(aufenthg("§ 4 Abs. 1, § 68"))
    .pflicht();

const TITEL_BRAUCHT_NUMMER: Bedingung = Bedingung::Nicht(&Bedingung::Gleich("art", "07"));

pub static TITEL_NUMMER: Feld<Nummer> = Feld::new("nummer", "Nummer der Karte")
    .key("titel.nummer")
    .hilfe("Sie hat 9 Zeichen und steht oben rechts auf der Karte, zum Beispiel Y701001V3.")
    .norm(aufenthg("§ 78, § 86 Satz 1"))
    .wenn(TITEL_BRAUCHT_NUMMER)
    .pflicht();

pub static TITEL_BEHOERDE: Feld<Text> = Feld::new("behoerde", "Ausgestellt von")
    .key("titel.behoerde")
    .hilfe("Die Ausländerbehörde, die den Titel ausgestellt hat.")
    .norm(aufenthg("§ 86 Satz 1"))
    .wenn(TITEL_BRAUCHT_NUMMER)
    .pflicht();

pub static TITEL_GUELTIG_BIS: Feld<Datum> = Feld::new("gueltigBis", "Gültig bis")
    .key("titel.gueltigBis")
    .hilfe("Lassen Sie das Feld leer, wenn der Titel unbefristet ist.")
    .norm(aufenthg("§ 68, § 86 Satz 1"))
    .wenn(TITEL_BRAUCHT_NUMMER);

pub static TITEL_BEFREIT: Feld<Text> = Feld::new("befreitGrund", "Warum Sie keinen Titel brauchen")
    .key("titel.befreitGrund")
    .hilfe("Zum Beispiel: Freizügigkeit als Unionsbürger")
    .norm(aufenthg("§ 4 Abs. 1"))
    .wenn(Bedingung::Gleich("art", "07"))
    .pflicht();

/// `titel` (XAusländer `OZG.AuslaendischeIdentifikation`, first half).
pub static TITEL: Baustein = Baustein::new(
    "titel",
    "",
    &[
        feld(&TITEL_ART),
        feld(&TITEL_NUMMER),
        feld(&TITEL_BEHOERDE),
        feld(&TITEL_GUELTIG_BIS),
        feld(&TITEL_BEFREIT),
    ],
)
.pruefe(regeln::check_titel);

pub static PASS_ART: Feld<Code<AuslaendischesDokument>> = Feld::new("art", "Art des Passes")
    .key("pass.art")
    .frage("Welchen Pass haben Sie?")
    .norm(aufenthg("§ 3, § 86 Satz 1"))
    .pflicht();

pub static PASS_NUMMER: Feld<Nummer> = Feld::new("nummer", "Passnummer")
    .key("pass.nummer")
    .norm(aufenthg("§ 3, § 86 Satz 1"))
    .pflicht();

pub static PASS_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    Feld::new("staat", "Staat, der den Pass ausgestellt hat")
        .key("pass.staat")
        .norm(aufenthg("§ 3, § 86 Satz 1"))
        .pflicht();

/// `pass` (XAusländer `OZG.AuslaendischeIdentifikation`, second half).
pub static PASS: Baustein =
    Baustein::new("pass", "", &[feld(&PASS_ART), feld(&PASS_NUMMER), feld(&PASS_STAAT)])
        .pruefe(regeln::check_geber_pass);

pub static BERUF: Feld<Text> = Feld::new("geber.beruf", "Beruf").norm(aufenthg("§ 68 Abs. 1"));

pub static ARBEITGEBER: Feld<Text> =
    Feld::new("geber.arbeitgeber", "Arbeitgeber").norm(aufenthg("§ 68 Abs. 1"));

pub static SELBSTSTAENDIG: Feld<bool> = Feld::new("geber.selbststaendig", "Selbstständig")
    .frage("Sind Sie selbstständig?")
    .hilfe("Dann brauchen wir andere Nachweise über Ihr Einkommen.")
    .norm(aufenthg("§ 68 Abs. 1"));

pub static FAMILIENSTAND: Feld<Code<Familienstand>> =
    Feld::new("geber.familienstand", "Familienstand").norm(aufenthg("§ 68 Abs. 1"));

pub const IST_VERPARTNERT: Bedingung = Bedingung::EinesVon("geber.familienstand", &["VH", "LP"]);

pub static EHEGATTE_ERKLAERT_MIT: Feld<bool> =
    Feld::new("geber.ehegatteErklaertMit", "Ehepartner unterschreibt mit")
        .frage("Unterschreibt Ihr Ehepartner oder Ihre Ehepartnerin die Erklärung auch?")
        .hilfe("Ehepaare können gemeinsam auf einem Formular unterschreiben.")
        .norm(aufenthg("§ 68 Abs. 1"))
        .wenn(IST_VERPARTNERT)
        .pflicht();

// Organisation

pub static ORGANISATION_NAME: Feld<Text> =
    Feld::new("geber.organisation.name", "Name der Organisation")
        .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
        .pflicht()
        .autocomplete("organization");

pub static RECHTSFORM: Feld<Text> = Feld::new("geber.organisation.rechtsform", "Rechtsform")
    .hilfe("Zum Beispiel: GmbH oder eingetragener Verein")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"));

pub static REGISTERNUMMER: Feld<Text> =
    Feld::new("geber.organisation.registerNummer", "Nummer im Register")
        .hilfe("Zum Beispiel: HRB 12345 oder VR 200123")
        .norm(aufenthg("§ 68 Abs. 1 Satz 1"));

pub static SCHULDNER_DATUM: Feld<Datum> =
    Feld::new("geber.organisation.schuldnerverzeichnis.datum", "Tag der Eintragung")
        .frage("Steht die Organisation im Schuldnerverzeichnis? Wann wurde sie eingetragen?")
        .hilfe("Lassen Sie das Feld leer, wenn sie dort nicht steht.")
        .norm(aufenthg("§ 68 Abs. 1"));

pub static SCHULDNER_GRUND: Feld<Text> =
    Feld::new("geber.organisation.schuldnerverzeichnis.grund", "Grund der Eintragung")
        .norm(aufenthg("§ 68 Abs. 1"))
        .wenn(Bedingung::Beantwortet("geber.organisation.schuldnerverzeichnis.datum"))
        .pflicht()
        .max(1000);

pub static INSOLVENZ: Feld<Absatz> =
    Feld::new("geber.organisation.insolvenz", "Insolvenzverfahren")
        .frage("Gab es in den letzten 5 Jahren ein Insolvenzverfahren?")
        .hilfe("Lassen Sie das Feld leer, wenn es keines gab.")
        .norm(aufenthg("§ 68 Abs. 1"))
        .max(1000);

pub static FORTFUEHRUNG: Feld<Absatz> =
    Feld::new("geber.organisation.fortfuehrungUnwahrscheinlich", "Gefahr für den Fortbestand")
        .frage("Ist es unwahrscheinlich, dass es die Organisation in 12 Monaten noch gibt? Warum?")
        .hilfe("Lassen Sie das Feld leer, wenn alles in Ordnung ist.")
        .norm(aufenthg("§ 68 Abs. 1"))
        .max(1000);

pub static VERTRETER_FAMILIENNAME: Feld<Name> = Feld::new("familienname", "Familienname")
    .key("vertretung.familienname")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .pflicht();

pub static VERTRETER_VORNAMEN: Feld<Name> = Feld::new("vornamen", "Vornamen")
    .key("vertretung.vornamen")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .pflicht();

pub static VERTRETER_EMAIL: Feld<crate::werte::EMail> =
    Feld::new("email", "E-Mail-Adresse").key("vertretung.email").norm(aufenthg("§ 86 Satz 1"));

pub static VERTRETER_TELEFON: Feld<crate::werte::Telefon> =
    Feld::new("telefon", "Telefonnummer").key("vertretung.telefon").norm(aufenthg("§ 86 Satz 1"));

pub static VERTRETUNG: Feldgruppe = Feldgruppe::new(
    "geber.organisation.vertretungsberechtigte",
    "Personen, die für die Organisation unterschreiben dürfen",
    "Person",
    &[
        feld(&VERTRETER_VORNAMEN),
        feld(&VERTRETER_FAMILIENNAME),
        feld(&GESCHLECHT),
        feld(&VERTRETER_EMAIL),
        feld(&VERTRETER_TELEFON),
    ],
)
.hilfe("Müssen mehrere Personen gemeinsam unterschreiben? Dann geben Sie bitte alle an.")
.norm(aufenthg("§ 68 Abs. 1 Satz 1"))
.anzahl(1, 20);

pub static GEMEINSCHAFTLICH: Feld<bool> =
    Feld::new("geber.organisation.gemeinschaftlicheVertretung", "Gemeinschaftliche Vertretung")
        .frage("Müssen diese Personen gemeinsam unterschreiben?")
        .norm(aufenthg("§ 68 Abs. 1 Satz 1"));

// Step 3: weitere Verpflichtungsgeber

pub static ROLLE: Feld<Code<Rolle>> = Feld::new("rolle", "Rolle")
    .key("weitereGeber.rolle")
    .frage("Wer ist diese Person?")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .pflicht();

pub static WEITERER_GRUND: Feld<Absatz> = Feld::new("grund", "Grund")
    .key("weitereGeber.grund")
    .frage("Warum übernimmt diese Person die Kosten mit?")
    .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
    .max(1000);

pub static EIGENE_ERKLAERUNG: Feld<Nummer> =
    Feld::new("eigeneErklaerung", "Nummer der eigenen Erklärung")
        .key("weitereGeber.eigeneErklaerung")
        .hilfe("Die Vorgangsnummer, die diese Person nach dem Absenden bekommen hat.")
        .norm(aufenthg("§ 68 Abs. 1 Satz 1"))
        .wenn(ROLLE.is(Rolle::GESAMTSCHULDNER));

/// Ausweis, Titel and Pass of a person, whichever the Staatsangehörigkeit asks for.
static WEITERER_AUSLAENDER: Baustein = Baustein::new(
    "weitererAuslaender",
    "",
    &[baustein("titel.", &TITEL), baustein("pass.", &PASS)],
)
.wenn(Bedingung::Alle(&[
    Bedingung::Beantwortet("staatsangehoerigkeiten"),
    Bedingung::Nicht(&Bedingung::Enthaelt("staatsangehoerigkeiten", "code", "000")),
]));

pub static WEITERE_GEBER: Feldgruppe = Feldgruppe::new(
    "weitereGeber",
    "Weitere Personen, die für die Kosten haften",
    "Person",
    &[
        feld(&ROLLE),
        baustein("", &NAME),
        feld(&GESCHLECHT),
        baustein("geburt.", &crate::bausteine::GEBURT),
        baustein("", &crate::bausteine::STAATSANGEHOERIGKEITEN),
        baustein("", &WEITERER_AUSLAENDER),
        feld(&WEITERER_GRUND),
        feld(&EIGENE_ERKLAERUNG),
    ],
)
.hilfe("Nur wenn Ihr Einkommen allein nicht reicht oder Ihr Ehepartner mit unterschreibt.")
.norm(aufenthg("§ 68 Abs. 1 Satz 1"))
.anzahl(0, 3);

// Step 4: Gast

pub static GAST_STAATSANGEHOERIGKEIT: Feld<Code<Staatsangehoerigkeit>> =
    Feld::new("gast.staatsangehoerigkeit", "Staatsangehörigkeit des Gastes")
        .ohne(NICHT_AUSLAENDISCH)
        .norm(aufenthg("§ 86 Satz 1"))
        .pflicht();

pub static GAST_PASSNUMMER: Feld<Nummer> = Feld::new("gast.passnummer", "Passnummer des Gastes")
    .hilfe("Wenn der Gast noch keinen Pass hat, lassen Sie das Feld leer.")
    .norm(aufenthg("§ 3, § 86 Satz 1"));

pub static WOHNT_BEI_GEBER: Feld<bool> = Feld::new("gast.wohntBeiGeber", "Gast wohnt bei Ihnen")
    .frage("Wohnt der Gast bei Ihnen?")
    .norm(aufenthg("§ 2 Abs. 4, § 68 Abs. 1 Satz 1"))
    .pflicht();

pub static GAST_BEZIEHUNG: Feld<Code<BeziehungGastgeber>> =
    Feld::new("gast.beziehung", "Beziehung zum Gast")
        .frage("In welcher Beziehung stehen Sie zum Gast?")
        .norm(aufenthg("§ 68 Abs. 1"))
        .pflicht();

pub static KRANKENVERSICHERUNG: Feld<Euro> =
    Feld::new("gast.krankenversicherungKosten", "Kosten für eine private Krankenversicherung")
        .frage("Was kostet die private Krankenversicherung des Gastes im Monat?")
        .hilfe("Für Besuche bis 90 Tage braucht der Gast eine Reisekrankenversicherung.")
        .norm(aufenthg("§ 2 Abs. 3, § 68 Abs. 1 Satz 1"))
        .pflicht_wenn(Bedingung::MehrAls("aufenthalt.dauerTage", regeln::KURZ_TAGE));

pub static UNTERKUNFT: Feld<Euro> = Feld::new("gast.unterkunftKosten", "Kosten der Unterkunft")
    .frage("Was kostet die Unterkunft des Gastes im Monat?")
    .norm(aufenthg("§ 2 Abs. 4, § 68 Abs. 1 Satz 1"))
    .wenn(WOHNT_BEI_GEBER.nein())
    .pflicht();

// Step 5: Mitreisende

pub static BEGLEIT_BEZIEHUNG: Feld<Code<BeziehungGast>> =
    Feld::new("beziehung", "Beziehung zum Gast")
        .key("begleitpersonen.beziehung")
        .frage("Wer reist mit?")
        .norm(aufenthg("§ 68 Abs. 1"))
        .pflicht();

pub static BEGLEIT_STAATSANGEHOERIGKEIT: Feld<Code<Staatsangehoerigkeit>> =
    Feld::new("staatsangehoerigkeit", "Staatsangehörigkeit")
        .key("begleitpersonen.staatsangehoerigkeit")
        .ohne(NICHT_AUSLAENDISCH)
        .norm(aufenthg("§ 86 Satz 1"))
        .pflicht();

pub static BEGLEIT_ANMERKUNG: Feld<Text> = Feld::new("anmerkung", "Anmerkung")
    .key("begleitpersonen.anmerkung")
    .norm(aufenthg("§ 82 Abs. 1"))
    .max(500);

pub static BEGLEITPERSONEN: Feldgruppe = Feldgruppe::new(
    "begleitpersonen",
    "Mitreisende",
    "Person",
    &[
        baustein("", &NAME),
        feld(&GESCHLECHT),
        baustein("geburt.", &crate::bausteine::GEBURT),
        feld(&BEGLEIT_STAATSANGEHOERIGKEIT),
        feld(&BEGLEIT_BEZIEHUNG),
        regel(&regeln::BEGLEITUNG),
        feld(&BEGLEIT_ANMERKUNG),
    ],
)
.hilfe(
    "Nur die Ehefrau, der Ehemann und minderjährige Kinder des Gastes können auf derselben \
     Erklärung stehen. Andere Gäste brauchen eine eigene Erklärung.",
)
.norm(aufenthg("§ 68 Abs. 1"))
.anzahl(0, 10);

// Step 6: Wohnen

pub static WOHNEN_ART: Feld<Code<Wohnart>> = Feld::new("wohnen.art", "Unterkunft des Gastes")
    .frage("Wo wohnt der Gast?")
    .norm(aufenthg("§ 2 Abs. 4"));

pub static WOHNEN_FLAECHE: Feld<Ganzzahl> =
    Feld::new("wohnen.flaeche", "Größe der Wohnung in Quadratmetern")
        .frage("Wie groß ist die Wohnung in Quadratmetern?")
        .norm(aufenthg("§ 2 Abs. 4"))
        .zwischen(10, 500);

pub static WOHNEN_PERSONEN: Feld<Ganzzahl> =
    Feld::new("wohnen.personen", "Personen in der Wohnung")
        .frage("Wie viele Personen wohnen dort, zusammen mit dem Gast?")
        .norm(aufenthg("§ 2 Abs. 4"))
        .zwischen(1, 20);

// Step 7: wirtschaftliche Verhältnisse

pub static NETTO_MONAT: Feld<Euro> = Feld::new("", "Netto-Einkommen im Monat")
    .key("einkommen.nettoMonat")
    .norm(zpo("§ 850c"))
    .falsch("VE_EINKUNFT_GANZZAHL");

pub static NETTO_MONATE: Feldgruppe = Feldgruppe::new(
    "einkommen.nettoMonate",
    "Netto-Einkommen der letzten Monate",
    "Monat",
    &[feld(&NETTO_MONAT)],
)
.hilfe(
    "Tragen Sie für jeden Monat das Geld ein, das auf Ihr Konto kommt: ganze Euro, mindestens \
     3 Monate hintereinander, der neueste Monat zuletzt.",
)
.norm(zpo("§ 850c"))
.anzahl(3, 7)
.skalar("")
.monate();

pub static SONSTIGE_MONAT: Feld<Euro> = Feld::new("", "Sonstiges Einkommen im Monat")
    .key("einkommen.sonstigeMonat")
    .norm(zpo("§ 850c"))
    .falsch("VE_EINKUNFT_GANZZAHL");

pub static SONSTIGE_MONATE: Feldgruppe = Feldgruppe::new(
    "einkommen.sonstigeMonate",
    "Sonstiges Einkommen in denselben Monaten",
    "Monat",
    &[feld(&SONSTIGE_MONAT)],
)
.hilfe("Zum Beispiel Rente, selbstständige Arbeit, Miete. Lassen Sie es weg, wenn es keines gibt.")
.norm(zpo("§ 850c"))
.anzahl(0, 7)
.skalar("")
.monate();

pub static PROBEZEIT: Feld<bool> = Feld::new("einkommen.probezeit", "Probezeit")
    .frage("Sind Sie in der Probezeit?")
    .hilfe("Manche Behörden warten, bis die Probezeit zu Ende ist.")
    .norm(aufenthg("§ 68 Abs. 1"))
    .pflicht();

pub static BEFRISTET_BIS: Feld<Datum> =
    Feld::new("einkommen.befristetBis", "Arbeitsvertrag befristet bis")
        .hilfe("Lassen Sie das Feld leer, wenn Ihr Vertrag unbefristet ist.")
        .norm(aufenthg("§ 68 Abs. 1"));

pub static BEFRISTET_ERKLAERUNG: Feld<Absatz> =
    Feld::new("einkommen.befristetErklaerung", "Wie geht es danach weiter?")
        .norm(aufenthg("§ 68 Abs. 1"))
        .wenn(Bedingung::Beantwortet("einkommen.befristetBis"))
        .max(1000);

pub static ENDE_AM: Feld<Datum> = Feld::new("einkommen.endeAm", "Arbeitsverhältnis gekündigt zum")
    .hilfe("Lassen Sie das Feld leer, wenn niemand gekündigt hat.")
    .norm(aufenthg("§ 68 Abs. 1"));

pub static ENDE_ERKLAERUNG: Feld<Absatz> =
    Feld::new("einkommen.endeErklaerung", "Wovon leben Sie danach?")
        .norm(aufenthg("§ 68 Abs. 1"))
        .wenn(Bedingung::Beantwortet("einkommen.endeAm"))
        .max(1000);

pub static AUSGABEN: Feld<Euro> = Feld::new("ausgaben.monat", "Regelmäßige Ausgaben im Monat")
    .frage("Wie hoch sind Ihre regelmäßigen Ausgaben im Monat?")
    .hilfe("Miete, Kredite, Versicherungen")
    .norm(aufenthg("§ 68 Abs. 1"))
    .zwischen(0, 99_999);

pub static VERMOEGEN: Feld<Absatz> = Feld::new("vermoegen", "Vermögen und Sicherheiten")
    .frage("Haben Sie Vermögen oder Sicherheiten?")
    .hilfe("Zum Beispiel ein Sparbuch mit Sperrvermerk, ein Sperrkonto oder eine Bankbürgschaft.")
    .norm(aufenthg("§ 68 Abs. 1"))
    .max(1000);

pub static ZAHLUNGSKLAGEN: Feld<Absatz> =
    Feld::new("zahlungsklagen", "Zahlungsklagen und Zwangsvollstreckung")
        .frage(
            "Gab es in den letzten 5 Jahren Zahlungsklagen oder Zwangsvollstreckungen gegen Sie?",
        )
        .hilfe("Lassen Sie das Feld leer, wenn es keine gab.")
        .norm(aufenthg("§ 68 Abs. 1"))
        .max(1000);

pub static UNTERHALT_PERSONEN: Feld<Ganzzahl> = Feld::new("unterhalt.personen", "Unterhaltspflichten")
    .frage("Für wie viele Personen zahlen Sie Unterhalt?")
    .hilfe("Ehepartner und Kinder zählen, wenn Sie wirklich für sie zahlen. Schreiben Sie 0, wenn es niemanden gibt.")
    .norm(zpo("§ 850c Abs. 2"))
    .pflicht()
    .zwischen(0, regeln::UNTERHALT_MAX)
    .falsch("VE_UNTERHALT_MAX");

pub static UNTERHALT_EIGEN: Feld<Euro> = Feld::new("", "Einkommen der Person im Monat")
    .key("unterhalt.einkommen")
    .norm(zpo("§ 850c Abs. 6"))
    .zwischen(300, 99_999);

pub static UNTERHALT_EINKOMMEN: Feldgruppe = Feldgruppe::new(
    "unterhalt.einkommen",
    "Eigenes Einkommen dieser Personen über 300 Euro",
    "Person",
    &[feld(&UNTERHALT_EIGEN)],
)
.hilfe("Nur wenn jemand, für den Sie Unterhalt zahlen, selbst mehr als 300 Euro im Monat hat.")
.norm(zpo("§ 850c Abs. 6"))
.anzahl(0, 5)
.wenn(Bedingung::MehrAls("unterhalt.personen", 0))
.skalar("")
.kurz();

pub static LEISTUNGEN: Feld<bool> =
    Feld::new("leistungen.bezug", "Leistungen vom Jobcenter oder Sozialamt")
        .frage("Bekommen Sie Geld vom Jobcenter oder vom Sozialamt?")
        .norm(aufenthg("§ 68 Abs. 1"))
        .pflicht();

pub static VE_NUMMER: Feld<Text> = Feld::new("nummer", "Nummer der Erklärung")
    .key("weitereVE.nummer")
    .norm(aufenthg("§ 68 Abs. 1"));

pub static VE_BEHOERDE: Feld<Text> = Feld::new("behoerde", "Behörde")
    .key("weitereVE.behoerde")
    .norm(aufenthg("§ 68 Abs. 1"))
    .pflicht();

pub static VE_PERSONEN: Feld<Ganzzahl> = Feld::new("personen", "Für wie viele Personen?")
    .key("weitereVE.personen")
    .norm(aufenthg("§ 68 Abs. 1"))
    .pflicht()
    .zwischen(1, 50);

pub static WEITERE_VE: Feldgruppe = Feldgruppe::new(
    "weitereVE",
    "Andere Verpflichtungserklärungen, die noch gelten",
    "Erklärung",
    &[feld(&VE_BEHOERDE), feld(&VE_NUMMER), feld(&VE_PERSONEN)],
)
.hilfe("Eine Erklärung gilt 5 Jahre ab der Einreise des Gastes.")
.norm(aufenthg("§ 68 Abs. 1 Satz 3"))
.anzahl(0, 10);

pub static OFFENE_VE: Feldgruppe = Feldgruppe::new(
    "offeneVE",
    "Verpflichtungserklärungen, die Sie gerade beantragt haben",
    "Erklärung",
    &[feld(&VE_BEHOERDE), feld(&VE_PERSONEN)],
)
.norm(aufenthg("§ 68 Abs. 1"))
.anzahl(0, 10);

// Step 8: Selbstcheck

pub static SELBSTCHECK: Auskunft = Auskunft {
    id: "selbstcheck",
    titel: "Selbstcheck – nicht verbindlich",
    norm: Some(zpo("§ 850c")),
    is_taeglich: false,
    compute: regeln::selbstcheck,
};

// Step 9: Nachweise (section 3 of the specification)

pub static NACHWEISE: Nachweise = Nachweise {
    je: None,
    arten: &[
        Nachweisart::noetig(
            "NV_REGISTER",
            "Registerauszug, Satzung, Vertretungsnachweis und Jahresabschlüsse",
            IST_INSTITUTION,
        )
        .hilfe(
            "Bei einer GmbH & Co. KG für beide Gesellschaften. Die letzten zwei Jahresabschlüsse.",
        )
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::noetig(
            "NV_AUSWEIS",
            "Ausweis oder Pass",
            Bedingung::Alle(&[IST_PRIVAT, Bedingung::Nicht(&ABGABE_ELEKTRONISCH)]),
        )
        .hilfe("Vorderseite und Rückseite.")
        .norm(aufenthg("§ 68 Abs. 2")),
        Nachweisart::noetig(
            "NV_TITEL",
            "Aufenthaltstitel",
            Bedingung::Alle(&[
                IST_PRIVAT,
                Bedingung::Beantwortet("geber.titel.art"),
                Bedingung::Nicht(&Bedingung::Gleich("geber.titel.art", "07")),
            ]),
        )
        .hilfe("Auch das Zusatzblatt, wenn Sie eines haben.")
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::noetig(
            "NV_STEUER",
            "Einkommensteuerbescheid",
            Bedingung::Alle(&[IST_PRIVAT, SELBSTSTAENDIG_JA]),
        )
        .hilfe("Der letzte Bescheid. Ist er älter als ein Jahr, auch eine neue Bestätigung.")
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::noetig(
            "NV_BWA",
            "Gewinnermittlung",
            Bedingung::Alle(&[IST_PRIVAT, SELBSTSTAENDIG_JA]),
        )
        .hilfe("BWA oder Gewinnermittlung vom Steuerbüro.")
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::noetig(
            "NV_LOHN",
            "Lohnabrechnungen",
            Bedingung::Alle(&[IST_PRIVAT, Bedingung::Nicht(&SELBSTSTAENDIG_JA)]),
        )
        .hilfe("Für die Monate, die Sie angegeben haben. Ein Kontoauszug reicht nicht.")
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::noetig(
            "NV_DRITTE",
            "Einkommensnachweise dritter Personen",
            Bedingung::Alle(&[IST_PRIVAT, Bedingung::Beantwortet("unterhalt.einkommen")]),
        )
        .norm(zpo("§ 850c Abs. 6")),
        Nachweisart::noetig(
            "NV_SICHERHEIT",
            "Nachweis über Sicherheiten",
            Bedingung::Alle(&[IST_PRIVAT, Bedingung::Beantwortet("vermoegen")]),
        )
        .hilfe("Zum Beispiel das Sparbuch mit Sperrvermerk.")
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::hilfreich(
            "NV_ARBEITSVERTRAG",
            "Arbeitsvertrag",
            Bedingung::Eine(&[
                Bedingung::Gleich("einkommen.probezeit", "true"),
                Bedingung::Beantwortet("einkommen.befristetBis"),
            ]),
        )
        .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::hilfreich("NV_RENTE", "Rentenbescheid", IST_PRIVAT)
            .norm(aufenthg("§ 68 Abs. 1")),
        Nachweisart::hilfreich(
            "NV_MIETE",
            "Mietvertrag",
            Bedingung::MehrAls("aufenthalt.dauerTage", regeln::KURZ_TAGE),
        )
        .norm(aufenthg("§ 2 Abs. 4")),
        Nachweisart::hilfreich(
            "NV_UNTERHALT",
            "Nachweis über Unterhaltspflichten",
            Bedingung::MehrAls("unterhalt.personen", 0),
        )
        .hilfe("Geburtsurkunden oder Unterhaltstitel.")
        .norm(zpo("§ 850c Abs. 2")),
        Nachweisart::hilfreich("NV_GAST", "Kopie vom Pass des Gastes", Bedingung::Immer)
            .norm(aufenthg("§ 86 Satz 1")),
        Nachweisart::hilfreich("NV_EINLADUNG", "Einladung oder Reiseplan", Bedingung::Immer)
            .norm(aufenthg("§ 86 Satz 1")),
        Nachweisart::hilfreich("NV_VOLLMACHT", "Vollmacht", Bedingung::Immer)
            .hilfe(
                "Nur wenn jemand anders für Sie zum Termin kommt. Nicht jede Behörde erlaubt das.",
            )
            .norm(aufenthg("§ 68 Abs. 2")),
    ],
    name: None,
};

const SELBSTSTAENDIG_JA: Bedingung = Bedingung::Gleich("geber.selbststaendig", "true");

// Step 10: Belehrung

macro_rules! punkte {
    ($($name:ident = $id:literal, $norm:expr, $text:literal;)*) => {
        $(pub static $name: Feld<Bestaetigung> = Feld::new($id, $text).norm($norm);)*

        /// The points of the Belehrung, each to be ticked on its own.
        pub const PUNKTE: usize = [$($id),*].len();
    };
}

punkte! {
    PUNKT_1 = "belehrung.punkte[0]", aufenthg("§ 68 Abs. 1 Satz 1"),
        "Ich bezahle alle Kosten, die der Staat für den Gast ausgibt: Essen, Wohnung, Krankheit und Pflege.";
    PUNKT_2 = "belehrung.punkte[1]", aufenthg("§ 68 Abs. 1 Satz 1"),
        "Ich bezahle auch dann, wenn der Gast nach dem Gesetz ein Recht auf diese Leistungen hat.";
    PUNKT_3 = "belehrung.punkte[2]", aufenthg("§ 68 Abs. 1 Satz 3, 4"),
        "Das gilt 5 Jahre lang ab der Einreise. Es gilt auch, wenn der Gast in Deutschland Schutz oder einen humanitären Aufenthaltstitel bekommt.";
    PUNKT_4 = "belehrung.punkte[3]", aufenthg("§ 68 Abs. 1 Satz 2"),
        "Leistungen, die mit Beiträgen bezahlt wurden, muss ich nicht erstatten. Ein Beispiel ist die gesetzliche Krankenversicherung.";
    PUNKT_5 = "belehrung.punkte[4]", aufenthg("§ 66 Abs. 2, § 67"),
        "Ich bezahle auch die Kosten für Ausreise, Abschiebung, Begleitung und Abschiebungshaft.";
    PUNKT_6 = "belehrung.punkte[5]", aufenthg("§ 68 Abs. 2 Satz 3"),
        "Die Behörde kann das Geld ohne ein Gericht von mir holen.";
    PUNKT_7 = "belehrung.punkte[6]", aufenthg("§ 70"),
        "Die Behörde kann das Geld für die Ausreise noch 6 Jahre später verlangen.";
    PUNKT_8 = "belehrung.punkte[7]", aufenthg("§ 68 Abs. 1, 2"),
        "Wenn das Visum erteilt ist, kann ich die Erklärung nicht mehr zurücknehmen.";
    PUNKT_9 = "belehrung.punkte[8]", aufenthg("§ 95 Abs. 2 Nr. 2"),
        "Falsche Angaben sind strafbar.";
    PUNKT_10 = "belehrung.punkte[9]", azrg("§§ 18a, 18b, 29"),
        "Meine Daten werden in der Visadatei und im Ausländerzentralregister gespeichert. Sozialbehörden können sie bekommen.";
    PUNKT_11 = "belehrung.punkte[10]", aufenthg("§ 68 Abs. 1"),
        "Wenn mehrere Personen die Kosten übernehmen, haftet jede Person für alles.";
    PUNKT_12 = "belehrung.punkte[11]", aufenthv("§ 49 Abs. 2"),
        "Die Gebühr von 29 Euro fällt auch an, wenn die Behörde ablehnt.";
    PUNKT_13 = "belehrung.punkte[12]", aufenthg("§ 68 Abs. 3"),
        "Eine Verpflichtungserklärung ist keine Garantie für ein Visum.";
}

pub static MERKBLATT_VERSION: Feld<Text> =
    Feld::new("belehrung.merkblattVersion", "Stand der Hinweise")
        .norm(aufenthg("§ 68 Abs. 2 Satz 2"))
        .vorgabe("2026-08");

pub static SPRACHHILFE: Feld<Text> = Feld::new("belehrung.sprachhilfe", "Sprachhilfe")
    .frage("Hat Ihnen jemand die Hinweise übersetzt? Wer?")
    .norm(aufenthg("§ 68 Abs. 2 Satz 2"));

pub static VERSTANDEN: Feld<Bestaetigung> =
    Feld::new("belehrung.verstanden", "Ich habe alle Hinweise verstanden.")
        .norm(aufenthg("§ 68 Abs. 2 Satz 2"));

// Step 11: Zustellung

pub static ZUSTELLUNG_ART: Feld<Code<Zustellart>> = Feld::new("zustellung.art", "Zustellung")
    .frage("Wie möchten Sie die Erklärung bekommen?")
    .hilfe("Nicht jede Behörde bietet alle Wege an.")
    .norm(aufenthg("§ 68 Abs. 2"))
    .pflicht();

pub static ABHOLER_FAMILIENNAME: Feld<Name> =
    Feld::new("zustellung.abholberechtigt.familienname", "Familienname")
        .key("abholberechtigt.familienname")
        .norm(aufenthg("§ 68 Abs. 2"));

pub static ABHOLER_VORNAMEN: Feld<Name> =
    Feld::new("zustellung.abholberechtigt.vornamen", "Vornamen")
        .key("abholberechtigt.vornamen")
        .norm(aufenthg("§ 68 Abs. 2"));

pub static ABHOLER_GEBURTSDATUM: Feld<Datum> =
    Feld::new("zustellung.abholberechtigt.geburtsdatum", "Geburtsdatum")
        .key("abholberechtigt.geburtsdatum")
        .norm(aufenthg("§ 68 Abs. 2"));

/// Somebody else who may fetch the Erklärung.
pub static ABHOLBERECHTIGT: Baustein = Baustein::new(
    "abholberechtigt",
    "Darf eine andere Person die Erklärung abholen?",
    &[feld(&ABHOLER_VORNAMEN), feld(&ABHOLER_FAMILIENNAME), feld(&ABHOLER_GEBURTSDATUM)],
)
.wenn(Bedingung::Gleich("zustellung.art", "ABHOLUNG"));

pub static TERMIN_WUNSCH: Feld<Text> =
    Feld::new("", "Wunsch").key("termin.wunsch").norm(aufenthg("§ 82 Abs. 1"));

pub static TERMIN_WUENSCHE: Feldgruppe = Feldgruppe::new(
    "termin.wunsch",
    "Wann haben Sie Zeit für einen Termin?",
    "Wunsch",
    &[feld(&TERMIN_WUNSCH)],
)
.hilfe("Bis zu 3 Wünsche, zum Beispiel: montags ab 14 Uhr. Die Behörde versucht, sie zu beachten.")
.norm(aufenthg("§ 82 Abs. 1"))
.anzahl(0, 3)
.skalar("")
.kurz();

// Hinweise

pub static GEBUEHR: Hinweis = Hinweis::new(
    "ve.gebuehr",
    Hinweisart::Info,
    &["Eine Verpflichtungserklärung kostet 29 Euro. Sie zahlen beim Termin."],
);

pub static KEIN_EIGENER_WEG: Hinweis = Hinweis::new(
    "ve.mehrere",
    Hinweisart::Info,
    &[
        "Auf einer Erklärung stehen der Gast, sein Ehepartner und seine minderjährigen Kinder.",
        "Reisen Freunde zusammen? Dann braucht jeder eine eigene Erklärung.",
    ],
);

pub static HAFTUNG: Hinweis = Hinweis::new(
    "ve.haftung",
    Hinweisart::Warnung,
    &[
        "Sie haften 5 Jahre ab der Einreise für alle Kosten. Das kann viel Geld sein.",
        "Lesen Sie jeden Hinweis in Ruhe. Setzen Sie erst dann das Häkchen. Sie können jederzeit \
         aufhören und an einem anderen Tag weitermachen.",
    ],
);

/// What the law says, beside the points to be ticked. The official wording is the Behörde's to supply
/// (`textbloecke`).
pub static MERKBLATT: Hinweis = Hinweis::new(
    "ve.merkblatt",
    Hinweisart::Merkblatt,
    &[
        "Worum es geht: Mit der Verpflichtungserklärung versprechen Sie der Behörde, die Kosten für den Lebensunterhalt eines Gastes zu übernehmen (§ 68 AufenthG). Die Auslandsvertretung und die Ausländerbehörde sehen darin den Nachweis, dass der Aufenthalt bezahlt ist.",
        "Was Sie erstatten: Alle öffentlichen Mittel für den Lebensunterhalt des Gastes: Ernährung, Wohnung, Versorgung bei Krankheit und bei Pflegebedürftigkeit. Das gilt auch, wenn der Gast einen gesetzlichen Anspruch auf diese Leistungen hat (§ 68 Abs. 1 Satz 1 AufenthG).",
        "Was Sie nicht erstatten: Leistungen, die auf Beiträgen beruhen, zum Beispiel der gesetzlichen Krankenversicherung (§ 68 Abs. 1 Satz 2 AufenthG).",
        "Wie lange: 5 Jahre ab der Einreise, die durch die Erklärung möglich wurde. Die Pflicht endet nicht früher, wenn der Gast einen humanitären Aufenthaltstitel oder internationalen Schutz bekommt oder wieder ausreist und mit einem anderen Titel zurückkommt (§ 68 Abs. 1 Satz 3 und 4 AufenthG).",
        "Kosten der Ausreise: Sie haften neben dem Gast auch für Reise, Abschiebung, Begleitung, Abschiebungshaft und die Arbeit der Behörden dafür (§ 66 Abs. 2, § 67 AufenthG). Solche Kosten können auch entstehen, wenn das Visum abgelehnt oder der Gast an der Grenze zurückgewiesen wird. Sie verjähren nach 6 Jahren (§ 70 AufenthG).",
        "Vollstreckung: Die Behörde, die bezahlt hat, kann das Geld ohne ein Gericht von Ihnen verlangen und vollstrecken (§ 68 Abs. 2 Satz 3 und 4 AufenthG).",
        "Mehrere Personen: Geben mehrere Personen die Erklärung ab, haftet jede für den ganzen Betrag. Unterschreibt jemand für eine Organisation, haftet die Organisation.",
        "Ihr Einkommen: Es gibt keinen festen Betrag im Gesetz. Die Behörde prüft in jedem Fall einzeln, ob Ihr Einkommen über der Pfändungsfreigrenze liegt (§ 850c ZPO) und für die Gäste reicht. Kontoauszüge oder ein Sparbuch ohne Sperrvermerk genügen nicht. Der Selbstcheck in diesem Antrag ist nicht verbindlich.",
        "Widerruf: Ist das Visum erteilt, können Sie die Erklärung nicht mehr zurücknehmen.",
        "Falsche Angaben: Wer falsche oder unvollständige Angaben macht, damit jemand einen Aufenthaltstitel bekommt, kann mit einer Freiheitsstrafe bis zu 3 Jahren oder einer Geldstrafe bestraft werden (§ 95 Abs. 2 Nr. 2 AufenthG).",
        "Ihre Daten: Ihre Daten werden in der Visadatei und im Ausländerzentralregister gespeichert. Sozialämter, Bundesagentur für Arbeit und Jobcenter erfahren Tag und Behörde der Erklärung (§ 69 AufenthV, §§ 18a, 18b, 29 AZRG).",
        "Gebühr: Die Erklärung kostet 29 Euro, auch wenn die Behörde sie nicht anerkennt (§ 47 Abs. 1 Nr. 12, § 49 Abs. 2 AufenthV). Zwei Erklärungen kosten zwei Gebühren.",
        "Elektronische Abgabe: Sie können die Erklärung schriftlich oder elektronisch abgeben. Damit niemand übereilt handelt, bleibt diese Seite eine Zeit lang offen, bevor Sie weitergehen können (§ 68 Abs. 2 Satz 1 und 2 AufenthG).",
        "Visum: Die Erklärung ist keine Garantie für ein Visum. Darüber entscheidet die Auslandsvertretung.",
        "Quellen: Gesetze im Stand vom 19. August 2026; bundeseinheitliches Merkblatt zur Verpflichtungserklärung, hier in eigenen Worten.",
    ],
);

pub static NACHREICHEN: Hinweis = Hinweis::new(
    "ve.nachreichen",
    Hinweisart::Text,
    &[
        "Fotos oder PDF-Dateien sind in Ordnung. Laden Sie jedes Dokument einzeln hoch.",
        "Sie haben ein Dokument noch nicht? Dann wählen Sie „Ich reiche es nach“.",
    ],
);
