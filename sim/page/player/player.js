// Puts it all together: one cursor, one or more gates.
import {Controls, SPEEDS} from './controls.js';
import {clamp, h} from './draw.js';
import {GateView} from './gate.js';
import {lastAt, Model} from './model.js';
import {readPlace, writePlace} from './place.js';
import {Scrub} from './scrub.js';
import {unpackText} from './unpack.js';

export class Player {
    constructor(host, replays) {
        this.host = host;
        // Gates side by side share a unit of time.
        const unit = Math.min(...replays.map(r => r.unit));
        const models = replays.map(r => new Model(inUnit(r, unit)));
        this.unit = unit;
        this.end = Math.max(1, ...models.map(m => m.end));
        this.calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        const act = {
            redraw: () => this.ask(), seek: t => this.seek(t), follow: change => this.choose(this.nameOf(change)), scope: name => this.scope(name),
            play: () => this.play(!this.view.playing), step: way => this.go(this.times, way), failure: way => this.go(this.failures, way),
            edge: way => this.seek(way < 0 ? 0 : this.end), speed: i => this.set({speed: i}), faster: way => this.set({speed: clamp(this.view.speed + way, 0, SPEEDS.length - 1)}),
            zoom: factor => this.zoom(factor, this.view.t), fit: () => this.set({from: 0, to: this.end}), find: text => this.find(text),
            toggleFollow: () => this.set({follow: Boolean(this.view.name) && !this.view.follow}),
        };
        this.gates = models.map((m, i) => new GateView(m, i, models.length > 1, {...act, follow: change => this.choose(m.changes[change].name)}));
        this.align();
        const all = pick => [...new Set(this.gates.flatMap(gate => gate.moments.filter(pick).map(one => one.t)))].sort((a, b) => a - b);
        this.times = all(() => true);
        this.failures = all(one => one.kinds.reset || one.kinds.red);
        this.clock = this.gates[0].clock;
        const changes = models.flatMap(m => m.changes);
        this.controls = new Controls(act, [...new Set([...changes.map(c => c.label), ...changes.map(c => c.author)])].filter(Boolean));
        this.scrub = new Scrub(this.gates, this.end, t => `${this.clock.point(t, true)}. ${this.gates[0].say(t)}`, act);
        this.said = h('p', {class: 'gr-said', 'aria-live': 'polite'});
        host.append(this.controls.root, this.scrub.root, this.said, legend(models.some(m => m.attempts.some(a => m.word(a.end) === 'served'))), ...this.gates.map(gate => gate.root), this.controls.help);
        this.view = {t: 0, from: 0, to: this.end, end: this.end, playing: false, speed: 0, scope: 'queue', name: '', follow: false};
        this.measure();
        this.begin();
        this.listen(host);
        this.moved = true;
        this.paint();
    }

    // Gates side by side have the same axes.
    align() {
        const letters = Math.max(...this.gates.map(gate => gate.stage.letters)), common = new Map();
        for (const gate of this.gates)
            for (const strip of gate.strips.strips({scope: 'overview'})) common.set(strip.name, Math.max(common.get(strip.name) ?? 0, strip.steps.max));
        for (const gate of this.gates) gate.stage.letters = letters, gate.strips.common = common;
    }
    measure() {
        this.scrub.measure();
        for (const gate of this.gates) gate.stage.measure();
    }

    // First the address; without one, the first reset, which shows most at a glance, else the longest queue.
    begin() {
        const longest = this.gates[0].model.lengths.reduce((a, b) => a && a.max >= b.max ? a : b, null);
        const first = this.gates.map(gate => gate.model.resets[0]?.at).filter(t => t !== undefined).sort((a, b) => a - b)[0];
        this.view.t = first ?? longest?.times[longest.values.indexOf(longest.max)] ?? 0;
        const seconds = this.end * this.unit, ideal = Math.min(900, seconds / 90);
        this.view.speed = SPEEDS.findIndex(([s]) => s >= ideal);
        if (this.end * this.unit > 4 * 3600) this.frame(this.usualSpan());
        this.apply(readPlace(location.hash));
    }
    // A stretch in which an attempt can be seen well.
    usualSpan() {
        const m = this.gates[0].model, lasted = m.attempts.filter(a => a.ended < Infinity).map(a => a.ended - a.opened).sort((a, b) => a - b);
        return clamp(8 * (lasted[lasted.length >> 1] ?? this.end), 3600 / this.unit, this.end);
    }
    frame(span) {
        this.view.from = clamp(this.view.t - span * .4, 0, this.end - span);
        this.view.to = this.view.from + span;
    }

