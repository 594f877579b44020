//! Against the executable reference of the specification: thousands of applications, each a valid
//! case with something changed, must find the same. The reference is not part of this tree: it is
//! looked for in `DOMAIN_DIR`, by default `../shared/domain` beside it; where it is absent, the tests
//! say so and do nothing.
//!
//! Every difference is understood: ours was mended, or it is explained by one of
//! - the reference gives up (an answer that it cannot read at all),
//! - a check of the type of an answer, which the reference leaves to others (`einbuergerung.md` 0.1
//!   Nr. 5) and reports nowhere at that question,
//! - an answer that is not asked, which the reference looks at all the same,
//! - a line of [`LUECKEN`].

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use serde_json::{Value, json};
use shared::{
    angaben::Angaben,
    antraege::{ANTRAEGE, einbuergerung::quickcheck},
    formular::{Bedarfsprofil, Datentyp, Einstellungen, Formular, Inhalt, Kontext},
    werte::Datum,
};

/// Changed applications for each form.
const ANZAHL: usize = 2_000;
/// Always the same ones; `REFERENZ_SAMEN` makes others, for whoever looks for more.
const SAMEN: u64 = 0x5EED_0000_2026_1123;

fn samen() -> u64 {
    env::var("REFERENZ_SAMEN").ok().and_then(|it| it.parse().ok()).unwrap_or(SAMEN)
}

/// Name of each form's function in the reference.
const FUNKTIONEN: &[(&str, &str)] = &[
    ("einbuergerung", "validate_eb"),
    ("verpflichtungserklaerung", "validate_ve"),
    ("beschaeftigungserlaubnis", "validate_be"),
];

/// Checks of a type that hold for every question of it.
const TYPPRUEFUNGEN: &[&str] = &[
    "REQ",
    "CHOICE",
    "CONFIRM",
    "LEN_MAX",
    "LEN_MIN",
    "CHARSET",
    "NUM_FORMAT",
    "NUM_RANGE",
    "MAX_ITEMS",
    "CODE_UNBEKANNT",
    "DATE_FORMAT",
    "DATE_GIBTS_NICHT",
];

/// Who finds something that the other one does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wer {
    Wir,
    Referenz,
}
use Wer::{Referenz, Wir};

/// A difference that is understood.
struct Luecke {
    formular: &'static str,
    wer: Wer,
    /// A `*` stands for any.
    code: &'static str,
    /// Path with `[]` for every index; a `*` at the end stands for any rest.
    pfad: &'static str,
    /// What the application must be like.
    wenn: fn(&Value) -> bool,
    /// Why it is right.
    grund: &'static str,
}

include!("referenz/luecken.rs");

fn domain_dir() -> Option<PathBuf> {
    let dir = env::var_os("DOMAIN_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/domain"),
        PathBuf::from,
    );
    let is_there = dir.join("reference_validate.py").is_file();
    if !is_there {
        eprintln!("DID NOT RUN: no reference_validate.py in {} (set DOMAIN_DIR)", dir.display());
    }
    is_there.then_some(dir)
}

