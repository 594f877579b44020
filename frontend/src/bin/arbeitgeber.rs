//! The program of an employer who fills in the part of a Beschäftigungserlaubnis.

fn main() {
    frontend::zulieferung::run(&shared::antraege::beschaeftigungserlaubnis::ZULIEFERUNG);
}
