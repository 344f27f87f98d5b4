/** Turns measured values into the two paths of a sparkline. */

/** Room left above and below, so that the line is not cut, in pixels. */
const MARGIN = 1.5;

/** The line, and the area below it. The scale starts at zero; a flat zero lies on the ground, gaps stay gaps. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; area: string } {
  const top = Math.max(0, ...values.filter((value) => value !== null));
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const ground = height - MARGIN;
  const y = (value: number) => (top === 0 ? ground : ground - (value / top) * (ground - MARGIN));
  const round = (value: number) => Math.round(value * 100) / 100;

  let line = "";
  let area = "";
  let run: [number, number][] = [];
  const close = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined) {
      const points = run.map(([px, py]) => `${round(px)} ${round(py)}`).join(" L");
      line += `M${points}`;
      area += `M${round(first[0])} ${ground} L${points} L${round(last[0])} ${ground}Z`;
    }
    run = [];
  };
  values.forEach((value, index) => {
    if (value === null) {
      close();
    } else {
      run.push([index * step, y(value)]);
    }
  });
  close();
  return { line, area };
}
