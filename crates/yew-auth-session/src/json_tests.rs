use std::collections::HashMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::read;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    Dot,
    Circle(f64),
    Box { width: i8, height: Option<u16> },
    Pair(char, bool),
}

#[derive(Debug, PartialEq, Deserialize)]
struct Drawing {
    name: String,
    shapes: Vec<Shape>,
    #[serde(default)]
    by_layer: HashMap<u32, (i64, u64)>,
    nothing: (),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(u64),
    Text(String),
}

/// Reads what serde_json by itself reads, and refuses what it refuses.
fn reads_as_serde_json_does<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) -> bool {
    read::<T>(text.as_bytes()).ok() == serde_json::from_str::<T>(text).ok()
}

#[test]
fn structs_enums_tuples_and_maps_are_read_as_serde_json_reads_them() {
    let whole = r#"{"name":"a\n\u00e9😀","shapes":["dot",{"circle":-1},{"box":{"width":-128,"height":null}},{"pair":["x",true]}],
        "by_layer":{"7":[-9223372036854775808,18446744073709551615]},"nothing":null,"more":[{}]}"#;
    assert!(read::<Drawing>(whole.as_bytes()).is_ok());
    let texts = [
        whole,
        r#"{"name":"a","shapes":[],"nothing":null}"#,
        r#"{"name":"a","shapes":[{"dot":1}],"nothing":null}"#,
        r#"{"name":"a","shapes":[{"dot":null,"circle":1}],"nothing":null}"#,
        r#"{"name":"a","shapes":[{"box":{"width":128}}],"nothing":null}"#,
        r#"{"name":"a","shapes":[{"pair":["xy",true]}],"nothing":null}"#,
        r#"{"name":"a","shapes":[],"by_layer":{"x":[1,1]},"nothing":null}"#,
        r#"{"name":"a","shapes":[],"by_layer":{"1":[1,1,1]},"nothing":null}"#,
        r#"{"name":"a","name":"b","shapes":[],"nothing":null}"#,
        r#"{"name":1,"shapes":[],"nothing":null}"#,
        r#"{"shapes":[],"nothing":null}"#,
        r#"{"name":"a","shapes":{},"nothing":null}"#,
    ];
    for text in texts {
        assert!(reads_as_serde_json_does::<Drawing>(text), "{text}");
    }
}

#[test]
fn a_key_may_be_a_number_or_a_text() {
    for text in ["7", "\"7\"", "-7", "-0", "7.0", "1e400", "18446744073709551616", "null", "[]"] {
        assert!(reads_as_serde_json_does::<Key>(text), "{text}");
    }
}

#[test]
fn a_text_that_is_cut_off_goes_on_or_nests_without_end_is_refused() {
    let deep = "[".repeat(100_000);
    for text in ["", "{", "[1", "1 2", "{\"a\"}", "nul", "\"\\ud800\"", "01", &deep] {
        assert!(read::<Value>(text.as_bytes()).is_err());
    }
    assert!(read::<Value>(b"\"\xff\"").is_err());
}

#[test]
fn x3_what_is_deeper_than_any_answer_is_refused() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read::<Value>(nested(127).as_bytes()).is_ok());
    assert!(read::<Value>(nested(200).as_bytes()).is_err());
    let extra = format!(r#"{{"name":"a","shapes":[],"nothing":null,"extra":{}}}"#, nested(100_000));
    assert!(read::<Drawing>(extra.as_bytes()).is_err());
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_as_serde_json_reads_it(value in json()) {
        prop_assert!(reads_as_serde_json_does::<Value>(&value.to_string()));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = read::<Drawing>(&text);
    }
}
