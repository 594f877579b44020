//! Our own lists of this application, and the classes of Aufenthaltstitel.

use crate::codelisten::{Codeliste, RECHTSGRUNDLAGE, join, liste};

liste! {
    /// Who hands in the Antrag for whom.
    Antragsart, ANTRAGSART = Codeliste::eigen("ebAntragsart", &[
        ("SELBST", "nur für mich selbst"),
        ("SELBST_UND_FAMILIE", "für mich und für Personen aus meiner Familie"),
        ("NUR_KIND", "nur für ein Kind unter 16 Jahren"),
        ("ALS_VERTRETUNG", "für eine andere Person, die ich vertrete"),
    ]);
    NUR_KIND = "NUR_KIND",
}

liste! {
    /// Role of a person in the Antrag.
    Rolle, ROLLE = Codeliste::eigen("ebRolle", &[
        ("ANTRAGSTELLER", "die Person, die den Antrag stellt"),
        ("MIT_EHEGATTE", "Ehepartner oder Ehepartnerin"),
        ("MIT_KIND", "Kind unter 18 Jahren"),
    ]);
    ANTRAGSTELLER = "ANTRAGSTELLER", EHEGATTE = "MIT_EHEGATTE", KIND = "MIT_KIND",
}

liste! {
    /// The way that the Quick-Check or the Behörde sees.
    Weg, WEG = Codeliste::eigen("ebWeg", &[
        ("P10_1", "§ 10 Abs. 1 StAG – Anspruch"),
        ("P10_2", "§ 10 Abs. 2 StAG – Mit-Einbürgerung der Familie"),
        ("P9_1", "§ 9 Abs. 1 StAG – Ehe mit einer deutschen Person"),
        ("P9_2", "§ 9 Abs. 2 StAG – frühere Ehe mit einer deutschen Person"),
        ("P8", "§ 8 StAG – Ermessen"),
        ("P40A", "§ 40a StAG – altes Recht"),
        ("R_ART116_2", "Art. 116 Abs. 2 GG – Wiedergutmachung"),
        ("R_P15", "§ 15 StAG – Wiedergutmachung"),
        ("R_P5", "§ 5 StAG – Erklärung"),
        ("R_P13", "§ 13 StAG – frühere Deutsche im Ausland"),
        ("R_P14", "§ 14 StAG – Einbürgerung im Ausland"),
    ]);
}

liste! {
    /// XAusländer Vertretungsart, as far as somebody may hand in an Antrag for others.
    Vertretungsart, VERTRETUNGSART = Codeliste {
        id: "ebVertretungsart",
        urn: "urn:de:xauslaender:codelist:vertretungsart",
        version: "3",
        eintraege: &[
            ("2", "als Mutter oder Vater"),
            ("2a", "mit einer Vollmacht für die Personensorge"),
            ("3", "als Vormund"),
            ("5", "als Pflegerin oder Pfleger"),
            ("1", "als Rechtsanwältin oder Rechtsanwalt"),
            ("4", "als Betreuerin oder Betreuer"),
            ("7", "als andere bevollmächtigte Person"),
        ],
    };
}

liste! {
    /// Who decides for a child.
    Sorgerecht, SORGERECHT = Codeliste::eigen("ebSorgerecht", &[
        ("GEMEINSAM", "beide Eltern zusammen"),
        ("ALLEIN", "ich allein"),
        ("VORMUND", "ein Vormund"),
    ]);
}

liste! {
    /// Why somebody has a further name.
    Namensart, NAMENSART = Codeliste::eigen("namensart", &[
        ("ANDERE_SCHREIBWEISE", "andere Schreibweise"),
        ("FRUEHERER_NAME", "früherer Name"),
        ("GEBURTSNAME", "Geburtsname"),
        ("NAMENSKETTE", "Namenskette"),
        ("ALIAS", "Aliasname"),
    ]);
}

liste! {
    /// How a Staatsangehörigkeit came about.
    Erwerbsart, ERWERBSART = Codeliste::eigen("ebErwerbsart", &[
        ("GEBURT", "Geburt"),
        ("EINBUERGERUNG", "Einbürgerung"),
        ("EHE", "Ehe"),
        ("SONST", "etwas anderes"),
    ]);
}

