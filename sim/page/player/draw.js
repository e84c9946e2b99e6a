// Elements, scales, and lines that do not have more points than there are pixels.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
        else element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
    return element;
}
// Text goes in as text, never as markup.
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const g = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const round = x => Math.round(x * 10) / 10;
export const clamp = (x, low, high) => Math.max(low, Math.min(high, x));

// Time -> pixels.
export const scaleOf = (view, left, width) => {
    const x = t => left + (Math.min(t, view.end * 2) - view.from) / (view.to - view.from) * width;
    x.back = pixel => view.from + (pixel - left) / width * (view.to - view.from);
    x.left = left;
    x.right = left + width;
    return x;
};

// Round times for an axis of so many pixels.
const ROUND = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000];
export function ticksOf(view, unit, startAt, width) {
    const most = Math.max(2, Math.floor(width / (startAt === null ? 70 : 100))), span = (view.to - view.from) * unit;
    const step = ROUND.find(s => span / s <= most) ?? Math.ceil(span / most / 2592000) * 2592000;
    const offset = startAt === null ? 0 : startAt % step, ticks = [];
    for (let s = Math.ceil((view.from * unit + offset) / step) * step - offset; s <= view.to * unit; s += step)
        ticks.push(s / unit);
    return ticks;
}

// The path of steps between two times; where many fall on a pixel, from their lowest to their highest.
export function stepPath(steps, x, y, from, to, first) {
    let d = '', pixel = x.left, value = steps.values[first] ?? 0, low = value, high = value;
    d = `M${x.left} ${round(y(value))}`;
    for (let i = first + 1; i < steps.times.length && steps.times[i] <= to; ++i) {
        const next = Math.round(x(steps.times[i]));
        if (next > pixel) {
            if (low !== high) d += `V${round(y(low))}V${round(y(high))}V${round(y(value))}`;
            d += `H${next}`;
            pixel = next;
            low = high = value;
        }
        value = steps.values[i];
        low = Math.min(low, value);
        high = Math.max(high, value);
    }
    if (low !== high) d += `V${round(y(low))}V${round(y(high))}V${round(y(value))}`;
    return d + `H${x.right}`;
}