fn faelle() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Runs the reference once: a line of JSON in, a line of JSON out.
fn run_reference(dir: &Path, program: &str, inputs: &[Value]) -> Vec<Value> {
    let mut child = Command::new("python3")
        // Nothing is written beside the reference.
        .args(["-B", "-c", program])
        .arg(dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs the reference");
    let mut stdin = child.stdin.take().unwrap();
    let lines: Vec<String> = inputs.iter().map(Value::to_string).collect();
    let writer = thread::spawn(move || {
        for line in lines {
            writeln!(stdin, "{line}").unwrap();
        }
    });
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let answers = stdout.lines().map(|it| serde_json::from_str(&it.unwrap()).unwrap()).collect();
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
    answers
}

const VALIDATE: &str = r#"
import sys, json
from decimal import Decimal
sys.path.insert(0, sys.argv[1])
import reference_validate as V
for line in sys.stdin:
    d = json.loads(line)
    try:
        if d['profil']:
            found = V.validate_ve(d['daten'], {k: tuple(Decimal(x) for x in v) for k, v in d['profil'].items()})
        else:
            found = getattr(V, d['funktion'])(d['daten'])
        print(json.dumps(found), flush=True)
    except Exception as e:
        print(json.dumps({'gives_up': type(e).__name__}), flush=True)
"#;

const QUICKCHECK: &str = r#"
import sys, json
sys.path.insert(0, sys.argv[1])
import reference_checks as R
for line in sys.stdin:
    print(json.dumps(R.quickcheck(json.loads(line))), flush=True)
"#;

#[test]
fn changed_applications_find_what_the_reference_finds() {
    let Some(dir) = domain_dir() else { return };
    let faelle = faelle();
    for formular in ANTRAEGE {
        let Some((_, funktion)) = FUNKTIONEN.iter().find(|(id, _)| *id == formular.id) else {
            eprintln!("DID NOT RUN: the reference has no function for {}", formular.id);
            continue;
        };
        compare(formular, funktion, &dir, &faelle[formular.id]);
    }
}

fn compare(formular: &'static Formular, funktion: &str, dir: &Path, faelle: &Value) {
    let valid: Vec<&Value> =
        faelle["valid"].as_array().unwrap().iter().map(|it| &it["daten"]).collect();
    let mut zufall = Zufall(samen());
    let vorrat = Vorrat::collect(formular, &valid);
    let mut changed: Vec<Value> = valid.iter().map(|it| (*it).clone()).collect();
    for _ in 0..ANZAHL {
        let mut daten = valid[zufall.below(valid.len())].clone();
        for _ in 0..=zufall.below(3) {
            change(&mut daten, &vorrat, &mut zufall);
        }
        changed.push(daten);
    }
    let profil = match faelle["bedarfsprofil"].is_object() {
        true => faelle["bedarfsprofil"].clone(),
        false => Value::Null,
    };
    let inputs: Vec<Value> = changed
        .iter()
        .map(|daten| json!({ "funktion": funktion, "daten": daten, "profil": profil }))
        .collect();
    let theirs = run_reference(dir, VALIDATE, &inputs);
    assert_eq!(theirs.len(), changed.len());

    // What the reference reports at all, so that a check of a type excuses nothing else.
    let known: BTreeSet<(String, String)> = theirs
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .map(|it| (string(&it["regel"]), schema_pfad(&string(&it["feld"]))))
        .collect();
    let einstellungen = Einstellungen {
        bedarfsprofil: Bedarfsprofil::from_json(&profil),
        eid: true,
        ..Einstellungen::default()
    };
    let mut wrong: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (mut same, mut gave_up, mut used) = (0, 0, BTreeSet::new());
    for (daten, theirs) in changed.iter().zip(&theirs) {
        let Some(theirs) = theirs.as_array() else {
            gave_up += 1;
            continue;
        };
        let theirs: Vec<Value> = theirs.iter().map(normal).collect();
        let stichtag: Datum = daten["meta"]["stichtag"].as_str().unwrap().parse().unwrap();
        let angaben = formular.import(daten).unwrap();
        let kontext = Kontext { stichtag, einstellungen: &einstellungen };
        let ours: Vec<Value> =
            formular.check(&angaben, kontext).iter().map(|it| normal(&it.to_json())).collect();
        let asked = asked_paths(formular, &formular.prune(&angaben, stichtag), stichtag);
        let mut excused = |it: &Value, wer: Wer| {
            let (code, pfad) = (string(&it["regel"]), string(&it["feld"]));
            let schema = schema_pfad(&pfad);
            let by_type = wer == Wir
                && TYPPRUEFUNGEN.contains(&code.as_str())
                && !known.contains(&(code.clone(), schema.clone()));
            let by_pruning = wer == Referenz && !is_asked(&pfad, &asked);
            by_type
                || by_pruning
                || LUECKEN.iter().enumerate().any(|(index, luecke)| {
                    let fits = luecke.formular == formular.id
                        && luecke.wer == wer
                        && matches(luecke.code, &code)
                        && matches(luecke.pfad, &schema)
                        && (luecke.wenn)(daten);
                    if fits {
                        used.insert(index);
                    }
                    fits
                })
        };
        let rest_ours = rest(&ours, &theirs, |it| excused(it, Wir));
        let rest_theirs = rest(&theirs, &ours, |it| excused(it, Referenz));
        if rest_ours == rest_theirs {
            same += 1;
            continue;
        }
        for (wer, all, others) in
            [("wir", &rest_ours, &rest_theirs), ("Referenz", &rest_theirs, &rest_ours)]
        {
            for it in all.iter().filter(|it| !others.contains(it)) {
                let key = format!(
                    "{wer}: {} {}",
                    string(&it["regel"]),
                    schema_pfad(&string(&it["feld"]))
                );
                let example = format!("{}\n      {daten}", it["text"]);
                wrong.entry(key).or_insert((0, example)).0 += 1;
            }
        }
        if rest_ours.len() == rest_theirs.len()
            && rest_ours.iter().all(|it| rest_theirs.contains(it))
        {
            let order = |all: &[Value]| -> Vec<String> {
                all.iter().map(|it| format!("{} {}", it["feld"], it["regel"])).collect()
            };
            let key = format!("another order: {:?} {:?}", order(&rest_ours), order(&rest_theirs));
            wrong.entry(key).or_insert((0, String::new())).0 += 1;
        }
    }
    let report: Vec<String> =
        wrong.iter().map(|(key, (n, example))| format!("{n} × {key}\n    {example}")).collect();
    assert!(wrong.is_empty(), "{}: {} kinds\n{}", formular.id, wrong.len(), report.join("\n"));
    // The reference may give up now and then; if it always did, nothing would be compared.
    assert!(ANZAHL / 2 < same, "{}: only {same} could be compared", formular.id);
    eprintln!(
        "{}: {same} the same ({} kinds of known differences), the reference gave up on {gave_up}",
        formular.id,
        used.len()
    );
}

/// What is left of `these` without what is excused and not in `those`.
fn rest(these: &[Value], those: &[Value], mut excused: impl FnMut(&Value) -> bool) -> Vec<Value> {
    these.iter().filter(|it| those.contains(it) || !excused(it)).cloned().collect()
}

/// A finding whose text has single blanks and no dash before a name that is not there: the reference
/// puts names into texts as they were typed (`einbuergerung.md` 0.1 Nr. 6).
fn normal(befund: &Value) -> Value {
    let text = string(&befund["text"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut befund = befund.clone();
    befund["text"] = Value::from(text.replace(" – “", "“").replace(" – .", "."));
    befund
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn matches(pattern: &str, pfad: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(anfang) => pfad.starts_with(anfang),
        None => pattern == pfad,
    }
}

/// `personen[0].zeiten[12]` → `personen[].zeiten[]`
fn schema_pfad(pfad: &str) -> String {
    let mut teile = pfad.split('[');
    let mut schema = teile.next().unwrap_or_default().to_owned();
    for teil in teile {
        schema.push('[');
        schema.push_str(&teil[teil.find(']').unwrap_or(0)..]);
    }
    schema
}

/// The paths that these answers are asked for.
fn asked_paths(formular: &Formular, asked: &Angaben, stichtag: Datum) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for ort in formular.seiten(asked, stichtag) {
        walk(ort.seite.inhalt, &ort.praefix, asked, stichtag, &mut paths);
    }
    return paths;

    fn walk(
        inhalt: &'static [Inhalt],
        praefix: &str,
        asked: &Angaben,
        stichtag: Datum,
        paths: &mut BTreeSet<String>,
    ) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) if feld.wenn.holds(asked, praefix, stichtag) => {
                    let pfad = format!("{praefix}{}", feld.id);
                    paths.insert(pfad.trim_end_matches('.').to_owned());
                }
                Inhalt::Gruppe(gruppe) if gruppe.wenn.holds(asked, praefix, stichtag) => {
                    let pfad = format!("{praefix}{}", gruppe.id);
                    for index in 0..asked.anzahl(&pfad) {
                        let entry = format!("{pfad}[{index}]");
                        walk(gruppe.inhalt, &format!("{entry}."), asked, stichtag, paths);
                        paths.insert(entry);
                    }
                    paths.insert(pfad);
                }
                Inhalt::Baustein(below, baustein) => {
                    let praefix = format!("{praefix}{below}");
                    if baustein.wenn.holds(asked, &praefix, stichtag) {
                        walk(baustein.inhalt, &praefix, asked, stichtag, paths);
                    }
                }
                Inhalt::Nachweise(nachweise) => {
                    let noetig = nachweise.bedarf(asked, stichtag);
                    paths.extend(noetig.iter().filter(|it| it.is_pflicht).map(|it| it.pfad()));
                }
                _ => {}
            }
        }
    }
}

