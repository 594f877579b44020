//! The program of the application for: Verpflichtungserklärung.

fn main() {
    frontend::antrag::run(&shared::antraege::verpflichtungserklaerung::FORMULAR);
}
