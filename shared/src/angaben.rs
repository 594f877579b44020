//! [`Angaben`] are what people typed; an [`Antrag`] is what could be read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::formular::{Feld, Feldgruppe};
use crate::werte::Wert;

/// Answers as typed, by path (`begleitpersonen[1].geburt.datum`): incomplete, perhaps wrong,
/// perhaps no longer asked for. Every answer is a text; its Feld knows what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Angaben {
    texte: BTreeMap<String, String>,
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Herkunft {
    /// Typed in by whoever fills in the form.
    #[default]
    Eingabe,
    /// Read from an eID by the server; never accepted from a browser.
    Eid,
    /// Filled in by the employer.
    Arbeitgeber,
    /// Worked out by us; nobody is asked.
    Abgeleitet,
}

/// Answers that were all asked for and of which none blocks sending.
///
/// Only [`Formular::parse`](crate::formular::Formular::parse) makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antrag(Angaben);

/// The whole Antrag, or a part of it whose paths begin with the same praefix.
#[derive(Clone)]
pub struct View<'a> {
    angaben: &'a Angaben,
    praefix: String,
}

/// Why JSON is no [`Angaben`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeineAngaben {
    /// The outermost value is not an object.
    KeinObjekt,
    /// Deeper than [`TIEFE_MAX`] or more than [`ANZAHL_MAX`] answers.
    ZuGross,
    /// A name has a character that paths are made of, or a text is longer than [`LAENGE_MAX`].
    Unlesbar,
}

/// Deepest nesting that is read.
pub const TIEFE_MAX: usize = 12;
/// Most answers that are read.
pub const ANZAHL_MAX: usize = 20_000;
/// Longest answer that is read, in bytes.
pub const LAENGE_MAX: usize = 20_000;

impl Angaben {
    /// An empty text removes the answer.
    pub fn set(&mut self, pfad: &str, text: &str) {
        if text.is_empty() {
            self.texte.remove(pfad);
        } else {
            self.texte.insert(pfad.to_owned(), text.to_owned());
        }
    }

    /// The answer without surrounding blanks and control characters; `None` where there is none.
    pub fn text(&self, pfad: &str) -> Option<&str> {
        let is_blank = |it: char| it.is_whitespace() || it.is_control();
        self.texte.get(pfad).map(|it| it.trim_matches(is_blank)).filter(|it| !it.is_empty())
    }

    /// The answer exactly as typed.
    pub fn typed(&self, pfad: &str) -> &str {
        self.texte.get(pfad).map_or("", String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.texte.is_empty()
    }

    /// Paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texte.iter().map(|(pfad, text)| (pfad.as_str(), text.as_str()))
    }

    /// Whether any answer's path begins like this.
    pub fn has_any(&self, praefix: &str) -> bool {
        self.below(praefix).any(|(_, text)| !text.trim().is_empty())
    }

    /// How many entries the group at this path has.
    pub fn anzahl(&self, gruppe: &str) -> usize {
        self.below(&format!("{gruppe}["))
            .filter_map(|(pfad, _)| index_after(pfad, gruppe.len()))
            .map(|index| index + 1)
            .max()
            .unwrap_or(0)
    }

    /// Appends an empty entry and returns its index.
    pub fn push_entry(&mut self, gruppe: &str) -> usize {
        let index = self.anzahl(gruppe);
        // An entry that nobody has filled in yet is still there.
        self.texte.insert(format!("{gruppe}[{index}]"), String::new());
        index
    }