    apply(place) {
        const v = this.view, ticks = s => clamp(Math.floor(s / this.unit + 1e-6), 0, this.end);
        if (place.from !== undefined && place.to > place.from) v.from = ticks(place.from), v.to = Math.max(v.from + 1, ticks(place.to));
        if (place.at !== undefined) v.t = ticks(place.at);
        if (place.scope) v.scope = place.scope;
        if (place.change && this.gates.some(g => g.model.changes.some(c => c.name === place.change))) v.name = place.change;
        for (const gate of this.gates) gate.queue = Math.max(gate.model.queues.findIndex(q => `${q.pipeline}/${q.name}` === place.queue), place.queue ? 0 : gate.queue);
        v.follow = place.follow && Boolean(v.name);
        this.keepInSight();
    }
    remember() {
        const v = this.view, gate = this.gates[0], q = gate.model.queues[gate.queue], s = t => Math.round(t * this.unit * 1e6) / 1e6;
        const whole = v.from <= 0 && v.to >= this.end;
        const hash = writePlace({at: s(v.t), scope: v.scope, change: v.name, follow: v.follow, queue: gate.model.queues.length > 1 && q ? `${q.pipeline}/${q.name}` : '',
            ...(whole ? {} : {from: Math.round(v.from * this.unit), to: Math.round(v.to * this.unit)})});
        if (hash !== location.hash) history.replaceState(null, '', hash);
        this.hash = location.hash;
    }

    scope(name) {
        const v = this.view, whole = v.to - v.from >= this.end;
        if (name === 'overview') v.from = 0, v.to = this.end;
        else if (whole && v.scope === 'overview' && this.end * this.unit > 4 * 3600) this.frame(this.usualSpan());
        this.set({scope: name});
    }
    set(change) {
        Object.assign(this.view, change);
        this.moved = true;
        this.ask();
    }
    seek(t) {
        this.view.t = clamp(t, 0, this.end);
        this.keepInSight();
        this.set({});
    }
    keepInSight() {
        const v = this.view, span = v.to - v.from;
        if (v.t >= v.from && v.t <= v.to - span * .05) return;
        if (span >= this.end) v.from = 0, v.to = this.end;
        else v.from = clamp(v.t - span * .3, 0, this.end - span), v.to = v.from + span;
    }
    zoom(factor, around) {
        const v = this.view, span = clamp((v.to - v.from) * factor, Math.min(this.end, 60 / this.unit), this.end), part = (around - v.from) / (v.to - v.from);
        v.from = clamp(around - part * span, 0, this.end - span);
        this.set({to: v.from + span});
    }
    go(times, way) {
        const at = lastAt(times, this.view.t), here = times[at] === this.view.t;
        const next = way > 0 ? times[at + 1] : times[here ? at - 1 : at];
        this.play(false);
        if (next !== undefined) this.seek(next);
    }
    choose(name) {
        const v = this.view;
        this.set(v.name === name && v.follow && v.scope === 'change' ? {scope: 'queue'} : {name, follow: true, scope: 'change'});
    }
    // A label, a name, or an author: of several changes the next that is in a queue.
    find(text) {
        const wanted = text.trim().toLowerCase();
        if (!wanted) return;
        const hit = pick => this.gates.flatMap(gate => gate.model.changes.filter(pick).flatMap(c => gate.model.staysOf[c.row].map(s => [s, c])))
            .sort((a, b) => (a[0].left <= this.view.t) - (b[0].left <= this.view.t) || a[0].entered - b[0].entered)[0];
        const found = hit(c => [c.label, c.name].some(n => n.toLowerCase() === wanted)) ?? hit(c => c.author.toLowerCase() === wanted) ??
            hit(c => c.label.toLowerCase().includes(wanted) || c.name.toLowerCase().includes(wanted));
        this.controls.missing.textContent = found ? '' : `Nobody here is called "${text.trim()}".`;
        if (!found) return;
        const [stay, change] = found, t = this.view.t;
        this.set({name: change.name, follow: true, scope: 'change'});
        if (t < stay.entered || t >= stay.left) this.seek(stay.entered);
    }

    play(on) {
        this.view.playing = on && this.view.t < this.end || on && (this.view.t = 0) === 0;
        this.last = undefined;
        this.ask();
    }
    // A frame of the film: on by as much time as has passed; what is quiet is skipped. Who does not want motion gets one
    // event after the other.
    advance(now) {
        const v = this.view, passed = this.last === undefined ? 0 : now - this.last;
        if (this.calm && passed < 900 && this.last !== undefined) return;
        const next = this.times[lastAt(this.times, v.t) + 1] ?? this.end;
        const quiet = this.gates.every(gate => gate.model.lengths.every(steps => !(steps.values[lastAt(steps.times, v.t)] > 0)));
        const t = this.calm || quiet ? next : Math.min(this.end, v.t + Math.max(1, Math.round(Math.min(passed, 250) / 1000 * SPEEDS[v.speed][0] / this.unit)));
        if (this.last !== undefined) v.t = t;
        this.last = now;
        this.keepInSight();
        this.moved = true;
        if (v.t >= this.end) v.playing = false;
    }

