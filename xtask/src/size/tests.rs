use super::*;

fn ledger(budget: usize) -> Ledger {
    let text = format!(
        "budget = {budget}\nlazy = [\"inspector.wasm\"]\n[files]\n\"app.wasm\" = [1000, 500, 400]\n\"old.js\" = [9, 9, 9]"
    );
    Ledger::parse(&text).expect("a ledger")
}

fn files() -> Vec<File> {
    let file = |name: &str, role, brotli| {
        let sizes = Sizes { raw: 10 * brotli, gzip: 2 * brotli, brotli };
        File { name: name.to_owned(), role, sizes }
    };
    vec![
        file("app.wasm", Role::Startup, 450),
        file("boot.js", Role::Startup, 50),
        file("inspector.wasm", Role::Lazy, 900),
        file("index.html", Role::Rest, 900),
    ]
}

#[test]
fn the_start_may_weigh_its_budget_and_not_a_byte_more() {
    ensure_affordable(&files(), &ledger(500)).expect("just within");
    let message = ensure_affordable(&files(), &ledger(499)).expect_err("one byte over").to_string();
    assert!(message.contains("500 bytes") && message.contains("1 over the budget of 499"), "{message}");
}

#[test]
fn a_start_that_grows_fails_until_it_is_recorded() {
    let mut ledger = ledger(10_000);
    let mut files = files();
    ensure_recorded(&files, &ledger).expect("91 bytes more are not worth a record");
    files[0].sizes.brotli += UNRECORDED;
    let message = ensure_recorded(&files, &ledger).expect_err("it has crept").to_string();
    assert!(message.contains("grown by 2091 bytes"), "{message}");
    ledger.record(&files);
    ensure_recorded(&files, &ledger).expect("recorded");
}

#[test]
fn the_table_tells_what_has_changed_since_the_record() {
    let table = table(&files(), &ledger(500));
    let changes: Vec<_> = table.lines().map(|line| line.rsplit(' ').next().unwrap_or_default()).collect();
    assert_eq!(changes, ["change", "+50", "new", "new", "new", "gone", "+91", "+900", "+1891", "500"]);
}
