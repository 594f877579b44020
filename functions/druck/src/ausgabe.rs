//! Pages become a PDF with tags, bookmarks and metadata.

use chrono::{Datelike, Timelike};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata, TextDirection},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagTree},
    text::{Font, GlyphId, KrillaGlyph},
};

use crate::{
    Dokument, DruckError,
    satz::{Stil, Stueck},
    schrift::Schriften,
    seiten::{Knoten, Lesezeichen, Marke, SEITE, Seiten, Zeichnung, is_rtl},
};

thread_local! {
    /// In the order of [`Schriften::dateien`]; read once, as those are.
    static FONTS: [Font; 4] = Schriften::dateien()
        .map(|it| Font::new(it.into(), 0).expect("the fonts are part of the program"));
}

pub fn write(dokument: &Dokument, seiten: Seiten) -> Result<Vec<u8>, DruckError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("both are of PDF 1.7");
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(dokument));
    document.set_outline(outline(&seiten.lesezeichen));
    let fonts = FONTS.with(<[Font; 4]>::clone);
    // The lines of each Knoten.
    let mut leaves: Vec<Vec<Identifier>> = seiten.knoten.iter().map(|_| Vec::new()).collect();
    for zeichnungen in &seiten.seiten {
        let settings = PageSettings::from_wh(SEITE.0, SEITE.1).expect("A4 has an area");
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for zeichnung in zeichnungen {
            match zeichnung {
                &Zeichnung::Flaeche { x, y, breite, hoehe, farbe } => {
                    let Some(rect) = Rect::from_xywh(x, y, breite, hoehe) else { continue };
                    surface.start_tagged(artifact(ArtifactType::Layout));
                    let mut path = PathBuilder::new();
                    path.push_rect(rect);
                    surface.set_fill(Some(fill(farbe)));
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                    surface.end_tagged();
                }
                Zeichnung::Zeile { x, grundlinie, zeile, stil, marke } => {
                    if zeile.stuecke.is_empty() {
                        continue;
                    }
                    let id = surface.start_tagged(match marke {
                        Marke::Knoten(_) => ContentTag::Span(SpanTag::empty()),
                        Marke::Kopfzeile => artifact(ArtifactType::Header),
                        Marke::Fusszeile => artifact(ArtifactType::Footer),
                        Marke::Wiederholung => artifact(ArtifactType::PaginationOther),
                    });
                    draw_stuecke(&mut surface, &fonts, (*x, *grundlinie), &zeile.stuecke, *stil);
                    surface.end_tagged();
                    if let Marke::Knoten(knoten) = *marke {
                        leaves[knoten].push(id);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(dokument.sprache.clone()));
    for &wurzel in &seiten.wurzeln {
        tree.push(tag_group(&seiten.knoten, &mut leaves, wurzel));
    }
    document.set_tag_tree(tree);
    document.finish().map_err(DruckError::from)
}

fn draw_stuecke(
    surface: &mut Surface,
    fonts: &[Font],
    (mut x, y): (f32, f32),
    stuecke: &[Stueck],
    stil: Stil,
) {
    surface.set_fill(Some(fill(stil.farbe)));
    for stueck in stuecke {
        let glyphs: Vec<KrillaGlyph> = stueck
            .glyphen
            .iter()
            .map(|it| {
                let (dx, dy) = it.versatz;
                KrillaGlyph::new(
                    GlyphId::new(it.id),
                    it.breite,
                    dx,
                    dy,
                    0.0,
                    it.range.clone(),
                    None,
                )
            })
            .collect();
        let font = fonts[stueck.schrift].clone();
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &stueck.text, stil.groesse, false);
        x += stueck.breite() * stil.groesse;
    }
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn tag_group(knoten: &[Knoten], leaves: &mut [Vec<Identifier>], at: usize) -> TagGroup {
    let mut group = TagGroup::new(knoten[at].tag.clone());
    for id in std::mem::take(&mut leaves[at]) {
        group.push(id);
    }
    for &kind in &knoten[at].kinder {
        group.push(tag_group(knoten, leaves, kind));
    }
    group
}

fn outline(lesezeichen: &[Lesezeichen]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = lesezeichen;
    while let Some((node, after)) = outline_node(rest) {
        outline.push_child(node);
        rest = after;
    }
    outline
}

/// The first of `lesezeichen` with those below it, and what comes after.
fn outline_node(lesezeichen: &[Lesezeichen]) -> Option<(OutlineNode, &[Lesezeichen])> {
    let (first, mut rest) = lesezeichen.split_first()?;
    let destination = XyzDestination::new(first.seite, Point::from_xy(0.0, first.y));
    let mut node = OutlineNode::new(first.titel.clone(), destination);
    while rest.first().is_some_and(|it| first.ebene < it.ebene) {
        let Some((child, after)) = outline_node(rest) else { break };
        node.push_child(child);
        rest = after;
    }
    Some((node, rest))
}

fn metadata(dokument: &Dokument) -> Metadata {
    let erstellt = dokument.erstellt;
    let small = |number: u32| u8::try_from(number).expect("parts of a date are small");
    let datum = DateTime::new(u16::try_from(erstellt.year()).unwrap_or(0))
        .month(small(erstellt.month()))
        .day(small(erstellt.day()))
        .hour(small(erstellt.hour()))
        .minute(small(erstellt.minute()))
        .second(small(erstellt.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(dokument.titel.clone())
        .language(dokument.sprache.clone())
        .authors(vec![dokument.behoerde.clone()])
        .description(dokument.kennung.clone())
        .creation_date(datum)
        .text_direction(match is_rtl(&dokument.sprache) {
            true => TextDirection::RightToLeft,
            false => TextDirection::LeftToRight,
        })
}

impl From<KrillaError> for DruckError {
    fn from(error: KrillaError) -> DruckError {
        // The debug form holds texts of the document behind the name of the variant.
        let name =
            |debug: String| debug.split(['(', ' ', '{']).next().unwrap_or_default().to_owned();
        match error {
            KrillaError::Validation(errors) => {
                let mut names: Vec<String> =
                    errors.iter().map(|(it, _)| name(format!("{it:?}"))).collect();
                names.dedup();
                DruckError::Standard(names)
            }
            KrillaError::Limit(_) => DruckError::Grenze,
            other => DruckError::Bibliothek(name(format!("{other:?}"))),
        }
    }
}
