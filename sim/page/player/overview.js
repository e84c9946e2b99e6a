// All of a gate at the cursor: its queues, what has come out of it so far, what trouble has cost so far.
import {h} from './draw.js';
import {lastAt, valueAt} from './model.js';
import {counted} from './moments.js';

export class Overview {
    constructor(model, clock, act) {
        Object.assign(this, {model, clock, act});
        this.root = h('div', {});
        const sorted = list => list.filter(t => t < Infinity).sort((a, b) => a - b);
        const landed = s => model.word(s.outcome) === 'landed';
        this.landed = sorted(model.stays.filter(landed).map(s => s.left));
        this.out = sorted(model.stays.filter(s => !landed(s)).map(s => s.left));
    }

    draw(view) {
        if (view.rank === this.key) return;
        this.key = view.rank;
        const m = this.model, t = view.t, resets = m.resets.filter(x => x.at <= t);
        const builds = resets.reduce((sum, x) => sum + x.builds, 0), nodes = resets.reduce((sum, x) => sum + x.nodeTime, 0);
        const figure = (n, what) => h('div', {class: 'gr-figure'}, h('b', {}, n), h('span', {}, what));
        this.root.replaceChildren(h('p', {class: 'gr-queuehead'}, 'So far'),
            h('div', {class: 'gr-figures'},
                figure(lastAt(this.landed, t) + 1, 'landed'), figure(lastAt(this.out, t) + 1, 'left without landing'),
                figure(resets.length, resets.length === 1 ? 'reset' : 'resets'), figure(builds, 'builds thrown away'), figure(this.clock.length(nodes), 'of node time for them')),
            h('ul', {class: 'gr-queues'}, m.queues.map(q => this.queue(q, t))));
    }
    queue(q, t) {
        const m = this.model, length = valueAt(m.lengths[q.row], t), front = m.inQueue(q.row, t)[0], window = m.window(q.row, t);
        return h('li', {}, h('button', {type: 'button', onclick: () => this.act.openQueue(q.row)}, `${q.pipeline} / ${q.name}`),
            ` ${counted(length, 'change')}${window ? `, window ${window}` : ''}. `,
            front ? `In front: ${m.label(front.change)}, there for ${this.clock.length(t - front.entered)}; ${m.told(front, t)}.` : '');
    }
}
