// Below the stage, on the same time axis: how long the queue is and its window; how many nodes of each pool are busy.
import {clamp, g, h, round, scaleOf, stepPath} from './draw.js';
import {lastAt, stepsOf, valueAt} from './model.js';

const STRIP_HIGH = 46;

export class Strips {
    constructor(model, act) {
        Object.assign(this, {model, act});
        this.svg = g('svg', {class: 'gr-strips', role: 'img'});
        this.root = h('div', {class: 'gr-stripbox'}, this.svg);
        this.svg.addEventListener('click', e => act.seek(Math.round(this.x.back(e.clientX - this.svg.getBoundingClientRect().left))));
        // Side by side, the same height means the same number.
        this.common = new Map();
        this.windows = model.queues.map(q => windowSteps(model.windows.filter(w => w.queue === q.row)));
    }

    // What is shown: all queues and pools in the overview, else the queue and the pools that it uses most.
    strips(view) {
        const m = this.model, queues = view.scope === 'overview' ? m.queues.map(q => q.row) : [view.queue];
        const pools = m.pools.map(p => p.row).filter(p => m.busy[p].max > 0)
            .sort((a, b) => m.busy[b].max - m.busy[a].max || a - b).slice(0, view.scope === 'overview' ? 12 : 3).sort((a, b) => a - b);
        return [
            ...queues.filter(q => m.lengths[q]).map(q => ({name: m.queues.length > 1 ? `queue ${m.queues[q].name}` : 'queue', steps: m.lengths[q], line: this.windows[q], lineName: 'window'})),
            ...pools.map(p => ({name: `${m.pools[p].name} nodes`, steps: m.busy[p], line: m.pools[p].nodes ? {times: [0], values: [m.pools[p].nodes]} : null, lineName: 'of', node: true})),
        ];
    }

    draw(view, x, width) {
        const key = [view.from, view.to, view.scope, view.queue, width, x.left].join();
        if (key !== this.key) {
            this.key = key;
            this.x = x;
            this.drawStill(view, width);
        }
        this.drawNow(view);
    }

    drawStill(view, width) {
        const x = this.x, out = [], high = STRIP_HIGH;
        this.shown = this.strips(view);
        this.shown.forEach((strip, i) => {
            const top = i * high + 17, first = lastAt(strip.steps.times, view.from);
            // A window far above the queue would press the queue flat: then its line is left out, and the number says it.
            const line = strip.line && valueAt(strip.line, view.to);
            const max = Math.max(strip.steps.max, this.common.get(strip.name) ?? 0), most = Math.max(1, max, strip.node && line ? line : line <= 3 * max ? line : 0);
            const y = v => top + (high - 21) * (1 - clamp(v / most, 0, 1));
            const d = stepPath(strip.steps, x, y, view.from, view.to, first);
            out.push(g('path', {d: `${d}V${y(0)}H${x.left}Z`, class: strip.node ? 'gr-area node' : 'gr-area'}), g('path', {d, class: strip.node ? 'gr-step node' : 'gr-step'}));
            if (line && line <= most) out.push(g('path', {d: stepPath(strip.line, x, y, view.from, view.to, lastAt(strip.line.times, view.from)), class: 'gr-limit'}));
            out.push(g('path', {d: `M${x.left} ${y(0)}H${x.right}`, class: 'gr-base'}));
            strip.text = g('text', {x: x.left < 100 ? x.left : 4, y: top - 5, class: 'gr-stripname'});
            out.push(strip.text);
        });
        this.live = g('path', {class: 'gr-cursor'});
        const tall = Math.max(1, this.shown.length) * high;
        this.svg.setAttribute('width', width);
        this.svg.setAttribute('height', tall);
        this.svg.setAttribute('viewBox', `0 0 ${width} ${tall}`);
        this.svg.replaceChildren(...out, this.live);
        this.svg.setAttribute('aria-label', 'On the same time axis: ' + this.shown.map(s => `${s.name}, at most ${s.steps.max}`).join('; '));
    }

    drawNow(view) {
        const x = this.x;
        for (const strip of this.shown) {
            const line = strip.line ? valueAt(strip.line, view.t) : 0;
            strip.text.textContent = `${strip.name}: ${valueAt(strip.steps, view.t)}${line ? `, ${strip.lineName} ${line}` : ''}${strip.node ? ' busy' : ''}`.replace(/, of (\d+) busy/, ' of $1 busy');
        }
        // Only where something is drawn: the line would run through the words above it.
        const now = round(clamp(x(view.t), x.left, x.right));
        this.live.setAttribute('d', this.shown.map((_, i) => `M${now} ${i * STRIP_HIGH + 17}V${(i + 1) * STRIP_HIGH}`).join(''));
    }
}

// 0 = without limit: no line there.
function windowSteps(windows) {
    const steps = stepsOf([]);
    for (const w of windows) steps.times.push(w.at), steps.values.push(w.size);
    return steps.values.some(v => v > 0) ? steps : null;
}
