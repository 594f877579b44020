//! Lists of the XAusländer OZG messages.

use super::{Codeliste, liste};

liste! {
    /// Ausländisches Identifikationsdokument.
    AuslaendischesDokument, AUSLAENDISCHES_DOKUMENT = Codeliste {
        id: "auslaendischesDokument",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.auslaendischeidentifikationart",
        version: "1",
        eintraege: &[
            ("01", "Reisepass"),
            ("02", "Dienstpass"),
            ("03", "Diplomatenpass"),
            ("04", "sonstiger amtlicher Pass"),
            ("05", "anderes Reisedokument oder amtlicher Ausweis"),
        ],
    };
}

liste! {
    /// Zweck eines kurzen Besuchs.
    ZweckC, ZWECK_C = Codeliste {
        id: "zweckC",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.cvisumvisumfrei",
        version: "1",
        eintraege: &[
            ("03", "Besuch von Familie oder Freunden"),
            ("01", "Tourismus"),
            ("02", "Geschäftsreise"),
            ("04", "Kultur"),
            ("05", "Sport"),
            ("06", "offizieller Besuch"),
            ("07", "gesundheitliche Gründe"),
            ("08", "Studium"),
            ("09", "Durchreise"),
            ("10", "Flughafentransit"),
            ("11", "anderer Zweck"),
        ],
    };
    SONSTIGES = "11",
}

liste! {
    /// Zweck eines langen Aufenthalts.
    ZweckD, ZWECK_D = Codeliste {
        id: "zweckD",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.dvisumaufenthaltstitel",
        version: "1",
        eintraege: &[
            ("01", "Ausbildung oder Studium"),
            ("02", "Arbeit"),
            ("03", "humanitäre Gründe"),
            ("04", "familiäre Gründe"),
            ("05", "besondere Aufenthaltsrechte"),
        ],
    };
    AUSBILDUNG = "01",
}

liste! {
    /// Beziehung des Gastes zum Gastgeber.
    BeziehungGastgeber, BEZIEHUNG_GASTGEBER = Codeliste {
        id: "beziehungGastgeber",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.beziehunggastgeber",
        version: "1",
        eintraege: &[
            ("01", "verwandt"),
            ("03", "befreundet"),
            ("04", "verlobt"),
            ("05", "verheiratet oder in Lebenspartnerschaft"),
            ("02", "geschäftlich oder beruflich"),
            ("06", "sonstige Beziehung"),
        ],
    };
}

liste! {
    /// Beziehung einer mitreisenden Person zum Gast.
    BeziehungGast, BEZIEHUNG_GAST = Codeliste {
        id: "beziehungGast",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.beziehunggast",
        version: "1",
        eintraege: &[
            ("01", "Ehefrau oder Ehemann des Gastes"),
            ("02", "minderjähriges Kind des Gastes"),
        ],
    };
    EHE = "01", KIND = "02",
}

liste! {
    /// Art des Aufenthaltstitels.
    Aufenthaltstitelart, AUFENTHALTSTITELART = Codeliste {
        id: "aufenthaltstitelart",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.aufenthaltstitelart",
        version: "1",
        eintraege: &[
            ("01", "Aufenthaltserlaubnis"),
            ("02", "Blaue Karte EU"),
            ("03", "ICT-Karte"),
            ("04", "Mobiler-ICT-Karte"),
            ("05", "Niederlassungserlaubnis"),
            ("06", "Erlaubnis zum Daueraufenthalt-EU"),
            ("07", "Ich brauche keinen Aufenthaltstitel, zum Beispiel als EU-Bürgerin oder EU-Bürger"),
        ],
    };
}