/// Whether the path, or something below it, is asked.
fn is_asked(pfad: &str, asked: &BTreeSet<String>) -> bool {
    asked.contains(pfad)
        || ['.', '['].iter().any(|it| {
            let below = format!("{pfad}{it}");
            asked.range(below.clone()..).next().is_some_and(|it| it.starts_with(&below))
        })
}

/// SplitMix64: a few lines, and the same numbers on every machine.
struct Zufall(u64);

impl Zufall {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Values that a question has in some case or list.
struct Vorrat {
    formular: &'static Formular,
    werte: BTreeMap<String, Vec<Value>>,
}

impl Vorrat {
    fn collect(formular: &'static Formular, faelle: &[&Value]) -> Vorrat {
        let mut werte: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for fall in faelle {
            leaves(fall, String::new(), &mut |pfad, wert| {
                let all = werte.entry(schema_pfad(&pfad)).or_default();
                if !all.contains(wert) {
                    all.push(wert.clone());
                }
            });
        }
        Vorrat { formular, werte }
    }

    /// Another value for the one at this path.
    fn instead(&self, pfad: &str, old: &Value, zufall: &mut Zufall) -> Value {
        if zufall.below(3) == 0
            && let Some(all) = self.werte.get(&schema_pfad(pfad))
        {
            return zufall.pick(all).clone();
        }
        if let Some(Datentyp::Auswahl(liste)) = self.formular.feld(pfad).map(|it| it.datentyp)
            && zufall.below(4) != 0
        {
            return Value::from(zufall.pick(liste.eintraege).0);
        }
        match old {
            Value::Bool(it) => Value::from(!it),
            Value::Number(_) => {
                (*zufall.pick(&[0, 1, 5, 17, 24, 33, 34, 91, 400, -1, 5000])).into()
            }
            Value::String(text) => match text.parse::<Datum>() {
                Ok(tag) => {
                    let tage = i64::try_from(zufall.below(9_000)).unwrap() - 4_500;
                    let nahe = i64::try_from(zufall.below(120)).unwrap() - 60;
                    let tage = *zufall.pick(&[tage, nahe, 1, -1]);
                    match zufall.below(12) {
                        0 => Value::from("2011-02-30"),
                        1 => Value::from("2009"),
                        2 => Value::from("2010-11"),
                        _ => Value::from(tag.add_days(tage).iso()),
                    }
                }
                Err(_) => Value::from(*zufall.pick(&[
                    "",
                    "x",
                    "Müller-Lüdenscheidt",
                    "Иван",
                    "Anna 3",
                    "12345",
                    "A1B2C3D4E",
                    "ohne",
                    "  doppelt  leer ",
                    "1979",
                    "not@mail",
                    "000",
                    "DE",
                ])),
            },
            _ => Value::Null,
        }
    }
}

/// Changes something: an answer, an entry, or a part that goes missing.
fn change(daten: &mut Value, vorrat: &Vorrat, zufall: &mut Zufall) {
    let mut pfade = Vec::new();
    nodes(daten, String::new(), &mut |pfad| {
        if !pfad.starts_with("meta") && !pfad.is_empty() {
            pfade.push(pfad);
        }
    });
    if pfade.is_empty() {
        return;
    }
    let pfad = zufall.pick(&pfade).clone();
    let (parent, last) = match pfad.rfind(['.', '[']) {
        Some(at) => pfad.split_at(at),
        None => ("", pfad.as_str()),
    };
    let Some(parent) = at_mut(daten, parent) else { return };
    match parent {
        Value::Array(list) => {
            let index: usize = last.trim_matches(['[', ']']).parse().unwrap();
            match zufall.below(4) {
                0 => drop(list.remove(index)),
                1 => list.insert(index, list[index].clone()),
                _ if is_leaf(&list[index]) => {
                    list[index] = vorrat.instead(&pfad, &list[index], zufall);
                }
                _ => {
                    let other = zufall.below(list.len());
                    list.swap(index, other);
                }
            }
        }
        Value::Object(felder) => {
            let name = last.trim_start_matches('.');
            if zufall.below(4) == 0 || !is_leaf(&felder[name]) {
                felder.remove(name);
            } else {
                let new = vorrat.instead(&pfad, &felder[name], zufall);
                felder.insert(name.to_owned(), new);
            }
        }
        _ => {}
    }
}

fn is_leaf(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn leaves(value: &Value, pfad: String, f: &mut dyn FnMut(String, &Value)) {
    match value {
        Value::Object(felder) => {
            for (name, wert) in felder {
                leaves(wert, join(&pfad, name), f);
            }
        }
        Value::Array(list) => {
            for (index, wert) in list.iter().enumerate() {
                leaves(wert, format!("{pfad}[{index}]"), f);
            }
        }
        leaf => f(pfad, leaf),
    }
}

fn nodes(value: &Value, pfad: String, f: &mut dyn FnMut(String)) {
    f(pfad.clone());
    match value {
        Value::Object(felder) => {
            for (name, wert) in felder {
                nodes(wert, join(&pfad, name), f);
            }
        }
        Value::Array(list) => {
            for (index, wert) in list.iter().enumerate() {
                nodes(wert, format!("{pfad}[{index}]"), f);
            }
        }
        _ => {}
    }
}

fn join(pfad: &str, name: &str) -> String {
    if pfad.is_empty() { name.to_owned() } else { format!("{pfad}.{name}") }
}

fn at_mut<'a>(mut value: &'a mut Value, pfad: &str) -> Option<&'a mut Value> {
    for step in pfad.split(['.', '[']).filter(|it| !it.is_empty()) {
        value = match step.strip_suffix(']') {
            Some(index) => value.get_mut(index.parse::<usize>().ok()?)?,
            None => value.get_mut(step)?,
        };
    }
    Some(value)
}

