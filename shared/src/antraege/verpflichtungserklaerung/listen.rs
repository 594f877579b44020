//! Our own lists of this application.

use crate::codelisten::{AUFENTHALTSTITELART, Codeliste, join, liste};

liste! {
    /// How the Erklärung is handed in.
    Abgabe, ABGABE = Codeliste::eigen("veAbgabe", &[
        ("VORBEREITUNG_TERMIN", "Ich bereite alles online vor und unterschreibe bei einem Termin"),
        ("ELEKTRONISCH", "Ich gebe die Erklärung mit meinem Online-Ausweis ab"),
    ]);
    ELEKTRONISCH = "ELEKTRONISCH",
}

liste! {
    /// What the guest needs the Erklärung for.
    Aufenthaltsart, AUFENTHALTSART = Codeliste::eigen("veAufenthaltsart", &[
        ("C_VISUM", "Besuch bis 90 Tage mit Visum (Schengen-Visum, C-Visum)"),
        ("D_VISUM", "Aufenthalt über 90 Tage mit Visum (nationales Visum, D-Visum)"),
        ("VISUMFREI", "Besuch bis 90 Tage ohne Visum"),
        ("AUFENTHALTSTITEL", "Aufenthaltstitel in Deutschland"),
        ("SONSTIGES", "etwas anderes"),
    ]);

}

liste! {
    /// Who takes on the costs.
    Geberart, GEBERART = Codeliste::eigen("veGeberart", &[
        ("PRIVAT", "Ich selbst (Privatperson)"),
        ("INSTITUTION", "Eine Firma, ein Verein oder eine andere Organisation"),
    ]);
    PRIVAT = "PRIVAT",
}

liste! {
    /// XAusländer deutsches Identifikationsdokument, with the prefix of the domain.
    DeutscherAusweis, DEUTSCHER_AUSWEIS = Codeliste {
        id: "deutscherAusweis",
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.deutschesidentifikationsdokument",
        version: "1",
        eintraege: &[
            ("DE_01", "Personalausweis"),
            ("DE_02", "vorläufiger Personalausweis"),
            ("DE_03", "Reisepass"),
            ("DE_04", "vorläufiger Reisepass"),
            ("DE_05", "Dienstpass"),
            ("DE_06", "Diplomatenpass"),
            ("DE_07", "vorläufiger Dienstpass"),
            ("DE_08", "vorläufiger Diplomatenpass"),
            ("DE_09", "Reiseausweis für Ausländer"),
            ("DE_10", "Reiseausweis für Flüchtlinge"),
            ("DE_11", "Reiseausweis für Staatenlose"),
            ("DE_12", "Ausweisersatz"),
        ],
    };
    PERSONALAUSWEIS = "DE_01",
}

/// With these nobody can take on costs: a Sperre, so that no message carries them.
const ZU_WENIG: &[(&str, &str)] = &[
    ("GESTATTUNG", "Aufenthaltsgestattung"),
    ("DULDUNG", "Duldung"),
    ("VISUM", "Visum"),
    ("FIKTION", "Fiktionsbescheinigung"),
];

static TITELARTEN: [(&str, &str); 11] = join(&[AUFENTHALTSTITELART.eintraege, ZU_WENIG]);

liste! {
    /// Aufenthaltstitel of the Verpflichtungsgeber: those of the message, and those that do not
    /// suffice.
    Titelart, TITELART = Codeliste {
        id: "veTitelart",
        urn: AUFENTHALTSTITELART.urn,
        version: AUFENTHALTSTITELART.version,
        eintraege: &TITELARTEN,
    };

}

liste! {
    /// Role of a further Verpflichtungsgeber.
    Rolle, ROLLE = Codeliste::eigen("veRolle", &[
        ("EHEGATTE", "Mein Ehepartner oder meine Ehepartnerin unterschreibt mit"),
        ("GESAMTSCHULDNER", "Eine andere Person gibt eine eigene Erklärung ab"),
    ]);
    GESAMTSCHULDNER = "GESAMTSCHULDNER",
}

liste! {
    /// Where the guest lives.
    Wohnart, WOHNART = Codeliste::eigen("veWohnart", &[
        ("BEI_GEBER", "bei mir"),
        ("ANDERE", "in einer anderen Wohnung"),
        ("HOTEL", "in einem Hotel oder einer Pension"),
    ]);
}

liste! {
    /// How the Erklärung reaches the Verpflichtungsgeber.
    Zustellart, ZUSTELLART = Codeliste::eigen("veZustellart", &[
        ("ABHOLUNG", "Ich hole die Erklärung ab"),
        ("POST", "mit der Post"),
        ("ELEKTRONISCH", "elektronisch"),
    ]);

}
