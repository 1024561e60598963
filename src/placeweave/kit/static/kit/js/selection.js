/* Coding: the words selected inside [data-select-source] become code-point offsets in a form's hidden inputs.
 *
 *   <div data-select-source="coding-form">the stored text, exactly</div>
 *   <form id="coding-form"> <input type="hidden" name="start" data-select-start> <input type="hidden" name="end"
 *   data-select-end> <output data-select-words></output>
 *
 * Python counts code points and scripts count UTF-16 units, so an emoji before the selection would shift everything.
 * Elements marked data-not-text (labels of themes, say) are not part of the stored text and are not counted.
 */
const watched = new WeakSet();

const codePoints = (text) => Array.from(text).length;

function textNodes(source) {
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.parentElement.closest("[data-not-text]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/* Code points of the stored text before a point of the document. */
function offsetOf(source, container, offset) {
  const point = document.createRange();
  point.setStart(container, offset);
  let counted = 0;
  for (const node of textNodes(source)) {
    if (node === container) return counted + codePoints(node.data.slice(0, offset));
    if (point.comparePoint(node, 0) >= 0) return counted;
    counted += codePoints(node.data);
  }
  return counted;
}

/* Leave out white space at both ends: people drag a little too far. */
function trimmed(text, start) {
  const before = codePoints(text) - codePoints(text.trimStart());
  const words = text.trim();
  return { start: start + before, end: start + before + codePoints(words), words };
}

export function selectionIn(source) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return null;
  const start = offsetOf(source, range.startContainer, range.startOffset);
  const end = offsetOf(source, range.endContainer, range.endOffset);
  const whole = Array.from(textNodes(source).map((node) => node.data).join(""));
  const found = trimmed(whole.slice(start, end).join(""), start);
  return found.end > found.start ? found : null;
}

export function watchSelections(root) {
  for (const source of root.querySelectorAll("[data-select-source]")) {
    if (watched.has(source)) continue;
    watched.add(source);
    const form = document.getElementById(source.dataset.selectSource);
    document.addEventListener("selectionchange", () => {
      const found = form?.isConnected && selectionIn(source);
      if (!found) return;
      form.querySelector("[data-select-start]").value = found.start;
      form.querySelector("[data-select-end]").value = found.end;
      const shown = form.querySelector("[data-select-words]");
      if (shown) shown.textContent = `“${found.words}”`;
      form.classList.add("has-selection");
    });
  }
}