liste! {
    /// Documents that prove who somebody is: two lists of XAusländer, with the prefix of the domain.
    Ausweisart, AUSWEISART = Codeliste::eigen("ebAusweisart", &[
        ("AUSL_01", "Reisepass"),
        ("AUSL_02", "Dienstpass"),
        ("AUSL_03", "Diplomatenpass"),
        ("AUSL_04", "sonstiger amtlicher Pass"),
        ("AUSL_05", "anderes Reisedokument oder amtlicher Ausweis"),
        ("DE_09", "Reiseausweis für Ausländer"),
        ("DE_10", "Reiseausweis für Flüchtlinge"),
        ("DE_11", "Reiseausweis für Staatenlose"),
        ("DE_12", "Ausweisersatz"),
    ]);
}

liste! {
    /// How the Behörde should answer.
    Kontaktweg, KONTAKTWEG = Codeliste::eigen("kontaktweg", &[
        ("POSTFACH_NUTZERKONTO", "im Postfach meines Nutzerkontos"),
        ("EMAIL", "mit einer E-Mail"),
        ("TELEFON", "am Telefon"),
        ("POST", "mit einem Brief"),
    ]);
}

liste! {
    /// ISO 639-1, the languages that are spoken most by those who apply.
    Sprache, SPRACHE = Codeliste::eigen("sprache", &[
        ("de", "Deutsch"),
        ("ar", "Arabisch"),
        ("en", "Englisch"),
        ("fr", "Französisch"),
        ("fa", "Persisch (Farsi, Dari)"),
        ("ku", "Kurdisch"),
        ("ps", "Paschtu"),
        ("pl", "Polnisch"),
        ("ro", "Rumänisch"),
        ("ru", "Russisch"),
        ("so", "Somali"),
        ("es", "Spanisch"),
        ("ti", "Tigrinya"),
        ("tr", "Türkisch"),
        ("uk", "Ukrainisch"),
        ("vi", "Vietnamesisch"),
        ("sq", "Albanisch"),
        ("am", "Amharisch"),
        ("hy", "Armenisch"),
        ("az", "Aserbaidschanisch"),
        ("bn", "Bengalisch"),
        ("bs", "Bosnisch"),
        ("bg", "Bulgarisch"),
        ("zh", "Chinesisch"),
        ("ka", "Georgisch"),
        ("el", "Griechisch"),
        ("hi", "Hindi"),
        ("id", "Indonesisch"),
        ("it", "Italienisch"),
        ("hr", "Kroatisch"),
        ("mk", "Mazedonisch"),
        ("pa", "Panjabi"),
        ("pt", "Portugiesisch"),
        ("sr", "Serbisch"),
        ("sw", "Suaheli"),
        ("ta", "Tamil"),
        ("th", "Thailändisch"),
        ("hu", "Ungarisch"),
        ("ur", "Urdu"),
    ]);
}

liste! {
    /// How somebody lives (§ 8 Abs. 1 Nr. 3 StAG).
    Wohnform, WOHNFORM = Codeliste::eigen("ebWohnform", &[
        ("ZUR_MIETE", "in einer Mietwohnung"),
        ("EIGENE_WOHNUNG", "in einer eigenen Wohnung oder einem eigenen Haus"),
        ("BEI_ANGEHOERIGEN", "bei Familie oder Freunden"),
        ("UNTERKUNFT", "in einer Unterkunft"),
    ]);
}

liste! {
    /// DSMeld: how a marriage ended.
    Eheende, EHEENDE = Codeliste {
        id: "eheende",
        urn: "urn:de:dsmeld:schluesseltabelle:familienstand.beendigungsgrund",
        version: "3",
        eintraege: &[
            ("2", "Scheidung"),
            ("1", "Tod"),
            ("3", "Aufhebung der Ehe"),
            ("4", "Der Ehepartner oder die Ehepartnerin wurde für tot erklärt"),
            ("5", "Ende der Ehe durch Todeserklärung"),
            ("7", "Aufhebung der Lebenspartnerschaft"),
            ("8", "etwas anderes"),
        ],
    };
}

liste! {
    /// Where a child lives.
    KindLebtBei, KIND_LEBT_BEI = Codeliste::eigen("ebKindLebtBei", &[
        ("MIR", "bei mir"),
        ("ANDERER_ELTERNTEIL", "beim anderen Elternteil"),
        ("EIGENER_HAUSHALT", "in einer eigenen Wohnung"),
        ("AUSLAND", "im Ausland"),
    ]);
}

