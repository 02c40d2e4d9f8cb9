use super::*;

fn parsed(arguments: &[&str]) -> Result<Ports> {
    Ports::parse(lexopt::Parser::from_args(arguments))
}

#[test]
fn ports_have_defaults() {
    let ports = parsed(&[]).expect("no option is needed");
    assert_eq!([ports.app, ports.backend, ports.provider].map(|port| port.number), [8080, 8021, 8022]);
}

#[test]
fn each_port_can_be_chosen() {
    let ports = parsed(&["--port", "9000", "--backend-port=9001", "--provider-port", "9002"]).expect("valid options");
    assert_eq!([ports.app, ports.backend, ports.provider].map(|port| port.number), [9000, 9001, 9002]);
}

#[test]
fn a_port_that_cannot_exist_is_refused() {
    for number in ["0", "65536", "-1", "http"] {
        let message = parsed(&["--port", number]).expect_err(number).to_string();
        assert_eq!(message, format!("a port is a number from 1 to 65535, not `{number}`"));
    }
}

#[test]
fn an_unknown_option_is_refused_by_its_name() {
    let message = parsed(&["--prot", "9000"]).expect_err("a typing error").to_string();
    assert!(message.contains("--prot"), "{message}");
}

#[test]
fn servers_are_told_the_chosen_ports() {
    let ports = parsed(&["--port", "9000", "--provider-port", "9002"]).expect("valid options");
    let defaults = ports.backend(Path::new("state")).defaults();
    let value = |wanted| defaults.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
    assert_eq!(value("SPA_ORIGINS"), Some("http://127.0.0.1:9000,http://localhost:9000"));
    assert_eq!(value("OIDC_SERVER_URL"), Some("http://127.0.0.1:9002"));
}

#[test]
fn the_two_servers_share_no_state() {
    let ports = parsed(&[]).expect("no option is needed");
    assert_ne!(ports.backend(Path::new("state")).state, ports.provider(Path::new("state")).state);
}

#[test]
fn a_frame_is_as_wide_as_its_longest_line() {
    assert_eq!(framed("a\nlonger"), "+----------+\n|  a       |\n|  longer  |\n+----------+");
}
