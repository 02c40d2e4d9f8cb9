import assert from "node:assert/strict";
import { test } from "node:test";

import { withSection } from "../harness/document.js";

test("a section is added at the end, and replaced where it stands", () => {
  const first = withSection("# Performance\n\nWords.\n", "first");
  assert.match(first, /Words\.\n\n## Against peers\n\n<!-- peers.*-->\n\nfirst\n\n<!-- \/peers -->\n$/);
  const again = withSection(`${first}\n## After\n`, "second");
  assert.ok(!again.includes("first"));
  assert.match(again, /second\n\n<!-- \/peers -->\n\n## After\n$/);
});

test("a document with one mark of two is refused", () => {
  assert.throws(() => withSection("<!-- /peers -->", "content"), /only one/);
});