liste! {
    /// Whether maintenance is paid for a child.
    Kindesunterhalt, KINDESUNTERHALT = Codeliste::eigen("ebKindesunterhalt", &[
        ("JA_VOLL", "ja, alles"),
        ("JA_TEIL", "ja, einen Teil"),
        ("NEIN_NICHT_NOETIG", "nein, das ist nicht nötig"),
        ("NEIN", "nein"),
    ]);
}

liste! {
    /// Protection that was granted.
    Schutz, SCHUTZ = Codeliste::eigen("ebSchutz", &[
        ("KEINER", "kein Schutz"),
        ("ASYLBERECHTIGT", "asylberechtigt"),
        ("FLUECHTLING", "Flüchtling"),
        ("SUBSIDIAER", "subsidiärer Schutz"),
        ("ABSCHIEBUNGSVERBOT", "Abschiebungsverbot"),
    ]);
}

liste! {
    /// What somebody had in a time.
    Zeitstatus, ZEITSTATUS = Codeliste::eigen("ebZeitstatus", &[
        ("AE", "Aufenthaltserlaubnis"),
        ("NE", "Niederlassungserlaubnis"),
        ("DA_EU", "Erlaubnis zum Daueraufenthalt-EU"),
        ("BLAUE_KARTE", "Blaue Karte EU"),
        ("ICT", "ICT-Karte"),
        ("FREIZUEGIGKEIT", "Freizügigkeit als EU-Bürgerin oder EU-Bürger, oder als Familie"),
        ("CH", "Freizügigkeit als Schweizerin oder Schweizer"),
        ("VISUM_D", "nationales Visum (D-Visum)"),
        ("FIKTION", "Fiktionsbescheinigung"),
        ("HEIMATLOS", "heimatloser Ausländer oder heimatlose Ausländerin"),
        ("GESTATTUNG_ANERKANNT", "Aufenthaltsgestattung, danach als schutzberechtigt anerkannt"),
        ("GESTATTUNG", "Aufenthaltsgestattung, nicht anerkannt"),
        ("DULDUNG", "Duldung"),
        ("VISUM_C", "Schengen-Visum (C-Visum)"),
        ("OHNE", "ohne Erlaubnis"),
    ]);
}

/// Whether time with this status is lawful habitual residence (§ 10 Abs. 1, § 12b StAG,
/// § 55 Abs. 3 AsylG).
pub fn zaehlt(zeitstatus: &str) -> bool {
    ZEITSTATUS.eintrag(zeitstatus).is_some()
        && !matches!(zeitstatus, "GESTATTUNG" | "DULDUNG" | "VISUM_C" | "OHNE")
}

liste! {
    /// Why somebody was abroad.
    Auslandsgrund, AUSLANDSGRUND = Codeliste::eigen("ebAuslandsgrund", &[
        ("URLAUB_BESUCH", "Urlaub oder Besuch"),
        ("STUDIUM", "Studium"),
        ("BERUF_ENTSENDUNG", "Arbeit"),
        ("WEHRDIENST", "Wehrdienst"),
        ("KRANKHEIT", "Krankheit"),
        ("SCHWANGERSCHAFT_ENTBINDUNG", "Schwangerschaft oder Geburt"),
        ("PFLEGE", "Pflege"),
        ("SONST", "etwas anderes"),
    ]);
    WEHRDIENST = "WEHRDIENST",
}

liste! {
    /// Schools and training.
    Bildungsart, BILDUNGSART = Codeliste::eigen("ebBildungsart", &[
        ("SCHULE_DE", "Schule in Deutschland"),
        ("SCHULE_AUSLAND", "Schule im Ausland"),
        ("BERUFSAUSBILDUNG", "Berufsausbildung"),
        ("STUDIUM", "Studium"),
        ("SPRACHKURS", "Sprachkurs"),
        ("INTEGRATIONSKURS", "Integrationskurs"),
        ("SONST", "etwas anderes"),
    ]);
}

liste! {
    /// What somebody does at present.
    Erwerbsstatus, ERWERBSSTATUS = Codeliste::eigen("ebErwerbsstatus", &[
        ("ANGESTELLT", "angestellt"),
        ("SELBSTAENDIG", "selbstständig"),
        ("BEAMTER", "Beamtin oder Beamter"),
        ("AUSBILDUNG", "in einer Ausbildung"),
        ("STUDIUM", "im Studium"),
        ("SCHULE", "in der Schule"),
        ("RENTE", "in Rente"),
        ("ARBEITSUCHEND", "auf der Suche nach Arbeit"),
        ("HAUSHALT_FAMILIE", "Haushalt und Familie"),
        ("ELTERNZEIT", "in Elternzeit"),
        ("SONST", "etwas anderes"),
    ]);
}

