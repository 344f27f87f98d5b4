/** Colour tokens for canvases, which cannot read `light-dark()` themselves. */

/** The token's colour as it is drawn now, such as `rgb(63, 140, 249)`. Ask again when the theme changes. */
export function resolveColor(token: `--color-${string}`, within: HTMLElement = document.body): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  within.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
