// One gate on the page: its sentence of the moment, stage and strips on the left, the panel at the cursor on the right.
import {Chain} from './chain.js';
import {h} from './draw.js';
import {lastAt} from './model.js';
import {clockOf, kindOf, momentsOf} from './moments.js';
import {Overview} from './overview.js';
import {Stage} from './stage.js';
import {Story} from './story.js';
import {Strips} from './strips.js';
import {sayMoment} from './tell.js';

export class GateView {
    constructor(model, index, several, act) {
        Object.assign(this, {model, act});
        this.clock = clockOf(model.unit, model.startAt);
        this.moments = momentsOf(model);
        this.times = this.moments.map(one => one.t);
        this.ticks = model.ticks;
        this.queue = model.lengths.reduce((best, steps, q) => steps.times.length > model.lengths[best].times.length ? q : best, 0);
        const own = {...act, openQueue: q => { this.queue = q; act.scope('queue'); }};
        this.stage = new Stage(model, this.clock, own);
        this.strips = new Strips(model, own);
        this.chain = new Chain(model, this.clock, own);
        this.story = new Story(model, this.clock, own);
        this.overview = new Overview(model, this.clock, own);
        this.now = h('p', {class: 'gr-now', tabindex: '0'});
        this.choice = model.queues.length > 1 && h('select', {'aria-label': `Queue${several ? ' of ' + model.title : ''}`, onchange: e => { this.queue = Number(e.target.value); act.redraw(); }},
            model.queues.map(q => h('option', {value: String(q.row)}, `${q.pipeline} / ${q.name}`)));
        this.panel = h('div', {class: 'gr-panel', tabindex: '0', role: 'group', 'aria-label': 'At the cursor'});
        this.root = h('div', {class: 'gr-gate', role: 'region', 'aria-label': several ? `Gate ${model.title}` : 'The gate'},
            several || this.choice ? h('h3', {}, several ? model.title : '', ' ', this.choice) : '',
            this.now, h('div', {class: 'gr-cols'}, h('div', {class: 'gr-left'}, this.stage.root, this.strips.root), this.panel));
    }

    moment(t) {
        return this.moments[lastAt(this.times, t)];
    }
    // What has happened last, and how long ago that was.
    say(t) {
        const moment = this.moment(t);
        if (!moment) return 'Nothing has happened yet.';
        const ago = t - moment.t, text = sayMoment(this.model, moment, this.clock);
        return ago * this.model.unit >= 60 ? `${this.clock.length(ago)} ago: ${text}` : text;
    }

    draw(shared, moved) {
        const m = this.model, change = shared.name ? m.changes.findIndex(c => c.name === shared.name) : -1;
        const stay = change >= 0 && (m.staysOf[change].find(s => s.left > shared.t) ?? m.staysOf[change].at(-1));
        if (stay && shared.follow) this.queue = stay.queue;
        const view = {...shared, change, queue: this.queue, rank: lastAt(this.ticks, shared.t)};
        if (this.choice) this.choice.value = String(this.queue);
        this.stage.draw(view, moved);
        this.strips.draw(view, this.stage.x, this.stage.width);
        const panel = {overview: this.overview, queue: this.chain, change: this.story}[view.scope];
        if (this.panel.firstChild !== panel.root) this.panel.replaceChildren(panel.root);
        panel.draw(view, view.rank);
        const text = this.say(view.t), moment = this.moment(view.t);
        if (this.now.textContent !== text) {
            this.now.textContent = text;
            this.now.className = `gr-now ${moment ? kindOf(moment) : ''}`;
        }
    }
}
