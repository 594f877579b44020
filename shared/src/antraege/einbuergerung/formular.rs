//! The questions of the Einbürgerung, and what is said about them. Numbers of steps are those of
//! `einbuergerung.md` section 2.

use crate::{
    angaben::{Herkunft, View},
    antraege::einbuergerung::{auskuenfte, bekenntnis, listen::*, regeln, seiten},
    bausteine::{
        ANSCHRIFT, EMAIL, GEBURT_TAG, GEBURTSORT, GEBURTSSTAAT, NAME, STAATSANGEHOERIGKEIT_CODE,
        TELEFON, full_name,
    },
    codelisten::{Familienstand, Geschlecht, Staatsangehoerigkeit},
    formular::{
        Abschnitt, Baustein, Bedingung, Feld, Feldgruppe, Formular, Hinweis, Hinweisart, Praedikat,
        baustein, feld, gruppe, regel,
    },
    recht::{Norm, dsgvo, einbtestv, ozg, stag},
    werte::{
        Absatz, Bestaetigung, Code, Datum, Dezimal, Euro, Ganzzahl, Name, Nummer, Teildatum, Text,
    },
};

pub static FORMULAR: Formular = Formular {
    id: "einbuergerung",
    kuerzel: "EB",
    titel: "Einbürgerung",
    worum: "Sie leben schon lange in Deutschland und möchten die deutsche Staatsangehörigkeit? \
            Hier stellen Sie den Antrag für sich und Ihre Familie. Ihre bisherige \
            Staatsangehörigkeit dürfen Sie behalten.",
    bereithalten: &[
        "Ihren Pass und Ihren Aufenthaltstitel, auch die alten Karten",
        "Ihre Geburtsurkunde und, wenn Sie verheiratet sind, die Eheurkunde",
        "die Daten Ihrer Eltern, Ihrer Kinder und Ihres Ehepartners oder Ihrer Ehepartnerin",
        "die Tage, an denen Sie länger als 30 Tage im Ausland waren",
        "Ihren Arbeitsvertrag und die letzten 3 Lohnabrechnungen, oder den letzten Steuerbescheid",
        "Ihr Sprachzertifikat und das Ergebnis vom Einbürgerungstest",
    ],
    danach: &[
        "Die Behörde prüft Ihre Angaben und fragt andere Behörden, zum Beispiel das \
         Bundeszentralregister und ab 16 Jahren den Verfassungsschutz.",
        "Wenn etwas fehlt, meldet sich die Behörde bei Ihnen.",
        "Ändert sich etwas, zum Beispiel Ihre Adresse oder Ihre Arbeit? Das müssen Sie der Behörde \
         mitteilen.",
        "Die Einbürgerung ist erst gültig, wenn Sie bei einem Termin die Urkunde bekommen.",
    ],
    dauer: "Das Ausfüllen dauert ungefähr 60 Minuten. Sie können jederzeit aufhören und später weitermachen.",
    gebuehr: "Die Einbürgerung kostet 255 Euro für jede Person. Für ein Kind ohne eigenes Einkommen, \
              das mit den Eltern eingebürgert wird, sind es 51 Euro.",
    leika: "99099002000000",
    norm: stag("§ 10"),
    daten: DATEN,
    abschnitte: &[
        Abschnitt::einmal("antrag", "Ihr Antrag", seiten::ANTRAG),
        Abschnitt::je(&PERSONEN, "", seiten::PERSON).wenn(GEHOERT_DAZU),
        Abschnitt::einmal("abschluss", "Familie, Nachweise und Absenden", seiten::ABSCHLUSS),
    ],
    betreff: |view| {
        let namen: Vec<String> = view.eintraege(&PERSONEN).map(|it| full_name(&it)).collect();
        namen.join(", ")
    },
    vorschlaege: &[
        &auskuenfte::WEG,
        &auskuenfte::AUFENTHALT,
        &auskuenfte::STRAFEN,
        &auskuenfte::GEBUEHREN,
    ],
    zulieferung: None,
};

/// § 31 StAG: what the Staatsangehörigkeitsbehörden may process.
const DATEN: Norm = stag("§ 31");

/// A question of this form: its key in other languages is `eb.` and the group and the id.
macro_rules! frage {
    ($id:literal, $label:expr) => {
        Feld::new($id, $label).key(concat!("eb.", $id))
    };
    ($gruppe:literal, $id:literal, $label:expr) => {
        Feld::new($id, $label).key(concat!("eb.", $gruppe, ".", $id))
    };
}

// Conditions

/// The first person: who hands in the Antrag, or for whom it is handed in.
pub const ERSTE: Bedingung = Bedingung::Praedikat(&Praedikat {
    satz: "es ist die erste Person des Antrags",
    holds: |view, _| view.praefix().starts_with("personen[0]."),
});

pub const NICHT_ERSTE: Bedingung = Bedingung::Nicht(&ERSTE);

/// The first person, and whoever comes along with it.
const GEHOERT_DAZU: Bedingung = Bedingung::Eine(&[ERSTE, Bedingung::ImAntrag(&MIT_FAMILIE)]);

pub const MIT_FAMILIE: Bedingung = Bedingung::Gleich("antrag.art", "SELBST_UND_FAMILIE");

pub const WIRD_VERTRETEN: Bedingung =
    Bedingung::EinesVon("antrag.art", &["NUR_KIND", "ALS_VERTRETUNG"]);

/// A child that is naturalised together with a parent.
pub const IST_KIND: Bedingung = Bedingung::Gleich("rolle", "MIT_KIND");
pub const KEIN_KIND: Bedingung = Bedingung::Nicht(&IST_KIND);

/// § 10 Abs. 1 Satz 2, § 34 Satz 1 StAG: who is surely below 16 need not do some things.
pub const UNTER_16: Bedingung = Bedingung::Praedikat(&Praedikat {
    satz: "die Person ist sicher jünger als 16 Jahre",
    holds: |view, stichtag| regeln::age_bounds(view, stichtag).is_some_and(|(_, bis)| bis < 16),
});

pub const AB_16: Bedingung = Bedingung::Nicht(&UNTER_16);

/// § 19 StGB: who is below 14 cannot be convicted.
const AB_14: Bedingung = Bedingung::Praedikat(&Praedikat {
    satz: "die Person ist vielleicht 14 Jahre alt oder älter",
    holds: |view, stichtag| regeln::age_bounds(view, stichtag).is_none_or(|(_, bis)| 14 <= bis),
});

/// A person who stands on their own: no child that comes along, and not surely below 16.
pub const ERWACHSEN: Bedingung = Bedingung::Alle(&[KEIN_KIND, AB_16]);

pub const VERPARTNERT: Bedingung = Bedingung::EinesVon("familienstand.code", &["VH", "LP"]);

/// Whoever surely has no marriage behind them.
const OHNE_EHE: Bedingung = Bedingung::EinesVon("familienstand.code", &["LD", "NB"]);

/// A husband or wife who is not a person of the same Antrag.
pub const EHEGATTE_ANDERSWO: Bedingung =
    Bedingung::Alle(&[ERSTE, VERPARTNERT, Bedingung::Nicht(&Bedingung::ImAntrag(&MIT_EHEGATTE))]);

const MIT_EHEGATTE: Bedingung =
    Bedingung::Alle(&[MIT_FAMILIE, Bedingung::Enthaelt("personen", "rolle", "MIT_EHEGATTE")]);

pub const MIT_SORGERECHT: Bedingung = Bedingung::Eine(&[
    Bedingung::Gleich("antrag.art", "NUR_KIND"),
    Bedingung::Enthaelt("personen", "rolle", "MIT_KIND"),
]);

const BEZIEHT_GRUNDSICHERUNG: Bedingung = Bedingung::Eine(&[
    Bedingung::Enthaelt("leistungen.liste", "art", "SGB2"),
    Bedingung::Enthaelt("leistungen.liste", "art", "SGB12_ALTER"),
    Bedingung::Enthaelt("leistungen.liste", "art", "SGB12_HLU"),
]);

pub const IST_ANGESTELLT: Bedingung = Bedingung::Enthaelt("erwerb.status", "", "ANGESTELLT");
pub const IST_SELBSTAENDIG: Bedingung = Bedingung::Enthaelt("erwerb.status", "", "SELBSTAENDIG");

// Step 1: Antragsart

pub static ANTRAG_ART: Feld<Code<Antragsart>> = frage!("antrag.art", "Für wen ist der Antrag?")
    .hilfe("Ab 16 Jahren stellen Sie den Antrag selbst.")
    .norm(stag("§ 34"))
    .pflicht();

/// Worked out for the caseworker; nobody may send it.
pub static ANTRAG_WEG: Feld<Code<Weg>> = frage!("antrag.weg", "Vorgeschlagene Rechtsgrundlage")
    .norm(stag("§§ 8 bis 10"))
    .herkunft(Herkunft::Abgeleitet)
    .wenn(Bedingung::Nie);

macro_rules! quickcheck {
    ($($liste:ident, $eintrag:ident = $id:literal, $key:literal, $titel:literal;)*) => {
        $(
            static $eintrag: Feld<Text> =
                Feld::new("", $titel).key($key).norm(stag("§ 10")).herkunft(Herkunft::Abgeleitet);

            static $liste: Feldgruppe = Feldgruppe::new($id, $titel, "Eintrag", &[feld(&$eintrag)])
                .norm(stag("§ 10"))
                .anzahl(0, 20)
                .skalar("")
                .kurz();
        )*
    };
}

quickcheck! {
    QC_WEGE, QC_WEG = "weg", "eb.quickcheck.weg", "Wege laut Quick-Check";
    QC_OFFENE, QC_OFFEN = "offenePunkte", "eb.quickcheck.offen", "Offene Punkte laut Quick-Check";
    QC_HINDERNISSE, QC_HINDERNIS = "hindernisse", "eb.quickcheck.hindernis", "Hindernisse laut Quick-Check";
    QC_HINWEISE, QC_HINWEIS = "hinweise", "eb.quickcheck.hinweis", "Hinweise laut Quick-Check";
}

pub static QC_ERGEBNIS: Feld<Text> = Feld::new("ergebnis", "Ergebnis des Quick-Checks")
    .key("eb.quickcheck.ergebnis")
    .norm(stag("§ 10"))
    .herkunft(Herkunft::Abgeleitet);

pub static QC_FRUEHESTENS: Feld<Datum> =
    Feld::new("fruehestensAm", "Frühestens am, laut Quick-Check")
        .key("eb.quickcheck.fruehestensAm")
        .norm(stag("§ 10"))
        .herkunft(Herkunft::Abgeleitet);

