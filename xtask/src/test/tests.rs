use super::*;

fn parsed(words: &[&str]) -> Result<Selection> {
    Selection::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
}

#[test]
fn without_a_name_every_part_runs_lint_first() {
    let mut parts: Vec<_> = parsed(&[]).expect("no argument is needed").steps.iter().map(|step| step.part).collect();
    parts.dedup();
    assert_eq!(parts, Part::ALL);
    assert_eq!(parts[0], Part::Lint);
}

#[test]
fn a_whole_run_leaves_the_long_suites_of_other_engines_to_those_who_name_them() {
    let whole = steps(&[]);
    let of = |part: &str| whole.iter().filter(|step| step.starts_with(part)).cloned().collect::<Vec<_>>();
    assert_eq!(of("wasm"), ["wasm chromium", "wasm firefox"]);
    assert_eq!(of("e2e"), ["e2e chromium"]);
}

#[test]
fn named_parts_run_in_the_order_they_are_named() {
    assert_eq!(steps(&["package", "host"]), ["package", "host"]);
}

fn steps(words: &[&str]) -> Vec<String> {
    parsed(words).expect("a selection").steps.into_iter().map(Step::name).collect()
}

#[test]
fn a_part_that_runs_in_a_browser_runs_in_each_of_them() {
    assert_eq!(steps(&["host", "wasm"]), ["host", "wasm chromium", "wasm firefox", "wasm webkit"]);
}

#[test]
fn a_named_browser_is_the_only_one() {
    assert_eq!(steps(&["e2e", "--browser", "firefox"]), ["e2e firefox"]);
    assert_eq!(steps(&["e2e", "--browser", "webkit", "--", "s1"]), ["e2e webkit"]);
    for words in [["host", "--browser", "firefox"].as_slice(), &["e2e", "--browser"], &["e2e", "--browser", "lynx"]] {
        assert!(parsed(words).is_err(), "{words:?}");
    }
}

#[test]
fn chosen_tests_run_in_chromium_alone() {
    assert_eq!(steps(&["wasm", "--", "f13"]), ["wasm chromium"]);
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
fn the_table_names_what_failed_and_what_was_not_tested() {
    let outcome = |part, engine, verdict, seconds| Outcome {
        step: Step { part, engine },
        verdict,
        duration: Duration::from_secs(seconds),
    };
    let outcomes = [
        outcome(Part::Host, None, Verdict::Passed { repeated: Vec::new() }, 12),
        outcome(Part::Cluster, None, Verdict::Passed { repeated: vec!["a_test".to_owned()] }, 1),
        outcome(Part::Wasm, Some(Engine::WebKit), Verdict::Skipped("no package".to_owned()), 0),
        outcome(Part::E2e, Some(Engine::Firefox), Verdict::Failed(anyhow::anyhow!("no driver")), 60),
    ];
    let table = table(&outcomes);
    let rows: Vec<_> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let expected =
        ["host ok 12.0", "cluster ok, AGAIN 1.0", "wasm webkit NOT TESTED 0.0", "e2e firefox FAILED 60.0", "all 73.0"];
    assert_eq!(rows[1..], expected);
}

#[test]
fn a_failed_part_is_run_alone_by_the_words_that_are_said() {
    let step = Step { part: Part::E2e, engine: Some(Engine::Firefox) };
    assert_eq!(steps(&step.arguments().split(' ').collect::<Vec<_>>()), [step.name()]);
}