    ask() {
        if (!this.asked) this.asked = requestAnimationFrame(now => {
            this.asked = 0;
            if (this.view.playing) this.advance(now);
            this.paint();
            if (this.view.playing) this.ask();
        });
    }
    paint() {
        const v = this.view, moved = this.moved;
        this.moved = false;
        this.controls.draw(v, this.clock.point(v.t, this.unit * (v.to - v.from) < 7200));
        for (const gate of this.gates) gate.draw(v, moved);
        this.scrub.draw(v);
        // Neither the address nor a screen reader needs every frame.
        clearTimeout(this.later);
        this.later = setTimeout(() => this.settle(), v.playing ? 1200 : 250);
        if (v.playing && performance.now() - (this.settled ?? 0) > 4000) this.settle();
    }
    settle() {
        this.settled = performance.now();
        this.remember();
        const text = this.gates.map(gate => (this.gates.length > 1 ? gate.model.title + ': ' : '') + gate.say(this.view.t)).join(' ');
        if (this.said.textContent !== text) this.said.textContent = text;
    }

    listen(host) {
        addEventListener('keydown', e => {
            // Keys that nothing else has are the replay's while it is what one looks at.
            const box = host.getBoundingClientRect(), seen = box.top < innerHeight / 2 && box.bottom > innerHeight / 2;
            const ours = host.contains(e.target) || (e.target === document.body && seen);
            if (!ours || e.defaultPrevented) return;
            if (e.target.classList?.contains('gr-scroll') && ['Home', 'End'].includes(e.key)) return;
            if (this.controls.key(e)) e.preventDefault();
        });
        for (const gate of this.gates)
            gate.stage.scroll.addEventListener('wheel', e => {
                if (!e.ctrlKey && !e.metaKey) return;
                e.preventDefault();
                this.zoom(e.deltaY > 0 ? 1.25 : .8, gate.stage.x.back(e.clientX - gate.stage.svg.getBoundingClientRect().left));
            }, {passive: false});
        new ResizeObserver(() => { this.measure(); this.ask(); }).observe(host);
        addEventListener('hashchange', () => {
            if (location.hash === this.hash) return;
            this.apply(readPlace(location.hash));
            this.set({});
        });
    }
}

// A replay with its times in another, shorter unit.
export function inUnit(r, unit) {
    const times = Math.round(r.unit / unit);
    if (times === 1) return r;
    for (const list of [r.stays, r.attempts, r.builds, r.holdings, r.waits, r.resets, r.windows])
        for (const row of list)
            for (const key of ['entered', 'left', 'opened', 'tested', 'ended', 'requested', 'granted', 'start', 'end', 'released', 'from', 'until', 'at', 'nodeTime'])
                if (typeof row[key] === 'number' && !(key === 'end' && 'kind' in row)) row[key] *= times;
    return {...r, unit, end: r.end * times, ticks: r.ticks.map(t => t * times)};
}

const legend = served => h('p', {class: 'gr-legend', 'aria-hidden': 'true'}, ...[['running', 'tests run'], ['passed', 'passed, waits for those ahead'], ['landed', 'landed'], ['thrown', 'thrown away'], ['ejected', 'ejected'], ...(served ? [['served', 'its verdict served in another way']] : [])]
    .map(([cls, text]) => h('span', {}, h('i', {class: `gr-key ${cls}`}), text)), h('span', {}, h('b', {class: 'gr-bad'}, '\u2717'), ' the build that failed'), h('span', {}, h('b', {class: 'gr-bad'}, '\u2193'), ' whom it reset'), h('span', {}, h('b', {class: 'gr-bad'}, 'out'), ' left without landing'));

// For tests: what the page shows at an instant, and how long drawing takes.
function forTests(player) {
    return {
        player, ready: true, gates: player.gates.length,
        at: (seconds, gate = 0) => player.gates[gate].model.at(seconds),
        seek: seconds => { player.seek(Math.floor(seconds / player.unit + 1e-6)); player.paint(); },
        measure: seconds => seconds.map(s => {
            const begun = performance.now();
            player.seek(Math.floor(s / player.unit));
            player.paint();
            document.body.getBoundingClientRect();
            return performance.now() - begun;
        }),
    };
}

export async function start(host) {
    const packs = [...host.querySelectorAll('.gr-pack')];
    const replays = await Promise.all(packs.map(pack => unpackText(pack.textContent)));
    return forTests(new Player(host, replays));
}

if (typeof document !== 'undefined') {
    const host = document.getElementById('replay');
    if (host) start(host).then(tests => { window.gatesim = tests; }, error => {
        host.append(h('p', {role: 'alert'}, `The replay cannot be shown: ${error.message}. Browsers from 2023 on can show it.`));
        console.error(error);
    });
}
