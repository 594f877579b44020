//! The Prüfblatt: a form in Markdown, for those who answer for it and do not read Rust. Every page,
//! question, condition, rule and proof with what lets us ask; generated, so that a review shows in
//! plain German what changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crate::{
    angaben::Herkunft,
    befund::{VORLAGEN, vorlage},
    codelisten::Codeliste,
    formular::{
        Bedingung, Datenfeld, Datentyp, Feldgruppe, Formular, Hinweis, Inhalt, Nachweise, Regel,
        Seite, Seitenart, Zeichen,
    },
    recht::{AENDERUNGEN, Gueltigkeit, Norm, REGISTER, stand},
};

/// Codes of a list that are still printed one by one.
const CODES_MAX: usize = 20;

/// The Prüfblatt of a form.
pub fn pruefblatt(formular: &Formular) -> String {
    let mut blatt = Blatt {
        text: String::new(),
        namen: namen(formular),
        daten: formular.daten,
        normen: BTreeMap::new(),
    };
    blatt.formular(formular);
    blatt.text
}

/// The statutes that the forms cite, as Markdown.
pub fn register() -> String {
    let mut text =
        "# Gesetzesstände\n\nErzeugt aus `shared/src/recht.rs`. Ändert sich ein Gesetz, \
                    wird zuerst hier der Stand geändert.\n\n\
                    | Gesetz | Titel | gelesen im Stand vom |\n|---|---|---|\n"
            .to_owned();
    for gesetz in REGISTER {
        let tag = stand(gesetz.stand);
        line(&mut text, format_args!("| {} | {} | {tag} |", gesetz.kurz, gesetz.titel));
    }
    text.push_str(
        "\n## Änderungen, die nach dem Tag der Antragstellung unterschieden werden\n\n\
         | Gilt ab | Vorschrift | Was gilt |\n|---|---|---|\n",
    );
    for it in AENDERUNGEN {
        line(&mut text, format_args!("| {} | {} | {} |", it.ab, it.norm, it.satz));
    }
    text
}

/// What the ids in conditions mean, by full path; entries of groups as `[]`.
struct Name {
    label: &'static str,
    liste: Option<&'static Codeliste>,
}

struct Blatt {
    text: String,
    namen: BTreeMap<String, Name>,
    /// What [`DATEN`](crate::recht::DATEN) stands for.
    daten: Norm,
    /// Places of each statute that were cited.
    normen: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

impl Blatt {
    fn formular(&mut self, formular: &Formular) {
        self.line(format_args!("# Prüfblatt: {}\n", formular.titel));
        self.line(format_args!(
            "Erzeugt aus der Deklaration in `shared/src/antraege/{}`; nicht von Hand ändern.\n",
            formular.id,
        ));
        self.line(format_args!("{}\n", formular.worum));
        self.line(format_args!("- Leistung (LeiKa): {}", formular.leika));
        let norm = self.norm(formular.norm);
        self.line(format_args!("- Rechtsgrundlage: {norm}"));
        let daten = self.norm(formular.daten);
        self.line(format_args!("- Verarbeitung der Daten: {daten}"));
        self.line(format_args!("- Vorgangsnummer beginnt mit: {}", formular.kuerzel));
        for (titel, zeilen) in
            [("Bereithalten", formular.bereithalten), ("Nach dem Absenden", formular.danach)]
        {
            self.line(format_args!("\n**{titel}**\n"));
            for zeile in zeilen {
                self.line(format_args!("- {zeile}"));
            }
        }
        for abschnitt in formular.abschnitte {
            let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
            if !abschnitt.titel.is_empty() {
                self.line(format_args!("\n# Abschnitt: {}", abschnitt.titel));
            }
            if let Some(gruppe) = abschnitt.je {
                let zahl = anzahl(gruppe);
                self.line(format_args!(
                    "\nWird für jeden Eintrag gefragt: {}{zahl}.",
                    gruppe.titel
                ));
                self.wenn("Nur für Einträge, bei denen gilt", &abschnitt.wenn, &praefix);
            }
            for schritt in abschnitt.schritte {
                self.line(format_args!("\n## {}", schritt.titel));
                self.wenn("Nur wenn", &schritt.wenn, &praefix);
                for seite in schritt.seiten {
                    self.seite(seite, &praefix);
                }
            }
        }
        self.befunde(formular);
        self.line(format_args!("\n## Zitierte Vorschriften\n"));
        for (gesetz, stellen) in std::mem::take(&mut self.normen) {
            let stellen: Vec<&str> = stellen.into_iter().collect();
            self.line(format_args!("- **{gesetz}**: {}", stellen.join("; ")));
        }
    }

