//! Lists about persons: XInneres, DSMeld, XÖV.

use super::{Codeliste, liste};

liste! {
    /// XInneres Geschlecht.
    Geschlecht, GESCHLECHT = Codeliste {
        id: "geschlecht",
        urn: "urn:xoev-de:xinneres:codeliste:geschlecht",
        version: "1",
        eintraege: &[
            ("w", "weiblich"),
            ("m", "männlich"),
            ("d", "divers"),
            ("x", "keine Angabe"),
        ],
    };
}

liste! {
    /// XAusländer Familienstand (values of DSMeld-Blatt 1401).
    Familienstand, FAMILIENSTAND = Codeliste {
        id: "familienstand",
        urn: "urn:de:xauslaender:codelist:familienstand",
        version: "2",
        eintraege: &[
            ("LD", "ledig"),
            ("VH", "verheiratet"),
            ("LP", "in eingetragener Lebenspartnerschaft"),
            ("GS", "geschieden"),
            ("VW", "verwitwet"),
            ("EA", "Ehe aufgehoben"),
            ("LV", "Lebenspartnerschaft durch Tod aufgelöst"),
            ("LA", "Lebenspartnerschaft aufgehoben"),
            ("LE", "Lebenspartnerschaft durch Todeserklärung aufgelöst"),
            ("NB", "nicht bekannt"),
        ],
    };
    LEDIG = "LD", VERHEIRATET = "VH", LEBENSPARTNERSCHAFT = "LP",
}

liste! {
    /// XÖV Erreichbarkeit: the channel of a `kommunikation`.
    Erreichbarkeit, ERREICHBARKEIT = Codeliste {
        id: "erreichbarkeit",
        urn: "urn:de:xoev:codeliste:erreichbarkeit",
        version: "3",
        eintraege: &[
            ("01", "E-Mail"),
            ("02", "Telefon Festnetz"),
            ("03", "Telefon mobil"),
            ("04", "Fax"),
            ("05", "Messenger"),
            ("07", "Sonstiges"),
            ("08", "De-Mail"),
            ("09", "Web"),
        ],
    };
}
