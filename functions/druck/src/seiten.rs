//! Lines find their places on pages, and each its node in the tree of tags.
//!
//! Everything is a row of cells ([`Reihe`]): a paragraph has one, an answer has two, a table has many.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};

use crate::{
    Abschnitt, Block, Dokument, Tabelle,
    satz::{Stil, Zeile, break_lines, measure},
    schrift::{Schnitt, Schriften},
};

/// A4, in points. The origin is the upper left corner.
pub const SEITE: (f32, f32) = (595.28, 841.89);
/// 22 mm: room for a punch and for notes.
const RAND: f32 = 62.36;
const BREITE: f32 = SEITE.0 - 2.0 * RAND;
const OBEN: f32 = 88.0;
const UNTEN: f32 = 772.0;

const SCHWARZ: [u8; 3] = [0x17, 0x1A, 0x2B];
/// 7 : 1 on white
const GRAU: [u8; 3] = [0x52, 0x58, 0x66];
const LINIE: [u8; 3] = [0xD5, 0xD9, 0xE0];
const BLAU: [u8; 3] = [0x1F, 0x3F, 0x8F];
const HELLBLAU: [u8; 3] = [0xEF, 0xF3, 0xFA];

const TEXT: Stil = stil(Schnitt::Normal, 10.0, 14.5, SCHWARZ);
const FRAGE: Stil = stil(Schnitt::Normal, 9.0, 12.5, GRAU);
const FETT: Stil = stil(Schnitt::Halbfett, 10.0, 14.5, SCHWARZ);
const ZELLE: Stil = stil(Schnitt::Normal, 9.0, 12.5, SCHWARZ);
const SPALTE: Stil = stil(Schnitt::Halbfett, 9.0, 12.5, SCHWARZ);
const TITEL: Stil = stil(Schnitt::Halbfett, 20.0, 26.0, SCHWARZ);
const KOPFZEILE: Stil = stil(Schnitt::Halbfett, 9.0, 12.0, SCHWARZ);
const RANDZEILE: Stil = stil(Schnitt::Normal, 8.0, 11.0, GRAU);

const fn stil(schnitt: Schnitt, groesse: f32, durchschuss: f32, farbe: [u8; 3]) -> Stil {
    Stil { schnitt, groesse, durchschuss, farbe }
}

/// The heading of an Abschnitt, the space above and below.
fn ueberschrift(ebene: u8) -> (Stil, f32, f32) {
    match ebene {
        1 => (stil(Schnitt::Halbfett, 14.0, 19.0, SCHWARZ), 20.0, 5.0),
        2 => (stil(Schnitt::Halbfett, 11.5, 16.0, SCHWARZ), 14.0, 3.0),
        _ => (stil(Schnitt::Halbfett, 10.0, 14.5, SCHWARZ), 11.0, 2.0),
    }
}

/// Part of a row for questions; the rest is for answers.
const ANTEIL_FRAGE: f32 = 0.37;
const SPALTENABSTAND: f32 = 12.0;
/// A row of as many lines is never divided.
const ZEILEN_ZUSAMMEN: usize = 6;
/// What a heading wants to have below it on its page: an undivided row.
const NACH_UEBERSCHRIFT: f32 = 112.0;

pub struct Seiten {
    pub seiten: Vec<Vec<Zeichnung>>,
    pub knoten: Vec<Knoten>,
    /// Indices into `knoten`.
    pub wurzeln: Vec<usize>,
    pub lesezeichen: Vec<Lesezeichen>,
}

#[derive(Debug)]
pub enum Zeichnung {
    Zeile { x: f32, grundlinie: f32, zeile: Zeile, stil: Stil, marke: Marke },
    Flaeche { x: f32, y: f32, breite: f32, hoehe: f32, farbe: [u8; 3] },
}

/// To what a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marke {
    /// Index into [`Seiten::knoten`].
    Knoten(usize),
    Kopfzeile,
    Fusszeile,
    /// The head of a table on its further pages.
    Wiederholung,
}

