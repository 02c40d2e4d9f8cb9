//! Whether a page is laid out so that everything can be read and reached.

use anyhow::{Result, ensure};

use super::Tab;

/// What is wrong with the layout of the page, in words. A dialog is looked at alone, and so are the notices, which lie over
/// the page on purpose.
const FAULTS: &str = r"
    const isClipped = (element) => element && (getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement));
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !isClipped(element);
    const name = (element) => `${element.localName}.${element.className} ${(element.innerText ?? '').slice(0, 30)}`;
    const faults = [];

    const cuts = (overflow, content, room) => overflow !== 'visible' && content > room + 1;
    for (const element of document.querySelectorAll('body, body *:not(.visually-hidden, input, select, option)')) {
        const { overflowX, overflowY, display } = getComputedStyle(element);
        if (display === 'inline' || display === 'contents') continue;
        const scrolls = ['auto', 'scroll'].includes(overflowY);
        const isCut = cuts(overflowX, element.scrollWidth, element.clientWidth) ||
            (!scrolls && cuts(overflowY, element.scrollHeight, element.clientHeight));
        if (isCut) faults.push(`cut off: ${name(element)}`);
    }
    if (document.documentElement.scrollWidth > document.body.offsetWidth) faults.push('the page is too wide');

    // Each line of text, without the space above and below its letters, and each control.
    const boxes = (layer, other) => {
        const found = [];
        const add = (owner, what, rects, inset) => {
            for (const { left, right, top, bottom, width, height } of rects) {
                if (width > 0 && height > 0) {
                    found.push({ owner, what, left, right, top: top + inset * height, bottom: bottom - inset * height });
                }
            }
        };
        const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const text = walker.currentNode, parent = text.parentElement;
            if (!text.data.trim() || other?.contains(parent) || parent.closest('select, noscript') || !isSeen(parent)) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            add(parent, `“${text.data.trim().slice(0, 30)}”`, range.getClientRects(), 0.25);
        }
        for (const control of layer.querySelectorAll('a, button, input, select')) {
            if (!other?.contains(control) && isSeen(control)) add(control, name(control), control.getClientRects(), 0);
        }
        return found;
    };
    // A control may hold text, and the button that shows a password lies in its field.
    const belong = (a, b) => a === b || a.contains(b) || b.contains(a) || (a.matches('.reveal, input') && b.matches('.reveal, input'));
    const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const check = (layer, other) => {
        const found = boxes(layer, other);
        found.forEach((one, index) => {
            if (one.left < -1 || one.right > innerWidth + 1) faults.push(`outside of the window: ${one.what}`);
            for (const next of found.slice(index + 1)) {
                if (!belong(one.owner, next.owner) && overlap(one, next)) faults.push(`${one.what} lies over ${next.what}`);
            }
        });
    };
    const notices = document.getElementById('notices');
    const dialog = document.querySelector('dialog[open]');
    check(dialog ?? document.body, notices);
    if (!dialog) check(notices);
    return faults";

impl Tab {
    /// Fails if text or a control of the page as it is now is cut off, covered by another, or outside of the window, or if
    /// the page has to be scrolled sideways. `view` names the page in the error.
    pub async fn ensure_laid_out(&self, view: &str) -> Result<()> {
        let faults: Vec<String> = self.script(FAULTS).await?;
        ensure!(faults.is_empty(), "{view}:\n  {}", faults.join("\n  "));
        Ok(())
    }
}