pub static QC_STICHTAG: Feld<Datum> = Feld::new("stichtag", "Tag des Quick-Checks")
    .key("eb.quickcheck.stichtag")
    .norm(stag("§ 10"))
    .herkunft(Herkunft::Abgeleitet);

/// The result of the Quick-Check, where the Antrag began with one.
pub static QUICKCHECK_ERGEBNIS: Baustein = Baustein::new(
    "quickcheckErgebnis",
    "",
    &[
        feld(&QC_ERGEBNIS),
        gruppe(&QC_WEGE),
        feld(&QC_FRUEHESTENS),
        gruppe(&QC_OFFENE),
        gruppe(&QC_HINDERNISSE),
        gruppe(&QC_HINWEISE),
        feld(&QC_STICHTAG),
    ],
);

pub static ROLLE: Feld<Code<Rolle>> =
    frage!("personen", "rolle", "Wer ist diese Person?").norm(stag("§ 10 Abs. 2, § 34")).pflicht();

/// The first person has its role from its place.
pub static ROLLE_ANTRAGSTELLER: Feld<Code<Rolle>> = frage!("antragsteller", "rolle", "Rolle")
    .norm(stag("§ 34"))
    .vorgabe("ANTRAGSTELLER")
    .wenn(ERSTE);

/// All for whom the Antrag is made; every one has an Antrag of their own in law.
pub static PERSONEN: Feldgruppe = Feldgruppe::new(
    "personen",
    "Personen in diesem Antrag",
    "Person",
    &[feld(&ROLLE), regel(&regeln::ROLLEN)],
)
.hilfe(
    "Die erste Person sind Sie selbst. Fügen Sie dann jede Person hinzu, die zusammen mit Ihnen \
     eingebürgert werden soll. Kinder ab 18 Jahren stellen einen eigenen Antrag.",
)
.norm(stag("§ 10 Abs. 2"))
.anzahl(1, 21)
.name(full_name);

pub static MITPERSON_ROLLE: Feld<Code<Rolle>> = frage!("mitpersonen", "rolle", "Rolle")
    .norm(stag("§ 10 Abs. 2"))
    .herkunft(Herkunft::Abgeleitet);

pub static MITPERSON_REF: Feld<Nummer> = frage!("mitpersonen", "personRef", "Person")
    .norm(stag("§ 10 Abs. 2"))
    .herkunft(Herkunft::Abgeleitet);

/// Says again what the roles of `personen` say, and is therefore dropped.
pub static MITPERSONEN: Feldgruppe = Feldgruppe::new(
    "antrag.mitpersonen",
    "Mit einzubürgernde Personen",
    "Person",
    &[feld(&MITPERSON_ROLLE), feld(&MITPERSON_REF)],
)
.norm(stag("§ 10 Abs. 2"))
.anzahl(0, 20)
.wenn(Bedingung::Nie);

pub static VERTRETUNG_ART: Feld<Code<Vertretungsart>> =
    frage!("vertretung.art", "Wie vertreten Sie die Person?").norm(stag("§ 34 Satz 2")).pflicht();

pub static VERTRETUNG_GEBURTSDATUM: Feld<Datum> =
    frage!("vertretung.geburt.datum", "Ihr Geburtsdatum").norm(stag("§ 34 Satz 2")).pflicht();

// Step 2: Person

pub static GESCHLECHT: Feld<Code<Geschlecht>> = frage!("geschlecht", "Geschlecht")
    .hilfe("So wie im Pass oder in der Geburtsurkunde.")
    .norm(DATEN)
    .pflicht();

pub static AZR_NUMMER: Feld<Nummer> = frage!("azrNummer", "AZR-Nummer")
    .hilfe(
        "Die Nummer steht auf der Duldung, der Gestattung oder in Briefen der Behörde. Sie kennen \
         sie nicht? Dann lassen Sie das Feld leer.",
    )
    .norm(DATEN);

pub static NAMENSANGLEICHUNG: Feld<bool> =
    frage!("namensangleichungGewuenscht", "Name nach der Einbürgerung ändern")
        .frage("Soll der Name nach der Einbürgerung an die deutsche Schreibweise angepasst werden?")
        .hilfe("Das geht nach der Einbürgerung. Das Standesamt hilft dabei.")
        .norm(DATEN);

pub static WEITERER_NAME: Feld<Name> = frage!("weitereNamen", "name", "Name").norm(DATEN).pflicht();

pub static WEITERER_NAME_ART: Feld<Code<Namensart>> =
    frage!("weitereNamen", "art", "Was für ein Name ist das?").norm(DATEN).pflicht();

pub static WEITERER_NAME_BIS: Feld<Teildatum> =
    frage!("weitereNamen", "bis", "Wie lange galt der Name?").norm(DATEN);

pub static WEITERE_NAMEN: Feldgruppe = Feldgruppe::new(
    "weitereNamen",
    "Frühere oder andere Namen",
    "Name",
    &[feld(&WEITERER_NAME), feld(&WEITERER_NAME_ART), feld(&WEITERER_NAME_BIS)],
)
.hilfe(
    "Geben Sie auch andere Schreibweisen an, zum Beispiel aus alten Pässen. So vermeiden wir \
     Verwechslungen.",
)
.norm(DATEN)
.anzahl(0, 10);

// Step 3: Staatsangehörigkeit und Pass

pub static STAATSANGEHOERIGKEIT_SEIT: Feld<Teildatum> =
    frage!("staatsangehoerigkeiten", "seit", "Seit wann?")
        .hilfe("Meist seit der Geburt.")
        .norm(DATEN);

pub static STAATSANGEHOERIGKEIT_ERWERB: Feld<Code<Erwerbsart>> =
    frage!("staatsangehoerigkeiten", "erwerb", "Wodurch?").norm(DATEN);

pub static STAATSANGEHOERIGKEITEN_GRUPPE: Feldgruppe = Feldgruppe::new(
    "staatsangehoerigkeiten",
    "Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[
        feld(&STAATSANGEHOERIGKEIT_CODE),
        feld(&STAATSANGEHOERIGKEIT_SEIT),
        feld(&STAATSANGEHOERIGKEIT_ERWERB),
    ],
)
.hilfe("Geben Sie alle Staatsangehörigkeiten an, höchstens 4.")
.norm(DATEN)
.anzahl(1, 4);

/// Staatsangehörigkeiten of somebody who wants to become German, and is not yet.
pub static STAATSANGEHOERIGKEITEN: Baustein =
    Baustein::new("ebStaatsangehoerigkeiten", "", &[gruppe(&STAATSANGEHOERIGKEITEN_GRUPPE)])
        .pruefe(regeln::check_staatsangehoerigkeiten);

pub static FRUEHERE_CODE: Feld<Code<Staatsangehoerigkeit>> =
    frage!("fruehereStaatsangehoerigkeiten", "code", "Staatsangehörigkeit").norm(DATEN).pflicht();

pub static FRUEHERE_VON: Feld<Teildatum> =
    frage!("fruehereStaatsangehoerigkeiten", "von", "von").norm(DATEN);

pub static FRUEHERE_BIS: Feld<Teildatum> =
    frage!("fruehereStaatsangehoerigkeiten", "bis", "bis").norm(DATEN);

pub static FRUEHERE_STAATSANGEHOERIGKEITEN: Feldgruppe = Feldgruppe::new(
    "fruehereStaatsangehoerigkeiten",
    "Frühere Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[feld(&FRUEHERE_CODE), feld(&FRUEHERE_VON), feld(&FRUEHERE_BIS), regel(&regeln::VON_BIS)],
)
.hilfe("Auch von Staaten, die es heute nicht mehr gibt.")
.norm(DATEN)
.anzahl(0, 4);

pub const IST_STAATENLOS: Bedingung = Bedingung::Enthaelt("staatsangehoerigkeiten", "code", "997");

pub static STAATENLOS_SEIT_GEBURT: Feld<bool> =
    frage!("staatenlosSeitGeburt", "Staatenlos seit der Geburt")
        .frage("Ist die Person seit der Geburt staatenlos?")
        .hilfe("Das ist wichtig für Personen, die in Deutschland geboren und jünger als 21 sind.")
        .norm(stag("§ 8"))
        .wenn(IST_STAATENLOS)
        .pflicht();

pub static KEIN_PASS: Feld<Bestaetigung> =
    frage!("keinPass", "Es gibt keinen gültigen Pass und keinen Ersatz für den Pass")
        .norm(stag("§ 10 Abs. 1 Satz 1"));

pub const OHNE_PASS: Bedingung = Bedingung::Gleich("keinPass", "true");

pub static AUSWEIS_ART: Feld<Code<Ausweisart>> =
    frage!("ausweisdokumente", "art", "Art des Dokuments")
        .hilfe("Pass, oder Reiseausweis für Flüchtlinge oder Staatenlose.")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .pflicht();

pub static AUSWEIS_NUMMER: Feld<Nummer> =
    frage!("ausweisdokumente", "nummer", "Nummer des Dokuments")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .pflicht();

pub static AUSWEIS_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("ausweisdokumente", "staat", "Staat, der das Dokument ausgestellt hat")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .pflicht();

pub static AUSWEIS_BEHOERDE: Feld<Text> =
    frage!("ausweisdokumente", "behoerde", "Ausgestellt von").norm(stag("§ 10 Abs. 1 Satz 1"));

pub static AUSWEIS_AUSGESTELLT: Feld<Datum> =
    frage!("ausweisdokumente", "ausgestelltAm", "Ausgestellt am")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .pflicht();

pub static AUSWEIS_GUELTIG: Feld<Datum> = frage!("ausweisdokumente", "gueltigBis", "Gültig bis")
    .norm(stag("§ 10 Abs. 1 Satz 1"))
    .pflicht();

pub static AUSWEISDOKUMENTE: Feldgruppe = Feldgruppe::new(
    "ausweisdokumente",
    "Pass oder Ausweisdokument",
    "Dokument",
    &[
        feld(&AUSWEIS_ART),
        feld(&AUSWEIS_NUMMER),
        regel(&regeln::PASSNUMMER),
        feld(&AUSWEIS_STAAT),
        feld(&AUSWEIS_BEHOERDE),
        feld(&AUSWEIS_AUSGESTELLT),
        feld(&AUSWEIS_GUELTIG),
        regel(&regeln::PASS_GUELTIG),
    ],
)
.norm(stag("§ 10 Abs. 1 Satz 1"))
.anzahl(1, 5)
.wenn(Bedingung::Nicht(&OHNE_PASS));

/// Missing, it is reported where the documents would stand.
pub static KEIN_PASS_GRUND: Feld<Absatz> =
    frage!("keinPassGrund", "Andere Nachweise der Identität")
        .frage("Warum gibt es keinen Pass? Welche anderen Nachweise haben Sie?")
        .hilfe("Zum Beispiel eine Geburtsurkunde oder einen Wehrpass.")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .wenn(OHNE_PASS)
        .max(1000);

