/* A map to move about in, in place of the picture the server drew, from the same facts.
 *
 *   <div data-ground="shapes" data-ground-name data-ground-open data-ground-nearer data-ground-farther
 *        [data-ground-tiles data-ground-owner] hidden>, beside <svg class="ground__still">
 *
 * Every mark can be reached by Tab, says its name, and opens by Enter as it does by a click. Where anything fails, the
 * picture stays as it was.
 */
const { L } = window;

function plain(text) {
  const line = document.createElement("p");
  line.textContent = text;
  return line;
}

function told(properties, open) {
  const box = document.createElement("div");
  box.append(plain(properties.label));
  if (properties.where) box.append(plain(properties.where));
  if (properties.url) {
    const link = document.createElement("a");
    link.href = properties.url;
    link.textContent = open;
    box.append(link);
  }
  return box;
}

function letBePressed(layer, properties) {
  const mark = layer.getElement();
  if (!mark) return;
  mark.setAttribute("tabindex", "0");
  mark.setAttribute("role", "button");
  mark.setAttribute("aria-label", properties.label);
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    layer.openPopup();
    layer.getPopup().getElement()?.querySelector("a[href]:not([role])")?.focus();
  });
  layer.on("popupclose", () => mark.focus({ preventScroll: true }));
}

function drawn(features, open) {
  return L.geoJSON(features, {
    style: ({ geometry, properties }) => (geometry.type === "Point" ? {} : { className: `ground__area ${properties.look}` }),
    pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 11, className: "ground__dot" }),
    onEachFeature: ({ properties }, layer) => {
      if (properties.name) layer.bindTooltip(plain(properties.name), { permanent: true, direction: "center", className: "ground__name" });
      else layer.bindTooltip(plain(properties.label), { sticky: true });
      layer.bindPopup(told(properties, open), { maxWidth: 240 });
    },
  });
}

async function lay(ground) {
  const answer = await fetch(ground.dataset.ground, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) return;
  const collection = await answer.json();
  ground.hidden = false;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(ground, { zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, zoomAnimation: !calm, fadeAnimation: !calm });
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: ground.dataset.groundNearer, zoomOutTitle: ground.dataset.groundFarther }).addTo(map);
  ground.setAttribute("role", "application");
  ground.setAttribute("aria-label", ground.dataset.groundName);
  if (ground.dataset.groundTiles) {
    L.tileLayer(ground.dataset.groundTiles, { attribution: ground.dataset.groundOwner, referrerPolicy: "origin" }).addTo(map);
  }
  const layer = drawn(collection, ground.dataset.groundOpen).addTo(map);
  map.fitBounds(layer.getBounds(), { padding: [16, 16], maxZoom: 16 });
  ground.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
  layer.eachLayer((one) => letBePressed(one, one.feature.properties));
  ground.parentElement.classList.add("ground--moving");
}

if (L) {
  for (const ground of document.querySelectorAll("[data-ground]")) lay(ground);
}
