/* The picture of the network by keyboard: one stop for Tab, arrows walk along ties, Enter looks closer, Escape steps back. */
const picture = document.querySelector("[data-network]");
if (picture) begin(picture);

function begin(picture) {
  const nodes = [...picture.querySelectorAll("[data-key]")];
  const byKey = new Map(nodes.map((node) => [node.dataset.key, node]));
  const lines = [...picture.querySelectorAll("[data-ends]")];
  const said = document.querySelector("[data-network-said]");
  const help = document.querySelector("[data-network-help]");
  if (help) help.hidden = false;

  const near = (node) => node.dataset.near.split(" ").filter(Boolean).map((key) => byKey.get(key)).filter(Boolean);
  const at = (node) => [Number(node.dataset.x), Number(node.dataset.y)];
  const start = picture.querySelector(".net__node--focus") ?? nodes[0];
  for (const node of nodes) node.setAttribute("tabindex", node === start ? "0" : "-1");

  function light(node) {
    const beside = new Set([node, ...near(node)]);
    picture.classList.add("has-walker");
    for (const one of nodes) one.classList.toggle("is-near", beside.has(one));
    for (const line of lines) line.classList.toggle("is-near", line.dataset.ends.split(" ").includes(node.dataset.key));
  }

  function dim() {
    picture.classList.remove("has-walker");
    for (const one of picture.querySelectorAll(".is-near")) one.classList.remove("is-near");
  }

  function step(node, direction) {
    const [x, y] = at(node);
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[direction];
    let best = null;
    let least = Infinity;
    for (const other of near(node)) {
      const [ox, oy] = at(other);
      const along = (ox - x) * dx + (oy - y) * dy;
      const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
      if (along > 0 && along + 2 * aside < least) [best, least] = [other, along + 2 * aside];
    }
    return best;
  }

  function go(from, to) {
    from.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
    to.focus();
  }

  picture.addEventListener("focusin", (event) => {
    const node = event.target.closest("[data-key]");
    if (!node) return;
    light(node);
    if (said) said.textContent = near(node).map((other) => other.querySelector("text").textContent).join(", ");
  });
  picture.addEventListener("focusout", dim);

  picture.addEventListener("keydown", (event) => {
    const node = event.target.closest("[data-key]");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = step(node, event.key);
      if (next) go(node, next);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      go(node, event.key === "Home" ? nodes[0] : nodes[nodes.length - 1]);
    } else if (event.key === "Escape") {
      picture.closest("[tabindex='0']")?.focus();
    }
  });
}
