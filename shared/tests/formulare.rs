//! What must hold for every form, so that the next one gets it free; and the Prüfblätter.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    mem::{Discriminant, discriminant},
    path::{Path, PathBuf},
};

use expect_test::expect_file;
use shared::{
    angaben::Herkunft,
    antraege::formulare,
    befund::VORLAGEN,
    formular::{Bedingung, Datenfeld, Datentyp, Formular, Inhalt},
    pruefblatt::{pruefblatt, register},
    recht::{Norm, REGISTER},
};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn pruefblaetter_are_current() {
    for formular in formulare() {
        let file = workspace().join(format!("docs/formulare/{}.md", formular.id));
        expect_file![file].assert_eq(&pruefblatt(formular));
    }
    expect_file![workspace().join("docs/formulare/recht.md")].assert_eq(&register());
}

#[test]
fn every_question_names_what_lets_us_ask() {
    for formular in formulare() {
        for feld in formular.felder() {
            // Nobody is asked for what is worked out.
            let is_excused = feld.herkunft == Herkunft::Abgeleitet;
            assert!(
                feld.norm.is_some() || is_excused,
                "{}: `{}` has no Norm",
                formular.id,
                feld.id
            );
        }
    }
}

#[test]
fn every_statute_is_in_the_register() {
    for formular in formulare() {
        let mut normen: Vec<Norm> = vec![formular.norm];
        formular.for_each_inhalt(|_, inhalt| match inhalt {
            Inhalt::Feld(feld) => normen.extend(feld.norm),
            Inhalt::Gruppe(gruppe) => normen.extend(gruppe.norm),
            Inhalt::Regel(regel) => normen.extend(regel.norm),
            Inhalt::Auskunft(auskunft) => normen.extend(auskunft.norm),
            Inhalt::Nachweise(it) => normen.extend(it.arten.iter().filter_map(|art| art.norm)),
            Inhalt::Baustein(..) | Inhalt::Hinweis(_) => {}
        });
        for norm in normen.into_iter().map(|it| it.with(formular.daten)) {
            assert!(REGISTER.iter().any(|it| it.kurz == norm.gesetz), "{norm}");
            let is_place = ["§", "Art.", "Anlage"].iter().any(|it| norm.stelle.starts_with(it));
            assert!(is_place, "{norm}");
        }
    }
    let kurz: BTreeSet<&str> = REGISTER.iter().map(|it| it.kurz).collect();
    assert_eq!(kurz.len(), REGISTER.len(), "a statute is in the register twice");
}

#[test]
fn pages_have_ids_of_their_own() {
    for formular in formulare() {
        let mut ids = BTreeSet::new();
        for abschnitt in formular.abschnitte {
            for seite in abschnitt.schritte.iter().flat_map(|it| it.seiten) {
                assert!(ids.insert(seite.id), "{}: two pages `{}`", formular.id, seite.id);
            }
        }
    }
}

#[test]
fn paths_lead_to_one_type_and_keys_to_one_text() {
    for formular in formulare() {
        let mut keys: HashMap<&str, &Datenfeld> = HashMap::new();
        let mut paths: HashMap<String, &Datenfeld> = HashMap::new();
        walk(formular, &mut |praefix, inhalt| {
            let Inhalt::Feld(feld) = inhalt else { return };
            let other = keys.insert(feld.key, feld);
            let is_same = other.is_none_or(|it| it.label == feld.label && it.hilfe == feld.hilfe);
            assert!(is_same, "{}: two texts for the key `{}`", formular.id, feld.key);
            let other = paths.insert(format!("{praefix}{}", feld.id), feld);
            // In other words for other people, but always of the same type.
            let is_same = other.is_none_or(|it| typ(it) == typ(feld));
            assert!(is_same, "{}: two types at `{praefix}{}`", formular.id, feld.id);
        });
    }
}

/// The type of the answer, and the list that it is from.
fn typ(feld: &Datenfeld) -> (Discriminant<Datentyp>, &'static str) {
    let liste = match feld.datentyp {
        Datentyp::Auswahl(liste) => liste.id,
        _ => "",
    };
    (discriminant(&feld.datentyp), liste)
}