    fn seite(&mut self, seite: &Seite, praefix: &str) {
        self.line(format_args!("\n### Seite „{}“ (`{}`)", seite.titel, seite.id));
        self.wenn("Nur wenn", &seite.wenn, praefix);
        if !seite.einleitung.is_empty() {
            self.line(format_args!("\n{}", seite.einleitung));
        }
        match seite.art {
            Seitenart::Fragen => {}
            Seitenart::Bedenkzeit => self.line(format_args!(
                "\nErst nach der Bedenkzeit, die die Behörde eingestellt hat, geht es weiter."
            )),
            Seitenart::Zulieferung => self.line(format_args!(
                "\nGibt hier einen Teil des Antrags mit einem Link an jemand anderen."
            )),
            Seitenart::Zusammenfassung => {
                self.line(format_args!(
                    "\nZeigt zuerst alle Antworten mit der Möglichkeit, sie zu ändern."
                ));
            }
        }
        self.line(format_args!(""));
        self.inhalt(seite.inhalt, praefix, 0);
    }

    fn inhalt(&mut self, inhalt: &[Inhalt], praefix: &str, tiefe: usize) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) => self.feld(feld, praefix, tiefe),
                Inhalt::Gruppe(gruppe) => self.gruppe(gruppe, praefix, tiefe),
                Inhalt::Baustein(below, baustein) => {
                    let praefix = format!("{praefix}{below}");
                    let has_wenn = !baustein.wenn.is_immer();
                    let deeper = if has_wenn || !baustein.titel.is_empty() {
                        let titel = match baustein.titel {
                            "" => "Fragen",
                            titel => titel,
                        };
                        let wenn = self.satz(&baustein.wenn, &praefix);
                        let wenn = wenn.map_or(String::new(), |it| format!(" (nur wenn {it})"));
                        self.item(tiefe, format_args!("**{titel}**{wenn}:"));
                        tiefe + 1
                    } else {
                        tiefe
                    };
                    self.inhalt(baustein.inhalt, &praefix, deeper);
                }
                Inhalt::Regel(regel) => self.regel(regel, tiefe),
                Inhalt::Hinweis(hinweis) => self.hinweis(hinweis, praefix, tiefe),
                Inhalt::Auskunft(auskunft) => {
                    let norm = self.norm_in_klammern(auskunft.norm);
                    self.item(tiefe, format_args!("Auskunft „{}“{norm}", auskunft.titel));
                }
                Inhalt::Nachweise(nachweise) => self.nachweise(nachweise, praefix, tiefe),
            }
        }
    }

    fn feld(&mut self, feld: &Datenfeld, praefix: &str, tiefe: usize) {
        let norm = self.norm_in_klammern(feld.norm);
        let pfad = path(praefix, feld.id);
        self.item(tiefe, format_args!("**{}** – `{pfad}`{norm}", feld.label));
        if !feld.frage.is_empty() {
            self.item(tiefe + 1, format_args!("Frage: {}", feld.frage));
        }
        if !feld.hilfe.is_empty() {
            self.item(tiefe + 1, format_args!("Hilfe: {}", feld.hilfe));
        }
        self.item(tiefe + 1, format_args!("Antwort: {}", antwort(feld)));
        let pflicht = match (feld.pflicht.is_immer(), feld.pflicht.is_nie()) {
            (true, _) => "Pflicht".to_owned(),
            (_, true) => "freiwillig".to_owned(),
            _ => {
                let satz = self.satz(&feld.pflicht, praefix).unwrap_or_default();
                format!("Pflicht, wenn {satz}")
            }
        };
        self.item(tiefe + 1, format_args!("{pflicht}"));
        if let Some(satz) = self.satz(&feld.wenn, praefix) {
            self.item(tiefe + 1, format_args!("Wird nur gefragt, wenn {satz}"));
        }
        let herkunft = match feld.herkunft {
            Herkunft::Eingabe => return,
            Herkunft::Eid => "Kommt aus dem Online-Ausweis; niemand wird gefragt",
            Herkunft::Arbeitgeber => "Füllt der Arbeitgeber aus",
            Herkunft::Abgeleitet => "Ergibt sich aus anderen Angaben; niemand wird gefragt",
        };
        self.item(tiefe + 1, format_args!("{herkunft}"));
    }

    fn gruppe(&mut self, gruppe: &Feldgruppe, praefix: &str, tiefe: usize) {
        let norm = self.norm_in_klammern(gruppe.norm);
        let pfad = format!("{praefix}{}", gruppe.id);
        let zahl = anzahl(gruppe);
        self.item(tiefe, format_args!("**{}** – `{pfad}[]`{zahl}{norm}", gruppe.titel));
        if !gruppe.hilfe.is_empty() {
            self.item(tiefe + 1, format_args!("Hilfe: {}", gruppe.hilfe));
        }
        if let Some(satz) = self.satz(&gruppe.wenn, praefix) {
            self.item(tiefe + 1, format_args!("Wird nur gefragt, wenn {satz}"));
        }
        self.item(tiefe + 1, format_args!("Je Eintrag ({}):", gruppe.eintrag));
        self.inhalt(gruppe.inhalt, &format!("{pfad}[]."), tiefe + 2);
    }

    fn regel(&mut self, regel: &Regel, tiefe: usize) {
        let norm = self.norm_in_klammern(regel.norm);
        self.item(tiefe, format_args!("Regel `{}`: {}{norm}", regel.id, regel.satz));
        let codes = regel.codes.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
        self.item(tiefe + 1, format_args!("Befunde: {codes}"));
        self.item(tiefe + 1, format_args!("Gilt {}", gueltigkeit(&regel.gueltig)));
    }

    fn hinweis(&mut self, hinweis: &Hinweis, praefix: &str, tiefe: usize) {
        let wenn = self.satz(&hinweis.wenn, praefix);
        let wenn = wenn.map_or(String::new(), |it| format!(" (nur wenn {it})"));
        self.item(tiefe, format_args!("Hinweis{wenn}: {}", hinweis.text.join(" ")));
    }

    fn nachweise(&mut self, nachweise: &Nachweise, praefix: &str, tiefe: usize) {
        let praefix = match nachweise.je {
            Some(gruppe) => format!("{}[].", gruppe.id),
            None => praefix.to_owned(),
        };
        if let Some(gruppe) = nachweise.je {
            self.item(tiefe, format_args!("Nachweise für jeden Eintrag von „{}“:", gruppe.titel));
        } else {
            self.item(tiefe, format_args!("Nachweise:"));
        }
        for art in nachweise.arten {
            let norm = self.norm_in_klammern(art.norm);
            self.item(tiefe + 1, format_args!("**{}** – `{}`{norm}", art.name, art.typ));
            if !art.hilfe.is_empty() {
                self.item(tiefe + 2, format_args!("Hilfe: {}", art.hilfe));
            }
            let wenn = self.satz(&art.wenn, &praefix);
            let wenn = wenn.map_or("immer".to_owned(), |it| format!("wenn {it}"));
            self.item(tiefe + 2, format_args!("Wird angeboten: {wenn}"));
            let pflicht = match (art.pflicht.is_immer(), art.pflicht.is_nie()) {
                (true, _) => "ja, kann nachgereicht werden".to_owned(),
                (_, true) => "nein".to_owned(),
                _ => format!("wenn {}", self.satz(&art.pflicht, &praefix).unwrap_or_default()),
            };
            self.item(tiefe + 2, format_args!("Nötig: {pflicht}"));
        }
    }

    /// The findings that the declaration names; those of shared building blocks are in the
    /// catalogue.
    fn befunde(&mut self, formular: &Formular) {
        let mut codes = BTreeSet::new();
        formular.for_each_inhalt(|_, inhalt| match inhalt {
            Inhalt::Regel(regel) => codes.extend(regel.codes.iter().copied()),
            Inhalt::Feld(feld) => {
                codes.extend(feld.falsch);
                if !feld.pflicht.is_nie() {
                    codes.extend(feld.missing().map(|(code, _)| code));
                }
            }
            Inhalt::Nachweise(_) => codes.extend(["UP_FEHLT", "UP_FEHLT_NACHREICHEN"]),
            _ => {}
        });
        self.line(format_args!("\n## Befunde\n"));
        self.line(format_args!(
            "Eine Sperre verhindert das Absenden; ein Hinweis reist mit zur Sachbearbeitung. Dazu \
             kommen die Befunde zu Form und Grenzen jeder Antwort.\n"
        ));
        self.line(format_args!("| Code | Art | Text |\n|---|---|---|"));
        for it in VORLAGEN.iter().filter(|it| codes.contains(it.code)) {
            let art = if vorlage(it.code).schwere.kuerzel() == "E" { "Sperre" } else { "Hinweis" };
            self.line(format_args!("| `{}` | {art} | {} |", it.code, it.text.replace('|', "\\|")));
        }
    }

    fn wenn(&mut self, word: &str, bedingung: &Bedingung, praefix: &str) {
        if let Some(satz) = self.satz(bedingung, praefix) {
            self.line(format_args!("\n*{word} {satz}.*"));
        }
    }

    /// The condition as the second half of a German sentence; `None` if it always holds.
    fn satz(&self, bedingung: &Bedingung, praefix: &str) -> Option<String> {
        self.halbsatz(bedingung, praefix, "")
    }

    /// As [`Blatt::satz`]; `nicht` is empty, or the word that turns it round.
    fn halbsatz(&self, bedingung: &Bedingung, praefix: &str, nicht: &str) -> Option<String> {
        Some(match bedingung {
            Bedingung::Immer => return None,
            Bedingung::Nie => "niemals etwas zutrifft".to_owned(),
            Bedingung::Gleich(id, code) => {
                let (label, liste) = self.name(praefix, id);
                format!("{label} {nicht}mit {} beantwortet ist", code_text(liste, code))
            }
            Bedingung::EinesVon(id, codes) => {
                let (label, liste) = self.name(praefix, id);
                let codes: Vec<String> = codes.iter().map(|it| code_text(liste, it)).collect();
                format!("{label} {nicht}mit {} beantwortet ist", codes.join(" oder "))
            }
            Bedingung::MehrAls(id, zahl) => {
                format!("{} {nicht}größer ist als {zahl}", self.name(praefix, id).0)
            }
            Bedingung::Beantwortet(id) => {
                format!("{} {nicht}beantwortet ist", self.name(praefix, id).0)
            }
            Bedingung::Enthaelt(gruppe, feld, code) => {
                let (label, _) = self.name(praefix, gruppe);
                let pfad = path(&format!("{gruppe}[]."), feld);
                let (_, liste) = self.name(praefix, &pfad);
                format!("unter {label} {nicht}{} ist", code_text(liste, code))
            }
            Bedingung::ImAntrag(it) => self.halbsatz(it, "", nicht)?,
            Bedingung::Praedikat(it) if nicht.is_empty() => it.satz.to_owned(),
            Bedingung::Nicht(it) if nicht.is_empty() => self.halbsatz(it, praefix, "nicht ")?,
            Bedingung::Nicht(it) => self.halbsatz(it, praefix, "")?,
            Bedingung::Alle(all) if nicht.is_empty() => self.join(all, praefix, " und "),
            Bedingung::Eine(any) if nicht.is_empty() => {
                format!("({})", self.join(any, praefix, " oder "))
            }
            Bedingung::Praedikat(_) | Bedingung::Alle(_) | Bedingung::Eine(_) => {
                format!("nicht zutrifft, dass {}", self.satz(bedingung, praefix)?)
            }
        })
    }

    fn join(&self, bedingungen: &[Bedingung], praefix: &str, word: &str) -> String {
        let saetze = bedingungen.iter().filter_map(|it| {
            let satz = self.satz(it, praefix)?;
            // Of `und` within `oder` one must see where it ends.
            let is_nested = matches!(it, Bedingung::Alle(all) if 1 < all.len()) && word != " und ";
            Some(if is_nested { format!("({satz})") } else { satz })
        });
        saetze.collect::<Vec<_>>().join(word)
    }

    /// Label, and the list that codes are from, of what a condition looks at.
    fn name(&self, praefix: &str, id: &str) -> (String, Option<&'static Codeliste>) {
        let pfad = path(praefix, id);
        match self.namen.get(&pfad) {
            Some(name) => (format!("„{}“", name.label), name.liste),
            None => (format!("`{pfad}`"), None),
        }
    }

    fn norm(&mut self, norm: Norm) -> String {
        let norm = norm.with(self.daten);
        self.normen.entry(norm.gesetz).or_default().insert(norm.stelle);
        norm.to_string()
    }

    fn norm_in_klammern(&mut self, norm: Option<Norm>) -> String {
        norm.map_or(String::new(), |it| format!(" ({})", self.norm(it)))
    }

    fn item(&mut self, tiefe: usize, text: std::fmt::Arguments<'_>) {
        self.line(format_args!("{}- {text}", "  ".repeat(tiefe)));
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        line(&mut self.text, text);
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing into memory does not fail");
}

