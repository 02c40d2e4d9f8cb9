//! What a screen reader has of a page: its accessibility tree, the focus, and what live regions say.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Tab;

/// A script for [`Scenario::first_script`](crate::Scenario::first_script) that notes what live regions say.
///
/// A region that comes into the page with its text says nothing, unless it is an alert: not every screen reader announces
/// it. Text that is not visible is not said. A region says the whole of its text whenever that changes.
pub const LISTEN: &str = "
(() => {
    const LIVE = '[role=status], [role=alert], [role=timer][aria-live]';
    const said = (window.announcements = []);
    const last = new WeakMap();
    const textOf = (region) => {
        const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
        let text = '', last;
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (parent.checkVisibility({ visibilityProperty: true }) && !parent.closest('[aria-hidden=true]')) {
                text += (parent === last ? '' : ' ') + walker.currentNode.data;
                last = parent;
            }
        }
        return text.replace(/\\s+/g, ' ').trim();
    };
    const say = (region, is_wait) => {
        const text = textOf(region);
        if (text === (last.get(region) ?? '')) return;
        last.set(region, text);
        if (text) said.push({ text, is_assertive: region.role === 'alert', is_wait });
    };
    const regionsIn = (node) => node.querySelectorAll
        ? [...(node.matches(LIVE) ? [node] : []), ...node.querySelectorAll(LIVE)] : [];
    new MutationObserver((records) => {
        const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes].flatMap(regionsIn)));
        for (const region of added) {
            if (region.role === 'alert') say(region, false);
            else last.set(region, textOf(region));
        }
        const changed = new Set(records.map(({ target }) => (target.closest ? target : target.parentElement)?.closest(LIVE)));
        for (const region of changed) if (region && !added.has(region)) say(region, false);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    // What is awaited is said after half a second: static/styles/messages.css.
    document.addEventListener('animationend', ({ target }) => {
        const region = target.closest(LIVE);
        if (region) say(region, true);
    });
})();
";

/// What a live region has said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Announcement {
    /// The words.
    pub text: String,
    /// Whether it interrupts what is being read, as an alert does.
    pub is_assertive: bool,
    /// Whether it says what is awaited. Whether a wait is long enough for that depends on the machine.
    pub is_wait: bool,
}

impl Tab {
    /// What live regions have said since this was last asked. Needs the script [`LISTEN`].
    pub async fn announcements(&self) -> Result<Vec<Announcement>> {
        self.script("return window.announcements.splice(0)").await
    }

    /// The page as a screen reader goes through it, line by line. Needs
    /// [`Need::AccessibilityTree`](crate::Need::AccessibilityTree).
    pub async fn read_aloud(&self) -> Result<ReadAloud> {
        self.cdp("Accessibility.enable", json!({})).await?;
        self.cdp("DOM.enable", json!({})).await?;
        let mut answer = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let mut nodes: Vec<Node> = serde_json::from_value(answer["nodes"].take())?;
        for link in nodes.iter_mut().filter(|node| node.role() == "link") {
            link.is_current = self.is_current(link.dom_node).await?;
        }
        let root = nodes.first().context("an empty accessibility tree")?.id.clone();
        let nodes = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
        Ok(Tree { nodes }.read(&root))
    }

    /// Whether an element has `aria-current`, which the tree does not tell.
    async fn is_current(&self, dom_node: Option<i64>) -> Result<bool> {
        let answer = self.cdp("DOM.describeNode", json!({"backendNodeId": dom_node})).await?;
        let attributes = answer["node"]["attributes"].as_array();
        Ok(attributes.is_some_and(|attributes| attributes.iter().any(|attribute| attribute == "aria-current")))
    }
}

/// A page as a screen reader goes through it.
#[derive(Debug, Default)]
pub struct ReadAloud {
    /// One line for each element or paragraph, indented below what contains it.
    pub lines: Vec<String>,
    /// What has the focus, if anything has.
    pub focus: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Node {
    #[serde(rename = "nodeId")]
    id: String,
    #[serde(rename = "backendDOMNodeId")]
    dom_node: Option<i64>,
    #[serde(default)]
    ignored: bool,
    #[serde(default)]
    role: Property,
    #[serde(default)]
    name: Property,
    #[serde(default)]
    description: Property,
    #[serde(default)]
    value: Property,
    #[serde(default)]
    properties: Vec<NamedProperty>,
    #[serde(rename = "childIds", default)]
    children: Vec<String>,
    #[serde(skip)]
    is_current: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Property {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Deserialize)]
struct NamedProperty {
    name: String,
    value: Property,
}

impl Property {
    fn text(&self) -> &str {
        self.value.as_str().unwrap_or_default().trim()
    }
}

impl Node {
    fn role(&self) -> &str {
        if self.ignored { "none" } else { self.role.text() }
    }