#[test]
fn codes_of_findings_are_in_the_catalogue() {
    let known: BTreeSet<&str> = VORLAGEN.iter().map(|it| it.code).collect();
    assert_eq!(known.len(), VORLAGEN.len(), "a code is in the catalogue twice");
    for formular in formulare() {
        formular.for_each_inhalt(|_, inhalt| {
            let codes: Vec<&str> = match inhalt {
                Inhalt::Regel(regel) => regel.codes.to_vec(),
                Inhalt::Feld(feld) => {
                    feld.falsch.into_iter().chain(feld.missing().map(|(code, _)| code)).collect()
                }
                _ => Vec::new(),
            };
            for code in codes {
                assert!(known.contains(code), "{}: `{code}` is not in the catalogue", formular.id);
            }
        });
    }
}

#[test]
fn rules_are_sentences_and_have_ids_of_their_own() {
    for formular in formulare() {
        let mut ids: BTreeMap<&str, *const shared::formular::Regel> = BTreeMap::new();
        formular.for_each_inhalt(|_, inhalt| {
            let Inhalt::Regel(regel) = inhalt else { return };
            let other = ids.insert(regel.id, *regel);
            let is_same = other.is_none_or(|it| std::ptr::eq(it, *regel));
            assert!(is_same, "{}: two rules `{}`", formular.id, regel.id);
            assert!(regel.satz.ends_with('.'), "{}: `{}`", formular.id, regel.id);
            assert!(!regel.codes.is_empty(), "{}: `{}` reports nothing", formular.id, regel.id);
        });
    }
}

