//! The part of the CMIS query language (1.1 § 2.1.14) that people file and search with: one type, conditions
//! over its properties, `IN_FOLDER`, `IN_TREE`, an order. Everything else is an `invalidArgument`.

use std::cmp::Ordering;

use serde_json::Value;

use crate::dms::{
    fehler::CmisFehler,
    typen::{Datentyp, Eigenschaft, Typ},
};

/// A statement whose names are all known.
#[derive(Debug)]
pub(crate) struct Abfrage {
    /// Empty: all (`*`).
    pub spalten: Vec<&'static str>,
    pub typ: &'static Typ,
    pub bedingung: Option<Bedingung>,
    pub ordnung: Vec<(&'static str, bool)>,
}

#[derive(Debug)]
pub(crate) enum Bedingung {
    Und(Box<Bedingung>, Box<Bedingung>),
    Oder(Box<Bedingung>, Box<Bedingung>),
    Nicht(Box<Bedingung>),
    Vergleich(&'static str, Vergleich, Value),
    In(&'static str, Vec<Value>),
    Muster(&'static str, String),
    Fehlt(&'static str),
    ImOrdner(String),
    ImBaum(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vergleich {
    Gleich,
    Ungleich,
    Kleiner,
    HoechstensGleich,
    Groesser,
    MindestensGleich,
}

/// What a condition asks of an object.
pub(crate) trait Zeile {
    /// The value of a property; `Null` if it has none.
    fn value(&self, id: &str) -> Value;
    fn is_in_folder(&self, id: &str) -> bool;
    fn is_in_tree(&self, id: &str) -> bool;
}

impl Abfrage {
    pub fn parse(statement: &str) -> Result<Abfrage, CmisFehler> {
        let mut parser = Parser { tokens: split(statement)?, place: 0, typ: None };
        // The columns are known only after FROM: read the type first, then come back.
        let from = parser.tokens.iter().position(|token| token.is_word("FROM"));
        let after = from.ok_or_else(|| invalid("FROM is missing"))? + 1;
        let Some(Token::Word(name)) = parser.tokens.get(after) else {
            return Err(invalid("a type must follow FROM"));
        };
        let typ = Typ::find(name).ok_or_else(|| invalid(format!("unknown type `{name}`")))?;
        parser.typ = Some(typ);

        parser.expect_word("SELECT")?;
        let mut spalten = Vec::new();
        if !parser.skip_sign("*") {
            spalten.push(parser.column()?.id);
            while parser.skip_sign(",") {
                spalten.push(parser.column()?.id);
            }
        }
        parser.expect_word("FROM")?;
        parser.place += 1;
        let bedingung = if parser.skip_word("WHERE") { Some(parser.or()?) } else { None };
        let mut ordnung = Vec::new();
        if parser.skip_word("ORDER") {
            parser.expect_word("BY")?;
            loop {
                let spalte = parser.column()?;
                if !spalte.sortierbar {
                    return Err(invalid(format!("`{}` is not orderable", spalte.id)));
                }
                let descending = parser.skip_word("DESC");
                if !descending {
                    parser.skip_word("ASC");
                }
                ordnung.push((spalte.id, descending));
                if !parser.skip_sign(",") {
                    break;
                }
            }
        }
        match parser.tokens.get(parser.place) {
            None => Ok(Abfrage { spalten, typ, bedingung, ordnung }),
            Some(_) => Err(invalid("the statement goes on where it should end")),
        }
    }

    pub fn matches(&self, zeile: &impl Zeile) -> bool {
        self.bedingung.as_ref().is_none_or(|bedingung| bedingung.holds(zeile))
    }

    /// The order of two hits; without `ORDER BY` they keep theirs.
    pub fn order(&self, a: &impl Zeile, b: &impl Zeile) -> Ordering {
        self.ordnung
            .iter()
            .map(|(id, descending)| {
                let order = compare(&a.value(id), &b.value(id)).unwrap_or(Ordering::Equal);
                if *descending { order.reverse() } else { order }
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl Bedingung {
    fn holds(&self, zeile: &impl Zeile) -> bool {
        match self {
            Bedingung::Und(a, b) => a.holds(zeile) && b.holds(zeile),
            Bedingung::Oder(a, b) => a.holds(zeile) || b.holds(zeile),
            Bedingung::Nicht(a) => !a.holds(zeile),
            // A property without a value is neither equal nor unequal to anything, as in SQL.
            Bedingung::Vergleich(id, vergleich, literal) => compare(&zeile.value(id), literal)
                .is_some_and(|order| match vergleich {
                    Vergleich::Gleich => order.is_eq(),
                    Vergleich::Ungleich => order.is_ne(),
                    Vergleich::Kleiner => order.is_lt(),
                    Vergleich::HoechstensGleich => order.is_le(),
                    Vergleich::Groesser => order.is_gt(),
                    Vergleich::MindestensGleich => order.is_ge(),
                }),
            Bedingung::In(id, literals) => {
                let value = zeile.value(id);
                literals.iter().any(|literal| compare(&value, literal) == Some(Ordering::Equal))
            }
            Bedingung::Muster(id, muster) => {
                let muster: Vec<char> = muster.chars().collect();
                zeile
                    .value(id)
                    .as_str()
                    .is_some_and(|text| is_like(&text.chars().collect::<Vec<char>>(), &muster))
            }
            Bedingung::Fehlt(id) => zeile.value(id).is_null(),
            Bedingung::ImOrdner(id) => zeile.is_in_folder(id),
            Bedingung::ImBaum(id) => zeile.is_in_tree(id),
        }
    }
}

fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => Some(a.as_i64()?.cmp(&b.as_i64()?)),
        _ => None,
    }
}

/// `%` is any run of characters, `_` any one; a backslash takes the next one literally.
fn is_like(text: &[char], muster: &[char]) -> bool {
    match muster {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|skip| is_like(&text[skip..], rest)),
        ['_', rest @ ..] => !text.is_empty() && is_like(&text[1..], rest),
        ['\\', literal, rest @ ..] | [literal, rest @ ..] => {
            text.first() == Some(literal) && is_like(&text[1..], rest)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Keyword or name.
    Word(String),
    Text(String),
    Number(i64),
    Sign(&'static str),
}

impl Token {
    fn is_word(&self, word: &str) -> bool {
        matches!(self, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }
}

const SIGNS: &[&str] = &["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "*"];

fn split(statement: &str) -> Result<Vec<Token>, CmisFehler> {
    let mut tokens = Vec::new();
    let mut rest = statement.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
        if let Some(sign) = sign {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else if first == '\'' {
            let (text, after) = read_text(&rest[1..])?;
            tokens.push(Token::Text(text));
            rest = after;
        } else {
            let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'));
            let end = rest.find(is_end).unwrap_or(rest.len());
            let word = &rest[..end];
            if word.is_empty() {
                return Err(invalid(format!("`{first}` is not expected")));
            }
            tokens.push(match word.parse::<i64>() {
                Ok(number) => Token::Number(number),
                Err(_) => Token::Word(word.to_owned()),
            });
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

/// A literal behind its first quote: `\'` and `\\` are escapes, `''` is a quote too. Other backslashes stay
/// for LIKE.
fn read_text(rest: &str) -> Result<(String, &str), CmisFehler> {
    let mut text = String::new();
    let mut chars = rest.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (c, next) {
            ('\\', Some(escaped @ ('\'' | '\\'))) => {
                text.push(escaped);
                chars.next();
            }
            ('\'', Some('\'')) => {
                text.push('\'');
                chars.next();
            }
            ('\'', _) => return Ok((text, &rest[place + 1..])),
            _ => text.push(c),
        }
    }
    Err(invalid("a literal is not closed"))
}

struct Parser {
    tokens: Vec<Token>,
    place: usize,
    typ: Option<&'static Typ>,
}

impl Parser {
    fn or(&mut self) -> Result<Bedingung, CmisFehler> {
        let mut left = self.and()?;
        while self.skip_word("OR") {
            left = Bedingung::Oder(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Bedingung, CmisFehler> {
        let mut left = self.not()?;
        while self.skip_word("AND") {
            left = Bedingung::Und(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Bedingung, CmisFehler> {
        if self.skip_word("NOT") {
            return Ok(Bedingung::Nicht(Box::new(self.not()?)));
        }
        if self.skip_sign("(") {
            let inner = self.or()?;
            self.expect_sign(")")?;
            return Ok(inner);
        }
        if self.skip_word("IN_FOLDER") {
            return Ok(Bedingung::ImOrdner(self.argument()?));
        }
        if self.skip_word("IN_TREE") {
            return Ok(Bedingung::ImBaum(self.argument()?));
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Result<Bedingung, CmisFehler> {
        let spalte = self.column()?;
        if !spalte.suchbar {
            return Err(invalid(format!("`{}` is not queryable", spalte.id)));
        }
        let id = spalte.id;
        if self.skip_word("IS") {
            let is_set = self.skip_word("NOT");
            self.expect_word("NULL")?;
            let missing = Bedingung::Fehlt(id);
            return Ok(if is_set { Bedingung::Nicht(Box::new(missing)) } else { missing });
        }
        if spalte.mehrfach {
            return Err(invalid(format!("`{id}` has many values and cannot be compared")));
        }
        let negated = self.skip_word("NOT");
        let negate = |bedingung| match negated {
            true => Bedingung::Nicht(Box::new(bedingung)),
            false => bedingung,
        };
        if self.skip_word("LIKE") {
            return match self.literal(spalte)? {
                Value::String(muster) => Ok(negate(Bedingung::Muster(id, muster))),
                _ => Err(invalid("LIKE needs a text")),
            };
        }
        if self.skip_word("IN") {
            self.expect_sign("(")?;
            let mut literals = vec![self.literal(spalte)?];
            while self.skip_sign(",") {
                literals.push(self.literal(spalte)?);
            }
            self.expect_sign(")")?;
            return Ok(negate(Bedingung::In(id, literals)));
        }
        const OPERATORS: &[(&str, Vergleich)] = &[
            ("=", Vergleich::Gleich),
            ("<>", Vergleich::Ungleich),
            ("<=", Vergleich::HoechstensGleich),
            ("<", Vergleich::Kleiner),
            (">=", Vergleich::MindestensGleich),
            (">", Vergleich::Groesser),
        ];
        let operator = OPERATORS.iter().find(|(sign, _)| !negated && self.skip_sign(sign));
        let (_, vergleich) =
            operator.ok_or_else(|| invalid(format!("a comparison must follow `{id}`")))?;
        Ok(Bedingung::Vergleich(id, *vergleich, self.literal(spalte)?))
    }

    /// `('id')`
    fn argument(&mut self) -> Result<String, CmisFehler> {
        self.expect_sign("(")?;
        let Some(Token::Text(id)) = self.next() else {
            return Err(invalid("a folder's id in quotes is expected"));
        };
        self.expect_sign(")")?;
        Ok(id)
    }

    fn literal(&mut self, spalte: &Eigenschaft) -> Result<Value, CmisFehler> {
        let value = match self.next() {
            Some(Token::Text(text)) => Value::from(text),
            Some(Token::Number(number)) => Value::from(number),
            Some(token) if token.is_word("TRUE") => Value::from(true),
            Some(token) if token.is_word("FALSE") => Value::from(false),
            _ => return Err(invalid(format!("a literal must follow `{}`", spalte.id))),
        };
        let fits = match spalte.datentyp {
            Datentyp::String | Datentyp::Id => value.is_string(),
            Datentyp::Boolean => value.is_boolean(),
            Datentyp::Integer | Datentyp::Datetime => value.is_i64(),
        };
        match fits {
            true => Ok(value),
            false => Err(invalid(format!("the literal does not fit `{}`", spalte.id))),
        }
    }

    fn column(&mut self) -> Result<&'static Eigenschaft, CmisFehler> {
        let Some(Token::Word(name)) = self.next() else {
            return Err(invalid("a property is expected"));
        };
        self.typ
            .and_then(|typ| typ.eigenschaften().find(|eigenschaft| eigenschaft.id == name))
            .ok_or_else(|| invalid(format!("unknown property `{name}`")))
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.place).cloned();
        self.place += 1;
        token
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.place).is_some_and(|token| token.is_word(word));
        self.place += usize::from(found);
        found
    }

    fn skip_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.place), Some(Token::Sign(own)) if *own == sign);
        self.place += usize::from(found);
        found
    }

    fn expect_word(&mut self, word: &str) -> Result<(), CmisFehler> {
        if self.skip_word(word) { Ok(()) } else { Err(invalid(format!("{word} is expected"))) }
    }

    fn expect_sign(&mut self, sign: &str) -> Result<(), CmisFehler> {
        if self.skip_sign(sign) { Ok(()) } else { Err(invalid(format!("`{sign}` is expected"))) }
    }
}

fn invalid(message: impl Into<String>) -> CmisFehler {
    CmisFehler::invalid(format!("query: {}", message.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    impl Zeile for Value {
        fn value(&self, id: &str) -> Value {
            self[id].clone()
        }

        fn is_in_folder(&self, id: &str) -> bool {
            self["ordner"] == id
        }

        fn is_in_tree(&self, id: &str) -> bool {
            id == "100" || self["ordner"] == id
        }
    }

    #[track_caller]
    fn check(bedingung: &str, expect: bool) {
        let zeile = json!({
            "cmis:name": "01_Antrag d'Or\\x.pdf", "abh:schluessel": "K-1", "abh:posteingang": 1000,
            "ordner": "101", "abh:sha256": null,
        });
        let statement = format!("SELECT * FROM abh:dokument WHERE {bedingung}");
        let abfrage = Abfrage::parse(&statement).map_err(|error| error.to_string());
        assert_eq!(abfrage.map(|abfrage| abfrage.matches(&zeile)), Ok(expect), "{bedingung}");
    }

    #[test]
    fn conditions_hold_or_not() {
        check(r"cmis:name = '01_Antrag d\'Or\\x.pdf'", true);
        check(r"cmis:name = '01_Antrag d''Or\x.pdf'", true);
        check("cmis:name = '01_Antrag'", false);
        check("cmis:name LIKE '01%.pdf'", true);
        check(r"cmis:name LIKE '01\_A%'", true);
        check(r"cmis:name LIKE '__\_A%'", true);
        check(r"cmis:name LIKE '0_A%'", false);
        check("cmis:name NOT LIKE '%'", false);
        check("abh:schluessel = 'K-1' and IN_FOLDER('101')", true);
        check("abh:schluessel = 'K-1' AND IN_FOLDER('102')", false);
        check("in_tree('100')", true);
        check("abh:schluessel IN ('K-0', 'K-1')", true);
        check("abh:schluessel NOT IN ('K-0', 'K-1')", false);
        check("abh:posteingang >= 1000 AND abh:posteingang < 1001", true);
        check("abh:posteingang <> 1000", false);
        check("abh:sha256 IS NULL", true);
        check("abh:sha256 = 'a' OR abh:sha256 <> 'a'", false);
        check("abh:schluessel IS NOT NULL", true);
        check("NOT (abh:schluessel = 'K-1' OR abh:schluessel = 'K-2')", false);
        check("abh:schluessel = 'K-2' AND abh:sha256 = 'a' OR abh:posteingang = 1000", true);
    }

    #[track_caller]
    fn check_refused(statement: &str, expect: &str) {
        let error = Abfrage::parse(statement).unwrap_err().to_string();
        assert!(error.starts_with("invalidArgument: query: "), "{error}");
        assert!(error.contains(expect), "{statement}: {error}");
    }

    #[test]
    fn what_the_grammar_lacks_is_refused() {
        check_refused("", "FROM");
        check_refused("DELETE FROM cmis:document", "SELECT");
        check_refused("SELECT * FROM", "a type must follow");
        check_refused("SELECT * FROM gibtsnicht", "unknown type `gibtsnicht`");
        check_refused("SELECT x FROM cmis:document", "unknown property `x`");
        check_refused("SELECT * FROM cmis:document WHERE abh:schluessel = 'a'", "unknown property");
        check_refused("SELECT * FROM cmis:document WHERE cmis:description = 'a'", "not queryable");
        check_refused("SELECT * FROM cmis:document WHERE cmis:name", "comparison");
        check_refused("SELECT * FROM cmis:document WHERE cmis:name = 1", "does not fit");
        check_refused("SELECT * FROM cmis:document WHERE cmis:name = 'a", "not closed");
        check_refused("SELECT * FROM cmis:document WHERE (cmis:name = 'a'", "`)`");
        check_refused("SELECT * FROM cmis:document WHERE CONTAINS('a')", "unknown property");
        check_refused("SELECT * FROM cmis:document d", "goes on");
        check_refused("SELECT * FROM cmis:document; DROP", "`;`");
        check_refused("SELECT * FROM cmis:document ORDER BY cmis:objectId", "not orderable");
    }

    #[test]
    fn order_is_by_all_columns() {
        let abfrage = Abfrage::parse(
            "SELECT cmis:name, cmis:objectId FROM abh:akte ORDER BY abh:posteingang DESC, cmis:name",
        )
        .unwrap();
        assert_eq!(abfrage.spalten, ["cmis:name", "cmis:objectId"]);
        let mut rows = [
            json!({ "cmis:name": "b", "abh:posteingang": 1 }),
            json!({ "cmis:name": "a", "abh:posteingang": 1 }),
            json!({ "cmis:name": "c", "abh:posteingang": 2 }),
        ];
        rows.sort_by(|a, b| abfrage.order(a, b));
        let names: Vec<&str> = rows.iter().filter_map(|row| row["cmis:name"].as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
    }
}
