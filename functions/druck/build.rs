//! Hands the fonts to the crate: they come from npm packages and are made by `schriften.mjs`.
//!
//! To the two fonts for Latin one glyph is added for each sequence of DIN 91379, and for each character that the
//! fonts compose of several. Drawn as a base and a mark that was moved, it falls apart in most programs that
//! extract text: a name would not be found again.

use std::{collections::BTreeSet, env, fmt::Write as _, fs, path::PathBuf, process::exit};

use harfrust::{GlyphBuffer, ShapeOptions, Shaper, ShaperData, UnicodeBuffer};
use write_fonts::{
    FontBuilder,
    from_obj::ToOwnedTable,
    read::{FontRef, TableProvider, tables::glyf::Glyph as ReadGlyph},
    tables::{
        glyf::{
            Anchor, Bbox, Component, ComponentFlags, CompositeGlyph, GlyfLocaBuilder, Glyph,
            Transform,
        },
        head::Head,
        hhea::Hhea,
        hmtx::{Hmtx, LongMetric},
        maxp::Maxp,
    },
    types::{GlyphId, GlyphId16},
};

#[path = "../../shared/src/din91379/tables.rs"]
mod tables;

const LATEINISCH: [&str; 2] = ["NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf"];
const WEITERE: [&str; 2] = ["NotoSansMath-Regular.ttf", "NotoSansArabic-Regular.ttf"];

fn main() {
    println!("cargo::rerun-if-env-changed=DRUCK_FONTS_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../shared/src/din91379/tables.rs");
    let env_path = |name: &str| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let ordner = env::var_os("DRUCK_FONTS_DIR").map_or_else(
        || env_path("CARGO_MANIFEST_DIR").join("../../target/schriften"),
        PathBuf::from,
    );
    let out = env_path("OUT_DIR");
    let read = |datei: &str| {
        let pfad = ordner.join(datei);
        println!("cargo::rerun-if-changed={}", pfad.display());
        fs::read(&pfad).unwrap_or_else(|_| {
            println!(
                "cargo::error=the font {} is missing: run `cargo xtask build`, which makes it, or name its folder in DRUCK_FONTS_DIR",
                pfad.display()
            );
            exit(1)
        })
    };
    let write = |datei: &str, content: &[u8]| {
        fs::write(out.join(datei), content).expect("cargo's folder can be written")
    };
    let lateinisch = LATEINISCH.map(read);
    let folgen = composed(&lateinisch).expect("the fonts are sound");
    let mut enden = Vec::new();
    for (datei, schrift) in LATEINISCH.iter().zip(&lateinisch) {
        let (ende, schrift) = add_glyphs(schrift, &folgen).expect("the font is sound");
        enden.push(ende);
        write(datei, &schrift);
    }
    for datei in WEITERE {
        let (ende, schrift) = add_glyphs(&read(datei), &[]).expect("the font is sound");
        enden.push(ende);
        write(datei, &schrift);
    }
    let mut code = format!("const FOLGEN: [&str; {}] = {folgen:?};\n", folgen.len());
    writeln!(code, "const ENDEN: [u32; {}] = {enden:?};", enden.len())
        .expect("memory does not fail");
    write("folgen.rs", code.as_bytes());
}

/// The sequences of the norm and the characters that one of `schriften` composes, in ascending order.
fn composed(schriften: &[Vec<u8>]) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let to_char = |it: u16| char::from_u32(it.into()).ok_or("a table holds half a character");
    let mut composed = BTreeSet::new();
    for folge in tables::FOLGEN {
        composed.insert(
            folge.into_iter().filter(|&it| it != 0).map(to_char).collect::<Result<String, _>>()?,
        );
    }
    for schrift in schriften {
        let font = FontRef::new(schrift)?;
        let data = ShaperData::new(&font);
        let shaper = data.shaper(&font).build();
        for (first, last, _) in tables::ZEICHEN {
            for zeichen in first..=last {
                let zeichen = to_char(zeichen)?.to_string();
                if 1 < shape(&shaper, &zeichen).len() {
                    composed.insert(zeichen);
                }
            }
        }
    }
    Ok(composed.into_iter().collect())
}

