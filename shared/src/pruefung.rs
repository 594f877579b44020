//! Reads and checks: [`Angaben`] become an [`Antrag`], or all Befunde are named.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    angaben::{Angaben, Antrag, Herkunft, KeineAngaben, View},
    befund::{Befund, Ort, Parameter, zahl},
    formular::{
        Datenfeld, Datentyp, Einstellungen, Feld, Feldgruppe, Formular, Inhalt, Kontext, Nachweise,
        Seite, praefixe,
    },
    werte::{Datum, Ganzzahl, Wert},
};

/// A check at work: the answers it looks at, and the Befunde it has found so far.
pub struct Pruefer<'a> {
    /// The answers; paths are relative to the part that is being checked.
    pub view: View<'a>,
    pub kontext: Kontext<'a>,
    ort: Ort,
    befunde: Vec<Befund>,
}

/// A proof that these answers ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bedarf {
    /// `NV_LOHN`
    pub typ: &'static str,
    /// The entry it is about, if proofs are asked for each entry: `personen[0]`.
    pub person_ref: Option<String>,
    /// Key of the name in other languages: the typ.
    pub name: &'static str,
    /// Name of the person it is about; empty where there is none.
    pub person: String,
    pub hilfe: &'static str,
    pub is_pflicht: bool,
}