// Step 4: Adresse und Kontakt

pub static WOHNT_BEI_ANTRAGSTELLER: Feld<bool> =
    frage!("anschriftWieAntragsteller", "Gleiche Adresse wie die erste Person")
        .frage("Wohnt diese Person an derselben Adresse wie die erste Person?")
        .norm(DATEN)
        .wenn(NICHT_ERSTE);

pub static WOHNT_SEIT: Feld<Datum> = frage!("wohntSeit", "Wohnt dort seit").norm(DATEN);

pub static WOHNFORM: Feld<Code<Wohnform>> = frage!("wohnform", "Art der Wohnung")
    .frage("Wie wohnen Sie?")
    .norm(stag("§ 8 Abs. 1 Nr. 3"))
    .wenn(ERSTE);

/// Contact of whoever comes along: none is needed.
pub static KONTAKT_FREIWILLIG: Baustein =
    Baustein::new("kontaktFreiwillig", "", &[feld(&EMAIL), feld(&TELEFON)]).pruefe(|pruefer| {
        pruefer.feld_wenn_da(&EMAIL);
        pruefer.feld_wenn_da(&TELEFON);
    });

pub static KONTAKTWEG: Feld<Code<Kontaktweg>> =
    frage!("kontakt.bevorzugt", "Wie soll die Behörde antworten?").norm(DATEN);

pub static SPRACHE_VERSTAENDIGUNG: Feld<Code<Sprache>> =
    frage!("kontakt.verstaendigungssprache", "Sprache, in der wir uns verstehen")
        .frage("In welcher Sprache können wir uns am besten verstehen?")
        .hilfe("Freiwillig. Nur für die Menschen in der Behörde.")
        .norm(DATEN);

// Step 5: Familienstand

pub static FAMILIENSTAND: Feld<Code<Familienstand>> =
    frage!("familienstand.code", "Familienstand").norm(stag("§§ 9, 10, 36")).pflicht();

pub static FAMILIENSTAND_SEIT: Feld<Teildatum> = frage!("familienstand.seit", "Seit wann?")
    .hilfe("Das Datum der Heirat, der Scheidung oder des Todes.")
    .norm(stag("§ 9 Abs. 1"))
    .wenn(Bedingung::Alle(&[
        Bedingung::Beantwortet("familienstand.code"),
        Bedingung::Nicht(&OHNE_EHE),
    ]))
    .pflicht()
    .fehlt("EB_EHE_DATUM");

pub static GETRENNT: Feld<bool> = frage!("familienstand.getrenntLebend", "Getrennt lebend")
    .frage("Leben Sie getrennt?")
    .norm(stag("§ 9 Abs. 1"))
    .wenn(VERPARTNERT)
    .pflicht_wenn(ERSTE);

pub static EHE_ORT: Feld<Text> = frage!("ehe.ort", "Ort der Heirat")
    .norm(stag("§ 9 Abs. 1"))
    .wenn(VERPARTNERT)
    .pflicht_wenn(ERSTE);

pub static EHE_STAAT: Feld<Code<Staatsangehoerigkeit>> = frage!("ehe.staat", "Staat der Heirat")
    .norm(stag("§ 9 Abs. 1"))
    .wenn(VERPARTNERT)
    .pflicht_wenn(ERSTE);

pub static MEHREHE: Feld<bool> = frage!("ehe.mehrere", "Mehrere Ehen gleichzeitig")
    .frage("Sind Sie mit mehreren Personen gleichzeitig verheiratet?")
    .norm(stag("§ 11 Satz 1 Nr. 3 Buchstabe a"))
    .wenn(VERPARTNERT)
    .pflicht_wenn(ERSTE);

pub static EHEGATTE_GESCHLECHT: Feld<Code<Geschlecht>> =
    frage!("ehegatte.geschlecht", "Geschlecht").norm(DATEN).pflicht();

pub static EHEGATTE_DEUTSCH_SEIT: Feld<Teildatum> = frage!("ehegatte.deutschSeit", "Deutsch seit")
    .frage("Seit wann hat Ihr Ehepartner oder Ihre Ehepartnerin die deutsche Staatsangehörigkeit?")
    .hilfe("Das ist wichtig für den Weg nach 3 Jahren.")
    .bis_heute()
    .norm(stag("§ 9 Abs. 1"))
    .wenn(EHEGATTE_DEUTSCH);

pub const EHEGATTE_DEUTSCH: Bedingung =
    Bedingung::Enthaelt("ehegatte.staatsangehoerigkeiten", "code", "000");

pub static EHEGATTE_WOHNT_MIT: Feld<bool> = frage!("ehegatte.anschriftWieIch", "Gleiche Adresse")
    .frage("Wohnt Ihr Ehepartner oder Ihre Ehepartnerin mit Ihnen zusammen?")
    .norm(stag("§ 9 Abs. 1"))
    .pflicht();

pub static FRUEHERE_EHE_NAME: Feld<Name> =
    frage!("fruehereEhen", "name", "Name der anderen Person").norm(DATEN);

pub static FRUEHERE_EHE_VON: Feld<Teildatum> =
    frage!("fruehereEhen", "von", "von").norm(DATEN).pflicht();

pub static FRUEHERE_EHE_BIS: Feld<Teildatum> =
    frage!("fruehereEhen", "bis", "bis").norm(DATEN).pflicht();

pub static FRUEHERE_EHE_GRUND: Feld<Code<Eheende>> =
    frage!("fruehereEhen", "grund", "Warum ist die Ehe zu Ende?").norm(DATEN).pflicht();

pub static FRUEHERE_EHEN: Feldgruppe = Feldgruppe::new(
    "fruehereEhen",
    "Frühere Ehen und Lebenspartnerschaften",
    "Ehe",
    &[
        feld(&FRUEHERE_EHE_NAME),
        feld(&FRUEHERE_EHE_VON),
        feld(&FRUEHERE_EHE_BIS),
        feld(&FRUEHERE_EHE_GRUND),
        regel(&regeln::VON_BIS),
    ],
)
.norm(stag("§ 9 Abs. 2, § 36"))
.anzahl(0, 10);

pub static P9_KIND: Feld<bool> = frage!("p9abs2.kindDeutsch", "Deutsches Kind aus der Ehe")
    .frage(
        "War Ihr früherer Ehepartner oder Ihre frühere Ehepartnerin deutsch, und haben Sie aus der \
         Ehe ein deutsches Kind unter 18 Jahren, für das Sie sorgen?",
    )
    .hilfe("Das ist wichtig, wenn die Ehe vor weniger als einem Jahr zu Ende ging.")
    .norm(stag("§ 9 Abs. 2"))
    .wenn(Bedingung::EinesVon("familienstand.code", &["VW", "GS"]));

// Step 6: Kinder

pub static KIND_MIT: Feld<bool> = frage!("kinder", "mitEinbuergern", "Mit einbürgern")
    .frage("Soll dieses Kind zusammen mit Ihnen eingebürgert werden?")
    .hilfe("Kinder unter 16 Jahren brauchen kein Bekenntnis und keinen Test.")
    .norm(stag("§ 10 Abs. 2"))
    .pflicht();

const KIND_KOMMT_MIT: Bedingung = Bedingung::Gleich("mitEinbuergern", "true");
const KIND_BLEIBT: Bedingung = Bedingung::Nicht(&KIND_KOMMT_MIT);

pub static KIND_PERSON: Feld<Code<Personverweis>> = frage!("kinder", "personRef", "Das Kind ist")
    .hilfe("Wählen Sie die Person, die Sie vorher in diesem Antrag eingetragen haben.")
    .norm(stag("§ 10 Abs. 2"))
    .wenn(KIND_KOMMT_MIT)
    .pflicht();

pub static KIND_EINKUENFTE: Feld<bool> = frage!("kinder", "eigeneEinkuenfte", "Eigenes Einkommen")
    .frage("Hat das Kind eigenes Einkommen?")
    .hilfe("Lohn aus einer Ausbildung zählt. Kindergeld zählt nicht.")
    .norm(stag("§ 38 Abs. 2 Satz 2"))
    .wenn(KIND_KOMMT_MIT)
    .pflicht();

pub static KIND_HIER_SEIT: Feld<Datum> =
    frage!("kinder", "lebtHierSeit", "Lebt in Deutschland seit")
        .hilfe("In Deutschland geboren? Dann der Tag der Geburt.")
        .bis_heute()
        .norm(stag("§ 10 Abs. 2"))
        .wenn(KIND_KOMMT_MIT);

pub static KIND_ELTERNTEIL_NAME: Feld<Name> =
    frage!("kinder", "andererElternteil.name", "Name des anderen Elternteils")
        .norm(stag("§ 10 Abs. 2"))
        .wenn(KIND_KOMMT_MIT);

pub static KIND_ELTERNTEIL_STAAT: Feld<Code<Staatsangehoerigkeit>> = frage!(
    "kinder",
    "andererElternteil.staatsangehoerigkeit",
    "Staatsangehörigkeit des anderen Elternteils"
)
.norm(stag("§ 4, § 10 Abs. 2"))
.wenn(KIND_KOMMT_MIT);

pub static KIND_GESCHLECHT: Feld<Code<Geschlecht>> =
    frage!("kinder", "geschlecht", "Geschlecht").norm(DATEN);

pub static KIND_STAAT: Feldgruppe = Feldgruppe::new(
    "staatsangehoerigkeiten",
    "Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[feld(&STAATSANGEHOERIGKEIT_CODE)],
)
.hilfe("Geben Sie alle Staatsangehörigkeiten an, höchstens 4.")
.norm(DATEN)
.anzahl(0, 4)
.kurz();

pub static KIND_GEBURT_ORT: Baustein =
    Baustein::new("kindGeburtsort", "", &[feld(&GEBURTSORT), feld(&GEBURTSSTAAT)]).pruefe(
        |pruefer| {
            pruefer.feld_wenn_da(&GEBURTSORT);
            pruefer.feld_wenn_da(&GEBURTSSTAAT);
        },
    );

/// A child that stays as it is: who it is.
pub static KIND_DATEN: Baustein = Baustein::new(
    "kindDaten",
    "",
    &[
        baustein("", &NAME),
        baustein("geburt.", &GEBURT_TAG),
        baustein("geburt.", &KIND_GEBURT_ORT),
        feld(&KIND_GESCHLECHT),
        gruppe(&KIND_STAAT),
    ],
)
.wenn(KIND_BLEIBT);

