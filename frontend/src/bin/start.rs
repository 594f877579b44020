//! The program of the start page.

fn main() {
    frontend::start::run();
}
