//! What can be set, once and for all who have to know.

use std::fmt::Write as _;

/// A variable of the application in `spin.toml`.
#[derive(Debug)]
pub struct Einstellung {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub wofuer: &'static str,
    /// What is expected, for whoever has to write it.
    pub erwartet: &'static str,
    /// One that can be used.
    pub beispiel: &'static str,
    /// What holds where it is not set; `None`: it has to be set.
    pub vorgabe: Option<&'static str>,
    /// Whether nobody else may see it.
    pub geheim: bool,
    /// The components that read it.
    pub komponenten: &'static [&'static str],
}

const ANNAHME: &str = "annahme";
const EMPFANG: &str = "empfang";
const SACHBEARBEITUNG: &str = "sachbearbeitung";
const VIRENSCAN: &str = "virenscan";
const WEITERLEITUNG: &str = "weiterleitung";

const BEHOERDE: &str = r#"{"name":"Stadt Musterstadt, Ausländerbehörde","anschrift":{"strasse":"Rathausplatz","hausnummer":"1","plz":"12345","ort":"Musterstadt"},"telefon":"030 23125 000","email":"abh@musterstadt.example","leser":{"kennung":"azr:000100","name":"Ausländerbehörde Musterstadt"},"autor":{"kennung":"alp:090000000001","name":"Antragsportal Musterstadt"}}"#;
const BENUTZER: &str = r#"[{"kennung":"kim","name":"Kim Beispiel","rolle":"sachbearbeitung","passwort":"$argon2id$v=19$m=19456,t=2,p=1$QmVpc3BpZWxzYWx6MDE$9Yh2xHJnwJ3Vq1n0tq1l7w"}]"#;
const AKTENPLAN: &str = r#"{"verpflichtungserklaerung":{"aktenplan":"33.20.01 Verpflichtungserklärungen","akte_muster":"{titel} {jahr}","vorgang_muster":"{vorgangsnummer}","dateiname_muster":"{nn}_{typ}_{vorgangsnummer}"}}"#;
const ZUSTELLUNG: &str = r#"{"alarm_minuten":240,"tageslauf":"06:00","ziele":{"dms":{"gleichzeitig":2,"oeffnung":["mo-fr 06:00-22:00"]}}}"#;

