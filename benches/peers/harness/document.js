// A section of a document that a command owns, between two marks.

const BEGIN = "<!-- peers: written by `cargo xtask bench peers` -->";
const END = "<!-- /peers -->";

/** The document with the section's content replaced, or with the section added at its end. */
export function withSection(document, content) {
  const section = `${BEGIN}\n\n${content.trim()}\n\n${END}`;
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 !== end < 0 || end < begin) throw new Error("the document holds only one of the section's two marks");
  if (begin >= 0) return document.slice(0, begin) + section + document.slice(end + END.length);
  return `${document.trimEnd()}\n\n## Against peers\n\n${section}\n`;
}
