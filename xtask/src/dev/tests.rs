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

#[test]
fn tokens_travel_in_cookies_unless_they_are_wanted_otherwise() {
    let transport = |arguments| parsed(arguments).expect("valid options").transport;
    assert_eq!(transport(&[]).cookie_mode(), "1");
    assert_eq!(transport(&["--bearer"]).cookie_mode(), "0");
}