/// A node of the tree of tags. It has either children or lines.
pub struct Knoten {
    pub tag: TagKind,
    pub kinder: Vec<usize>,
}

pub struct Lesezeichen {
    pub titel: String,
    pub ebene: u8,
    pub seite: usize,
    pub y: f32,
}

/// Lays out `dokument` on as many pages as it needs.
pub fn lay_out(dokument: &Dokument, schriften: &Schriften) -> Seiten {
    let mut setzer = Setzer {
        schriften,
        is_rtl: is_rtl(&dokument.sprache),
        seiten: Seiten {
            seiten: vec![Vec::new()],
            knoten: Vec::new(),
            wurzeln: Vec::new(),
            lesezeichen: Vec::new(),
        },
        y: OBEN,
        wiederholen: None,
    };
    setzer.add_titel(dokument);
    let mut ebene = 0;
    for abschnitt in &dokument.abschnitte {
        ebene = abschnitt.ebene.clamp(1, ebene + 1);
        setzer.add_abschnitt(abschnitt, ebene);
    }
    setzer.add_raender(dokument);
    setzer.seiten
}

/// Whether `sprache` (BCP 47) is written from right to left.
pub fn is_rtl(sprache: &str) -> bool {
    let sprache = sprache.split('-').next().unwrap_or_default();
    ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&sprache)
}

struct Setzer<'a> {
    schriften: &'a Schriften,
    is_rtl: bool,
    seiten: Seiten,
    /// Where the next row begins on the last page.
    y: f32,
    /// The head of the table that is being set.
    wiederholen: Option<Reihe>,
}

#[derive(Clone)]
struct Reihe {
    zellen: Vec<Zelle>,
    /// Space above and below its lines.
    oben: f32,
    unten: f32,
    rahmen: Rahmen,
}

#[derive(Clone, Copy, PartialEq)]
enum Rahmen {
    Keiner,
    /// A line below of this thickness and colour.
    Linie(f32, [u8; 3]),
    Kasten,
}

#[derive(Clone)]
struct Zelle {
    /// From the left, in the direction of the document.
    x: f32,
    breite: f32,
    zeilen: Vec<(Zeile, Stil, Marke)>,
}

