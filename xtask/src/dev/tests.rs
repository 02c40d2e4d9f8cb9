use super::*;

fn parsed(arguments: &[&str]) -> Result<Options> {
    Options::parse(lexopt::Parser::from_args(arguments))
}

#[test]
fn ports_have_defaults() {
    let ports = parsed(&[]).expect("no option is needed").ports;
    assert_eq!([ports.app, ports.backend, ports.provider].map(|port| port.number), [8080, 8021, 8022]);
}

#[test]
fn each_port_can_be_chosen() {
    let ports =
        parsed(&["--port", "9000", "--backend-port=9001", "--provider-port", "9002"]).expect("valid options").ports;
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

fn told(options: &Options, wanted: &str) -> Option<String> {
    let defaults = options.backend(Path::new("state")).defaults();
    defaults.into_iter().find_map(|(name, value)| (name == wanted).then_some(value))
}

#[test]
fn servers_are_told_the_chosen_ports() {
    let options = parsed(&["--port", "9000", "--provider-port", "9002"]).expect("valid options");
    assert_eq!(told(&options, "SPA_ORIGINS").as_deref(), Some("http://127.0.0.1:9000,http://localhost:9000"));
    assert_eq!(told(&options, "OIDC_SERVER_URL").as_deref(), Some("http://127.0.0.1:9002"));
}

#[test]
fn tokens_travel_in_cookies_unless_they_are_wanted_otherwise() {
    let cookies = |arguments| told(&parsed(arguments).expect("valid options"), "COOKIE_MODE");
    assert_eq!(cookies(&[]).as_deref(), Some("1"));
    assert_eq!(cookies(&["--bearer"]).as_deref(), Some("0"));
}

#[test]
fn the_two_servers_share_no_state() {
    let options = parsed(&[]).expect("no option is needed");
    assert_ne!(options.backend(Path::new("state")).state, options.provider(Path::new("state")).state);
}

#[test]
fn a_frame_is_as_wide_as_its_longest_line() {
    assert_eq!(framed("a\nlonger"), "+----------+\n|  a       |\n|  longer  |\n+----------+");
}
