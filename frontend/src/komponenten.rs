//! The parts that pages are made of: KERN's markup, with labels, hints and errors tied to their
//! inputs. Plain functions where nothing is remembered between renderings.

mod auswahl;
mod datum;
mod dialog;
mod eingabe;
mod meldung;
mod rahmen;
mod teile;
mod zeitleiste;

pub use auswahl::sort_key;
pub use datum::{join_parts, pad, split_parts};
pub use dialog::{Dialog, dialog, open as open_dialog};
pub use eingabe::{Eingabe, Eingabeprops, Frage, Geaendert, LISTEN, element_id};
pub use meldung::{
    Fehlerzeile, Meldungsart, error, error_summary, fehlertitel, hint, icon, meldung,
};
pub use rahmen::{Fusslink, Rahmen, rahmen};
pub use teile::{
    absatz, absatz_mit, abschnitt, badge, block, eigenschaft, folge, fortschritt, haekchen,
    haupttitel, knopf, knopflink, link, liste, weg,
};
pub use zeitleiste::zeitleiste;