#[test]
fn every_gap_has_a_reason_and_a_form() {
    for it in LUECKEN {
        assert!(it.grund.len() > 5, "{} {}", it.code, it.pfad);
        assert!(FUNKTIONEN.iter().any(|(id, _)| *id == it.formular), "{}", it.formular);
    }
}

#[test]
fn the_quick_check_decides_as_the_cases_say() {
    let faelle = &faelle()["einbuergerung"];
    let valid = faelle["valid"].as_array().unwrap().iter();
    let short = faelle["quickcheck"].as_array().unwrap().iter();
    let mut anzahl = 0;
    for (id, input, expected) in valid
        .map(|it| (&it["id"], &it["quickcheckInput"], &it["quickcheck"]))
        .chain(short.map(|it| (&it["id"], &it["input"], &it["ergebnis"])))
    {
        let (antworten, stichtag) = quickcheck::import(input).unwrap();
        let unknown = quickcheck::QUICKCHECK.unknown(&antworten);
        assert!(unknown.is_empty(), "{id}: no question for {unknown:?}");
        assert_eq!(&quickcheck::quickcheck(&antworten, stichtag).to_json(), expected, "{id}");
        anzahl += 1;
    }
    assert_eq!(anzahl, 10);
}

#[test]
fn the_quick_check_decides_as_the_reference() {
    let Some(dir) = domain_dir() else { return };
    let mut zufall = Zufall(samen());
    let mut inputs = Vec::new();
    for _ in 0..ANZAHL {
        inputs.push(quickcheck_input(&mut zufall));
    }
    let theirs = run_reference(&dir, QUICKCHECK, &inputs);
    for (input, theirs) in inputs.iter().zip(&theirs) {
        let (antworten, stichtag) = quickcheck::import(input).unwrap();
        assert_eq!(&quickcheck::quickcheck(&antworten, stichtag).to_json(), theirs, "{input}");
    }
}