liste! {
    /// Legal form of a business.
    Rechtsform, RECHTSFORM = Codeliste::eigen("ebRechtsform", &[
        ("EINZELUNTERNEHMEN", "Einzelunternehmen"),
        ("FREIBERUF", "freier Beruf"),
        ("GBR", "GbR"),
        ("OHG", "OHG"),
        ("KG", "KG"),
        ("GMBH", "GmbH"),
        ("UG", "UG (haftungsbeschränkt)"),
        ("SONST", "eine andere Rechtsform"),
    ]);
}

liste! {
    /// Kinds of income.
    Einkommensart, EINKOMMENSART = Codeliste::eigen("ebEinkommensart", &[
        ("LOHN", "Lohn oder Gehalt"),
        ("GEWINN", "Gewinn aus Selbstständigkeit"),
        ("RENTE", "Rente"),
        ("UNTERHALT", "Unterhalt"),
        ("ELTERNGELD", "Elterngeld"),
        ("KRANKENGELD", "Krankengeld"),
        ("VERMIETUNG", "Vermietung"),
        ("KAPITAL", "Zinsen und Kapital"),
        ("BAFOEG", "BAföG"),
        ("KINDERGELD", "Kindergeld"),
        ("SONST", "etwas anderes"),
    ]);
}

liste! {
    /// Whose income it is.
    EinkommenVon, EINKOMMEN_VON = Codeliste::eigen("ebEinkommenVon", &[
        ("selbst", "mein eigenes"),
        ("ehegatte", "von meinem Ehepartner oder meiner Ehepartnerin"),
        ("kind", "von einem Kind"),
        ("andere", "von einer anderen Person in der Wohnung"),
    ]);
}

liste! {
    /// Benefits.
    Leistungsart, LEISTUNGSART = Codeliste::eigen("ebLeistungsart", &[
        ("SGB2", "Grundsicherungsgeld, früher Bürgergeld (SGB II)"),
        ("SGB12_ALTER", "Grundsicherung im Alter (SGB XII)"),
        ("SGB12_HLU", "Hilfe zum Lebensunterhalt (SGB XII)"),
        ("ASYLBLG", "Leistungen für Asylbewerber (AsylbLG)"),
        ("WOHNGELD", "Wohngeld"),
        ("KINDERZUSCHLAG", "Kinderzuschlag"),
        ("ALG1", "Arbeitslosengeld I"),
    ]);
}

liste! {
    /// Health insurance.
    Krankenversicherung, KRANKENVERSICHERUNG = Codeliste::eigen("ebKrankenversicherung", &[
        ("GKV", "gesetzlich versichert"),
        ("FAMILIENVERSICHERT", "über die Familie mitversichert"),
        ("PKV", "privat versichert"),
        ("KEINE", "keine Krankenversicherung"),
    ]);
}

liste! {
    /// Proof of German.
    Sprachnachweis, SPRACHNACHWEIS = Codeliste::eigen("ebSprachnachweis", &[
        ("B1_ZERTIFIKAT", "Zertifikat B1"),
        ("DTZ_B1", "Deutsch-Test für Zuwanderer (DTZ) mit B1"),
        ("HOEHER", "Zertifikat B2, C1 oder C2"),
        ("SCHULABSCHLUSS_DE", "Schulabschluss in Deutschland"),
        ("VERSETZUNG_10", "in die 10. Klasse versetzt"),
        ("SCHULE_4_VERSETZUNGEN", "4 Jahre Schule in Deutschland mit Erfolg"),
        ("AUSBILDUNG_DE", "Berufsausbildung auf Deutsch"),
        ("STUDIUM_DE", "Studium auf Deutsch"),
        ("KIND_UNTER_16", "Kind unter 16 Jahren"),
        ("GASTARBEITER_MUENDLICH", "als Gastarbeiter oder Vertragsarbeiter gekommen: Ich spreche Deutsch im Alltag"),
        ("HAERTE_4A", "trotz großer Mühe nicht möglich (Härtefall)"),
        ("KRANKHEIT_ALTER", "wegen Krankheit oder Alter nicht möglich"),
        ("KEINER", "noch kein Nachweis"),
    ]);
}

/// Proofs of German that are a certificate with a level.
pub const ZERTIFIKATE: &[&str] = &["B1_ZERTIFIKAT", "DTZ_B1", "HOEHER"];