pub static KIND_LEBT_BEI: Feld<Code<KindLebtBei>> =
    frage!("kinder", "lebtBei", "Wo lebt das Kind?")
        .norm(stag("§ 8 Abs. 1 Nr. 4, § 10 Abs. 1 Satz 1 Nr. 3"))
        .wenn(KIND_BLEIBT)
        .pflicht();

pub static KIND_UNTERHALT: Feld<Code<Kindesunterhalt>> = frage!("kinder", "unterhalt", "Unterhalt")
    .frage("Zahlen Sie Unterhalt für dieses Kind?")
    .norm(stag("§ 8 Abs. 1 Nr. 4, § 10 Abs. 1 Satz 1 Nr. 3"))
    .wenn(Bedingung::Alle(&[
        Bedingung::Beantwortet("lebtBei"),
        Bedingung::Nicht(&Bedingung::Gleich("lebtBei", "MIR")),
    ]));

pub static KIND_HINWEIS: Feld<Text> =
    frage!("kinder", "hinweis", "Was die Behörde noch wissen soll").norm(DATEN).max(500);

pub static KINDER: Feldgruppe = Feldgruppe::new(
    "kinder",
    "Kinder",
    "Kind",
    &[
        feld(&KIND_MIT),
        feld(&KIND_PERSON),
        baustein("", &KIND_DATEN),
        feld(&KIND_LEBT_BEI),
        feld(&KIND_UNTERHALT),
        feld(&KIND_EINKUENFTE),
        regel(&regeln::KIND),
        feld(&KIND_HIER_SEIT),
        feld(&KIND_ELTERNTEIL_NAME),
        feld(&KIND_ELTERNTEIL_STAAT),
        feld(&KIND_HINWEIS),
    ],
)
.hilfe("Bitte geben Sie alle Kinder an, auch erwachsene Kinder und Kinder im Ausland.")
.norm(stag("§ 10 Abs. 2"))
.anzahl(0, 20);

/// Says again what `kinder` says, and is therefore dropped.
pub static EIGENE_EINKUENFTE: Feld<bool> =
    frage!("personen", "eigeneEinkuenfte", "Eigenes Einkommen")
        .norm(stag("§ 38 Abs. 2 Satz 2"))
        .herkunft(Herkunft::Abgeleitet)
        .wenn(Bedingung::Nie);

pub static SORGERECHT: Feld<Code<Sorgerecht>> = frage!("vertretung.sorgerecht", "Sorgerecht")
    .frage("Wer entscheidet für das Kind?")
    .norm(stag("§ 34 Satz 2"))
    .pflicht();

pub static ZUSTIMMUNG: Feld<Bestaetigung> =
    frage!("zweiterElternteil", "zustimmungErklaert", "Der andere Elternteil ist einverstanden")
        .norm(stag("§ 34 Satz 2"));

/// The other parent, who has to agree.
pub static ZWEITER_ELTERNTEIL: Baustein = Baustein::new(
    "zweiterElternteil",
    "Der andere Elternteil",
    &[baustein("", &NAME), feld(&ZUSTIMMUNG)],
)
.wenn(Bedingung::ImAntrag(&SORGERECHT_GEMEINSAM))
.pruefe(regeln::check_zweiter_elternteil);

const SORGERECHT_GEMEINSAM: Bedingung = Bedingung::Gleich("vertretung.sorgerecht", "GEMEINSAM");

// Step 7: Eltern

pub static ELTERNTEIL_UNBEKANNT: Feld<Bestaetigung> =
    frage!("eltern", "unbekannt", "Über diesen Elternteil ist nichts bekannt").norm(stag("§ 4"));

const UNBEKANNT: Bedingung = Bedingung::Gleich("unbekannt", "true");
const BEKANNT: Bedingung = Bedingung::Nicht(&UNBEKANNT);

pub static ELTERNTEIL_GRUND: Feld<Text> = frage!("eltern", "grund", "Warum ist nichts bekannt?")
    .norm(stag("§ 4"))
    .wenn(UNBEKANNT)
    .pflicht()
    .max(500);

pub static ELTERNTEIL_NAME: Baustein =
    Baustein::new("elternteilName", "", &[baustein("", &NAME)]).wenn(BEKANNT);

pub static ELTERNTEIL_GEBURTSDATUM: Feld<Teildatum> =
    frage!("eltern", "geburt.datum", "Geburtsdatum").norm(stag("§ 4")).wenn(BEKANNT);

pub static ELTERNTEIL_GEBURTSORT: Feld<Text> =
    frage!("eltern", "geburt.ort", "Geburtsort").norm(stag("§ 4")).wenn(BEKANNT);

pub static ELTERNTEIL_STAAT: Feldgruppe = Feldgruppe::new(
    "staatsangehoerigkeiten",
    "Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[feld(&STAATSANGEHOERIGKEIT_CODE)],
)
.hilfe("Geben Sie alle Staatsangehörigkeiten an, höchstens 4.")
.norm(stag("§ 4 Abs. 1"))
.anzahl(1, 4)
.wenn(BEKANNT)
.kurz();

pub static ELTERN: Feldgruppe = Feldgruppe::new(
    "eltern",
    "Eltern",
    "Elternteil",
    &[
        feld(&ELTERNTEIL_UNBEKANNT),
        feld(&ELTERNTEIL_GRUND),
        baustein("", &ELTERNTEIL_NAME),
        feld(&ELTERNTEIL_GEBURTSDATUM),
        feld(&ELTERNTEIL_GEBURTSORT),
        gruppe(&ELTERNTEIL_STAAT),
    ],
)
.hilfe("Bitte geben Sie beide Eltern an, auch wenn sie nicht mehr leben.")
.norm(stag("§ 4"))
.anzahl(2, 0);

// Step 8: Aufenthalt in Deutschland

pub static HIER_GEBOREN: Feld<bool> =
    frage!("aufenthalt.inDeutschlandGeboren", "In Deutschland geboren")
        .frage("Ist die Person in Deutschland geboren?")
        .norm(stag("§ 4 Abs. 3, § 10 Abs. 1"))
        .pflicht();

pub static ERSTEINREISE: Feld<Datum> = frage!("aufenthalt.ersteinreise", "Erste Einreise")
    .frage("Seit welchem Tag ist die Person zum ersten Mal in Deutschland?")
    .hilfe("Der Tag, an dem sie nach Deutschland gezogen ist.")
    .norm(stag("§ 10 Abs. 1 Satz 1"))
    .wenn(Bedingung::Nicht(&Bedingung::Gleich("aufenthalt.inDeutschlandGeboren", "true")))
    .pflicht();

/// A Unionsbürger needs no title.
const OHNE_TITELPFLICHT: Bedingung = Bedingung::Praedikat(&Praedikat {
    satz: "die Person ist Unionsbürgerin oder Unionsbürger",
    holds: |view, _| regeln::is_unionsbuerger(view),
});

pub static TITEL_CODE: Feld<Code<Titel>> =
    frage!("aufenthalt.titel.code", "Jetziger Aufenthaltstitel")
        .hilfe("Der Paragraf steht auf der Karte unter „Art des Titels“ oder „Anmerkungen“.")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2"))
        .pflicht_wenn(Bedingung::Alle(&[KEIN_KIND, Bedingung::Nicht(&OHNE_TITELPFLICHT)]));

pub static TITEL_NUMMER: Feld<Nummer> = frage!("aufenthalt.titel.nummer", "Nummer der Karte")
    .hilfe("Sie hat 9 Zeichen und steht oben rechts auf der Karte, zum Beispiel Y701001V3.")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2"));

pub static TITEL_AUSGESTELLT: Feld<Datum> =
    frage!("aufenthalt.titel.ausgestelltAm", "Titel ausgestellt am")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2"));

pub static TITEL_GUELTIG: Feld<Datum> = frage!("aufenthalt.titel.gueltigBis", "Titel gültig bis")
    .hilfe("Bei einem unbefristeten Titel läuft nur die Karte ab, nicht das Recht. Dann lassen Sie das Feld leer.")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2"));

pub static AUSLAENDERBEHOERDE: Feld<Text> =
    frage!("aufenthalt.auslaenderbehoerde", "Ausländerbehörde")
        .frage("Welche Ausländerbehörde hat den Titel ausgestellt?")
        .norm(stag("§ 32"))
        .pflicht_wenn(ERSTE);

pub static SCHUTZ: Feld<Code<Schutz>> = frage!("aufenthalt.schutz", "Schutz")
    .frage("Hat die Person in Deutschland Schutz bekommen?")
    .norm(crate::recht::asylg("§ 55 Abs. 3"))
    .pflicht_wenn(ERSTE);

pub static SCHUTZ_SEIT: Feld<Datum> = frage!("aufenthalt.schutzSeit", "Anerkannt am")
    .hilfe("Dann zählt die Zeit mit der Aufenthaltsgestattung mit.")
    .bis_heute()
    .norm(crate::recht::asylg("§ 55 Abs. 3"))
    .wenn(Bedingung::Alle(&[
        Bedingung::Beantwortet("aufenthalt.schutz"),
        Bedingung::Nicht(&Bedingung::Gleich("aufenthalt.schutz", "KEINER")),
    ]))
    .pflicht();

pub static ZEIT_VON: Feld<Datum> =
    frage!("zeiten", "von", "von").norm(stag("§ 10 Abs. 1 Satz 1, § 12b")).pflicht();

pub static ZEIT_BIS: Feld<Datum> = frage!("zeiten", "bis", "bis")
    .hilfe("Gilt die Erlaubnis noch? Dann lassen Sie das Feld leer.")
    .norm(stag("§ 10 Abs. 1 Satz 1, § 12b"));

pub static ZEIT_STATUS: Feld<Code<Zeitstatus>> =
    frage!("zeiten", "status", "Erlaubnis in dieser Zeit")
        .norm(stag("§ 10 Abs. 1 Satz 1, § 12b"))
        .pflicht();

pub static ZEIT_RECHTSGRUNDLAGE: Feld<Text> =
    frage!("zeiten", "rechtsgrundlage", "Paragraf auf der Karte")
        .hilfe("Zum Beispiel: § 25 Abs. 2")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 2"));

pub static ZEIT_VERSPAETET: Feld<Bestaetigung> =
    frage!("zeiten", "verspaeteterAntrag", "Dieser Titel wurde zu spät beantragt")
        .norm(stag("§ 12b Abs. 3 Satz 1"));

pub static ZEIT_ERKLAERUNG: Feld<Text> =
    frage!("zeiten", "lueckenErklaerung", "Was war in der Zeit davor, die fehlt?")
        .hilfe("Nur wenn vor dieser Zeit eine Lücke ist.")
        .norm(stag("§ 12b Abs. 3"))
        .max(500);