    fn property(&self, name: &str) -> Option<&Value> {
        self.properties.iter().find(|property| property.name == name).map(|property| &property.value.value)
    }

    fn is(&self, name: &str) -> bool {
        self.property(name) == Some(&Value::Bool(true))
    }

    /// Role, name, value, states and description, in the order in which they are read.
    fn spoken(&self) -> String {
        let mut words = vec![self.role().to_owned()];
        if let Some(level) = self.property("level") {
            words.push(level.to_string());
        }
        if !self.name.text().is_empty() {
            words.push(format!("“{}”", self.name.text()));
        }
        let mut text = words.join(" ");
        if !self.value.text().is_empty() {
            text += &format!(", “{}”", self.value.text());
        }
        if self.is_current {
            text += ", current page";
        }
        let is_invalid = self.property("invalid").is_some_and(|invalid| *invalid != json!("false"));
        let states = [("required", self.is("required")), ("invalid", is_invalid), ("modal", self.is("modal"))];
        for (state, _) in states.into_iter().filter(|(_, is_set)| *is_set) {
            text += &format!(", {state}");
        }
        if !self.description.text().is_empty() {
            text += &format!(", described by “{}”", self.description.text());
        }
        text
    }
}

/// Part of what is read: a piece of a paragraph, or lines of their own.
enum Part {
    Text(String),
    Lines(Vec<String>),
}

struct Tree {
    nodes: HashMap<String, Node>,
}

impl Tree {
    fn read(&self, root: &str) -> ReadAloud {
        let focused = self.nodes.values().find(|node| node.is("focused") && node.role() != "RootWebArea");
        let lines = self.nodes.get(root).map(|node| self.lines(node)).unwrap_or_default();
        ReadAloud { lines, focus: focused.map(Node::spoken) }
    }

    /// The lines below a node.
    fn lines(&self, node: &Node) -> Vec<String> {
        let (mut lines, mut paragraph) = (Vec::new(), String::new());
        let end_paragraph = |paragraph: &mut String, lines: &mut Vec<String>| {
            let text = std::mem::take(paragraph);
            if !text.trim().is_empty() {
                lines.push(format!("“{}”", text.trim()));
            }
        };
        for part in self.parts_below(node) {
            match part {
                Part::Text(text) => paragraph += &text,
                Part::Lines(more) => {
                    end_paragraph(&mut paragraph, &mut lines);
                    lines.extend(more);
                }
            }
        }
        end_paragraph(&mut paragraph, &mut lines);
        lines
    }

    fn parts_below(&self, node: &Node) -> Vec<Part> {
        node.children.iter().filter_map(|id| self.nodes.get(id)).flat_map(|child| self.parts(child)).collect()
    }

    fn parts(&self, node: &Node) -> Vec<Part> {
        match node.role() {
            "none" | "generic" => self.parts_below(node),
            "InlineTextBox" | "LineBreak" => Vec::new(),
            "StaticText" => vec![Part::Text(node.name.value.as_str().unwrap_or_default().to_owned())],
            // How long ago something was depends on the machine.
            "time" => vec![Part::Text("(how long ago)".to_owned())],
            "paragraph" | "LabelText" => vec![Part::Lines(self.lines(node))],
            "link" | "button" | "heading" | "textbox" | "searchbox" | "combobox" => {
                vec![Part::Lines(vec![node.spoken()])]
            }
            // An empty one is not read.
            "status" | "alert" | "timer" if self.lines(node).is_empty() => Vec::new(),
            _ => {
                let below = self.lines(node).into_iter().map(|line| format!("  {line}"));
                vec![Part::Lines(std::iter::once(node.spoken()).chain(below).collect())]
            }
        }
    }
}