    /// Removes an entry; those behind it move up. An answer that is the path of an entry of this group
    /// moves with it, or goes with it.
    pub fn remove_entry(&mut self, gruppe: &str, index: usize) {
        let moved: Vec<(String, String)> = self
            .below(&format!("{gruppe}["))
            .map(|(pfad, text)| (pfad.to_owned(), text.to_owned()))
            .collect();
        // All are taken out before any is put back: `[10]` sorts before `[9]`.
        self.texte.retain(|pfad, _| !moved.iter().any(|(it, _)| it == pfad));
        for (pfad, text) in moved {
            let Some(at) = index_after(&pfad, gruppe.len()).filter(|at| *at != index) else {
                continue;
            };
            let rest = pfad[gruppe.len()..].split_once(']').map_or("", |(_, rest)| rest);
            let at = if index < at { at - 1 } else { at };
            self.texte.insert(format!("{gruppe}[{at}]{rest}"), text);
        }
        self.texte.retain(|_, text| *text != format!("{gruppe}[{index}]"));
        for text in self.texte.values_mut().filter(|it| it.starts_with(gruppe)) {
            let is_path =
                text.ends_with(']') && text.matches('[').count() == gruppe.matches('[').count() + 1;
            if let Some(at) = index_after(text, gruppe.len()).filter(|at| is_path && index < *at) {
                *text = format!("{gruppe}[{}]", at - 1);
            }
        }
    }

    /// Removes what stands at this path, an empty entry as well.
    pub fn remove(&mut self, pfad: &str) {
        self.texte.remove(pfad);
    }

    /// Removes every answer whose path begins like this.
    pub fn remove_below(&mut self, praefix: &str) {
        self.texte.retain(|pfad, _| !pfad.starts_with(praefix));
    }

    /// Reads nested JSON. Numbers and booleans become their texts, `null` is no answer.
    ///
    /// # Errors
    /// See [`KeineAngaben`].
    pub fn from_json(json: &Value) -> Result<Angaben, KeineAngaben> {
        if !json.is_object() {
            return Err(KeineAngaben::KeinObjekt);
        }
        let mut angaben = Angaben::default();
        read(json, "", 0, &mut angaben)?;
        return Ok(angaben);

        fn read(
            json: &Value,
            pfad: &str,
            tiefe: usize,
            angaben: &mut Angaben,
        ) -> Result<(), KeineAngaben> {
            if TIEFE_MAX < tiefe || ANZAHL_MAX < angaben.texte.len() {
                return Err(KeineAngaben::ZuGross);
            }
            let text = match json {
                Value::Null => return Ok(()),
                Value::Bool(it) => it.to_string(),
                Value::Number(it) => zahl(it),
                Value::String(it) => it.clone(),
                Value::Array(eintraege) => {
                    for (index, eintrag) in eintraege.iter().enumerate() {
                        let pfad = format!("{pfad}[{index}]");
                        read(eintrag, &pfad, tiefe + 1, angaben)?;
                        if !eintrag.is_null() {
                            angaben.texte.entry(pfad).or_default();
                        }
                    }
                    return Ok(());
                }
                Value::Object(felder) => {
                    for (name, wert) in felder {
                        if name.is_empty() || name.len() > 60 || name.contains(['.', '[', ']']) {
                            return Err(KeineAngaben::Unlesbar);
                        }
                        let pfad = match pfad {
                            "" => name.clone(),
                            pfad => format!("{pfad}.{name}"),
                        };
                        read(wert, &pfad, tiefe + 1, angaben)?;
                    }
                    return Ok(());
                }
            };
            if LAENGE_MAX < text.len() {
                return Err(KeineAngaben::Unlesbar);
            }
            angaben.texte.insert(pfad.to_owned(), text);
            Ok(())
        }
    }

