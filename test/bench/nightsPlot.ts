/** Lines over days as a small SVG, for what a benchmark draws. */

export interface Curve {
  readonly name: string;
  /** One value a day; undefined = nothing to say that day. */
  readonly values: readonly (number | undefined)[];
}

export interface Panel {
  readonly title: string;
  readonly curves: readonly Curve[];
}

const width = 760;
const height = 170;
const left = 64;
const right = 130;
const top = 26;
const bottom = 22;
/** Told apart by colour and by dashes, for those who do not see the one. */
const strokes = [
  { colour: '#7c5cff', dash: '' },
  { colour: '#d9822b', dash: '7 4' },
  { colour: '#2a9d8f', dash: '2 3' },
  { colour: '#8a8f98', dash: '9 3 2 3' },
];

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 32};`);

/** A panel below the other, all with the same days (ISO dates) along the bottom. */
export function plotOf(title: string, days: readonly string[], panels: readonly Panel[]): string {
  const all = panels.map((panel, at) => panelOf(panel, days, 34 + at * (height + 12)));
  const total = 34 + panels.length * (height + 12);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, sans-serif" font-size="11" fill="#444">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="12" y="20" font-size="14" font-weight="600">${escaped(title)}</text>`,
    ...all,
    '</svg>',
    '',
  ].join('\n');
}

function panelOf({ title, curves }: Panel, days: readonly string[], y: number): string {
  const known = curves.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const most = known.reduce((a, b) => Math.max(a, b), 0) || 1;
  const [innerWidth, innerHeight] = [width - left - right, height - top - bottom];
  const px = (day: number) => left + (days.length < 2 ? 0 : (day / (days.length - 1)) * innerWidth);
  const py = (value: number) => y + top + innerHeight * (1 - value / most);
  const grid = [0, most / 2, most].map(
    (value) =>
      `<path d="M${left} ${py(value).toFixed(1)}H${width - right}" stroke="#ddd"/><text x="${left - 6}" y="${(py(value) + 4).toFixed(1)}" text-anchor="end">${shortOf(value)}</text>`,
  );
  const lines = curves.map(({ name, values }, at) => {
    const { colour, dash } = strokes[at % strokes.length] ?? { colour: '#000', dash: '' };
    const points = values.flatMap((value, day) =>
      value === undefined ? [] : [`${px(day).toFixed(1)},${py(value).toFixed(1)}`],
    );
    const labelY = y + top + 10 + at * 15;
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="1.8" stroke-dasharray="${dash}" points="${points.join(' ')}"/>` +
      `<path d="M${width - right + 10} ${labelY - 4}h18" stroke="${colour}" stroke-width="1.8" stroke-dasharray="${dash}"/>` +
      `<text x="${width - right + 33}" y="${labelY}">${escaped(name)}</text>`
    );
  });
  const ends = [0, days.length - 1].map(
    (day, at) =>
      `<text x="${px(day).toFixed(1)}" y="${y + height - 6}" text-anchor="${at === 0 ? 'start' : 'end'}">${days[day] ?? ''}</text>`,
  );
  return [
    `<text x="${left}" y="${y + 14}" font-weight="600">${escaped(title)}</text>`,
    ...grid,
    ...lines,
    ...ends,
  ].join('\n');
}

const shortOf = (value: number) =>
  value >= 1000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 100) / 100);