pub static ZEITEN: Feldgruppe = Feldgruppe::new(
    "aufenthalt.zeiten",
    "Aufenthaltszeiten",
    "Zeit",
    &[
        feld(&ZEIT_VON),
        feld(&ZEIT_BIS),
        feld(&ZEIT_STATUS),
        feld(&ZEIT_RECHTSGRUNDLAGE),
        feld(&ZEIT_VERSPAETET),
        feld(&ZEIT_ERKLAERUNG),
    ],
)
.hilfe("Tragen Sie alle Erlaubnisse nacheinander ein. Die Daten stehen auf den alten Karten.")
.norm(stag("§ 10 Abs. 1 Satz 1, § 12b"))
.anzahl(1, 30);

// Step 9: Zeiten im Ausland

pub static AUSLAND_VON: Feld<Datum> =
    frage!("ausland", "von", "Ausreise").norm(stag("§ 12b Abs. 1")).pflicht();

pub static AUSLAND_BIS: Feld<Datum> =
    frage!("ausland", "bis", "Rückkehr").norm(stag("§ 12b Abs. 1")).pflicht();

pub static AUSLAND_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("ausland", "staat", "Staat").norm(stag("§ 12b Abs. 1")).pflicht();

pub static AUSLAND_GRUND: Feld<Code<Auslandsgrund>> =
    frage!("ausland", "grund", "Grund").norm(stag("§ 12b Abs. 1")).pflicht();

pub static ABH_FRIST: Feld<Bestaetigung> = frage!(
    "ausland",
    "abhFrist",
    "Die Ausländerbehörde hat vorher eine längere Frist für die Rückkehr erlaubt"
)
.norm(stag("§ 12b Abs. 1 Satz 2"));

pub static ABH_FRIST_BIS: Feld<Datum> = frage!("ausland", "abhFristBis", "Rückkehr erlaubt bis")
    .norm(stag("§ 12b Abs. 1 Satz 2"))
    .wenn(Bedingung::Gleich("abhFrist", "true"));

pub static WEHRDIENST_ENTLASSUNG: Feld<Datum> =
    frage!("ausland", "wehrdienstEntlassung", "Entlassung aus dem Wehrdienst")
        .norm(stag("§ 12b Abs. 1 Satz 3"))
        .wenn(Bedingung::Gleich("grund", "WEHRDIENST"));

pub static AUSLAND: Feldgruppe = Feldgruppe::new(
    "ausland",
    "Zeiten im Ausland",
    "Reise",
    &[
        feld(&AUSLAND_VON),
        feld(&AUSLAND_BIS),
        feld(&AUSLAND_STAAT),
        feld(&AUSLAND_GRUND),
        feld(&ABH_FRIST),
        feld(&ABH_FRIST_BIS),
        feld(&WEHRDIENST_ENTLASSUNG),
        regel(&regeln::REISE),
    ],
)
.hilfe("Bitte geben Sie jede Zeit im Ausland an, die länger als 30 Tage war.")
.norm(stag("§ 12b Abs. 1"))
.anzahl(0, 50);

pub static KURZE_REISEN: Feld<Ganzzahl> =
    frage!("auslandKurzTageProJahr", "Tage mit kurzen Reisen im Jahr")
        .frage("Wie viele Tage im Jahr sind Sie ungefähr auf kurzen Reisen im Ausland?")
        .hilfe("Schätzen Sie.")
        .norm(stag("§ 12b Abs. 1 Satz 5"))
        .zwischen(0, 366);

// Step 10: Wohnsitze

pub static WOHNSITZ_VON: Feld<Datum> =
    frage!("wohnsitze", "von", "von").norm(stag("§ 10 Abs. 1 Satz 1")).pflicht();

pub static WOHNSITZ_BIS: Feld<Datum> = frage!("wohnsitze", "bis", "bis")
    .hilfe("Wohnen Sie noch dort? Dann lassen Sie das Feld leer.")
    .norm(stag("§ 10 Abs. 1 Satz 1"));

pub static WOHNSITZ_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("wohnsitze", "anschriftAusland.staat", "Staat, wenn im Ausland")
        .hilfe("Nur ausfüllen, wenn die Wohnung nicht in Deutschland war.")
        .norm(stag("§ 10 Abs. 1 Satz 1"));

const WOHNSITZ_IM_AUSLAND: Bedingung = Bedingung::Beantwortet("anschriftAusland.staat");

pub static WOHNSITZ_ZEILE: Feld<Text> = Feld::new("", "Zeile der Adresse")
    .key("eb.wohnsitze.zeile")
    .norm(stag("§ 10 Abs. 1 Satz 1"))
    .max(35)
    .falsch("AUSLANDSANSCHRIFT");

pub static WOHNSITZ_ZEILEN: Feldgruppe = Feldgruppe::new(
    "anschriftAusland.zeilen",
    "Adresse im Ausland in 2 bis 5 Zeilen",
    "Zeile",
    &[feld(&WOHNSITZ_ZEILE)],
)
.hilfe("So, wie sie auf einem Brief steht.")
.norm(stag("§ 10 Abs. 1 Satz 1"))
.anzahl(2, 5)
.wenn(WOHNSITZ_IM_AUSLAND)
.skalar("")
.kurz();

pub static WOHNSITZ_INLAND: Baustein =
    Baustein::new("wohnsitzInland", "", &[baustein("anschrift.", &ANSCHRIFT)])
        .wenn(Bedingung::Nicht(&WOHNSITZ_IM_AUSLAND));

pub static NEBENWOHNUNG: Feld<Bestaetigung> =
    frage!("wohnsitze", "nebenwohnung", "Das war eine zweite Wohnung (Nebenwohnung)")
        .norm(stag("§ 10 Abs. 1 Satz 1"));

pub static WOHNSITZ_ERKLAERUNG: Feld<Text> =
    frage!("wohnsitze", "lueckenErklaerung", "Wo waren Sie in der Zeit davor, die fehlt?")
        .hilfe("Nur wenn vor dieser Zeit eine Lücke ist.")
        .norm(stag("§ 10 Abs. 1 Satz 1"))
        .max(500);

pub static WOHNSITZE: Feldgruppe = Feldgruppe::new(
    "wohnsitze",
    "Wohnsitze",
    "Wohnsitz",
    &[
        feld(&WOHNSITZ_VON),
        feld(&WOHNSITZ_BIS),
        feld(&WOHNSITZ_STAAT),
        gruppe(&WOHNSITZ_ZEILEN),
        baustein("", &WOHNSITZ_INLAND),
        feld(&NEBENWOHNUNG),
        feld(&WOHNSITZ_ERKLAERUNG),
    ],
)
.hilfe("Bitte geben Sie alle Adressen der letzten 5 Jahre an, auch im Ausland.")
.norm(stag("§ 10 Abs. 1 Satz 1"))
.anzahl(1, 30);

// Step 11: Schule und Ausbildung

pub static BILDUNG_ART: Feld<Code<Bildungsart>> =
    frage!("bildung", "art", "Art").norm(stag("§ 10 Abs. 4, 5")).pflicht();

pub static BILDUNG_VON: Feld<Teildatum> =
    frage!("bildung", "von", "von").norm(stag("§ 10 Abs. 4, 5")).pflicht();

pub static BILDUNG_BIS: Feld<Teildatum> =
    frage!("bildung", "bis", "bis").norm(stag("§ 10 Abs. 4, 5"));

pub static BILDUNG_EINRICHTUNG: Feld<Text> =
    frage!("bildung", "einrichtung", "Name der Schule oder Hochschule")
        .norm(stag("§ 10 Abs. 4, 5"))
        .pflicht();

pub static BILDUNG_ORT: Feld<Text> = frage!("bildung", "ort", "Ort").norm(stag("§ 10 Abs. 4, 5"));

pub static BILDUNG_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("bildung", "staat", "Staat").norm(stag("§ 10 Abs. 4, 5"));

pub static BILDUNG_ABSCHLUSS: Feld<bool> = frage!("bildung", "abschluss", "Abschluss")
    .frage("Haben Sie einen Abschluss?")
    .norm(stag("§ 10 Abs. 4, 5"))
    .pflicht();

pub static BILDUNG_BEZEICHNUNG: Feld<Text> =
    frage!("bildung", "abschlussBezeichnung", "Name des Abschlusses")
        .norm(stag("§ 10 Abs. 4, 5"))
        .wenn(Bedingung::Gleich("abschluss", "true"));

pub static BILDUNG_DEUTSCH: Feld<bool> =
    frage!("bildung", "spracheDeutsch", "Unterricht auf Deutsch")
        .frage("War der Unterricht auf Deutsch?")
        .norm(stag("§ 10 Abs. 4, 5"));

pub static BILDUNG: Feldgruppe = Feldgruppe::new(
    "bildung",
    "Schule und Ausbildung",
    "Schule oder Ausbildung",
    &[
        feld(&BILDUNG_ART),
        feld(&BILDUNG_VON),
        feld(&BILDUNG_BIS),
        regel(&regeln::VON_BIS),
        feld(&BILDUNG_EINRICHTUNG),
        feld(&BILDUNG_ORT),
        feld(&BILDUNG_STAAT),
        feld(&BILDUNG_ABSCHLUSS),
        feld(&BILDUNG_BEZEICHNUNG),
        feld(&BILDUNG_DEUTSCH),
    ],
)
.hilfe("Ein deutscher Abschluss kann das Sprachzertifikat und den Einbürgerungstest ersetzen.")
.norm(stag("§ 10 Abs. 4, 5"))
.anzahl(0, 20);

// Step 12: Arbeit und Einkommen

const UNTERHALT_NORM: Norm = stag("§ 10 Abs. 1 Satz 1 Nr. 3");

pub static ERWERB_STATUS_EINTRAG: Feld<Code<Erwerbsstatus>> =
    Feld::new("", "Was machen Sie zurzeit?").key("eb.erwerb.status").norm(UNTERHALT_NORM);

pub static ERWERB_STATUS: Feldgruppe = Feldgruppe::new(
    "erwerb.status",
    "Was machen Sie zurzeit?",
    "Angabe",
    &[feld(&ERWERB_STATUS_EINTRAG)],
)
.hilfe("Sie können bis zu 4 Antworten geben.")
.norm(UNTERHALT_NORM)
.anzahl(1, 4)
.skalar("")
.kurz();

pub static AG_NAME: Feld<Text> =
    frage!("arbeitgeber", "name", "Name der Firma").norm(UNTERHALT_NORM).pflicht();

pub static AG_ORT: Feld<Text> = frage!("arbeitgeber", "ort", "Ort").norm(UNTERHALT_NORM).pflicht();