    /// Nested JSON again; `value` decides how the text at a path is written.
    pub fn to_json(&self, value: impl Fn(&str, &str) -> Value) -> Value {
        let mut json = Value::Object(Map::new());
        for (pfad, text) in &self.texte {
            let is_marker = text.is_empty() && pfad.ends_with(']');
            insert(&mut json, pfad, (!is_marker).then(|| value(pfad, text)));
        }
        return json;

        /// Walks down the path, making objects and arrays as it goes. `None` makes an entry only.
        fn insert(mut json: &mut Value, pfad: &str, value: Option<Value>) {
            for teil in pfad.split('.') {
                let (name, indices) = match teil.find('[') {
                    Some(at) => teil.split_at(at),
                    None => (teil, ""),
                };
                json = child(json, name);
                for index in indices.split(['[', ']']).filter_map(|it| it.parse::<usize>().ok()) {
                    if !json.is_array() {
                        *json = Value::Array(Vec::new());
                    }
                    let Value::Array(eintraege) = json else { return };
                    if ANZAHL_MAX < index {
                        return;
                    }
                    while eintraege.len() <= index {
                        eintraege.push(Value::Null);
                    }
                    json = &mut eintraege[index];
                }
            }
            match value {
                Some(value) => *json = value,
                None if json.is_null() => *json = Value::Object(Map::new()),
                None => {}
            }
        }

        fn child<'a>(json: &'a mut Value, name: &str) -> &'a mut Value {
            if !json.is_object() {
                *json = Value::Object(Map::new());
            }
            match json {
                Value::Object(felder) => felder.entry(name).or_insert(Value::Null),
                other => other,
            }
        }
    }

    pub(crate) fn copy(&self, pfad: &str, to: &mut Angaben) {
        if let Some(text) = self.texte.get(pfad) {
            to.texte.insert(pfad.to_owned(), text.clone());
        }
    }

    /// Makes sure that the entry is there.
    pub(crate) fn mark(&mut self, entry: &str) {
        self.texte.entry(entry.to_owned()).or_default();
    }

    pub(crate) fn rename(&mut self, from: &str, to: String) {
        if let Some(text) = self.texte.remove(from) {
            self.texte.insert(to, text);
        }
    }

    fn below<'a>(&'a self, praefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texte
            .range(praefix.to_owned()..)
            .take_while(move |(pfad, _)| pfad.starts_with(praefix))
            .map(|(pfad, text)| (pfad.as_str(), text.as_str()))
    }
}

/// The index in `gruppe[index]…`, where `gruppe` has this length.
fn index_after(pfad: &str, laenge: usize) -> Option<usize> {
    let rest = pfad.get(laenge..)?.strip_prefix('[')?;
    rest.split_once(']')?.0.parse().ok()
}

impl Antrag {
    pub(crate) fn new(angaben: Angaben) -> Antrag {
        Antrag(angaben)
    }

    pub fn angaben(&self) -> &Angaben {
        &self.0
    }

    pub fn view(&self) -> View<'_> {
        View::new(&self.0)
    }
}

impl<'a> View<'a> {
    pub fn new(angaben: &'a Angaben) -> View<'a> {
        View { angaben, praefix: String::new() }
    }

    /// `None` where the Feld was not asked or not answered, or the answer cannot be read.
    pub fn get<T: Wert>(&self, feld: &Feld<T>) -> Option<T> {
        self.read(feld.datenfeld.id)
    }

    /// As [`View::get`], for an answer whose Feld is not at hand.
    pub fn read<T: Wert>(&self, id: &str) -> Option<T> {
        T::read(self.text(id)?)
    }

    /// Whether a question was answered with ja, or a box ticked.
    pub fn is_ja(&self, feld: &Feld<bool>) -> bool {
        self.get(feld) == Some(true)
    }

    /// The answer as text, its Feld given by its relative id. The empty id is the entry itself.
    pub fn text(&self, id: &str) -> Option<&'a str> {
        self.angaben.text(&self.pfad(id))
    }

    /// How often a group was filled in.
    pub fn anzahl(&self, gruppe: &Feldgruppe) -> usize {
        self.angaben.anzahl(&self.pfad(gruppe.id))
    }

    pub fn eintraege(&self, gruppe: &Feldgruppe) -> impl Iterator<Item = View<'a>> + use<'a> {
        self.eintraege_von(gruppe.id)
    }

    /// As [`View::eintraege`], the group given by its relative id.
    pub fn eintraege_von(&self, id: &str) -> impl Iterator<Item = View<'a>> + use<'a> {
        let (angaben, pfad) = (self.angaben, self.pfad(id));
        (0..angaben.anzahl(&pfad))
            .map(move |index| View { angaben, praefix: format!("{pfad}[{index}].") })
    }