fn namen(formular: &Formular) -> BTreeMap<String, Name> {
    let mut namen = BTreeMap::new();
    for abschnitt in formular.abschnitte {
        let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
        if let Some(gruppe) = abschnitt.je {
            namen.insert(gruppe.id.to_owned(), Name { label: gruppe.titel, liste: None });
        }
        for seite in abschnitt.schritte.iter().flat_map(|it| it.seiten) {
            collect(seite.inhalt, &praefix, &mut namen);
        }
    }
    return namen;

    fn collect(inhalt: &[Inhalt], praefix: &str, namen: &mut BTreeMap<String, Name>) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) => {
                    let liste = match feld.datentyp {
                        Datentyp::Auswahl(liste) => Some(liste),
                        _ => None,
                    };
                    namen.insert(path(praefix, feld.id), Name { label: feld.label, liste });
                }
                Inhalt::Gruppe(gruppe) => {
                    let pfad = path(praefix, gruppe.id);
                    collect(gruppe.inhalt, &format!("{pfad}[]."), namen);
                    namen.insert(pfad, Name { label: gruppe.titel, liste: None });
                }
                Inhalt::Baustein(below, baustein) => {
                    collect(baustein.inhalt, &format!("{praefix}{below}"), namen);
                }
                _ => {}
            }
        }
    }
}

