// Every text that stands on its ground with a contrast below 4.5 to 1, by WCAG 2's formula, from the computed styles.
const numbers = colour => colour.match(/[\d.]+/g).map(Number);
const luminance = ([r, g, b]) => {
  const part = c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = numbers(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const bad = [];
for (const element of document.body.querySelectorAll('*:not(svg *)')) {
  const tells = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!tells || !element.getClientRects().length) continue;
  const [one, other] = [luminance(numbers(getComputedStyle(element).color)), luminance(ground(element))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < 4.5) bad.push(ratio.toFixed(2) + ' ' + element.outerHTML.slice(0, 80));
}
return bad;