    /// The part whose paths begin with `praefix`, full stop included: `geber.`
    pub fn unter(&self, praefix: &str) -> View<'a> {
        View { angaben: self.angaben, praefix: format!("{}{praefix}", self.praefix) }
    }

    /// The whole Antrag that this is a part of.
    pub fn wurzel(&self) -> View<'a> {
        View::new(self.angaben)
    }

    /// Whether anything was answered in this part.
    pub fn has_any(&self, id: &str) -> bool {
        self.angaben.has_any(&self.pfad(id))
    }

    pub fn angaben(&self) -> &'a Angaben {
        self.angaben
    }

    pub fn praefix(&self) -> &str {
        &self.praefix
    }

    /// The full path of a relative id.
    pub fn pfad(&self, id: &str) -> String {
        match id {
            "" => self.praefix.trim_end_matches('.').to_owned(),
            id => format!("{}{id}", self.praefix),
        }
    }
}

/// A number as it would be typed.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn zahl(zahl: &serde_json::Number) -> String {
    zahl.to_string()
}

/// As above. What is stored in a browser holds whole numbers only: the tables that write others
/// would be a part of every page.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn zahl(zahl: &serde_json::Number) -> String {
    zahl.as_i64().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn angaben(json: Value) -> Angaben {
        Angaben::from_json(&json).unwrap()
    }

    #[test]
    fn json_becomes_paths_and_json_again() {
        let json = json!({"a": {"b": "x"}, "l": [{"c": "1"}, {}, {"c": "3", "d": ["y", "z"]}]});
        let angaben = angaben(json.clone());
        assert_eq!(angaben.text("l[2].d[1]"), Some("z"));
        assert_eq!(angaben.anzahl("l"), 3);
        assert_eq!(angaben.to_json(|_, text| Value::from(text)), json);
    }

    #[test]
    fn entries_move_up_when_one_goes() {
        let mut angaben = angaben(json!({"l": [{"c": ["1"]}, {"c": ["2"]}, {"c": ["3", "4"]}]}));
        angaben.remove_entry("l", 1);
        let expect = json!({"l": [{"c": ["1"]}, {"c": ["3", "4"]}]});
        assert_eq!(angaben.to_json(|_, text| Value::from(text)), expect);
    }

    #[test]
    fn answers_that_name_an_entry_follow_it() {
        let mut angaben = angaben(json!({
            "p": [{"n": "a"}, {"n": "b"}, {"n": "c"}],
            "k": [{"von": "p[1]"}, {"von": "p[2]"}, {"von": "p[0]"}, {"von": "p[2] und mehr"}],
        }));
        angaben.remove_entry("p", 1);
        let expect = json!({
            "p": [{"n": "a"}, {"n": "c"}],
            "k": [{}, {"von": "p[1]"}, {"von": "p[0]"}, {"von": "p[2] und mehr"}],
        });
        assert_eq!(angaben.to_json(|_, text| Value::from(text)), expect);
    }

    #[test]
    fn nested_entries_move_up_in_their_own_group() {
        let mut angaben = angaben(json!({"l": [{"c": ["1", "2"]}, {"c": ["3", "4"]}]}));
        angaben.remove_entry("l[1].c", 0);
        let expect = json!({"l": [{"c": ["1", "2"]}, {"c": ["4"]}]});
        assert_eq!(angaben.to_json(|_, text| Value::from(text)), expect);
    }

    #[test]
    fn what_is_no_angaben_is_refused() {
        assert_eq!(Angaben::from_json(&json!([])), Err(KeineAngaben::KeinObjekt));
        assert_eq!(Angaben::from_json(&json!({"a.b": "x"})), Err(KeineAngaben::Unlesbar));
        let mut deep = json!("x");
        for _ in 0..20 {
            deep = json!({ "a": deep });
        }
        assert_eq!(Angaben::from_json(&deep), Err(KeineAngaben::ZuGross));
    }

    proptest! {
        #[test]
        fn an_entry_added_is_an_entry_more(anzahl in 0usize..12) {
            let mut angaben = Angaben::default();
            for expected in 0..anzahl {
                prop_assert_eq!(angaben.push_entry("kinder"), expected);
            }
            prop_assert_eq!(angaben.anzahl("kinder"), anzahl);
            if 0 < anzahl {
                angaben.remove_entry("kinder", anzahl / 2);
                prop_assert_eq!(angaben.anzahl("kinder"), anzahl - 1);
            }
        }
    }
}