/// All settings, in the order of `spin.toml`.
pub static EINSTELLUNGEN: &[Einstellung] = &[
    Einstellung {
        name: "mandant",
        wofuer: "Die Kommune, deren Daten es sind.",
        erwartet: "Ein Name aus höchstens 63 kleinen Buchstaben, Ziffern und Bindestrichen.",
        beispiel: "musterstadt",
        vorgabe: Some("musterstadt"),
        geheim: false,
        komponenten: &[ANNAHME, EMPFANG, SACHBEARBEITUNG, VIRENSCAN, WEITERLEITUNG],
    },
    Einstellung {
        name: "schluessel",
        wofuer: "Verschlüsselt, was gespeichert wird. Ohne ihn sind die Daten verloren.",
        erwartet: "Ein Name, ein Doppelpunkt und 32 zufällige Bytes in Base64; ältere Schlüssel \
                   folgen nach einem Komma. Der erste verschlüsselt, alle entschlüsseln. Die Bytes \
                   liefert `openssl rand -base64 32`.",
        beispiel: "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        vorgabe: None,
        geheim: true,
        komponenten: &[ANNAHME, EMPFANG, SACHBEARBEITUNG, VIRENSCAN, WEITERLEITUNG],
    },
    Einstellung {
        name: "intern_geheimnis",
        wofuer: "Weist den Zeitgeber aus, der `/intern/*` aufruft.",
        erwartet: "Ein langer zufälliger Text ohne Leerzeichen.",
        beispiel: "wU5c0hV3mB1f8zq2nT7k",
        vorgabe: None,
        geheim: true,
        komponenten: &[VIRENSCAN, WEITERLEITUNG],
    },
    Einstellung {
        name: "behoerde",
        wofuer: "Wer die Anträge bekommt, und als wer das Portal schreibt.",
        erwartet: "Ein JSON-Objekt mit name, anschrift, telefon, email, leser und autor; land (wie NW) für dessen Feiertage.",
        beispiel: BEHOERDE,
        vorgabe: None,
        geheim: false,
        komponenten: &[ANNAHME, SACHBEARBEITUNG, WEITERLEITUNG],
    },
    Einstellung {
        name: "bedarfsprofil",
        wofuer: "Was man hier zum Leben braucht. Leer: kein Vorschlag zum Einkommen.",
        erwartet: "Ein JSON-Objekt mit zwei Paaren von Beträgen, kurz und lang, oder nichts.",
        beispiel: r#"{"kurz":["281.50","140.75"],"lang":["563","390"]}"#,
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[ANNAHME, SACHBEARBEITUNG],
    },
    Einstellung {
        name: "verzeichnis",
        wofuer: "Die Postleitzahlen der Behörde und ihrer Nachbarn. Leer: Orte werden nicht geprüft.",
        erwartet: "Ein JSON-Objekt: je Postleitzahl orte und behoerde, oder nichts.",
        beispiel: r#"{"12345":{"orte":["Musterstadt"]},"12399":{"orte":["Nebenan"],"behoerde":"Landkreis Muster"}}"#,
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "textbloecke",
        wofuer: "Eigene Wortlaute der Behörde. Leer: die des Gesetzes.",
        erwartet: "Eine JSON-Liste mit feld, version, gueltigAb, gueltigBis und texte, oder nichts.",
        beispiel: "[]",
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[ANNAHME, SACHBEARBEITUNG],
    },
    Einstellung {
        name: "fachverfahren_ursprung",
        wofuer: "Wo das Fachverfahren ist.",
        erwartet: "Schema, Rechner und Port, ohne Pfad.",
        beispiel: "https://fachverfahren.musterstadt.example",
        vorgabe: None,
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fachverfahren_pfad",
        wofuer: "Der Dienst des Fachverfahrens.",
        erwartet: "Ein Pfad, der mit einem Schrägstrich beginnt.",
        beispiel: "/nachrichten",
        vorgabe: Some("/nachrichten"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fachverfahren_token",
        wofuer: "Weist das Portal beim Fachverfahren aus.",
        erwartet: "Ein Bearer-Token, oder nichts.",
        beispiel: "q0Zr5b7yT9sLk2Xw",
        vorgabe: Some(""),
        geheim: true,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fachverfahren_art",
        wofuer: "Wie Nachrichten zum Fachverfahren kommen.",
        erwartet: "`https`, `xta2` (XTA 2.1.1) oder `fit-connect` (Version 2).",
        beispiel: "https",
        vorgabe: Some("https"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fachverfahren_einstellungen",
        wofuer: "Was `xta2` und `fit-connect` außerdem wissen müssen.",
        erwartet: "Ein JSON-Objekt; bei `https` ist es leer.",
        beispiel: "{}",
        vorgabe: Some("{}"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fitconnect_token_ursprung",
        wofuer: "Wo der Anmeldedienst von FIT-Connect ist.",
        erwartet: "Schema, Rechner und Port, ohne Pfad; nichts ohne FIT-Connect.",
        beispiel: "https://auth-testing.fit-connect.example",
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fitconnect_geheimnis",
        wofuer: "Weist das Portal bei FIT-Connect aus.",
        erwartet: "Das Geheimnis des Clients; nichts ohne FIT-Connect.",
        beispiel: "p3Wd8uYc1nEx",
        vorgabe: Some(""),
        geheim: true,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fitconnect_rueckruf_geheimnis",
        wofuer: "Weist FIT-Connect aus, wenn es Neues zu einer Einreichung meldet.",
        erwartet: "Das Geheimnis der Rückrufe, mindestens 16 Zeichen; nichts ohne Rückrufe.",
        beispiel: "k4Hs9vQe2mTz7cYb",
        vorgabe: Some(""),
        geheim: true,
        komponenten: &[EMPFANG],
    },
    Einstellung {
        name: "dms_ursprung",
        wofuer: "Wo das DMS ist. Leer: kein DMS.",
        erwartet: "Schema, Rechner und Port, ohne Pfad, oder nichts.",
        beispiel: "https://dms.musterstadt.example:8443",
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_dienst",
        wofuer: "Das Dienstdokument des DMS (CMIS 1.1, Browser Binding).",
        erwartet: "Ein Pfad, der mit einem Schrägstrich beginnt; nichts ohne DMS.",
        beispiel: "/cmis/browser",
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_anmeldung",
        wofuer: "Weist das Portal beim DMS aus.",
        erwartet: "`basic benutzer:passwort`, `bearer TOKEN`, oder nichts.",
        beispiel: "basic portal:t7Kp2mQx",
        vorgabe: Some(""),
        geheim: true,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_repository",
        wofuer: "In welches Repository abgelegt wird.",
        erwartet: "Die Kennung des Repositorys; nichts, wenn es nur eines gibt.",
        beispiel: "akten",
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_pfad",
        wofuer: "Der Ordner, unter dem die Akten liegen.",
        erwartet: "Ein Pfad, der mit einem Schrägstrich beginnt.",
        beispiel: "/Ausländerbehörde",
        vorgabe: Some("/"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "aktenplan",
        wofuer: "Wohin im DMS abgelegt wird, und wie Dateien heißen.",
        erwartet: "Ein JSON-Objekt: je Antrag aktenplan, akte_muster, vorgang_muster und \
                   dateiname_muster.",
        beispiel: AKTENPLAN,
        vorgabe: Some("{}"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_art",
        wofuer: "Welches DMS es ist.",
        erwartet: "`cmis`, `dvelop` (d.velop documents) oder `xdomea` (Container in einem Ordner).",
        beispiel: "cmis",
        vorgabe: Some("cmis"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "dms_einstellungen",
        wofuer: "Was dieses DMS außerdem wissen muss.",
        erwartet: "Ein JSON-Objekt; bei `cmis` darf es leer sein.",
        beispiel: "{}",
        vorgabe: Some("{}"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "fassungen",
        wofuer: "Ab welchem Tag das Fachverfahren welche Fassung liest. Leer: die geltende.",
        erwartet: "Eine JSON-Liste mit ab und release, oder nichts.",
        beispiel: r#"[{"ab":"2026-11-01","release":"xauslaender2611"}]"#,
        vorgabe: Some(""),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "ziele",
        wofuer: "Wohin Anträge zugestellt werden.",
        erwartet: "`fachverfahren`, `dms`, oder beide mit einem Komma dazwischen.",
        beispiel: "fachverfahren,dms",
        vorgabe: Some("fachverfahren,dms"),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "link_tage",
        wofuer: "Wie viele Tage ein Link gilt, mit dem andere einen Teil ausfüllen.",
        erwartet: "Eine ganze Zahl von 1 bis 30.",
        beispiel: "30",
        vorgabe: Some("30"),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "wiederholung_sekunden",
        wofuer: "Nach wie vielen Sekunden eine gescheiterte Zustellung zuerst wiederholt wird.",
        erwartet: "Eine ganze Zahl von 1 bis 3600.",
        beispiel: "60",
        vorgabe: Some("60"),
        geheim: false,
        komponenten: &[WEITERLEITUNG],
    },
    Einstellung {
        name: "zustellung",
        wofuer: "Grenzen, Öffnungszeiten, Pausen, Tageslauf und Alarm der Zustellung.",
        erwartet: "Ein JSON-Objekt; alle Felder stehen unten bei „Zustellung“.",
        beispiel: ZUSTELLUNG,
        vorgabe: Some("{}"),
        geheim: false,
        komponenten: &[SACHBEARBEITUNG, WEITERLEITUNG],
    },
    Einstellung {
        name: "benutzer",
        wofuer: "Wer sich an der Arbeitsliste anmelden darf.",
        erwartet: "Eine JSON-Liste von Objekten mit kennung, name, rolle und passwort. Das \
                   Passwort ist ein argon2id-Hash aus `cargo xtask passwort`.",
        beispiel: BENUTZER,
        vorgabe: Some("[]"),
        geheim: true,
        komponenten: &[SACHBEARBEITUNG],
    },
    Einstellung {
        name: "belehrung_sekunden",
        wofuer: "Wie lange die Belehrung auf dem Bildschirm stehen muss.",
        erwartet: "Eine ganze Zahl von Sekunden.",
        beispiel: "60",
        vorgabe: Some("60"),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "eid",
        wofuer: "Ob sich Menschen mit dem Online-Ausweis anmelden können.",
        erwartet: "`an` oder `aus`.",
        beispiel: "aus",
        vorgabe: Some("aus"),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "grenzen",
        wofuer: "Wie viel hochgeladen werden darf.",
        erwartet: "Ein JSON-Objekt mit datei_mb, dateien und summe_mb.",
        beispiel: r#"{"datei_mb":10,"dateien":20,"summe_mb":50}"#,
        vorgabe: Some(r#"{"datei_mb":10,"dateien":20,"summe_mb":50}"#),
        geheim: false,
        komponenten: &[ANNAHME],
    },
    Einstellung {
        name: "virenscan",
        wofuer: "Ob Dateien auf Viren geprüft werden, bevor sie das Portal verlassen.",
        erwartet: "`clamd`, oder `ohne`, wenn etwas anderes sie prüft.",
        beispiel: "clamd",
        vorgabe: Some("clamd"),
        geheim: false,
        komponenten: &[ANNAHME, VIRENSCAN],
    },
    Einstellung {
        name: "virenscanner",
        wofuer: "Wo clamd zu erreichen ist.",
        erwartet: "`tcp://`, eine IP-Adresse und ein Port.",
        beispiel: "tcp://127.0.0.1:3310",
        vorgabe: Some("tcp://127.0.0.1:3310"),
        geheim: false,
        komponenten: &[VIRENSCAN],
    },
    Einstellung {
        name: "rueckkanal",
        wofuer: "Wie Nachrichten des Fachverfahrens zu einem Antrag zurückkommen.",
        erwartet: "`aus`, oder `empfang`: das Fachverfahren sendet sie.",
        beispiel: "aus",
        vorgabe: Some("aus"),
        geheim: false,
        komponenten: &[ANNAHME, EMPFANG],
    },
    Einstellung {
        name: "empfang_geheimnis",
        wofuer: "Weist das Fachverfahren aus, das Nachrichten zurücksendet.",
        erwartet: "Ein Bearer-Token aus mindestens 16 Zeichen; nichts, wenn dieser Weg zu ist.",
        beispiel: "x7Qd2vN0sKf4pLw9aB3e",
        vorgabe: Some(""),
        geheim: true,
        komponenten: &[EMPFANG],
    },
];

/// The setting of this name.
pub fn find(name: &str) -> Option<&'static Einstellung> {
    EINSTELLUNGEN.iter().find(|einstellung| einstellung.name == name)
}

/// All settings as a table in Markdown, as it stands in `docs/betrieb.md`.
pub fn tabelle() -> String {
    let mut text =
        "| Einstellung | wofür und was erwartet wird | Beispiel | Vorgabe | gelesen von |\n\
         |---|---|---|---|---|\n"
            .to_owned();
    for einstellung in EINSTELLUNGEN {
        let Einstellung { name, wofuer, erwartet, beispiel, vorgabe, geheim, komponenten } =
            einstellung;
        let vorgabe = match vorgabe {
            None => "muss gesetzt werden".to_owned(),
            Some("") => "leer".to_owned(),
            Some(vorgabe) => format!("`{vorgabe}`"),
        };
        let geheim = if *geheim { " (geheim)" } else { "" };
        let komponenten = komponenten.join(", ");
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "| `{name}`{geheim} | {wofuer} {erwartet} | `{beispiel}` | {vorgabe} | {komponenten} |"
        );
    }
    text
}