fn shape(shaper: &Shaper, text: &str) -> GlyphBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    shaper.shape(buffer, ShapeOptions::new())
}

/// The font with a glyph that is empty and without width, whose number is returned, and behind it one for each of
/// `folgen`.
fn add_glyphs(
    schrift: &[u8],
    folgen: &[String],
) -> Result<(u16, Vec<u8>), Box<dyn std::error::Error>> {
    let font = FontRef::new(schrift)?;
    let (glyf, loca, hmtx) = (font.glyf()?, font.loca(None)?, font.hmtx()?);
    let first = font.maxp()?.num_glyphs();
    let mut glyphs = GlyfLocaBuilder::new();
    let mut metrics = Vec::new();
    for id in (0..first).map(GlyphId::from) {
        match loca.get_glyf(id, &glyf)? {
            Some(glyph) => glyphs.add_glyph(&ToOwnedTable::to_owned_table(&glyph) as &Glyph)?,
            None => glyphs.add_glyph(&Glyph::Empty)?,
        };
        metrics.push(LongMetric {
            advance: hmtx.advance(id).ok_or("a glyph has no width")?,
            side_bearing: hmtx.side_bearing(id).ok_or("a glyph has no bearing")?,
        });
    }
    glyphs.add_glyph(&Glyph::Empty)?;
    metrics.push(LongMetric { advance: 0, side_bearing: 0 });
    let data = ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    for folge in folgen {
        let shaped = shape(&shaper, folge);
        let mut composite: Option<CompositeGlyph> = None;
        let mut pen = 0;
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let id = GlyphId16::new(u16::try_from(info.glyph_id)?);
            if id.to_u16() == 0 {
                return Err(format!("no glyph for {folge}").into());
            }
            let (x, y) =
                (i16::try_from(pen + position.x_offset)?, i16::try_from(position.y_offset)?);
            pen += position.x_advance;
            let Some(part) = loca.get_glyf(id.into(), &glyf)? else { continue };
            let (x_min, y_min, x_max, y_max) = match &part {
                ReadGlyph::Simple(it) => (it.x_min(), it.y_min(), it.x_max(), it.y_max()),
                ReadGlyph::Composite(it) => (it.x_min(), it.y_min(), it.x_max(), it.y_max()),
            };
            let bbox =
                Bbox { x_min: x_min + x, y_min: y_min + y, x_max: x_max + x, y_max: y_max + y };
            let component = Component::new(
                id,
                Anchor::Offset { x, y },
                Transform::default(),
                ComponentFlags::default(),
            );
            match &mut composite {
                Some(composite) => composite.add_component(component, bbox),
                None => composite = Some(CompositeGlyph::new(component, bbox)),
            }
        }
        let composite = composite.ok_or_else(|| format!("nothing to draw for {folge}"))?;
        metrics
            .push(LongMetric { advance: u16::try_from(pen)?, side_bearing: composite.bbox.x_min });
        glyphs.add_glyph(&composite)?;
    }
    let (glyf, loca, format) = glyphs.build();
    let mut head: Head = font.head()?.to_owned_table();
    head.index_to_loc_format = format as i16;
    let mut hhea: Hhea = font.hhea()?.to_owned_table();
    hhea.number_of_h_metrics = u16::try_from(metrics.len())?;
    let mut maxp: Maxp = font.maxp()?.to_owned_table();
    maxp.num_glyphs = hhea.number_of_h_metrics;
    // A sequence has three parts at most, each of which may be composed itself.
    maxp.max_component_elements = maxp.max_component_elements.map(|it| it.max(3));
    maxp.max_component_depth = maxp.max_component_depth.map(|it| it + 1);
    maxp.max_composite_points = maxp.max_composite_points.map(|it| it.saturating_mul(3));
    maxp.max_composite_contours = maxp.max_composite_contours.map(|it| it.saturating_mul(3));
    let font = FontBuilder::new()
        .add_table(&head)?
        .add_table(&hhea)?
        .add_table(&maxp)?
        .add_table(&Hmtx::new(metrics, Vec::new()))?
        .add_table(&glyf)?
        .add_table(&loca)?
        .copy_missing_tables(font)
        .build();
    Ok((first, font))
}