liste! {
    /// Level of the Common European Framework.
    Niveau, NIVEAU = Codeliste::eigen("ebNiveau", &[
        ("A1", "A1"),
        ("A2", "A2"),
        ("B1", "B1"),
        ("B2", "B2"),
        ("C1", "C1"),
        ("C2", "C2"),
    ]);
}

liste! {
    /// Proof of what is asked in the Einbürgerungstest.
    Testnachweis, TESTNACHWEIS = Codeliste::eigen("ebTestnachweis", &[
        ("EINBUERGERUNGSTEST", "Einbürgerungstest"),
        ("LEBEN_IN_DEUTSCHLAND", "Test „Leben in Deutschland“"),
        ("SCHULABSCHLUSS_DE", "Schulabschluss in Deutschland"),
        ("STUDIUM_RECHT_POLITIK", "Studium von Recht, Politik oder Gesellschaft in Deutschland"),
        ("UNTER_16", "Kind unter 16 Jahren: kein Test nötig"),
        ("GASTARBEITER", "als Gastarbeiter oder Vertragsarbeiter gekommen: kein Test nötig"),
        ("HAERTE_4A", "Härtefall: kein Test nötig"),
        ("KRANKHEIT_ALTER", "wegen Krankheit oder Alter nicht möglich"),
        ("KEINER", "noch kein Test"),
    ]);
}

/// Proofs that are a test with points.
pub const TESTS: &[&str] = &["EINBUERGERUNGSTEST", "LEBEN_IN_DEUTSCHLAND"];

liste! {
    /// Kinds of punishment.
    Strafart, STRAFART = Codeliste::eigen("ebStrafart", &[
        ("GELDSTRAFE", "Geldstrafe"),
        ("FREIHEITSSTRAFE", "Freiheitsstrafe"),
        ("JUGENDSTRAFE", "Jugendstrafe"),
        ("ERZIEHUNGSMASSREGEL", "Erziehungsmaßregel"),
        ("ZUCHTMITTEL", "Zuchtmittel"),
        ("MASSREGEL", "Maßregel der Besserung und Sicherung"),
    ]);
    JUGENDSTRAFE = "JUGENDSTRAFE",
}

liste! {
    /// How a former Antrag ended.
    Antragsergebnis, ANTRAGSERGEBNIS = Codeliste::eigen("ebAntragsergebnis", &[
        ("EINGEBUERGERT", "eingebürgert"),
        ("ABGELEHNT", "abgelehnt"),
        ("ZURUECKGENOMMEN", "zurückgenommen"),
        ("OFFEN", "noch nicht entschieden"),
    ]);
}

liste! {
    /// How the fee is paid.
    Zahlweg, ZAHLWEG = Codeliste::eigen("ebZahlweg", &[
        ("EPAYMENT", "online"),
        ("RECHNUNG", "mit einer Rechnung"),
    ]);
}

liste! {
    /// A person of the same Antrag, by the path of its entry.
    Personverweis, PERSONVERWEIS = Codeliste::eigen("ebPersonverweis", &[
        ("personen[1]", "Person 2 in diesem Antrag"),
        ("personen[2]", "Person 3 in diesem Antrag"),
        ("personen[3]", "Person 4 in diesem Antrag"),
        ("personen[4]", "Person 5 in diesem Antrag"),
        ("personen[5]", "Person 6 in diesem Antrag"),
        ("personen[6]", "Person 7 in diesem Antrag"),
        ("personen[7]", "Person 8 in diesem Antrag"),
        ("personen[8]", "Person 9 in diesem Antrag"),
        ("personen[9]", "Person 10 in diesem Antrag"),
        ("personen[10]", "Person 11 in diesem Antrag"),
        ("personen[11]", "Person 12 in diesem Antrag"),
        ("personen[12]", "Person 13 in diesem Antrag"),
        ("personen[13]", "Person 14 in diesem Antrag"),
        ("personen[14]", "Person 15 in diesem Antrag"),
        ("personen[15]", "Person 16 in diesem Antrag"),
        ("personen[16]", "Person 17 in diesem Antrag"),
        ("personen[17]", "Person 18 in diesem Antrag"),
        ("personen[18]", "Person 19 in diesem Antrag"),
        ("personen[19]", "Person 20 in diesem Antrag"),
        ("personen[20]", "Person 21 in diesem Antrag"),
    ]);
}

