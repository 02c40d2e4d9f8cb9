// Counts what happens to the DOM of a page of posts: each node that comes or goes, each text and each attribute that
// changes is one mutation. The function that is returned ends the counting.
window.countMutations = () => {
  const rows = new Set(document.querySelectorAll("article.post"));
  let records = [];
  const observer = new MutationObserver((news) => {
    records = records.concat(news);
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  const mutations = ({ type, target, addedNodes, removedNodes }) =>
    type === "childList"
      ? [...addedNodes, ...removedNodes].map((node) => ({ type, nodes: [node, target] }))
      : [{ type, nodes: [target] }];
  // A node that is gone has no parent any more: then the one it had tells where it was.
  const around = (selector) => ({ nodes }) =>
    nodes.map((node) => (node instanceof Element ? node : node.parentElement)?.closest(selector)).find(Boolean);

  return () => {
    const all = records.concat(observer.takeRecords()).flatMap(mutations);
    observer.disconnect();
    const touched = all.map(around("article.post")).filter(Boolean);
    const updated = all.filter(around(".updated"));
    const now = [...document.querySelectorAll("article.post")];
    return {
      rows: touched.length,
      updated: updated.map(({ type }) => type),
      elsewhere: all.length - touched.length - updated.length,
      titles: [...new Set(touched)].map((row) => row.querySelector("h2")?.textContent ?? ""),
      // A row is new when its node is, whatever it says.
      newRows: now.filter((row) => !rows.has(row)).length,
      goneRows: [...rows].filter((row) => !row.isConnected).length,
    };
  };
};