/// What is not asked is dropped in the order of the form, so a condition that looks ahead would
/// never hold.
#[test]
fn conditions_look_back_and_name_codes_that_exist() {
    for formular in formulare() {
        let all = fields(formular);
        let mut seen = BTreeSet::new();
        let mut wrong = Vec::new();
        let mut check =
            |bedingung: &Bedingung, praefix: &str, seen: &BTreeSet<String>, at: &str| {
                conditions(bedingung, praefix, &mut |pfad, codes| {
                    let Some(felder) = all.get(&pfad) else {
                        wrong.push(format!("{at}: nothing is at `{pfad}`"));
                        return;
                    };
                    if !seen.contains(&pfad) {
                        wrong.push(format!("{at}: `{pfad}` is asked later"));
                    }
                    for code in codes {
                        let is_code = felder.iter().all(|feld| match feld.datentyp {
                            Datentyp::Auswahl(liste) => liste.eintrag(code).is_some(),
                            Datentyp::JaNein | Datentyp::Bestaetigung => {
                                ["true", "false"].contains(code)
                            }
                            _ => true,
                        });
                        if !is_code {
                            wrong.push(format!("{at}: `{pfad}` cannot be `{code}`"));
                        }
                    }
                });
            };
        for abschnitt in formular.abschnitte {
            let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
            if let Some(gruppe) = abschnitt.je {
                seen.insert(gruppe.id.to_owned());
            }
            for schritt in abschnitt.schritte {
                check(&schritt.wenn, &praefix, &seen, schritt.id);
                for seite in schritt.seiten {
                    check(&seite.wenn, &praefix, &seen, seite.id);
                    page(seite.inhalt, &praefix, &mut seen, &mut |bedingung, praefix, seen| {
                        check(bedingung, praefix, seen, seite.id);
                    });
                }
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", formular.id, wrong.join("\n"));
    }

    /// Walks a page in order, and remembers what was asked.
    fn page(
        inhalt: &'static [Inhalt],
        praefix: &str,
        seen: &mut BTreeSet<String>,
        check: &mut dyn FnMut(&Bedingung, &str, &BTreeSet<String>),
    ) {
        for it in inhalt {
            match it {
                Inhalt::Feld(feld) => {
                    check(&feld.wenn, praefix, seen);
                    see(&path(praefix, feld.id), seen);
                }
                Inhalt::Gruppe(gruppe) => {
                    check(&gruppe.wenn, praefix, seen);
                    let pfad = path(praefix, gruppe.id);
                    see(&pfad, seen);
                    page(gruppe.inhalt, &format!("{pfad}[]."), seen, check);
                }
                Inhalt::Baustein(below, baustein) => {
                    let praefix = format!("{praefix}{below}");
                    check(&baustein.wenn, &praefix, seen);
                    page(baustein.inhalt, &praefix, seen, check);
                }
                _ => {}
            }
        }
    }

    /// A path, and the parts that it lies in.
    fn see(pfad: &str, seen: &mut BTreeSet<String>) {
        for (at, _) in pfad.match_indices('.') {
            seen.insert(pfad[..at].to_owned());
        }
        seen.insert(pfad.to_owned());
    }
}

/// Every path, and every part that a path lies in, with its questions.
fn fields(formular: &'static Formular) -> BTreeMap<String, Vec<&'static Datenfeld>> {
    let mut fields: BTreeMap<String, Vec<&'static Datenfeld>> = BTreeMap::new();
    for abschnitt in formular.abschnitte {
        if let Some(gruppe) = abschnitt.je {
            fields.entry(gruppe.id.to_owned()).or_default();
        }
    }
    walk(formular, &mut |praefix, inhalt| match inhalt {
        Inhalt::Feld(feld) => {
            let pfad = path(praefix, feld.id);
            for (at, _) in pfad.match_indices('.') {
                fields.entry(pfad[..at].to_owned()).or_default();
            }
            fields.entry(pfad).or_default().push(feld);
        }
        Inhalt::Gruppe(gruppe) => {
            fields.entry(path(praefix, gruppe.id)).or_default();
        }
        _ => {}
    });
    fields
}

/// The paths that a condition looks at, with the codes it compares with.
fn conditions(bedingung: &Bedingung, praefix: &str, f: &mut dyn FnMut(String, &[&str])) {
    match bedingung {
        Bedingung::Immer | Bedingung::Nie | Bedingung::Praedikat(_) => {}
        Bedingung::Gleich(id, code) => f(path(praefix, id), &[code]),
        Bedingung::EinesVon(id, codes) => f(path(praefix, id), codes),
        Bedingung::MehrAls(id, _) | Bedingung::Beantwortet(id) => f(path(praefix, id), &[]),
        Bedingung::Enthaelt(gruppe, feld, code) => {
            f(path(praefix, gruppe), &[]);
            f(path(&format!("{praefix}{gruppe}[]."), feld), &[code]);
        }
        Bedingung::Nicht(it) => conditions(it, praefix, f),
        Bedingung::Alle(all) | Bedingung::Eine(all) => {
            all.iter().for_each(|it| conditions(it, praefix, f));
        }
        Bedingung::ImAntrag(it) => conditions(it, "", f),
    }
}

/// Everything in a form with the praefix it stands below; entries of groups as `[]`.
fn walk(formular: &'static Formular, f: &mut dyn FnMut(&str, &'static Inhalt)) {
    for abschnitt in formular.abschnitte {
        let praefix = abschnitt.je.map_or(String::new(), |it| format!("{}[].", it.id));
        for seite in abschnitt.schritte.iter().flat_map(|it| it.seiten) {
            inner(seite.inhalt, &praefix, f);
        }
    }
    fn inner(inhalt: &'static [Inhalt], praefix: &str, f: &mut dyn FnMut(&str, &'static Inhalt)) {
        for it in inhalt {
            f(praefix, it);
            match it {
                Inhalt::Gruppe(gruppe) => {
                    inner(gruppe.inhalt, &format!("{praefix}{}[].", gruppe.id), f);
                }
                Inhalt::Baustein(below, baustein) => {
                    inner(baustein.inhalt, &format!("{praefix}{below}"), f);
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

/// A fourth application is a folder and a line: nothing else may know one by name.
#[test]
fn only_antraege_knows_an_application_by_name() {
    let ids = ["verpflichtungserklaerung", "beschaeftigungserlaubnis", "einbuergerung"];
    let roots = [
        "shared/src",
        "frontend/src",
        "host/src",
        "functions/portal/src",
        "functions/annahme/src",
        "functions/weiterleitung/src",
        "functions/sachbearbeitung/src",
        "functions/ablage/src",
        "functions/druck/src",
    ];
    let mut files = Vec::new();
    for root in roots {
        sources(&workspace().join(root), &mut files);
    }
    assert!(50 < files.len(), "{} files only", files.len());
    let mut found = Vec::new();
    for file in files {
        if file.to_string_lossy().contains("src/antraege")
            && file.to_string_lossy().contains("shared/")
        {
            continue;
        }
        // A program for the browser is one application, and nothing but its name.
        if file.to_string_lossy().contains("frontend/src/bin/") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        // Tests may take an application as an example, and comments may name a source.
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = product.lines().filter(|it| !it.trim_start().starts_with("//"));
        for line in lines.filter(|line| ids.iter().any(|id| line.contains(id))) {
            found.push(format!("{}: {}", file.display(), line.trim()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));

    fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, files);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
}
