//! Our own lists of this application.

use crate::codelisten::{Codeliste, liste};

liste! {
    /// The document that somebody has.
    Status, STATUS = Codeliste::eigen("beStatus", &[
        ("GESTATTUNG", "Aufenthaltsgestattung"),
        ("DULDUNG_60A", "Duldung (§ 60a)"),
        ("DULDUNG_60B", "Duldung „für Personen mit ungeklärter Identität“ (§ 60b)"),
        ("DULDUNG_60C", "Ausbildungsduldung (§ 60c)"),
        ("DULDUNG_60D", "Beschäftigungsduldung (§ 60d)"),
        ("ANKUNFTSNACHWEIS", "Ankunftsnachweis"),
        ("AE", "Aufenthaltserlaubnis"),
        ("BLAUE_KARTE", "Blaue Karte EU"),
        ("FIKTION", "Fiktionsbescheinigung"),
        ("VISUM_D", "nationales Visum (D-Visum)"),
        ("NE", "Niederlassungserlaubnis"),
        ("DA_EU", "Erlaubnis zum Daueraufenthalt-EU"),
        ("FREIZUEGIGKEIT", "Freizügigkeit als EU-Bürgerin oder EU-Bürger"),
        ("ANDERES", "ein anderes Dokument"),
    ]);
    AUFENTHALTSERLAUBNIS = "AE",
}

liste! {
    /// What the document says about work.
    Nebenbestimmung, NEBENBESTIMMUNG = Codeliste::eigen("beNebenbestimmung", &[
        ("NUR_MIT_ERLAUBNIS", "Beschäftigung nur mit Erlaubnis der Ausländerbehörde"),
        ("NICHT_ERLAUBT", "Erwerbstätigkeit oder Beschäftigung nicht erlaubt"),
        ("ARBEITGEBERGEBUNDEN", "nur bei einem bestimmten Arbeitgeber erlaubt"),
        ("STUNDENGRENZE", "nur bis zu einer bestimmten Zahl von Stunden oder Tagen erlaubt"),
        ("BESCHAEFTIGUNG_ERLAUBT", "Beschäftigung erlaubt"),
        ("ERWERBSTAETIGKEIT_ERLAUBT", "Erwerbstätigkeit erlaubt"),
        ("UNBEKANNT", "Das weiß ich nicht"),
    ]);
}

liste! {
    /// Worked out from the document.
    Variante, VARIANTE = Codeliste::eigen("beVariante", &[
        ("GESTATTUNG_DULDUNG", "Gestattung oder Duldung"),
        ("TITEL_AENDERN", "Änderung eines Aufenthaltstitels"),
        ("ANDERER_ANTRAG", "anderer Antrag"),
    ]);
}

liste! {
    /// EzB field 2.
    Anlass, ANLASS = Codeliste::eigen("beAnlass", &[
        ("ERSTERTEILUNG", "Ich fange eine neue Arbeit an"),
        ("VERLAENGERUNG", "Meine Erlaubnis soll verlängert werden"),
        ("ARBEITGEBERWECHSEL", "Ich wechsle den Arbeitgeber"),
    ]);
}

liste! {
    /// XAusländer Aufenthaltsgrund.
    Aufenthaltsgrund, AUFENTHALTSGRUND = Codeliste {
        id: "aufenthaltsgrund",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.aufenthaltsgrund",
        version: "2",
        eintraege: &[
            ("04", "Schutz, Asyl oder andere humanitäre Gründe"),
            ("01", "Familie"),
            ("02", "Studium oder Ausbildung"),
            ("03", "Arbeit"),
            ("05", "ein anderer Grund"),
        ],
    };
}

liste! {
    /// Where the asylum procedure stands.
    Asylstand, ASYLSTAND = Codeliste::eigen("beAsylstand", &[
        ("LAEUFT", "Das Verfahren läuft noch"),
        ("ABGELEHNT", "Der Antrag wurde abgelehnt"),
        ("ZURUECKGENOMMEN", "Ich habe den Antrag zurückgenommen"),
        ("NICHT_GESTELLT", "Ich habe keinen Asylantrag gestellt"),
        ("ANERKANNT", "Ich wurde anerkannt"),
    ]);
}

