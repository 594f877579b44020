//! A form with one question of every Datentyp, groups of every kind and pages of every kind: what
//! the components can do, whichever applications there are.

use shared::{
    codelisten::{Codeliste, Staatsangehoerigkeit},
    formular::{
        Abschnitt, Baustein, Bedingung, Feld, Feldgruppe, Formular, Hinweis, Hinweisart, Schritt,
        Seite, Seitenart, baustein, feld, gruppe, hinweis,
    },
    recht::aufenthg,
    werte::{
        Absatz, Bestaetigung, Code, Datum, Dezimal, EMail, Euro, Ganzzahl, Liste, Name, Nummer,
        Teildatum, Telefon, Text,
    },
};

struct Kurz;

impl Liste for Kurz {
    const LISTE: &'static Codeliste =
        &Codeliste::eigen("kurz", &[("a", "Apfel"), ("b", "Birne"), ("c", "Chili")]);
}

static TEXT: Feld<Text> = Feld::new("text", "Text").hilfe("Ein Wort.").pflicht();
static ABSATZ: Feld<Absatz> = Feld::new("absatz", "Absatz");
static NUMMER: Feld<Nummer> = Feld::new("nummer", "Nummer").pflicht();
static ZAHL: Feld<Ganzzahl> = Feld::new("zahl", "Zahl").pflicht();
static EURO: Feld<Euro> = Feld::new("euro", "Betrag").pflicht();
static DEZIMAL: Feld<Dezimal> = Feld::new("dezimal", "Stunden");
static TAG: Feld<Datum> = Feld::new("tag", "Tag").hilfe("Zum Beispiel: 7 3 1990").pflicht();
static TEILTAG: Feld<Teildatum> = Feld::new("teiltag", "Geburtsdatum");
static LISTE: Feld<Code<Kurz>> = Feld::new("liste", "Liste").pflicht();
static LISTE_LANG: Feld<Code<Staatsangehoerigkeit>> = Feld::new("staat", "Staat").pflicht();
static JA: Feld<bool> = Feld::new("ja", "Ja?").pflicht();
static HAKEN: Feld<Bestaetigung> = Feld::new("haken", "Ich bestätige es.").pflicht();
static EMAIL: Feld<EMail> = Feld::new("email", "E-Mail");
static TELEFON: Feld<Telefon> = Feld::new("telefon", "Telefon");

static KIND: Feld<Name> = Feld::new("name", "Name").pflicht();
static KIND_NAME: Baustein = Baustein::new("kindName", "", &[feld(&KIND)]).pruefe(|pruefer| {
    pruefer.feld(&KIND);
    // Worth a remark, no more.
    if pruefer.view.text("name").is_some_and(|it| it.ends_with('2')) {
        pruefer.melde("name", "ALTER_UNSICHER", &[]);
    }
});
static KINDER: Feldgruppe =
    Feldgruppe::new("kinder", "Kinder", "Kind", &[baustein("", &KIND_NAME)]).anzahl(0, 3);

static MONAT: Feld<Euro> = Feld::new("", "Betrag im Monat").key("monat");
static MONATE: Feldgruppe =
    Feldgruppe::new("monate", "Monate", "Monat", &[feld(&MONAT)]).anzahl(2, 6).skalar("").monate();

static ZEILE: Feld<Text> = Feld::new("", "Zeile").key("zeile");
static ZEILEN: Feldgruppe = Feldgruppe::new("zeilen", "Zeilen", "Zeile", &[feld(&ZEILE)])
    .hilfe("Wie auf einem Brief.")
    .anzahl(3, 0)
    .skalar("")
    .kurz();

static FRAGE: Feld<bool> = Feld::new("frage", "Frage").frage("Möchten Sie das?").pflicht();

static ANLASS: Feld<Text> = Feld::new("anlass", "Anlass");
static FOLGE: Feld<Text> = Feld::new("folge", "Folge").wenn(Bedingung::Beantwortet("anlass"));

static HINWEIS: Hinweis = Hinweis::new("spuele", Hinweisart::Warnung, &["Eins.", "Zwei."]);

pub static FORMULAR: Formular = Formular {
    id: "kuechenspuele",
    kuerzel: "KS",
    titel: "Spüle",
    worum: "Für Versuche.",
    bereithalten: &[],
    danach: &[],
    dauer: "Kurz.",
    gebuehr: "Nichts.",
    leika: "0",
    norm: aufenthg("§ 1"),
    daten: aufenthg("§ 1"),
    abschnitte: &[Abschnitt::einmal(
        "spuele",
        "",
        &[
            Schritt::new(
                "fragen",
                "Fragen",
                &[
                    Seite::new(
                        "alles",
                        "Alles",
                        &[
                            hinweis(&HINWEIS),
                            feld(&TEXT),
                            feld(&ABSATZ),
                            feld(&NUMMER),
                            feld(&ZAHL),
                            feld(&EURO),
                            feld(&DEZIMAL),
                            feld(&TAG),
                            feld(&TEILTAG),
                            feld(&LISTE),
                            feld(&LISTE_LANG),
                            feld(&JA),
                            feld(&HAKEN),
                            feld(&EMAIL),
                            feld(&TELEFON),
                        ],
                    ),
                    Seite::new(
                        "gruppen",
                        "Gruppen",
                        &[gruppe(&KINDER), gruppe(&MONATE), gruppe(&ZEILEN)],
                    ),
                    Seite::new("frage", "Eine Frage", &[feld(&FRAGE)]),
                    Seite::new("nie", "Nie", &[feld(&FRAGE)]).wenn(Bedingung::Nie),
                    Seite::new("folge", "Folge", &[feld(&ANLASS), feld(&FOLGE)]),
                    Seite::new("bedenkzeit", "Lesen", &[hinweis(&HINWEIS)])
                        .art(Seitenart::Bedenkzeit),
                ],
            ),
            Schritt::new(
                "absenden",
                "Absenden",
                &[Seite::new("zusammenfassung", "Prüfen", &[]).art(Seitenart::Zusammenfassung)],
            ),
        ],
    )],
    betreff: |_| String::new(),
    vorschlaege: &[],
    zulieferung: None,
};