/// What a schema path stands for.
#[derive(Clone, Copy)]
enum Eintrag {
    Feld(&'static Datenfeld),
    Gruppe(&'static Feldgruppe),
}

impl Formular {
    /// Drops what is not asked, given the other answers.
    pub fn prune(&self, angaben: &Angaben, stichtag: Datum) -> Angaben {
        let mut asked = Angaben::default();
        // The entries are there before their pages are asked.
        for abschnitt in self.abschnitte {
            // Only answers kept so far count: a hidden answer must not show another page.
            for praefix in praefixe(abschnitt, angaben) {
                if !abschnitt.wenn.holds(&asked, &praefix, stichtag) {
                    continue;
                }
                copy_markers(angaben, &praefix, &mut asked);
                for schritt in abschnitt.schritte {
                    if !schritt.wenn.holds(&asked, &praefix, stichtag) {
                        continue;
                    }
                    for seite in schritt.seiten {
                        if seite.wenn.holds(&asked, &praefix, stichtag) {
                            copy(seite.inhalt, angaben, &praefix, &mut asked, stichtag);
                        }
                    }
                }
            }
        }
        asked
    }

    /// Checks what is asked, and reports everything that was found, in the order of the form.
    pub fn check(&self, angaben: &Angaben, kontext: Kontext<'_>) -> Vec<Befund> {
        self.check_pruned(&self.prune(angaben, kontext.stichtag), kontext)
    }

    /// Reads every answer that is asked for. Beside the Antrag: the Befunde that do not block.
    ///
    /// # Errors
    /// All Befunde, if one of them blocks.
    pub fn parse(
        &self,
        angaben: &Angaben,
        kontext: Kontext<'_>,
    ) -> Result<(Antrag, Vec<Befund>), Vec<Befund>> {
        let asked = self.prune(angaben, kontext.stichtag);
        let befunde = self.check_pruned(&asked, kontext);
        if befunde.iter().any(Befund::is_sperre) {
            return Err(befunde);
        }
        Ok((Antrag::new(asked), befunde))
    }

    fn check_pruned(&self, asked: &Angaben, kontext: Kontext<'_>) -> Vec<Befund> {
        let mut pruefer =
            Pruefer { view: View::new(asked), kontext, ort: Ort::default(), befunde: Vec::new() };
        for ort in self.seiten(asked, kontext.stichtag) {
            pruefer.seite(ort.seite, &ort.praefix);
        }
        pruefer.befunde
    }

    /// The proofs that these answers ask for, in the order of the form.
    pub fn nachweise(&self, angaben: &Angaben, stichtag: Datum) -> Vec<Bedarf> {
        let asked = self.prune(angaben, stichtag);
        let mut bedarf = Vec::new();
        for ort in self.seiten(&asked, stichtag) {
            for inhalt in ort.seite.inhalt {
                if let Inhalt::Nachweise(nachweise) = inhalt {
                    bedarf.extend(nachweise.bedarf(&asked, stichtag));
                }
            }
        }
        bedarf
    }

    /// Reads the object `daten` of the outside surface.
    ///
    /// # Errors
    /// Where it is not an object of answers at all; a wrong answer is a Befund instead.
    pub fn import(&self, daten: &Value) -> Result<Angaben, KeineAngaben> {
        let mut angaben = Angaben::from_json(daten)?;
        angaben.remove_below("meta.");
        let schema = self.schema();
        let bare: Vec<(String, &str)> = angaben
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .filter_map(|(pfad, _)| {
                let Some(Eintrag::Gruppe(gruppe)) = schema.get(&schema_pfad(pfad)) else {
                    return None;
                };
                let skalar = gruppe.skalar.filter(|it| !it.is_empty())?;
                Some((pfad.to_owned(), skalar))
            })
            .collect();
        for (pfad, skalar) in bare {
            angaben.rename(&pfad, format!("{pfad}.{skalar}"));
        }
        Ok(angaben)
    }

    /// The object `daten` of the outside surface: numbers and booleans are such again.
    pub fn export(&self, angaben: &Angaben) -> Value {
        let schema = self.schema();
        let mut angaben = angaben.clone();
        let bare: Vec<(String, String)> = angaben
            .iter()
            .filter_map(|(pfad, _)| {
                let schema_pfad = schema_pfad(pfad);
                let (eintrag, feld) = schema_pfad.rsplit_once("[].")?;
                match schema.get(eintrag) {
                    Some(Eintrag::Gruppe(gruppe)) if gruppe.skalar == Some(feld) => {
                        let at = pfad.len() - feld.len() - 1;
                        Some((pfad.to_owned(), pfad[..at].to_owned()))
                    }
                    _ => None,
                }
            })
            .collect();
        for (pfad, entry) in bare {
            angaben.rename(&pfad, entry);
        }
        angaben.to_json(|pfad, text| match schema.get(&schema_pfad(pfad)) {
            Some(Eintrag::Feld(feld)) => typed(feld, text),
            Some(Eintrag::Gruppe(gruppe)) => match gruppe.inhalt {
                [Inhalt::Feld(feld)] => typed(feld, text),
                _ => Value::from(text),
            },
            None if pfad.ends_with(".nachreichen") => Value::from(text == "true"),
            None => Value::from(text),
        })
    }

    /// Paths that the declaration does not know.
    pub fn unknown(&self, angaben: &Angaben) -> Vec<String> {
        let schema = self.schema();
        angaben
            .iter()
            .map(|(pfad, _)| pfad)
            .filter(|pfad| {
                let pfad = schema_pfad(pfad);
                let nachweis = pfad.strip_prefix("nachweise[].");
                let is_nachweis = nachweis.is_some_and(|it| NACHWEIS_FELDER.contains(&it));
                !is_nachweis && pfad != "nachweise" && !schema.contains_key(&pfad)
            })
            .map(str::to_owned)
            .collect()
    }

    /// Removes the answers that only the server may give: an eID cannot be typed.
    pub fn remove_unproven(&self, angaben: &mut Angaben) {
        let schema = self.schema();
        let unproven: Vec<String> = angaben
            .iter()
            .filter(|(pfad, _)| {
                matches!(
                    schema.get(&schema_pfad(pfad)),
                    Some(Eintrag::Feld(feld)) if feld.herkunft == Herkunft::Eid
                )
            })
            .map(|(pfad, _)| pfad.to_owned())
            .collect();
        for pfad in unproven {
            angaben.set(&pfad, "");
        }
    }

    /// The Feld of a path, if it has one.
    pub fn feld(&self, pfad: &str) -> Option<&'static Datenfeld> {
        match self.schema().get(&schema_pfad(pfad)) {
            Some(Eintrag::Feld(feld)) => Some(feld),
            Some(Eintrag::Gruppe(gruppe)) => match gruppe.inhalt {
                [Inhalt::Feld(feld)] => Some(feld),
                _ => None,
            },
            None => None,
        }
    }

    fn schema(&self) -> HashMap<String, Eintrag> {
        let mut schema = HashMap::new();
        for abschnitt in self.abschnitte {
            let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
            if let Some(gruppe) = abschnitt.je {
                schema.insert(gruppe.id.to_owned(), Eintrag::Gruppe(gruppe));
            }
            for schritt in abschnitt.schritte {
                for seite in schritt.seiten {
                    collect(seite.inhalt, &praefix, &mut schema);
                }
            }
        }
        schema
    }
}

fn collect(inhalt: &'static [Inhalt], praefix: &str, schema: &mut HashMap<String, Eintrag>) {
    for it in inhalt {
        match it {
            // A Feld without an id is the entry itself, and found at its group.
            Inhalt::Feld(feld) if !feld.id.is_empty() => {
                let pfad = format!("{praefix}{}", feld.id);
                schema.insert(schema_pfad(&pfad), Eintrag::Feld(feld));
            }
            Inhalt::Gruppe(gruppe) => {
                let pfad = format!("{praefix}{}", gruppe.id);
                collect(gruppe.inhalt, &format!("{pfad}[]."), schema);
                schema.insert(pfad, Eintrag::Gruppe(gruppe));
            }
            Inhalt::Baustein(below, baustein) => {
                collect(baustein.inhalt, &format!("{praefix}{below}"), schema);
            }
            _ => {}
        }
    }
}

/// The schema paths of what a page has.
pub(crate) fn schema_pfade(inhalt: &'static [Inhalt]) -> Vec<String> {
    let mut schema = HashMap::new();
    collect(inhalt, "", &mut schema);
    schema.into_keys().collect()
}

/// What an entry of `nachweise` has.
const NACHWEIS_FELDER: &[&str] =
    &["", "typ", "datei", "nachreichen", "personRef", "ausstellungsdatum", "name"];

/// `personen[0].geburt` → `personen[].geburt`, `monate[3]` → `monate`
pub(crate) fn schema_pfad(pfad: &str) -> String {
    let mut schema = String::with_capacity(pfad.len());
    let mut is_index = false;
    for zeichen in pfad.chars() {
        is_index = match zeichen {
            '[' => {
                schema.push(zeichen);
                true
            }
            ']' => {
                schema.push(zeichen);
                false
            }
            _ if is_index => true,
            _ => {
                schema.push(zeichen);
                false
            }
        };
    }
    schema.trim_end_matches("[]").to_owned()
}

fn typed(feld: &Datenfeld, text: &str) -> Value {
    match feld.datentyp {
        Datentyp::Ganzzahl | Datentyp::Euro => {
            Ganzzahl::read(text).map_or_else(|| Value::from(text), |it| Value::from(it.0))
        }
        Datentyp::JaNein | Datentyp::Bestaetigung => {
            bool::read(text).map_or_else(|| Value::from(text), Value::from)
        }
        _ => Value::from(text),
    }
}

fn copy_markers(from: &Angaben, praefix: &str, to: &mut Angaben) {
    if let Some(entry) = praefix.strip_suffix('.') {
        from.copy(entry, to);
        to.mark(entry);
    }
}

fn copy(inhalt: &[Inhalt], from: &Angaben, praefix: &str, to: &mut Angaben, stichtag: Datum) {
    for it in inhalt {
        match it {
            Inhalt::Feld(feld) if feld.wenn.holds(to, praefix, stichtag) => {
                let pfad = format!("{praefix}{}", feld.id);
                from.copy(
                    if feld.id.is_empty() { praefix.trim_end_matches('.') } else { &pfad },
                    to,
                );
            }
            Inhalt::Gruppe(gruppe) if gruppe.wenn.holds(to, praefix, stichtag) => {
                let pfad = format!("{praefix}{}", gruppe.id);
                for index in 0..from.anzahl(&pfad) {
                    let praefix = format!("{pfad}[{index}].");
                    copy_markers(from, &praefix, to);
                    copy(gruppe.inhalt, from, &praefix, to, stichtag);
                }
            }
            Inhalt::Baustein(below, baustein) => {
                let praefix = format!("{praefix}{below}");
                if baustein.wenn.holds(to, &praefix, stichtag) {
                    copy(baustein.inhalt, from, &praefix, to, stichtag);
                }
            }
            Inhalt::Nachweise(_) => {
                for index in 0..from.anzahl("nachweise") {
                    for feld in NACHWEIS_FELDER {
                        let pfad = match *feld {
                            "" => format!("nachweise[{index}]"),
                            feld => format!("nachweise[{index}].{feld}"),
                        };
                        from.copy(&pfad, to);
                    }
                }
            }
            _ => {}
        }
    }
}

impl Nachweise {
    /// The proofs of this list that these answers ask for.
    pub fn bedarf(&self, asked: &Angaben, stichtag: Datum) -> Vec<Bedarf> {
        let praefixe = match self.je {
            None => vec![String::new()],
            Some(gruppe) => (0..asked.anzahl(gruppe.id))
                .map(|index| format!("{}[{index}].", gruppe.id))
                .collect(),
        };
        let mut bedarf = Vec::new();
        for praefix in praefixe {
            let view = View::new(asked).unter(&praefix);
            for art in self.arten {
                if art.wenn.holds(asked, &praefix, stichtag) {
                    bedarf.push(Bedarf {
                        typ: art.typ,
                        person_ref: praefix.strip_suffix('.').map(str::to_owned),
                        name: art.name,
                        person: self.name.map(|name| name(&view)).unwrap_or_default(),
                        hilfe: art.hilfe,
                        is_pflicht: art.pflicht.holds(asked, &praefix, stichtag),
                    });
                }
            }
        }
        bedarf
    }
}

impl Bedarf {
    /// Path of its Befunde: `nachweise.N_PASS@personen[0]`.
    pub fn pfad(&self) -> String {
        match &self.person_ref {
            Some(person) => format!("nachweise.{}@{person}", self.typ),
            None => format!("nachweise.{}", self.typ),
        }
    }

