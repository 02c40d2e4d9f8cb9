// Keeps a page that the browser translates in the app's hands. A translator puts <font> elements in the place of a text, or around
// it (Chrome, Edge). Yew would go on writing into the text that is gone, and would find no place for what comes before it. So the
// text goes back in, empty, before its translation; the translation goes when the app changes or removes the text.
const translations = new WeakMap(); // of each text that is translated: `{ font, original }`
const texts = new WeakMap(); // of each translation: its text
let isTranslated = false;

const isFont = (node) => node?.nodeName === "FONT";
const isText = (node) => node.nodeType === Node.TEXT_NODE;

// What a translator has put in the place of a text, or around it.
function translationOf(text, { addedNodes, previousSibling, nextSibling }) {
  if (!text.isConnected) {
    return [...addedNodes, previousSibling, nextSibling].find((node) => isFont(node) && !texts.has(node));
  }
  let outermost;
  for (let node = text.parentNode; isFont(node); node = node.parentNode) outermost = node;
  return outermost;
}

function keep(text, font) {
  isTranslated = true;
  translations.set(text, { font, original: text.data });
  texts.set(font, text);
  if (text.isConnected) text.replaceWith(text.cloneNode());
  font.before(text);
  text.data = "";
}

function settle(text, isChanged) {
  const { font, original } = translations.get(text);
  if (text.isConnected && font.isConnected && text.data === "" && !isChanged) {
    // The app may have moved the text.
    if (text.nextSibling !== font) text.after(font);
    return;
  }
  translations.delete(text);
  if (font.isConnected) font.remove();
  // The translator shows the original again.
  else if (!isChanged && text.data === "") text.data = original;
}

function look(record) {
  const { type, target, addedNodes, removedNodes } = record;
  for (const node of [target, ...removedNodes, ...addedNodes]) {
    const text = texts.get(node) ?? node;
    if (translations.has(text)) settle(text, type === "characterData");
  }
  for (const text of removedNodes) {
    const font = isText(text) && !isFont(target) && !translations.has(text) && translationOf(text, record);
    if (font) keep(text, font);
  }
  // The app also changes a page that is out of the document, and which may now be back.
  for (const node of isTranslated ? addedNodes : []) {
    for (const font of node.querySelectorAll?.("font") ?? []) {
      if (translations.has(texts.get(font))) settle(texts.get(font));
    }
  }
}

const observer = new MutationObserver((records) => {
  records.forEach(look);
  // What this has changed itself.
  observer.takeRecords();
});
observer.observe(document.body, { characterData: true, childList: true, subtree: true });
