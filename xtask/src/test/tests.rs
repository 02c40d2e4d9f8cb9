use super::*;

fn parsed(words: &[&str]) -> Result<Selection> {
    Selection::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
}

#[test]
fn without_a_name_every_part_runs_lint_first() {
    let selection = parsed(&[]).expect("no argument is needed");
    assert_eq!(selection.parts, Part::ALL);
    assert_eq!(selection.parts[0], Part::Lint);
}

#[test]
fn named_parts_run_in_the_order_they_are_named() {
    assert_eq!(parsed(&["e2e", "host"]).expect("both exist").parts, [Part::E2e, Part::Host]);
}

#[test]
fn a_browser_is_chosen_for_the_parts_that_run_in_one() {
    let selection = parsed(&["e2e", "--browser", "firefox", "--", "s1"]).expect("both exist");
    assert_eq!((selection.parts, selection.engine), (vec![Part::E2e], Engine::Firefox));
    assert_eq!(parsed(&["--browser", "webkit"]).expect("it has two parts").parts, Part::ALL);
    for words in [["host", "--browser", "firefox"].as_slice(), &["e2e", "--browser"], &["e2e", "--browser", "lynx"]] {
        assert!(parsed(words).is_err(), "{words:?}");
    }
}

#[test]
fn an_unknown_part_is_refused_with_those_that_exist() {
    let message = parsed(&["hots"]).expect_err("a typing error").to_string();
    assert!(message.contains("`hots`") && Part::ALL.iter().all(|part| message.contains(part.name())), "{message}");
}

#[test]
fn arguments_reach_the_runner_of_one_part() {
    let selection = parsed(&["e2e", "--", "--exact", "s1"]).expect("one part");
    assert_eq!(selection.runner_arguments, ["--exact", "s1"]);
    let mut command = Command::new("cargo");
    let words: Vec<_> = hand_on(command.arg("test"), &selection.runner_arguments).get_args().collect();
    assert_eq!(words, ["test", "--", "--exact", "s1"]);
}

#[test]
fn arguments_for_no_one_runner_are_refused() {
    for words in [["--", "s1"].as_slice(), &["lint", "--", "s1"], &["size", "--", "s1"], &["host", "e2e", "--", "s1"]] {
        assert!(parsed(words).is_err(), "{words:?}");
    }
}

#[test]
fn the_table_names_what_failed() {
    let outcome = |part, result, seconds| Outcome { part, result, duration: Duration::from_secs(seconds) };
    let outcomes = [outcome(Part::Host, Ok(()), 12), outcome(Part::E2e, Err(anyhow::anyhow!("no browser")), 60)];
    let table = table(&outcomes);
    let rows: Vec<Vec<_>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[1..], [vec!["host", "ok", "12.0"], vec!["e2e", "FAILED", "60.0"], vec!["all", "72.0"]]);
}