pub static AG_TAETIGKEIT: Feld<Text> =
    frage!("arbeitgeber", "taetigkeit", "Ihre Arbeit dort").norm(UNTERHALT_NORM).pflicht();

pub static AG_SEIT: Feld<Datum> =
    frage!("arbeitgeber", "seit", "Seit wann?").norm(UNTERHALT_NORM).pflicht();

pub static AG_BEFRISTET: Feld<Datum> = frage!("arbeitgeber", "befristetBis", "Befristet bis")
    .hilfe("Lassen Sie das Feld leer, wenn der Vertrag unbefristet ist.")
    .norm(UNTERHALT_NORM);

pub static AG_STUNDEN: Feld<Dezimal> =
    frage!("arbeitgeber", "wochenstunden", "Stunden in der Woche").norm(UNTERHALT_NORM).pflicht();

pub static AG_VOLLZEIT: Feld<bool> = frage!("arbeitgeber", "vollzeit", "Vollzeit")
    .frage("Ist das eine volle Stelle?")
    .norm(UNTERHALT_NORM)
    .pflicht();

pub static AG_PROBEZEIT: Feld<Datum> =
    frage!("arbeitgeber", "probezeitBis", "Probezeit bis").norm(UNTERHALT_NORM);

pub static AG_GEKUENDIGT: Feld<bool> = frage!("arbeitgeber", "gekuendigt", "Gekündigt")
    .frage("Ist der Vertrag gekündigt?")
    .norm(UNTERHALT_NORM);

pub static ARBEITGEBER: Feldgruppe = Feldgruppe::new(
    "erwerb.arbeitgeber",
    "Arbeitgeber",
    "Arbeitgeber",
    &[
        feld(&AG_NAME),
        feld(&AG_ORT),
        feld(&AG_TAETIGKEIT),
        feld(&AG_SEIT),
        feld(&AG_BEFRISTET),
        feld(&AG_STUNDEN),
        regel(&regeln::ARBEITSSTELLE),
        feld(&AG_VOLLZEIT),
        feld(&AG_PROBEZEIT),
        feld(&AG_GEKUENDIGT),
    ],
)
.norm(UNTERHALT_NORM)
.anzahl(1, 10)
.wenn(Bedingung::Eine(&[IST_ANGESTELLT, Bedingung::Enthaelt("erwerb.status", "", "AUSBILDUNG")]));