/// Answers that the reference can read; "weiß ich nicht" it does not know.
fn quickcheck_input(zufall: &mut Zufall) -> Value {
    let codes: BTreeMap<&str, Vec<&str>> = quickcheck::QUICKCHECK
        .felder()
        .iter()
        .filter_map(|feld| match feld.datentyp {
            Datentyp::Auswahl(liste) => {
                let codes = liste.eintraege.iter().map(|it| it.0);
                Some((feld.id, codes.filter(|it| *it != quickcheck::WEISS_NICHT).collect()))
            }
            _ => None,
        })
        .collect();
    let tag = |zufall: &mut Zufall, ab: i32, jahre: usize| {
        let tage = i64::try_from(zufall.below(jahre * 365)).unwrap();
        Datum::new(ab, 1, 1).add_days(tage).iso()
    };
    let mut input = json!({ "stichtag": "2026-11-23", "aufenthalt": {} });
    for id in [
        "abstammung",
        "wohnort",
        "titel",
        "identitaet",
        "lebensunterhalt",
        "sprache",
        "test",
        "bekenntnis",
    ] {
        // Mostly what leads on, or few inputs would get past the first questions.
        let first = zufall.below(3) != 0;
        let code = if first { codes[id][0] } else { *zufall.pick(&codes[id]) };
        input[id] = Value::from(code);
    }
    input["geburtsdatum"] = match zufall.below(4) {
        0 => Value::from("2010"),
        1 => Value::from(tag(zufall, 2008, 8)),
        _ => Value::from(tag(zufall, 1950, 55)),
    };
    if zufall.below(8) != 0 {
        input["aufenthalt"]["seit"] = Value::from(tag(zufall, 2015, 11));
        let abwesenheit = *zufall.pick(&codes["aufenthalt.abwesenheit"]);
        input["aufenthalt"]["abwesenheit"] = Value::from(abwesenheit);
        input["aufenthalt"]["rueckkehrAm"] = Value::from(tag(zufall, 2018, 8));
    }
    for (id, name) in [("aufenthalt", "abwesenheitHaelfte"), ("aufenthalt", "gestattungAnrechnen")]
    {
        input[id][name] = Value::from(zufall.below(5) == 0);
    }
    for name in ["staatenlosInDeutschlandGeboren", "ermittlungsverfahren", "mehrehe"] {
        input[name] = Value::from(zufall.below(5) == 0);
    }
    if zufall.below(3) == 0 {
        input["eheMitDeutschem"] = json!({ "seit": tag(zufall, 2018, 8) });
    }
    if zufall.below(5) == 0 {
        input["sperrfristBeginn"] = Value::from(tag(zufall, 2012, 14));
    }
    let urteile: Vec<Value> = (0..zufall.below(3))
        .map(|_| {
            let mut urteil = json!({});
            if zufall.below(3) != 0 {
                urteil["tagessaetze"] = Value::from(zufall.below(70));
            } else {
                urteil["freiheitsstrafeMonate"] = Value::from(zufall.below(3));
                urteil["erlassen"] = Value::from(zufall.below(2) == 0);
                if zufall.below(2) == 0 {
                    urteil["bewaehrungBis"] = Value::from(tag(zufall, 2025, 4));
                }
            }
            urteil["jugendstrafe"] = Value::from(zufall.below(10) == 0);
            urteil["menschenverachtend"] = Value::from(zufall.below(10) == 0);
            urteil
        })
        .collect();
    input["urteile"] = Value::from(urteile);
    input
}
