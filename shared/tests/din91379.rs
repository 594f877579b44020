//! Our verdict on DIN 91379 against xmllint's on the unmodified schema of the XÖV library.

#![cfg(test)]

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use shared::din91379::{Datentyp, first_invalid};

const DATENTYPEN: [(&str, Datentyp); 5] = [
    ("A", Datentyp::A),
    ("B", Datentyp::B),
    ("C", Datentyp::C),
    ("D", Datentyp::D),
    ("E", Datentyp::E),
];

/// Elements per call of xmllint: it counts lines in 16 bits.
const BATCH: usize = 60_000;

#[test]
fn every_code_point_is_judged_as_by_the_schema() {
    let Some(xmllint) = Xmllint::find("every_code_point_is_judged_as_by_the_schema") else {
        return;
    };
    let mut cases = Vec::new();
    for c in (0..=0x10FFFF).filter_map(char::from_u32) {
        let datentypen: Vec<_> =
            DATENTYPEN.iter().filter(|it| first_invalid(&c.to_string(), it.1).is_none()).collect();
        if !is_xml(c) {
            assert!(datentypen.is_empty(), "{c:?} cannot stand in XML");
        } else if c <= '\u{FFFF}' {
            cases.extend(DATENTYPEN.map(|(element, _)| (element, c.to_string())));
        } else {
            // Refused by all: one element that allows what any data type allows says it for the five.
            assert!(datentypen.is_empty(), "{c:?} is beyond the norm");
            cases.push(("ABCDE", c.to_string()));
        }
    }
    xmllint.compare(&cases);
}

#[test]
fn every_sequence_is_judged_as_by_the_schema() {
    let Some(xmllint) = Xmllint::find("every_sequence_is_judged_as_by_the_schema") else { return };
    let mut cases = Vec::new();
    for folge in xmllint.folgen() {
        let chars: Vec<char> = folge.chars().collect();
        let texts = [
            folge.clone(),
            format!("{folge}a"),
            format!("a{folge}{folge}"),
            format!("{folge}\u{301}"),
            chars[..chars.len() - 1].iter().collect(),
            chars[1..].iter().collect(),
            chars.iter().rev().collect(),
        ];
        for text in texts {
            cases.extend(DATENTYPEN.map(|(element, _)| (element, text.clone())));
        }
    }
    assert_eq!(cases.len(), 149 * 7 * 5);
    xmllint.compare(&cases);
}

#[test]
fn random_texts_are_judged_as_by_the_schema() {
    let Some(xmllint) = Xmllint::find("random_texts_are_judged_as_by_the_schema") else { return };
    let folgen = xmllint.folgen();
    let bases: Vec<char> = folgen.iter().flat_map(|it| it.chars()).collect();
    let mut random = Random(91379);
    let mut cases = Vec::new();
    while cases.len() < 100_000 {
        let (element, datentyp) = DATENTYPEN[random.below(5)];
        let mut text = String::new();
        for _ in 0..random.below(12) {
            match random.below(32) {
                0..=9 => text.push_str(&folgen[random.below(folgen.len())]),
                // A base or a mark out of its place.
                10 => text.push(bases[random.below(bases.len())]),
                11 => text.extend(char::from_u32(0x300 + random.below(0x70) as u32)),
                12 => text.extend(char::from_u32(random.below(0x2300) as u32)),
                13..=20 => text.extend(char::from_u32(0xA1 + random.below(0xDE) as u32)),
                _ => text.extend(char::from_u32(0x20 + random.below(0x5F) as u32)),
            }
        }
        if text.chars().all(is_xml) {
            cases.push((element, text));
        }
        // As many good ones as there are: a text of twelve is rarely good by chance.
        let (_, text) = cases.last_mut().expect("was pushed on the lines above or before");
        if random.below(3) == 0 {
            while let Some(invalid) = first_invalid(text, datentyp) {
                let invalid = invalid.to_owned();
                *text = text.replacen(&invalid, "", 1);
            }
        }
    }
    let valid = xmllint.compare(&cases);
    assert!((20_000..80_000).contains(&valid), "{valid} good texts of 100,000 say little");
}

struct Xmllint {
    xsd: PathBuf,
    ordner: PathBuf,
}