impl Setzer<'_> {
    fn add_titel(&mut self, dokument: &Dokument) {
        let titel = self.add_knoten(None, Tag::Hn(NonZeroU16::MIN, Some(dokument.titel.clone())));
        let zelle = self.zelle(0.0, BREITE, &dokument.titel, TITEL, titel);
        self.place(Reihe { zellen: vec![zelle], oben: 0.0, unten: 8.0, rahmen: Rahmen::Keiner });
        if !dokument.kopf.is_empty() {
            let liste = self.add_knoten(None, Tag::L(ListNumbering::None));
            self.add_linie(1.0, BLAU);
            for (bezeichnung, wert) in &dokument.kopf {
                self.add_paar(liste, bezeichnung, wert, 3.0, Rahmen::Keiner);
            }
            self.add_linie(0.5, LINIE);
        }
    }

    fn add_abschnitt(&mut self, abschnitt: &Abschnitt, ebene: u8) {
        let (stil, oben, unten) = ueberschrift(ebene);
        let knoten = self.add_knoten(None, Tag::Section);
        let level = NonZeroU16::MIN.saturating_add(ebene.into());
        let titel = self.add_knoten(Some(knoten), Tag::Hn(level, Some(abschnitt.titel.clone())));
        let zelle = self.zelle(0.0, BREITE, &abschnitt.titel, stil, titel);
        let hoehe = oben + unten + stil.durchschuss * zelle.zeilen.len() as f32;
        let below = match abschnitt.bloecke.first() {
            // The head of a table, or the next heading, comes in between.
            Some(Block::Tabelle(_)) | None => NACH_UEBERSCHRIFT + 32.0,
            Some(_) => NACH_UEBERSCHRIFT,
        };
        if self.free() < hoehe + below {
            self.break_page();
        }
        // Nothing to keep away from at the top of a page.
        let oben = if self.is_at_top() { 0.0 } else { oben };
        self.seiten.lesezeichen.push(Lesezeichen {
            titel: abschnitt.titel.clone(),
            ebene,
            seite: self.seiten.seiten.len() - 1,
            y: self.y,
        });
        self.place(Reihe { zellen: vec![zelle], oben, unten, rahmen: Rahmen::Keiner });
        for block in &abschnitt.bloecke {
            self.add_block(knoten, block);
        }
    }

    fn add_block(&mut self, eltern: usize, block: &Block) {
        match block {
            Block::Absatz(text) => {
                let absatz = self.add_knoten(Some(eltern), Tag::P);
                let zelle = self.zelle(0.0, BREITE, text, TEXT, absatz);
                self.place(Reihe {
                    zellen: vec![zelle],
                    oben: 2.0,
                    unten: 5.0,
                    rahmen: Rahmen::Keiner,
                });
            }
            Block::Antworten(antworten) if !antworten.is_empty() => {
                let liste = self.add_knoten(Some(eltern), Tag::L(ListNumbering::None));
                for (frage, antwort) in antworten {
                    self.add_paar(liste, frage, antwort, 4.5, Rahmen::Linie(0.5, LINIE));
                }
                self.y += 4.0;
            }
            Block::Liste(punkte) if !punkte.is_empty() => {
                let liste = self.add_knoten(Some(eltern), Tag::L(ListNumbering::Disc));
                for punkt in punkte {
                    let eintrag = self.add_knoten(Some(liste), Tag::LI);
                    let zeichen = self.add_knoten(Some(eintrag), Tag::Lbl);
                    let inhalt = self.add_knoten(Some(eintrag), Tag::LBody);
                    let zellen = vec![
                        self.zelle(2.0, 12.0, "•", TEXT, zeichen),
                        self.zelle(14.0, BREITE - 14.0, punkt, TEXT, inhalt),
                    ];
                    self.place(Reihe { zellen, oben: 1.0, unten: 2.0, rahmen: Rahmen::Keiner });
                }
                self.y += 4.0;
            }
            Block::Tabelle(tabelle) if !tabelle.kopf.is_empty() => {
                self.add_tabelle(eltern, tabelle)
            }
            Block::Hinweis { titel, text } => {
                let hinweis = self.add_knoten(Some(eltern), Tag::Div);
                let (x, breite) = (14.0, BREITE - 26.0);
                let knoten = self.add_knoten(Some(hinweis), Tag::P);
                let mut zelle = self.zelle(x, breite, titel, FETT, knoten);
                let knoten = self.add_knoten(Some(hinweis), Tag::P);
                zelle.zeilen.extend(self.zelle(x, breite, text, TEXT, knoten).zeilen);
                self.y += 4.0;
                self.place(Reihe {
                    zellen: vec![zelle],
                    oben: 7.0,
                    unten: 8.0,
                    rahmen: Rahmen::Kasten,
                });
                self.y += 6.0;
            }
            Block::Antworten(_) | Block::Liste(_) | Block::Tabelle(_) => {}
        }
    }

    fn add_paar(&mut self, liste: usize, frage: &str, antwort: &str, abstand: f32, rahmen: Rahmen) {
        let eintrag = self.add_knoten(Some(liste), Tag::LI);
        let links = self.add_knoten(Some(eintrag), Tag::Lbl);
        let rechts = self.add_knoten(Some(eintrag), Tag::LBody);
        let breite = BREITE * ANTEIL_FRAGE;
        let zellen = vec![
            self.zelle(0.0, breite - SPALTENABSTAND, frage, FRAGE, links),
            self.zelle(breite, BREITE - breite, antwort, TEXT, rechts),
        ];
        self.place(Reihe { zellen, oben: abstand, unten: abstand, rahmen });
    }

    fn add_tabelle(&mut self, eltern: usize, tabelle: &Tabelle) {
        let knoten = self.add_knoten(Some(eltern), Tag::Table);
        let kopf = self.add_knoten(Some(knoten), Tag::THead);
        let rumpf = self.add_knoten(Some(knoten), Tag::TBody);
        let breiten = self.spalten(tabelle);
        let mut kopf = self.tabellenzeile(kopf, &breiten, &tabelle.kopf, SPALTE, || {
            Tag::TH(TableHeaderScope::Column).into()
        });
        kopf.rahmen = Rahmen::Linie(1.0, BLAU);
        let mut repeated = kopf.clone();
        for zeile in repeated.zellen.iter_mut().flat_map(|it| &mut it.zeilen) {
            zeile.2 = Marke::Wiederholung;
        }
        self.y += 2.0;
        // The head never stands alone at the end of a page.
        if self.free() < kopf.hoehe() + NACH_UEBERSCHRIFT && !self.is_at_top() {
            self.break_page();
        }
        self.place(kopf);
        self.wiederholen = Some(repeated);
        for zeile in &tabelle.zeilen {
            let reihe = self.tabellenzeile(rumpf, &breiten, zeile, ZELLE, || Tag::TD.into());
            self.place(reihe);
        }
        self.wiederholen = None;
        self.y += 8.0;
    }

    fn tabellenzeile(
        &mut self,
        eltern: usize,
        breiten: &[f32],
        texte: &[String],
        stil: Stil,
        tag: fn() -> TagKind,
    ) -> Reihe {
        let zeile = self.add_knoten(Some(eltern), Tag::TR);
        let mut zellen = Vec::new();
        let mut x = 0.0;
        for (at, &breite) in breiten.iter().enumerate() {
            let knoten = self.add_knoten(Some(zeile), tag());
            let text = texte.get(at).map_or("", String::as_str);
            zellen.push(self.zelle(x, breite, text, stil, knoten));
            x += breite + SPALTENABSTAND;
        }
        Reihe { zellen, oben: 3.5, unten: 3.5, rahmen: Rahmen::Linie(0.5, LINIE) }
    }

    /// Columns that want little get what they want; the others get what their longest word needs, and share the
    /// rest in proportion to what they would like.
    fn spalten(&self, tabelle: &Tabelle) -> Vec<f32> {
        let mut room = BREITE - SPALTENABSTAND * (tabelle.kopf.len() - 1) as f32;
        let wishes: Vec<(f32, f32)> = (0..tabelle.kopf.len())
            .map(|at| {
                let zeilen = tabelle.zeilen.iter().filter_map(|it| it.get(at));
                let (like, need) = zeilen
                    .map(|it| measure(self.schriften, it, ZELLE))
                    .chain([measure(self.schriften, &tabelle.kopf[at], SPALTE)])
                    .fold((1.0, 1.0), |(a, b): (f32, f32), (like, need)| {
                        (a.max(like), b.max(need))
                    });
                // A checksum shall not leave the others without room.
                (like, need.min(room * 0.4))
            })
            .collect();
        let mut breiten = vec![None; wishes.len()];
        loop {
            let open: Vec<usize> = (0..wishes.len()).filter(|&it| breiten[it].is_none()).collect();
            let needed: f32 = open.iter().map(|&it| wishes[it].1).sum();
            let content = open.iter().copied().find(|&it| {
                let (like, need) = wishes[it];
                like <= room / open.len() as f32 && needed - need <= room - like
            });
            if let (Some(at), 2..) = (content, open.len()) {
                breiten[at] = Some(wishes[at].0);
                room -= wishes[at].0;
                continue;
            }
            let liked: f32 = open.iter().map(|&it| wishes[it].0).sum();
            for at in open {
                let (like, need) = wishes[at];
                breiten[at] = Some(match needed <= room {
                    true => {
                        need + (room - needed)
                            * ((like - need) / (liked - needed).max(1.0)).clamp(0.0, 1.0)
                    }
                    false => need * room / needed,
                });
            }
            return breiten.into_iter().flatten().collect();
        }
    }

    fn add_linie(&mut self, staerke: f32, farbe: [u8; 3]) {
        self.y += 3.0;
        self.draw(Zeichnung::Flaeche { x: RAND, y: self.y, breite: BREITE, hoehe: staerke, farbe });
        self.y += 3.0;
    }

    fn add_raender(&mut self, dokument: &Dokument) {
        let count = self.seiten.seiten.len();
        for seite in 0..count {
            let seitenzahl = dokument
                .seitenzahl
                .replace("{seite}", &(seite + 1).to_string())
                .replace("{seiten}", &count.to_string());
            let texte = [
                (36.0, 0.0, 0.6, false, &dokument.behoerde, KOPFZEILE, Marke::Kopfzeile),
                (36.0, 0.6, 0.4, true, &dokument.kennung, FRAGE, Marke::Kopfzeile),
                (794.0, 0.0, 0.75, false, &dokument.fuss, RANDZEILE, Marke::Fusszeile),
                (794.0, 0.75, 0.25, true, &seitenzahl, RANDZEILE, Marke::Fusszeile),
            ];
            for (mut y, x, breite, is_at_end, text, stil, marke) in texte {
                let (x, breite) = (x * BREITE, breite * BREITE);
                for zeile in
                    break_lines(self.schriften, text, stil, breite, self.is_rtl).into_iter().take(2)
                {
                    let zeichnung = self.zeichnung(x, breite, y, is_at_end, zeile, stil, marke);
                    self.seiten.seiten[seite].push(zeichnung);
                    y += stil.durchschuss;
                }
            }
            for y in [66.0, 786.0] {
                let linie =
                    Zeichnung::Flaeche { x: RAND, y, breite: BREITE, hoehe: 0.5, farbe: LINIE };
                self.seiten.seiten[seite].push(linie);
            }
        }
    }

    fn add_knoten(&mut self, eltern: Option<usize>, tag: impl Into<TagKind>) -> usize {
        let knoten = self.seiten.knoten.len();
        self.seiten.knoten.push(Knoten { tag: tag.into(), kinder: Vec::new() });
        match eltern {
            Some(eltern) => self.seiten.knoten[eltern].kinder.push(knoten),
            None => self.seiten.wurzeln.push(knoten),
        }
        knoten
    }

    /// A cell always has text: a node without would vanish, and a table would lose a cell.
    fn zelle(&self, x: f32, breite: f32, text: &str, stil: Stil, knoten: usize) -> Zelle {
        let text = if text.trim().is_empty() { "–" } else { text };
        let zeilen = break_lines(self.schriften, text, stil, breite, self.is_rtl)
            .into_iter()
            .map(|zeile| (zeile, stil, Marke::Knoten(knoten)))
            .collect();
        Zelle { x, breite, zeilen }
    }

    /// Puts `reihe` below the last one: whole, on the next page if need be, or divided where it is long.
    fn place(&mut self, mut reihe: Reihe) {
        while self.free() < reihe.hoehe() {
            let lines = reihe.zellen.iter().map(|it| it.zeilen.len()).max().unwrap_or(0);
            let head = reihe.split_off_head(self.free());
            // Two lines at least stay on either side.
            let is_divisible = ZEILEN_ZUSAMMEN < lines && 2 <= head && head + 2 <= lines;
            if is_divisible || self.is_at_top() {
                let rest = reihe.split_at(head.clamp(1, lines.saturating_sub(1).max(1)));
                self.draw_reihe(reihe);
                reihe = rest;
            }
            self.break_page();
        }
        self.draw_reihe(reihe);
    }

    fn draw_reihe(&mut self, reihe: Reihe) {
        let (top, hoehe) = (self.y, reihe.hoehe());
        match reihe.rahmen {
            Rahmen::Kasten => {
                self.draw(Zeichnung::Flaeche {
                    x: RAND,
                    y: top,
                    breite: BREITE,
                    hoehe,
                    farbe: HELLBLAU,
                });
                let x = if self.is_rtl { RAND + BREITE - 3.0 } else { RAND };
                self.draw(Zeichnung::Flaeche { x, y: top, breite: 3.0, hoehe, farbe: BLAU });
            }
            Rahmen::Linie(staerke, farbe) => {
                let y = top + hoehe - staerke;
                self.draw(Zeichnung::Flaeche { x: RAND, y, breite: BREITE, hoehe: staerke, farbe });
            }
            Rahmen::Keiner => {}
        }
        let first = reihe.first_baseline();
        for zelle in reihe.zellen {
            let mut y = top + reihe.oben + first - zelle.first_baseline();
            for (zeile, stil, marke) in zelle.zeilen {
                let zeichnung = self.zeichnung(zelle.x, zelle.breite, y, false, zeile, stil, marke);
                self.draw(zeichnung);
                y += stil.durchschuss;
            }
        }
        self.y = top + hoehe;
    }

    /// A line whose top is `y`, in a column `x` from where the document's lines begin.
    #[expect(clippy::too_many_arguments, reason = "a place is many numbers")]
    fn zeichnung(
        &self,
        x: f32,
        breite: f32,
        y: f32,
        is_at_end: bool,
        zeile: Zeile,
        stil: Stil,
        marke: Marke,
    ) -> Zeichnung {
        let x = if self.is_rtl { BREITE - x - breite } else { x };
        let drawn: f32 = zeile.stuecke.iter().map(|it| it.breite() * stil.groesse).sum();
        let x = RAND + if self.is_rtl == is_at_end { x } else { x + breite - drawn };
        Zeichnung::Zeile { x, grundlinie: y + baseline(stil), zeile, stil, marke }
    }

    fn draw(&mut self, zeichnung: Zeichnung) {
        let last = self.seiten.seiten.last_mut().expect("there is a page from the beginning");
        last.push(zeichnung);
    }

    fn free(&self) -> f32 {
        UNTEN - self.y
    }

    fn is_at_top(&self) -> bool {
        self.y <= OBEN + self.wiederholen.as_ref().map_or(0.0, Reihe::hoehe) + 0.1
    }

    fn break_page(&mut self) {
        self.seiten.seiten.push(Vec::new());
        self.y = OBEN;
        if let Some(kopf) = self.wiederholen.clone() {
            self.draw_reihe(kopf);
        }
    }
}