fn path(praefix: &str, id: &str) -> String {
    match id {
        "" => praefix.trim_end_matches('.').to_owned(),
        id => format!("{praefix}{id}"),
    }
}

fn code_text(liste: Option<&'static Codeliste>, code: &str) -> String {
    match (liste.and_then(|it| it.text(code)), code) {
        (Some(text), _) => format!("„{text}“"),
        (None, "true") => "„Ja“".to_owned(),
        (None, "false") => "„Nein“".to_owned(),
        (None, code) => format!("`{code}`"),
    }
}

fn antwort(feld: &Datenfeld) -> String {
    let laenge = match feld.min {
        0 => format!("höchstens {} Zeichen", feld.max),
        min => format!("{min} bis {} Zeichen", feld.max),
    };
    let grenzen = format!("von {} bis {}", feld.min, feld.max);
    let heute = if feld.bis_heute { ", spätestens heute" } else { "" };
    match feld.datentyp {
        Datentyp::Text(Zeichen::Name) => format!("Name in lateinischen Buchstaben, {laenge}"),
        Datentyp::Text(Zeichen::Frei) => format!("Text in einer Zeile, {laenge}"),
        Datentyp::Mehrzeilig => format!("Text in mehreren Zeilen, {laenge}"),
        Datentyp::Nummer => format!("Nummer, {laenge}"),
        Datentyp::Ganzzahl => format!("ganze Zahl {grenzen}"),
        Datentyp::Euro => format!("ganze Euro {grenzen}"),
        Datentyp::Dezimal => format!("Zahl mit bis zu zwei Nachkommastellen, {grenzen}"),
        Datentyp::Datum => format!("Datum{heute}"),
        Datentyp::Teildatum => {
            format!("Datum{heute}; Tag oder Tag und Monat können unbekannt sein")
        }
        Datentyp::JaNein => "Ja oder Nein".to_owned(),
        Datentyp::Bestaetigung => "Häkchen".to_owned(),
        Datentyp::EMail => "E-Mail-Adresse".to_owned(),
        Datentyp::Telefon => "Telefonnummer".to_owned(),
        Datentyp::Auswahl(liste) => {
            let quelle = match liste.urn {
                "" => "eigene Liste".to_owned(),
                urn => format!("`{urn}`, Version {}", liste.version),
            };
            if CODES_MAX < liste.eintraege.len() {
                return format!("Auswahl aus {} Einträgen ({quelle})", liste.eintraege.len());
            }
            let eintraege: Vec<String> =
                liste.eintraege.iter().map(|(code, text)| format!("{text} (`{code}`)")).collect();
            format!("Auswahl ({quelle}): {}", eintraege.join("; "))
        }
    }
}

fn anzahl(gruppe: &Feldgruppe) -> String {
    match (gruppe.min, gruppe.max) {
        (_, 0) => String::new(),
        (_, max) => format!(", höchstens {max}"),
    }
}

fn gueltigkeit(gueltig: &Gueltigkeit) -> String {
    match (gueltig.ab, gueltig.bis) {
        (None, None) => "unbefristet".to_owned(),
        (Some(ab), None) => format!("ab {ab}"),
        (None, Some(bis)) => format!("bis {bis}"),
        (Some(ab), Some(bis)) => format!("vom {ab} bis {bis}"),
    }
}