    /// Name with the person it is about.
    pub fn titel(&self) -> String {
        match self.person.as_str() {
            "" => self.name.to_owned(),
            person => format!("{} – {person}", self.name),
        }
    }
}

impl<'a> Pruefer<'a> {
    /// Day of sending; chooses the law.
    pub fn stichtag(&self) -> Datum {
        self.kontext.stichtag
    }

    /// What the Behörde has set.
    pub fn einstellungen(&self) -> &'a Einstellungen {
        self.kontext.einstellungen
    }

    /// Whether the answer is the version of the wording that holds today.
    pub fn is_current<T>(&self, feld: &Feld<T>) -> bool {
        let answer = self.view.text(feld.datenfeld.id);
        self.einstellungen().is_current(&feld.datenfeld, answer, self.stichtag())
    }

    /// Reports a Befund at a relative path; the empty path is the part itself.
    pub fn melde(&mut self, id: &str, code: &'static str, parameter: &[(&'static str, Parameter)]) {
        let feld = self.view.pfad(id);
        self.melde_am(feld, code, parameter);
    }

    /// Reports a Befund at a path of the whole Antrag.
    pub fn melde_am(
        &mut self,
        feld: impl Into<String>,
        code: &'static str,
        parameter: &[(&'static str, Parameter)],
    ) {
        self.befunde.push(Befund {
            feld: feld.into(),
            regel: code,
            parameter: parameter.to_vec(),
            ort: self.ort.clone(),
        });
    }

    /// Checks below a praefix (`geburt.`).
    pub fn unter<R>(&mut self, praefix: &str, f: impl FnOnce(&mut Pruefer<'a>) -> R) -> R {
        let below = self.view.unter(praefix);
        let outer = std::mem::replace(&mut self.view, below);
        let result = f(self);
        self.view = outer;
        result
    }

    /// Checks a Feld for itself: missing, or unreadable.
    pub fn feld<T>(&mut self, feld: &Feld<T>) {
        self.datenfeld(&feld.datenfeld);
    }

    /// As [`Pruefer::feld`], if the Feld has an answer. Whether it is missing is another's business.
    pub fn feld_wenn_da<T>(&mut self, feld: &Feld<T>) {
        if self.view.text(feld.datenfeld.id).is_some() {
            self.datenfeld(&feld.datenfeld);
        }
    }

    /// Checks whatever stands in a declaration.
    pub fn inhalt(&mut self, inhalt: &'static [Inhalt]) {
        let (angaben, stichtag) = (self.view.angaben(), self.stichtag());
        for it in inhalt {
            let praefix = self.view.praefix().to_owned();
            match it {
                Inhalt::Feld(feld) => {
                    if feld.wenn.holds(angaben, &praefix, stichtag) {
                        self.datenfeld(feld);
                    }
                }
                Inhalt::Gruppe(gruppe) => {
                    if gruppe.wenn.holds(angaben, &praefix, stichtag) {
                        self.gruppe(gruppe);
                    }
                }
                Inhalt::Baustein(below, baustein) => {
                    if baustein.wenn.holds(angaben, &format!("{praefix}{below}"), stichtag) {
                        self.unter(below, |pruefer| match baustein.pruefe {
                            Some(pruefe) => pruefe(pruefer),
                            None => pruefer.inhalt(baustein.inhalt),
                        });
                    }
                }
                Inhalt::Regel(regel) => {
                    if regel.gueltig.holds_on(stichtag) {
                        (regel.pruefe)(self);
                    }
                }
                Inhalt::Nachweise(nachweise) => self.nachweise(nachweise),
                Inhalt::Hinweis(_) | Inhalt::Auskunft(_) => {}
            }
        }
    }

    /// Checks a group: the number of its entries, and each of them.
    pub fn gruppe(&mut self, gruppe: &'static Feldgruppe) {
        let anzahl = self.view.anzahl(gruppe);
        if 0 < gruppe.max && gruppe.max < anzahl {
            self.melde(gruppe.id, "MAX_ITEMS", &[zahl("max", gruppe.max)]);
        }
        for index in 0..anzahl {
            self.unter(&format!("{}[{index}].", gruppe.id), |it| it.inhalt(gruppe.inhalt));
        }
    }

    fn seite(&mut self, seite: &'static Seite, praefix: &str) {
        self.ort = Ort { seite: seite.id, praefix: praefix.to_owned() };
        self.view = View::new(self.view.angaben()).unter(praefix);
        self.inhalt(seite.inhalt);
    }

    fn datenfeld(&mut self, feld: &Datenfeld) {
        let (angaben, praefix) = (self.view.angaben(), self.view.praefix());
        let is_box = matches!(feld.datentyp, Datentyp::Bestaetigung);
        let fund = match self.view.text(feld.id) {
            // A box that is not ticked is no answer.
            Some(text) if !(is_box && text == "false") => feld.check(text, self.kontext.stichtag),
            _ => {
                let is_pflicht = feld.pflicht.holds(angaben, praefix, self.kontext.stichtag);
                is_pflicht.then(|| feld.missing()).flatten()
            }
        };
        if let Some((code, parameter)) = fund {
            self.melde(feld.id, code, &parameter);
        }
    }

    fn nachweise(&mut self, nachweise: &'static Nachweise) {
        let angaben = self.view.angaben();
        let given: Vec<View<'_>> = View::new(angaben).eintraege_von("nachweise").collect();
        for bedarf in nachweise.bedarf(angaben, self.stichtag()) {
            if !bedarf.is_pflicht {
                continue;
            }
            let da = given.iter().filter(|it| {
                it.text("typ") == Some(bedarf.typ)
                    && it.text("personRef") == bedarf.person_ref.as_deref()
            });
            let code = match da.map(|it| it.text("nachreichen") == Some("true")).min() {
                None => "UP_FEHLT",
                Some(true) => "UP_FEHLT_NACHREICHEN",
                Some(false) => continue,
            };
            let name = match bedarf.person.as_str() {
                "" => Parameter::Label(bedarf.typ, bedarf.name),
                _ => Parameter::Text(bedarf.titel()),
            };
            self.melde_am(bedarf.pfad(), code, &[("nachweis", name)]);
        }
    }
}