impl Reihe {
    fn hoehe(&self) -> f32 {
        let first = self.first_baseline();
        let lines = self
            .zellen
            .iter()
            .map(|it| first - it.first_baseline() + it.hoehe())
            .fold(0.0, f32::max);
        self.oben + lines + self.unten
    }

    fn first_baseline(&self) -> f32 {
        self.zellen.iter().map(Zelle::first_baseline).fold(0.0, f32::max)
    }

    /// How many lines of each cell fit into `hoehe`.
    fn split_off_head(&self, hoehe: f32) -> usize {
        let durchschuss = self
            .zellen
            .iter()
            .flat_map(|it| &it.zeilen)
            .map(|it| it.1.durchschuss)
            .fold(1.0, f32::max);
        let room = hoehe - self.oben - self.unten - self.first_baseline() + durchschuss / 2.0;
        (room / durchschuss).max(0.0) as usize
    }

    /// Keeps `lines` lines of each cell and returns the others.
    fn split_at(&mut self, lines: usize) -> Reihe {
        let zellen = self
            .zellen
            .iter_mut()
            .map(|zelle| Zelle {
                zeilen: zelle.zeilen.split_off(lines.min(zelle.zeilen.len())),
                ..*zelle
            })
            .collect();
        Reihe { zellen, ..*self }
    }
}

impl Zelle {
    fn hoehe(&self) -> f32 {
        self.zeilen.iter().map(|it| it.1.durchschuss).sum()
    }

    fn first_baseline(&self) -> f32 {
        self.zeilen.first().map_or(0.0, |it| baseline(it.1))
    }
}

/// From the top of a line to its baseline: capitals stand in the middle.
fn baseline(stil: Stil) -> f32 {
    (stil.durchschuss + 0.71 * stil.groesse) / 2.0
}
