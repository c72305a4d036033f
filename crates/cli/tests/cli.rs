//! The real binary: exit code, standard output, standard error. Cases stand in `cmd/`; `TRYCMD=overwrite` rewrites them.

#[test]
fn commands() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("KS_LOGGER_NAME", "pretty")
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .run();
}
