// The scrub bar: all of the time, the queue's length behind it, resets and failures as marks, and what the stage shows.
import {clamp, g, h, round, scaleOf, stepPath} from './draw.js';

const SCRUB_HIGH = 40;

export class Scrub {
    // `gates`: their models and moments. `act.seek(t)`, `act.step(key)`.
    constructor(gates, end, say, act) {
        Object.assign(this, {gates, end, say, act});
        this.svg = g('svg', {'aria-hidden': 'true'});
        this.root = h('div', {class: 'gr-scrub', role: 'slider', tabindex: '0', 'aria-label': 'Time of the replay', 'aria-valuemin': '0', 'aria-valuemax': String(end)}, this.svg);
        const at = e => Math.round(clamp(this.x.back(e.clientX - this.svg.getBoundingClientRect().left), 0, end));
        this.root.addEventListener('pointerdown', e => {
            this.root.setPointerCapture(e.pointerId);
            act.seek(at(e));
        });
        this.root.addEventListener('pointermove', e => { if (this.root.hasPointerCapture(e.pointerId)) act.seek(at(e)); });
    }

    measure() {
        this.width = this.root.clientWidth || 300;
    }

    draw(view) {
        if (this.width !== this.drawnWidth) this.drawStill(this.width);
        const now = round(this.x(view.t));
        this.live.replaceChildren(
            view.to - view.from < this.end ? g('path', {d: `M${round(this.x(view.from))} ${SCRUB_HIGH - 1}H${round(this.x(view.to))}`, class: 'gr-shown'}) : '',
            g('path', {d: `M${now} 2V${SCRUB_HIGH}`, class: 'gr-cursor'}), g('circle', {cx: now, cy: SCRUB_HIGH - 8, r: 7, class: 'gr-thumb'}));
        this.root.setAttribute('aria-valuenow', String(view.t));
        this.root.setAttribute('aria-valuetext', this.say(view.t));
    }

    drawStill(width) {
        this.drawnWidth = width;
        const x = this.x = scaleOf({from: 0, to: Math.max(1, this.end), end: this.end}, 8, width - 16), out = [], seen = new Set();
        const lengths = this.gates[0].model.lengths.reduce((a, b) => a && a.max >= b.max ? a : b, null);
        if (lengths) {
            const y = v => SCRUB_HIGH - 8 - v / Math.max(1, lengths.max) * (SCRUB_HIGH - 22);
            out.push(g('path', {d: `${stepPath(lengths, x, y, 0, this.end, -1)}V${SCRUB_HIGH - 8}H8Z`, class: 'gr-area'}));
        }
        out.push(g('path', {d: `M8 ${SCRUB_HIGH - 8}H${width - 8}`, class: 'gr-rule'}));
        const many = this.gates.reduce((n, gate) => n + gate.model.resets.length, 0) > width / 6;
        for (const {moments} of this.gates)
            for (const kind of ['reset', 'red'])
                for (const moment of moments.filter(one => one.kinds[kind])) {
                    const at = Math.round(x(moment.t));
                    if (seen.has(at)) continue;
                    seen.add(at);
                    out.push(kind === 'reset' && !many ? g('path', {d: `M${at - 4} 2h8l-4 8z`, class: 'gr-mark'}) : g('path', {d: `M${at} 3v5`, class: 'gr-redmark'}));
                }
        this.live = g('g');
        this.svg.setAttribute('width', width);
        this.svg.setAttribute('height', SCRUB_HIGH);
        this.svg.replaceChildren(...out, this.live);
    }
}