impl Xmllint {
    /// None, said on stderr, where the schema or xmllint is absent.
    fn find(test: &str) -> Option<Xmllint> {
        let schemas = std::env::var_os("SCHEMAS_DIR").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas"),
            PathBuf::from,
        );
        let xsd = schemas.join("xoev-bibliothek/din-norm-91379-datatypes.xsd");
        let missing = match (xsd.canonicalize(), Command::new("xmllint").arg("--version").output())
        {
            (Err(_), _) => format!("{} is absent (SCHEMAS_DIR)", xsd.display()),
            (_, Err(_)) => "xmllint is absent".to_owned(),
            (Ok(xsd), Ok(_)) => {
                let ordner = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
                fs::create_dir_all(&ordner).unwrap();
                return Some(Xmllint { xsd, ordner });
            }
        };
        // Past the capture of the test harness, so that it is seen.
        writeln!(std::io::stderr(), "NOT RUN: {test}: {missing}").unwrap();
        None
    }

    /// The sequences in the pattern of the schema: those of our own table could not show that one is missing.
    fn folgen(&self) -> Vec<String> {
        let xsd = fs::read_to_string(&self.xsd).unwrap();
        let (_, datentyp) = xsd.split_once(r#"name="datatypeA""#).unwrap();
        let (_, pattern) = datentyp.split_once(r#"pattern value="("#).unwrap();
        let (pattern, _) = pattern.split_once('"').unwrap();
        let mut folgen = BTreeSet::new();
        let mut base = String::new();
        for token in pattern.split_inclusive(['|', '(', ')']) {
            let text = chars(token);
            if token.contains('[') {
                continue;
            }
            match token.chars().last() {
                Some('(') => base = text,
                _ => {
                    let folge = format!("{base}{text}");
                    if 1 < folge.chars().count() {
                        folgen.insert(folge);
                    }
                    if token.ends_with(')') {
                        base.clear();
                    }
                }
            }
        }
        return folgen.into_iter().collect();

        fn chars(token: &str) -> String {
            token
                .split("&#x")
                .skip(1)
                .filter_map(|it| {
                    char::from_u32(u32::from_str_radix(it.split(';').next()?, 16).ok()?)
                })
                .collect()
        }
    }

    /// Panics at the first texts on which the verdicts differ; the number of valid ones.
    fn compare(&self, cases: &[(&str, String)]) -> usize {
        // A union keeps the long pattern out of the messages.
        let element = |name: &str| {
            let types = name
                .chars()
                .fold(String::new(), |types, it| types + " d:datatype" + &it.to_string());
            format!(
                r#"<xs:element name="{name}"><xs:simpleType><xs:union memberTypes="{types}"/></xs:simpleType></xs:element>"#
            )
        };
        let elements: String = ["A", "B", "C", "D", "E", "ABCDE"].map(element).concat();
        let namespace = "urn:xoev-de:kosit:xoev:datentyp:din-91379_2022-08";
        let schema = format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="{namespace}">
            <xs:import namespace="{namespace}" schemaLocation="{}"/>
            <xs:element name="texte"><xs:complexType><xs:sequence><xs:element name="gruppe" maxOccurs="unbounded">
            <xs:complexType><xs:choice maxOccurs="unbounded">{elements}</xs:choice></xs:complexType>
            </xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>"#,
            self.xsd.display()
        );
        let (xsd, xml) = (self.ordner.join("texte.xsd"), self.ordner.join("texte.xml"));
        fs::write(&xsd, schema).unwrap();
        let mut valid = 0;
        for batch in cases.chunks(BATCH) {
            let mut texte = String::from("<texte>");
            // Small groups: for each message xmllint counts the elements before.
            for group in batch.chunks(100) {
                texte.push_str("<gruppe>");
                for (at, (element, text)) in group.iter().enumerate() {
                    write!(texte, "<{element}>").unwrap();
                    for c in text.chars() {
                        match c {
                            ' '..='%' | '\''..=';' | '=' | '?'..='~' => texte.push(c),
                            _ => write!(texte, "&#{};", u32::from(c)).unwrap(),
                        }
                    }
                    write!(
                        texte,
                        "</{element}>{}",
                        if at + 1 == group.len() { "</gruppe>\n" } else { "\n" }
                    )
                    .unwrap();
                }
            }
            texte.push_str("</texte>");
            fs::write(&xml, texte).unwrap();
            let output = Command::new("xmllint")
                .args(["--noout", "--schema"])
                .args([&xsd, &xml])
                .output()
                .unwrap();
            let messages = String::from_utf8_lossy(&output.stderr);
            assert!(
                matches!(output.status.code(), Some(0 | 3)),
                "{}",
                messages.chars().take(2000).collect::<String>()
            );
            let refused: BTreeSet<usize> = messages
                .lines()
                .filter(|it| it.contains(": Schemas validity error : "))
                .filter_map(|it| it.split(".xml:").nth(1)?.split(':').next()?.parse().ok())
                .collect();
            valid += batch.len() - refused.len();
            let differences: Vec<_> = batch
                .iter()
                .enumerate()
                .filter(|(at, (element, text))| {
                    refused.contains(&(at + 1)) != is_refused(element, text)
                })
                .map(|(_, case)| case)
                .take(10)
                .collect();
            assert!(differences.is_empty(), "xmllint judges otherwise: {differences:?}");
        }
        return valid;

        fn is_refused(element: &str, text: &str) -> bool {
            DATENTYPEN
                .iter()
                .filter(|it| element.contains(it.0))
                .all(|it| first_invalid(text, it.1).is_some())
        }
    }
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// SplitMix64: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