/// What a person has that lets them stay, by what it means for § 10 Abs. 1 Satz 1 Nr. 2 StAG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titelklasse {
    /// Unbefristetes Aufenthaltsrecht.
    Unbefristet,
    /// Named in Nr. 2, or an Aufenthaltserlaubnis that it does not exclude.
    Genuegt,
    /// Excluded by Nr. 2 for its purpose.
    Ausgeschlossen,
    /// No Aufenthaltstitel.
    Keiner,
    Unklar,
}

const UNBEFRISTET: &[(&str, &str)] = &[
    ("NE", "Niederlassungserlaubnis"),
    ("DA_EU", "Erlaubnis zum Daueraufenthalt-EU"),
    ("FREIZUEGIGKEIT", "Freizügigkeit als EU-Bürgerin oder EU-Bürger, oder als Familie"),
    ("DAUERAUFENTHALT_EU_BUERGER", "Daueraufenthaltsrecht für EU-Bürger"),
    ("GB_AUSTRITT", "Aufenthaltsdokument-GB"),
    ("ARB180", "Aufenthaltsrecht für türkische Staatsangehörige (ARB 1/80)"),
    ("HEIMATLOS", "heimatloser Ausländer oder heimatlose Ausländerin"),
];

const KARTEN: &[(&str, &str)] = &[
    ("BLAUE_KARTE", "Blaue Karte EU (§ 18g)"),
    ("CH_FREIZUEGIGKEIT", "Aufenthaltserlaubnis-CH für Schweizerinnen und Schweizer"),
    ("ICT_19", "ICT-Karte (§ 19)"),
    ("ICT_19b", "Mobiler-ICT-Karte (§ 19b)"),
];

const OHNE_TITEL: &[(&str, &str)] = &[
    ("FIKTION", "Fiktionsbescheinigung"),
    ("GESTATTUNG", "Aufenthaltsgestattung"),
    ("DULDUNG", "Duldung"),
    ("VISUM", "Visum"),
    ("KEINER", "kein Aufenthaltstitel"),
];

const TITEL_ANZAHL: usize =
    UNBEFRISTET.len() + KARTEN.len() + RECHTSGRUNDLAGE_ANZAHL + OHNE_TITEL.len();
const RECHTSGRUNDLAGE_ANZAHL: usize = 46;

static TITEL_EINTRAEGE: [(&str, &str); TITEL_ANZAHL] =
    join(&[UNBEFRISTET, KARTEN, RECHTSGRUNDLAGE.eintraege, OHNE_TITEL]);

static TITEL_ODER_UNBEKANNT: [(&str, &str); TITEL_ANZAHL + 1] =
    join(&[&TITEL_EINTRAEGE, &[("WEISS_NICHT", "weiß ich nicht")]]);

liste! {
    /// What somebody has that lets them stay (`einbuergerung.md` 4.5).
    Titel, TITEL = Codeliste::eigen("ebTitel", &TITEL_EINTRAEGE);
}

liste! {
    /// The same, for whoever does not know it.
    TitelOderUnbekannt, TITEL_QUICKCHECK = Codeliste::eigen("qcTitel", &TITEL_ODER_UNBEKANNT);
}

/// § 10 Abs. 1 Satz 1 Nr. 2 StAG: Aufenthaltserlaubnisse for these purposes do not suffice.
const AUSGESCHLOSSEN: &[&str] = &[
    "AE_16a", "AE_16b", "AE_16d", "AE_16e", "AE_16f", "AE_17", "AE_18f", "AE_19e", "AE_20",
    "AE_20a", "AE_22", "AE_23a", "AE_24", "AE_25_3", "AE_25_4", "AE_25_4a", "AE_25_4b", "AE_25_5",
    "AE_104c", "ICT_19", "ICT_19b",
];

impl Titelklasse {
    /// The class of a code of [`TITEL`]; any other text is unclear.
    pub fn of(titel: &str) -> Titelklasse {
        let is_in = |list: &[(&str, &str)]| list.iter().any(|(code, _)| *code == titel);
        if AUSGESCHLOSSEN.contains(&titel) {
            Titelklasse::Ausgeschlossen
        } else if is_in(UNBEFRISTET) {
            Titelklasse::Unbefristet
        } else if matches!(titel, "GESTATTUNG" | "DULDUNG" | "VISUM" | "KEINER") {
            Titelklasse::Keiner
        } else if is_in(KARTEN) || is_in(RECHTSGRUNDLAGE.eintraege) {
            Titelklasse::Genuegt
        } else {
            Titelklasse::Unklar
        }
    }
}
