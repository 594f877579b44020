//! The program of the pages that tell something: the state of an application, help, privacy …

fn main() {
    frontend::auskunft::run();
}