liste! {
    /// What kind of work it is.
    Beschaeftigungsart, BESCHAEFTIGUNGSART = Codeliste::eigen("beBeschaeftigungsart", &[
        ("ARBEIT", "Arbeit"),
        ("BERUFSAUSBILDUNG", "Berufsausbildung in einem Betrieb"),
        ("EINSTIEGSQUALIFIZIERUNG", "Einstiegsqualifizierung"),
        ("PRAKTIKUM_MILOG_22", "Praktikum zur Orientierung oder im Studium (bis 3 Monate)"),
        ("PFLICHTPRAKTIKUM", "Pflichtpraktikum"),
        ("FREIWILLIGENDIENST", "Freiwilligendienst (FSJ, FÖJ, BFD)"),
        ("KARITATIV", "Arbeit aus karitativen Gründen"),
        ("RELIGIOES", "Arbeit aus religiösen Gründen"),
        ("WISSENSCHAFT_LEHRE", "Wissenschaft, Forschung oder Lehre"),
        ("HOCHQUALIFIZIERT", "hoch qualifizierte Arbeit"),
        ("TAGESDARBIETUNG", "Auftritt von kurzer Dauer"),
        ("BERUFSSPORT", "Berufssport"),
        ("ESPORT", "E-Sport"),
        ("FOTOMODELL", "Fotomodell oder Mannequin"),
        ("SPORTVERANSTALTUNG", "Arbeit bei einer internationalen Sportveranstaltung"),
        ("FAMILIENBETRIEB", "Arbeit im Betrieb der Familie, mit der ich wohne"),
        ("SCHULISCHE_AUSBILDUNG", "Ausbildung an einer Schule"),
    ]);

}

liste! {
    /// How the employer fills in the part of the employer.
    Arbeitgeberweg, ARBEITGEBERWEG = Codeliste::eigen("beArbeitgeberweg", &[
        ("LINK", "Mein Arbeitgeber füllt das online aus"),
        ("UPLOAD", "Ich habe die unterschriebene Erklärung als Datei und lade sie hoch"),
        ("SELBST", "Ich schreibe die Angaben von der unterschriebenen Erklärung ab und lade sie hoch"),
    ]);
}

liste! {
    /// EzB field 24.
    Arbeitsort, ARBEITSORT = Codeliste::eigen("beArbeitsort", &[
        ("AG_SITZ", "beim Arbeitgeber"),
        ("WECHSELND", "an wechselnden Orten"),
        ("ADRESSE", "an einer anderen Adresse"),
    ]);

}

liste! {
    /// EzB part E.
    Qualifikation, QUALIFIKATION = Codeliste::eigen("beQualifikation", &[
        ("KEIN", "kein Abschluss nötig oder vorhanden"),
        ("AUSBILDUNG", "Berufsausbildung"),
        ("HOCHSCHULE", "Hochschulabschluss"),
        ("SONSTIGE", "andere Qualifikation"),
    ]);
}

liste! {
    /// EzB field 32.
    Gleichwertigkeit, GLEICHWERTIGKEIT = Codeliste::eigen("beGleichwertigkeit", &[
        ("JA", "ja"),
        ("TEILWEISE", "teilweise"),
        ("NEIN", "nein oder noch nicht geprüft"),
    ]);
}

liste! {
    /// EzB field 37.
    Arbeitszeit, ARBEITSZEIT = Codeliste::eigen("beArbeitszeit", &[
        ("VOLLZEIT", "Vollzeit"),
        ("TEILZEIT", "Teilzeit"),
        ("GERINGFUEGIG", "geringfügig (Minijob)"),
    ]);
    GERINGFUEGIG = "GERINGFUEGIG",
}

liste! {
    /// EzB field 46.
    Entgelteinheit, ENTGELTEINHEIT = Codeliste::eigen("beEntgelteinheit", &[
        ("MONAT", "im Monat"),
        ("STUNDE", "in der Stunde"),
    ]);
    STUNDE = "STUNDE",
}

liste! {
    /// XAusländer Vertretungsart.
    Vertretungsart, VERTRETUNGSART = Codeliste {
        id: "vertretungsart",
        urn: "urn:de:xauslaender:codelist:vertretungsart",
        version: "3",
        eintraege: &[
            ("2", "Eltern"),
            ("3", "Vormund"),
            ("1", "Rechtsanwältin oder Rechtsanwalt"),
            ("4", "Betreuung"),
            ("2a", "Vollmacht für die Personensorge"),
            ("5", "Pflegschaft"),
            ("6", "nur für den Empfang von Post"),
            ("7", "andere bevollmächtigte Person"),
        ],
    };
}