macro_rules! selbstaendig {
    ($($(#[$doc:meta])* $name:ident: $typ:ty = $id:literal, $label:literal $(, $more:ident ( $($arg:expr),* ))*;)*) => {
        $($(#[$doc])* pub static $name: Feld<$typ> =
            frage!($id, $label).norm(UNTERHALT_NORM).wenn(IST_SELBSTAENDIG)$(.$more($($arg),*))*;)*
    };
}

selbstaendig! {
    SB_NAME: Text = "erwerb.selbstaendig.name", "Name des Betriebs", pflicht();
    SB_TAETIGKEIT: Text = "erwerb.selbstaendig.taetigkeit", "Was macht der Betrieb?", pflicht();
    SB_SEIT: Datum = "erwerb.selbstaendig.seit", "Selbstständig seit", bis_heute(), pflicht();
    SB_RECHTSFORM: Code<Rechtsform> = "erwerb.selbstaendig.rechtsform", "Rechtsform", pflicht();
    SB_STEUERBERATER: Text = "erwerb.selbstaendig.steuerberater", "Steuerbüro";
    SB_GEWINN_VORJAHR: Euro = "erwerb.selbstaendig.gewinnVorjahr", "Gewinn im letzten Jahr",
        hilfe("Die Behörde prüft vor allem den letzten Steuerbescheid und die aktuelle Auswertung (BWA)."), pflicht();
    SB_GEWINN_LAUFEND: Euro = "erwerb.selbstaendig.gewinnLaufend", "Gewinn in diesem Jahr bis jetzt", pflicht();
    SB_RUECKSTAENDE: bool = "erwerb.selbstaendig.steuerrueckstaende", "Steuerschulden",
        frage("Haben Sie Schulden beim Finanzamt?"), pflicht();
}

pub static VOLLZEITMONATE: Feld<Ganzzahl> =
    frage!("erwerb.vollzeitMonate24", "Monate mit voller Stelle in den letzten 24 Monaten")
        .hilfe("Zählen Sie nur die Monate, in denen Sie Vollzeit gearbeitet haben.")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 3 Buchstabe b"))
        .zwischen(0, 24)
        .falsch("EB_VOLLZEIT_MONATE");

pub static EINKOMMEN_ART: Feld<Code<Einkommensart>> =
    frage!("einkommen", "art", "Art des Einkommens").norm(UNTERHALT_NORM).pflicht();

pub static EINKOMMEN_BETRAG: Feld<Dezimal> =
    frage!("einkommen", "betragNettoMonat", "Netto im Monat in Euro")
        .hilfe("Durchschnitt der letzten 3 Monate. Bei Selbstständigen: der letzten 12 Monate.")
        .norm(UNTERHALT_NORM)
        .pflicht()
        .zwischen(0, 999_999);

pub static EINKOMMEN_PERSON: Feld<Code<EinkommenVon>> =
    frage!("einkommen", "personRef", "Wessen Einkommen?")
        .hilfe("Lassen Sie das Feld leer, wenn es Ihr eigenes ist.")
        .norm(UNTERHALT_NORM);

pub static EINKOMMEN_SEIT: Feld<Datum> =
    frage!("einkommen", "seit", "Seit wann?").norm(UNTERHALT_NORM);

pub static EINKOMMEN: Feldgruppe = Feldgruppe::new(
    "einkommen",
    "Einkommen im Haushalt",
    "Einkommen",
    &[
        feld(&EINKOMMEN_ART),
        feld(&EINKOMMEN_BETRAG),
        feld(&EINKOMMEN_PERSON),
        feld(&EINKOMMEN_SEIT),
    ],
)
.norm(UNTERHALT_NORM)
.anzahl(0, 20);

pub static LEISTUNGEN_BEZUG: Feld<bool> =
    frage!("leistungen.bezug", "Leistungen vom Jobcenter oder Sozialamt")
        .frage("Bekommen Sie Geld vom Jobcenter oder vom Sozialamt?")
        .hilfe(
            "Gemeint sind Grundsicherungsgeld (früher Bürgergeld), Hilfe zum Lebensunterhalt und \
             Grundsicherung im Alter.",
        )
        .norm(UNTERHALT_NORM)
        .pflicht_wenn(ERSTE);

pub static LEISTUNG_ART: Feld<Code<Leistungsart>> =
    frage!("leistungen", "art", "Leistung").norm(UNTERHALT_NORM).pflicht();

pub static LEISTUNG_VON: Feld<Datum> =
    frage!("leistungen", "von", "von").norm(UNTERHALT_NORM).pflicht();

pub static LEISTUNG_BIS: Feld<Datum> = frage!("leistungen", "bis", "bis")
    .hilfe("Bekommen Sie die Leistung noch? Dann lassen Sie das Feld leer.")
    .norm(UNTERHALT_NORM);

pub static LEISTUNG_BETRAG: Feld<Dezimal> =
    frage!("leistungen", "betrag", "Betrag im Monat in Euro")
        .norm(UNTERHALT_NORM)
        .pflicht()
        .zwischen(0, 99_999);

pub static LEISTUNGEN: Feldgruppe = Feldgruppe::new(
    "leistungen.liste",
    "Welche Leistungen?",
    "Leistung",
    &[
        feld(&LEISTUNG_ART),
        feld(&LEISTUNG_VON),
        feld(&LEISTUNG_BIS),
        regel(&regeln::VON_BIS),
        feld(&LEISTUNG_BETRAG),
    ],
)
.hilfe(
    "Auch Wohngeld, Kinderzuschlag und Arbeitslosengeld I. Wohngeld und Kinderzuschlag sind keine \
     Leistungen vom Jobcenter oder Sozialamt.",
)
.norm(UNTERHALT_NORM)
.anzahl(0, 20);

pub static LEISTUNG_GRUND: Feld<Absatz> =
    frage!("leistungen.grund", "Warum Sie die Leistung brauchen")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 3, § 8 Abs. 2"))
        .wenn(BEZIEHT_GRUNDSICHERUNG)
        .pflicht()
        .max(2000);

pub static WARMMIETE: Feld<Dezimal> = frage!("haushalt.warmmiete", "Warmmiete im Monat in Euro")
    .hilfe("Miete mit Heizung und Nebenkosten.")
    .norm(UNTERHALT_NORM)
    .pflicht_wenn(ERSTE)
    .zwischen(0, 9_999);

pub static HAUSHALT_PERSONEN: Feld<Ganzzahl> = frage!("haushalt.personen", "Personen im Haushalt")
    .frage("Wie viele Personen wohnen zusammen, mit Ihnen?")
    .norm(UNTERHALT_NORM)
    .pflicht_wenn(ERSTE)
    .zwischen(1, 20);

pub static KRANKENKASSE: Feld<Code<Krankenversicherung>> =
    frage!("krankenversicherung.art", "Krankenversicherung")
        .norm(UNTERHALT_NORM)
        .pflicht_wenn(ERSTE);

pub static RENTENMONATE: Feld<Ganzzahl> =
    frage!("altersvorsorge.rentenversicherungMonate", "Monate in der Rentenversicherung")
        .hilfe("Die Zahl steht im Versicherungsverlauf der Rentenversicherung.")
        .norm(UNTERHALT_NORM)
        .zwischen(0, 600);

pub static PRIVATE_VORSORGE: Feld<bool> = frage!("altersvorsorge.privat", "Private Altersvorsorge")
    .frage("Sparen Sie auch privat für das Alter?")
    .norm(UNTERHALT_NORM);

pub static UNTERHALT_FUER: Feld<Text> =
    frage!("unterhaltspflichten", "fuer", "Für wen?").norm(UNTERHALT_NORM).pflicht();

pub static UNTERHALT_BETRAG: Feld<Dezimal> =
    frage!("unterhaltspflichten", "betrag", "Betrag im Monat in Euro")
        .norm(UNTERHALT_NORM)
        .pflicht()
        .zwischen(0, 99_999);

pub static UNTERHALT_GEZAHLT: Feld<bool> = frage!("unterhaltspflichten", "gezahlt", "Gezahlt")
    .frage("Zahlen Sie diesen Betrag?")
    .norm(UNTERHALT_NORM)
    .pflicht();

pub static UNTERHALTSPFLICHTEN: Feldgruppe = Feldgruppe::new(
    "unterhaltspflichten",
    "Unterhalt, den Sie zahlen müssen",
    "Person",
    &[feld(&UNTERHALT_FUER), feld(&UNTERHALT_BETRAG), feld(&UNTERHALT_GEZAHLT)],
)
.hilfe("Zum Beispiel für Kinder, die nicht bei Ihnen wohnen.")
.norm(UNTERHALT_NORM)
.anzahl(0, 20);

// Step 13: Deutsch

pub static SPRACHE_NACHWEIS: Feld<Code<Sprachnachweis>> =
    frage!("sprache.nachweis", "Nachweis über Deutsch")
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 6, Abs. 4, 4a, 6"))
        .pflicht();

const MIT_ZERTIFIKAT: Bedingung = Bedingung::EinesVon("sprache.nachweis", ZERTIFIKATE);

pub static SPRACHE_NIVEAU: Feld<Code<Niveau>> =
    frage!("sprache.niveau", "Niveau").norm(stag("§ 10 Abs. 4")).wenn(MIT_ZERTIFIKAT).pflicht();

pub static SPRACHE_ANBIETER: Feld<Text> =
    frage!("sprache.anbieter", "Wo haben Sie die Prüfung gemacht?")
        .hilfe("Zum Beispiel: Volkshochschule, Goethe-Institut, telc")
        .norm(stag("§ 10 Abs. 4"))
        .wenn(MIT_ZERTIFIKAT);

pub static SPRACHE_DATUM: Feld<Datum> = frage!("sprache.datum", "Datum des Zertifikats")
    .bis_heute()
    .norm(stag("§ 10 Abs. 4"))
    .wenn(MIT_ZERTIFIKAT)
    .pflicht();

pub static SPRACHE_NUMMER: Feld<Nummer> = frage!("sprache.nummer", "Nummer des Zertifikats")
    .norm(stag("§ 10 Abs. 4"))
    .wenn(MIT_ZERTIFIKAT);

pub static SPRACHE_HAERTE: Feld<Absatz> = frage!("sprache.haerte", "Ihre Mühe, Deutsch zu lernen")
    .frage(
        "Was haben Sie getan, um Deutsch zu lernen? Und warum ist es für Sie trotzdem nicht \
         möglich, das Niveau B1 zu erreichen?",
    )
    .norm(stag("§ 10 Abs. 4a"))
    .wenn(Bedingung::Gleich("sprache.nachweis", "HAERTE_4A"))
    .pflicht()
    .max(4000);

// Step 14: Einbürgerungstest

pub static TEST_NACHWEIS: Feld<Code<Testnachweis>> = frage!("test.nachweis", "Einbürgerungstest")
    .frage("Womit zeigen Sie, dass Sie das Recht und das Leben in Deutschland kennen?")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 7, Abs. 5, 6"))
    .pflicht();

const MIT_TEST: Bedingung = Bedingung::EinesVon("test.nachweis", TESTS);

pub static TEST_DATUM: Feld<Datum> = frage!("test.datum", "Tag des Tests")
    .bis_heute()
    .norm(einbtestv("§§ 1, 2"))
    .wenn(MIT_TEST)
    .pflicht();

pub static TEST_PUNKTE: Feld<Ganzzahl> = frage!("test.punkte", "Richtige Antworten")
    .hilfe("Der Test hat 33 Fragen. Bestanden ist er mit 17 richtigen Antworten.")
    .norm(einbtestv("§§ 1, 2"))
    .wenn(MIT_TEST)
    .pflicht()
    .zwischen(0, 33)
    .falsch("EB_TEST_PUNKTE");

// Step 15: Strafen

pub static VERURTEILT: Feld<bool> = frage!("strafe.verurteilt", "Verurteilungen")
    .frage("Wurden Sie in Deutschland oder im Ausland verurteilt?")
    .hilfe("Bitte geben Sie auch kleine Strafen und Strafen im Ausland an.")
    .norm(stag("§ 12a"))
    .pflicht_wenn(ERSTE);

pub static URTEIL_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("urteile", "staat", "Staat").norm(stag("§ 12a Abs. 4")).pflicht();

pub static URTEIL_GERICHT: Feld<Text> =
    frage!("urteile", "gericht", "Gericht").norm(stag("§ 12a")).pflicht();

pub static URTEIL_DATUM: Feld<Datum> =
    frage!("urteile", "datum", "Datum des Urteils").norm(stag("§ 12a")).pflicht();

pub static URTEIL_TAT: Feld<Text> =
    frage!("urteile", "tat", "Wofür?").norm(stag("§ 12a")).pflicht().max(500);

pub static STRAFART: Feld<Code<Strafart>> =
    frage!("urteile", "strafart", "Art der Strafe").norm(stag("§ 12a")).pflicht();

pub static TAGESSAETZE: Feld<Ganzzahl> = frage!("urteile", "tagessaetze", "Tagessätze")
    .hilfe("Die Zahl steht im Urteil oder im Strafbefehl.")
    .norm(stag("§ 12a Abs. 1"))
    .wenn(Bedingung::Gleich("strafart", "GELDSTRAFE"))
    .zwischen(1, 720);

const MIT_FREIHEITSSTRAFE: Bedingung =
    Bedingung::EinesVon("strafart", &["FREIHEITSSTRAFE", "JUGENDSTRAFE"]);

pub static STRAFMONATE: Feld<Ganzzahl> = frage!("urteile", "freiheitsstrafeMonate", "Monate")
    .norm(stag("§ 12a Abs. 1"))
    .wenn(MIT_FREIHEITSSTRAFE)
    .zwischen(1, 600);

pub static BEWAEHRUNG: Feld<bool> = frage!("urteile", "bewaehrung", "Bewährung")
    .frage("Wurde die Strafe zur Bewährung ausgesetzt?")
    .norm(stag("§ 12a Abs. 1 Satz 1 Nr. 3"))
    .wenn(MIT_FREIHEITSSTRAFE)
    .pflicht();

pub static BEWAEHRUNG_BIS: Feld<Datum> = frage!("urteile", "bewaehrungBis", "Ende der Bewährung")
    .norm(stag("§ 12a Abs. 1 Satz 1 Nr. 3"))
    .wenn(Bedingung::Gleich("bewaehrung", "true"))
    .pflicht();

pub static ERLASSEN_AM: Feld<Datum> = frage!("urteile", "erlassenAm", "Strafe erlassen am")
    .norm(stag("§ 12a Abs. 1 Satz 1 Nr. 3"))
    .wenn(Bedingung::Gleich("bewaehrung", "true"));

pub static URTEILE: Feldgruppe = Feldgruppe::new(
    "strafe.urteile",
    "Verurteilungen",
    "Verurteilung",
    &[
        feld(&URTEIL_STAAT),
        feld(&URTEIL_GERICHT),
        feld(&URTEIL_DATUM),
        feld(&URTEIL_TAT),
        feld(&STRAFART),
        feld(&TAGESSAETZE),
        feld(&STRAFMONATE),
        regel(&regeln::STRAFHOEHE),
        feld(&BEWAEHRUNG),
        feld(&BEWAEHRUNG_BIS),
        feld(&ERLASSEN_AM),
    ],
)
.hilfe("Nur wenn Sie verurteilt wurden. Die Angaben stehen im Urteil oder im Strafbefehl.")
.norm(stag("§ 12a"))
.anzahl(0, 20);

pub static VERFAHREN: Feld<bool> = frage!("strafe.verfahren", "Laufende Verfahren")
    .frage("Läuft gegen Sie ein Ermittlungsverfahren oder ein Strafverfahren?")
    .hilfe("Auch im Ausland. Die Behörde wartet dann mit der Entscheidung.")
    .norm(stag("§ 12a Abs. 3"))
    .pflicht_wenn(ERSTE);

pub static VERFAHREN_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    frage!("verfahrenListe", "staat", "Staat").norm(stag("§ 12a Abs. 3")).pflicht();

pub static VERFAHREN_BEHOERDE: Feld<Text> =
    frage!("verfahrenListe", "behoerde", "Behörde oder Gericht")
        .norm(stag("§ 12a Abs. 3"))
        .pflicht();

pub static VERFAHREN_AKTENZEICHEN: Feld<Text> =
    frage!("verfahrenListe", "aktenzeichen", "Aktenzeichen").norm(stag("§ 12a Abs. 3"));

pub static VERFAHREN_VORWURF: Feld<Text> =
    frage!("verfahrenListe", "vorwurf", "Was ist der Vorwurf?")
        .norm(stag("§ 12a Abs. 3"))
        .pflicht()
        .max(500);

pub static VERFAHREN_LISTE: Feldgruppe = Feldgruppe::new(
    "strafe.verfahrenListe",
    "Laufende Verfahren",
    "Verfahren",
    &[
        feld(&VERFAHREN_STAAT),
        feld(&VERFAHREN_BEHOERDE),
        feld(&VERFAHREN_AKTENZEICHEN),
        feld(&VERFAHREN_VORWURF),
    ],
)
.norm(stag("§ 12a Abs. 3"))
.anzahl(1, 20)
.wenn(VERFAHREN.ja());

/// Whoever may have been convicted.
pub const STRAFMUENDIG: Bedingung = AB_14;

// Step 16: Bekenntnis

macro_rules! fdgo {
    ($($name:ident = $id:literal, $key:literal, $index:literal;)*) => {
        $(pub static $name: Feld<Bestaetigung> = Feld::new($id, bekenntnis::AKTUELL.punkte[$index])
            .key($key)
            .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1, Satz 3"));)*

        /// Points of the Bekenntnis zur freiheitlichen demokratischen Grundordnung.
        pub const FDGO_PUNKTE: usize = [$($id),*].len();
    };
}

fdgo! {
    FDGO_A = "bekenntnis.fdgo[0]", "eb.bekenntnis.fdgo.a", 0;
    FDGO_B = "bekenntnis.fdgo[1]", "eb.bekenntnis.fdgo.b", 1;
    FDGO_C = "bekenntnis.fdgo[2]", "eb.bekenntnis.fdgo.c", 2;
    FDGO_D = "bekenntnis.fdgo[3]", "eb.bekenntnis.fdgo.d", 3;
    FDGO_E = "bekenntnis.fdgo[4]", "eb.bekenntnis.fdgo.e", 4;
    FDGO_F = "bekenntnis.fdgo[5]", "eb.bekenntnis.fdgo.f", 5;
    FDGO_G = "bekenntnis.fdgo[6]", "eb.bekenntnis.fdgo.g", 6;
    FDGO_H = "bekenntnis.fdgo[7]", "eb.bekenntnis.fdgo.h", 7;
}

pub static VERANTWORTUNG: Feld<Bestaetigung> =
    frage!("bekenntnis.historischeVerantwortung", bekenntnis::AKTUELL.verantwortung)
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1a"));

pub static KEINE_BESTREBUNGEN: Feld<Bestaetigung> =
    frage!("bekenntnis.keineBestrebungen", bekenntnis::AKTUELL.bestrebungen)
        .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1"));

pub static ABWENDUNG: Feld<Absatz> = frage!("bekenntnis.abwendung", "Abwendung")
    .frage(
        "Haben Sie solche Bestrebungen früher unterstützt und sich davon abgewandt? Dann schreiben \
         Sie bitte, was war und was sich geändert hat.",
    )
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1, § 11 Satz 1 Nr. 1"))
    .wenn(Bedingung::Nicht(&Bedingung::Gleich("bekenntnis.keineBestrebungen", "true")))
    .max(4000);

pub static MITGLIEDSCHAFTEN: Feld<bool> =
    frage!("bekenntnis.mitgliedschaften.antwort", "Mitgliedschaften")
        .frage(
            "Sind oder waren Sie Mitglied einer Organisation, die vom Verfassungsschutz beobachtet \
             wird oder verboten ist? Oder haben Sie eine solche Organisation unterstützt?",
        )
        .norm(stag("§ 11 Satz 1 Nr. 1"))
        .pflicht_wenn(KEIN_KIND);

pub static MITGLIEDSCHAFTEN_TEXT: Feld<Absatz> =
    frage!("bekenntnis.mitgliedschaften.text", "Welche Organisation, und wann?")
        .norm(stag("§ 11 Satz 1 Nr. 1"))
        .wenn(MITGLIEDSCHAFTEN.ja())
        .pflicht()
        .max(4000);

pub static TEXT_VERSION: Feld<Text> = frage!("bekenntnis.textVersion", "Fassung des Bekenntnisses")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1"))
    .vorgabe(bekenntnis::AKTUELL.version);

pub static LESEHILFE: Feld<Code<Sprache>> = frage!("bekenntnis.lesehilfe", "Sprache der Lesehilfe")
    .frage("Haben Sie den Text auch in einer anderen Sprache gelesen?")
    .hilfe("Gültig ist der deutsche Text.")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1"));

/// Set by the system when the Antrag is sent.
pub static BEKENNTNIS_DATUM: Feld<Datum> = frage!("bekenntnis.datum", "Tag des Bekenntnisses")
    .norm(stag("§ 10 Abs. 1 Satz 1 Nr. 1"))
    .herkunft(Herkunft::Abgeleitet);

// Step 17: Frühere Verfahren

pub static FRUEHERER_ANTRAG: Feld<bool> = frage!("vorverfahren.frueherAntrag", "Früherer Antrag")
    .frage("Haben Sie schon einmal einen Antrag auf Einbürgerung gestellt?")
    .norm(DATEN);

pub static VORANTRAG_BEHOERDE: Feld<Text> =
    frage!("vorverfahren.liste", "behoerde", "Behörde").norm(DATEN).pflicht();

pub static VORANTRAG_JAHR: Feld<Ganzzahl> =
    frage!("vorverfahren.liste", "jahr", "Jahr").norm(DATEN).pflicht().zwischen(1950, 2100);

pub static VORANTRAG_ERGEBNIS: Feld<Code<Antragsergebnis>> =
    frage!("vorverfahren.liste", "ergebnis", "Ergebnis").norm(DATEN).pflicht();

pub static VORANTRAEGE: Feldgruppe = Feldgruppe::new(
    "vorverfahren.liste",
    "Frühere Anträge",
    "Antrag",
    &[feld(&VORANTRAG_BEHOERDE), feld(&VORANTRAG_JAHR), feld(&VORANTRAG_ERGEBNIS)],
)
.norm(DATEN)
.anzahl(1, 20)
.wenn(FRUEHERER_ANTRAG.ja());

pub static RUECKNAHME: Feld<bool> = frage!(
    "vorverfahren.ruecknahme",
    "Zurückgenommene Einbürgerung"
)
.frage(
    "Wurde eine Einbürgerung von Ihnen zurückgenommen, oder hat eine Behörde falsche Angaben \
         bei einer Einbürgerung festgestellt?",
)
.norm(stag("§§ 35, 35a"));

pub static SPERRFRIST_BEGINN: Feld<Datum> =
    frage!("vorverfahren.sperrfristBeginn", "Seit wann ist das endgültig?")
        .hilfe("Der Tag, seit dem man gegen die Entscheidung nichts mehr tun kann.")
        .norm(stag("§ 35a"))
        .wenn(RUECKNAHME.ja())
        .pflicht();

pub static FRUEHER_DEUTSCH: Feld<bool> = frage!("vorverfahren.frueherDeutsch", "Früher deutsch")
    .frage("Waren Sie früher schon einmal deutsch?")
    .norm(stag("§§ 8, 13"));

// Step 19: Gebühr und Erklärungen

/// Worked out from the answers; nobody may send it.
pub static GEBUEHR_SUMME: Feld<Euro> = frage!("gebuehr.summe", "Gebühr in Euro")
    .norm(stag("§ 38"))
    .herkunft(Herkunft::Abgeleitet)
    .wenn(Bedingung::Nie);

pub static ERMAESSIGUNG: Feld<bool> = frage!("gebuehr.ermaessigungAntrag", "Ermäßigung der Gebühr")
    .frage("Möchten Sie beantragen, dass Sie weniger oder nichts bezahlen?")
    .hilfe("Das geht zum Beispiel, wenn Sie sehr wenig Geld haben.")
    .norm(stag("§ 38 Abs. 4"));

pub static ERMAESSIGUNG_GRUND: Feld<Absatz> =
    frage!("gebuehr.grund", "Warum soll die Gebühr niedriger sein?")
        .norm(stag("§ 38 Abs. 4"))
        .wenn(ERMAESSIGUNG.ja())
        .pflicht()
        .max(2000);

pub static ZAHLWEG: Feld<Code<Zahlweg>> =
    frage!("gebuehr.zahlweg", "Wie möchten Sie bezahlen?").norm(stag("§ 38"));

pub static ERKLAERUNG_RICHTIG: Feld<Bestaetigung> = frage!(
    "erklaerung.richtig",
    "Meine Angaben sind richtig und vollständig. Ich weiß: Für falsche Angaben kann ich bis zu 5 Jahre \
     ins Gefängnis kommen. Die Einbürgerung kann 10 Jahre lang zurückgenommen werden, und danach ist \
     10 Jahre lang keine neue Einbürgerung möglich."
)
.norm(stag("§§ 35, 35a, 42"))
.pflicht()
.fehlt("ERKL_RICHTIG");

pub static ERKLAERUNG_DATENSCHUTZ: Feld<Bestaetigung> =
    frage!("erklaerung.datenschutz", "Ich habe die Hinweise zum Datenschutz gelesen.")
        .norm(dsgvo("Art. 13"))
        .pflicht()
        .fehlt("ERKL_DATENSCHUTZ");

pub static ERKLAERUNG_MITTEILUNG: Feld<Bestaetigung> = frage!(
    "erklaerung.mitteilungspflicht",
    "Ich teile der Behörde mit, wenn sich etwas ändert, zum Beispiel Adresse, Arbeit oder Familie."
)
.norm(stag("§ 34 Satz 2"))
.pflicht();

/// For information only: no consent is needed.
pub static ERKLAERUNG_AKTEN: Feld<Bestaetigung> = frage!(
    "erklaerung.beiziehungAkten",
    "Ich habe gelesen, welche anderen Behörden gefragt werden."
)
.norm(stag("§§ 31, 32, 37"));

// Step 20: Zusammenfassung

pub static GEPRUEFT: Feld<Bestaetigung> =
    frage!("zusammenfassung.geprueft", "Ich habe die Zusammenfassung bis zum Ende gelesen.")
        .norm(ozg("§ 9a Abs. 2"))
        .pflicht()
        .fehlt("KONTROLLE_OFFEN");

// Hinweise and Auskünfte on pages

pub static HINWEIS_FAMILIE: Hinweis = Hinweis::new(
    "eb.familie",
    Hinweisart::Info,
    &[
        "Jede Person hat einen eigenen Antrag. Sie füllen alles in einem Formular aus, damit Sie \
         nichts doppelt schreiben.",
        "Wer 16 Jahre oder älter ist, gibt das Bekenntnis selbst ab.",
    ],
);

pub static HINWEIS_BEKENNTNIS: Hinweis = Hinweis::new(
    "eb.bekenntnis",
    Hinweisart::Warnung,
    &[
        "Lesen Sie jeden Punkt in Ruhe. Setzen Sie jedes Häkchen selbst. Niemand darf das für Sie tun.",
        "Ist das Bekenntnis nicht wahr, kann die Einbürgerung zurückgenommen werden. Die Behörde spricht \
         vor der Entscheidung meist noch einmal mit Ihnen darüber.",
    ],
);

pub static HINWEIS_NACHREICHEN: Hinweis = Hinweis::new(
    "eb.nachreichen",
    Hinweisart::Text,
    &[
        "Fotos oder PDF-Dateien sind in Ordnung. Laden Sie jedes Dokument einzeln hoch. Die Originale \
         zeigen Sie beim Termin.",
        "Ist ein Dokument nicht auf Deutsch? Dann brauchen wir auch eine beglaubigte Übersetzung.",
        "Sie haben ein Dokument noch nicht? Dann wählen Sie „Ich reiche es nach“.",
    ],
);

pub static HINWEIS_BEHOERDEN: Hinweis = Hinweis::new(
    "eb.behoerden",
    Hinweisart::Info,
    &[
        "Die Behörde sieht in die Ausländerakte. Sie fragt das Bundeszentralregister und für Personen \
         ab 16 Jahren den Verfassungsschutz. Das steht so im Gesetz.",
        "Wird der Antrag abgelehnt oder zurückgenommen, kostet das 25 Euro bis zur vollen Gebühr.",
    ],
);

pub static HINWEIS_ELTERN_DEUTSCH: Hinweis = Hinweis::new(
    "eb.elternDeutsch",
    Hinweisart::Info,
    &[
        "Ist oder war Ihre Mutter oder Ihr Vater deutsch? Dann sind Sie vielleicht schon deutsch. Fragen \
         Sie die Behörde nach dem Staatsangehörigkeitsausweis (51 Euro), bevor Sie den Antrag senden.",
    ],
);

/// The person (entry of `personen`) that a view stands in.
pub fn person<'a>(view: &View<'a>) -> View<'a> {
    let praefix = view.praefix();
    let ende = praefix.find("].").map_or(0, |at| at + 2);
    match praefix.starts_with("personen[") {
        true => view.wurzel().unter(&praefix[..ende]),
        false => view.wurzel().unter("personen[0]."),
    }
}
