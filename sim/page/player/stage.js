// Change x time: a row a stay in the queue, a bar an attempt, a cross at the build that failed, arrows to those it reset.
// Drawn only for the rows and the time that can be seen. What is after the cursor is there, but pale.
import {clamp, g, h, round, scaleOf, ticksOf} from './draw.js';
import {within} from './model.js';

const CLASS = {landed: 'landed', ejected: 'ejected', thrown_away: 'thrown', served: 'served', unfinished: 'running'};

export class Stage {
    // `act`: what a click asks for: seek(t) or follow(change).
    constructor(model, clock, act) {
        Object.assign(this, {model, clock, act});
        this.axis = g('svg', {class: 'gr-axis', 'aria-hidden': 'true'});
        this.svg = g('svg', {class: 'gr-stage', role: 'img'});
        this.tall = h('div', {class: 'gr-tall'}, this.svg);
        this.scroll = h('div', {class: 'gr-scroll', tabindex: '0', role: 'group', 'aria-label': 'Changes and time; arrow keys up and down scroll'}, this.tall);
        this.tip = h('div', {class: 'gr-tip', 'aria-hidden': 'true', hidden: true});
        this.note = h('p', {class: 'gr-note'});
        this.root = h('div', {class: 'gr-stagebox'}, this.axis, this.scroll, this.note, this.tip);
        this.width = 300;
        this.letters = longestLabel(model);
        this.top = 0;
        this.scroll.addEventListener('scroll', () => {
            if (this.top === this.scroll.scrollTop) return;
            this.top = this.scroll.scrollTop;
            this.act.redraw();
        });
        this.svg.addEventListener('click', e => this.click(e));
        this.svg.addEventListener('mousemove', e => this.point(e));
        this.svg.addEventListener('mouseleave', () => { this.tip.hidden = true; });
    }

    // Which stays have a row.
    rowsOf(view) {
        const m = this.model, branch = m.branches[view.queue], all = [...branch ? [branch] : [], ...m.ordered[view.queue] ?? []];
        if (view.scope !== 'change' || view.change < 0) return all.filter(s => s.entered <= view.to && s.left >= view.from);
        const own = m.staysOf[view.change].filter(s => s.queue === view.queue);
        const causes = new Set(m.resetsOf[view.queue].filter(x => x.changes.includes(view.change)).map(x => x.cause));
        return all.filter(s => !s.branch && s.change === view.change ||
            (causes.has(s.change) && own.some(o => o.entered <= s.left && s.entered <= o.left)));
    }

    // Looks how wide it may be; asking while drawing would make the browser lay out the page once more.
    measure() {
        this.width = this.scroll.clientWidth || 300;
    }

    // `moved`: the cursor has been moved, so the rows of who is in the queue come into sight.
    draw(view, moved) {
        const key = [view.from, view.to, view.scope, view.queue, view.change, this.width].join();
        if (key !== this.key) this.layOut(view, this.width, this.width < 480);
        if (moved) this.show(view);
        if (key !== this.key || this.top !== this.drawnTop) this.drawStill(view);
        this.key = key;
        this.drawNow(view);
    }

    layOut(view, width, narrow) {
        this.rows = this.rowsOf(view);
        this.rows.forEach((s, i) => { s.line = i; });
        const full = narrow ? 32 : 24, room = narrow ? 324 : 388;
        this.height = view.scope === 'overview' ? clamp(Math.floor(2 * (room - 4) / Math.max(1, this.rows.length)) / 2, 1.5, full) : full;
        this.labelled = this.height >= 12;
        this.above = narrow && this.labelled;
        // As much room on the left as the longest name takes, and on the right for what became of it.
        const names = this.above || !this.labelled ? 6 : clamp(16 + 7 * this.letters, 60, 136);
        this.x = scaleOf(view, names, width - names - 32);
        const tall = Math.max(1, this.rows.length) * this.height + 4;
        // As high as all of the queue needs, however few are in this time: the page below must not jump.
        const all = (this.model.ordered[view.queue]?.length ?? 0) + (this.model.branches[view.queue] ? 1 : 0);
        this.seen = Math.min(room, Math.max(1, all) * full + 4);
        this.tall.style.height = `${Math.max(tall, this.seen)}px`;
        this.scroll.style.height = `${this.seen}px`;
        for (const [svg, high] of [[this.svg, this.seen], [this.axis, 20]]) {
            svg.setAttribute('width', width);
            svg.setAttribute('height', high);
            svg.setAttribute('viewBox', `0 0 ${width} ${high}`);
        }
        this.scrollTo(this.top);
        this.note.textContent = tall > this.seen + 1 ? `${this.rows.length} rows in this time; the picture scrolls` : '';
    }
    scrollTo(top) {
        const most = Math.max(0, this.rows.length * this.height + 4 - this.seen), to = clamp(top, 0, most);
        if (to !== this.top) this.scroll.scrollTop = to;
        this.top = to;
    }
    y(row) {
        return row * this.height - this.top + 2;
    }
    // Where in its row a bar is: below the label where that stands above it.
    bar() {
        return this.above ? [15, this.height - 18] : this.labelled ? [3, this.height - 6] : [0.5, this.height - 1];
    }

    drawStill(view) {
        const m = this.model, x = this.x, still = [], axis = [];
        this.drawnTop = this.top;
        this.first = Math.max(0, Math.floor(this.top / this.height) - 1);
        this.last = Math.min(this.rows.length, Math.ceil((this.top + this.seen) / this.height) + 1);
        for (const t of ticksOf(view, m.unit, m.startAt, x.right - x.left)) {
            axis.push(g('text', {x: round(clamp(x(t), m.startAt === null ? 16 : 42, x.right)), y: 14, class: 'gr-tick'}, this.clock.point(t)));
            still.push(g('path', {d: `M${round(x(t))} 0V${this.seen}`, class: 'gr-grid'}));
        }
        for (let row = this.first; row < this.last; ++row) this.drawRow(this.rows[row], row, view, still);
        this.arrows = this.arrowsOf(view);
        this.live = g('g');
        this.liveAxis = g('g');
        this.svg.replaceChildren(g('defs', {}, this.hatch()), ...still, this.live);
        this.axis.replaceChildren(...axis, this.liveAxis);
        const queue = m.queues[view.queue];
        this.svg.setAttribute('aria-label', `Changes and time in ${queue ? queue.name : 'the queue'}: ${this.rows.length} rows, ` +
            `from ${this.clock.point(view.from)} to ${this.clock.point(view.to)}. The list of the queue says the same in words.`);
    }
    hatch() {
        return g('pattern', {id: 'gr-hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'},
            g('rect', {width: 6, height: 6, class: 'gr-hatchback'}), g('rect', {width: 2.5, height: 6, class: 'gr-hatchline'}));
    }

    drawRow(s, row, view, out) {
        const m = this.model, x = this.x, y = this.y(row), [inset, high] = this.bar(), until = Math.min(s.left, m.end);
        if (s.change === view.change && !s.branch) out.push(g('rect', {x: 0, y, width: x.right + 20, height: this.height, class: 'gr-mine'}));
        const from = Math.max(x.left, x(s.entered)), to = Math.min(x.right, x(until));
        if (to > from && !s.branch) out.push(g('path', {d: `M${round(from)} ${round(y + inset + high / 2)}H${round(to)}`, class: 'gr-waits'}));
        m.attemptsOf[s.row].forEach((a, i) => this.drawAttempt(a, ...this.lane(s, i, y + inset, high), out));
        if (!this.labelled) return;
        const landed = m.word(s.outcome) === 'landed';
        if (s.left <= view.to && s.left >= view.from && !s.branch)
            out.push(g('text', {x: round(to + 6), y: round(y + inset + high / 2 + 4), class: landed ? 'gr-good' : 'gr-bad'}, landed ? '\u2713' : 'out'));
        out.push(g('text', this.above ? {x: 6, y: y + 12, class: 'gr-name'} : {x: this.x.left - 8, y: y + this.height / 2 + 4, class: 'gr-name end'}, nameOf(m, s)));
    }
    // Where in the bar of its row an attempt is: states that are tested at the same time are below one another.
    lane(s, i, y, high) {
        const lanes = this.model.lanes[s.row], each = high / lanes.count;
        return [y + lanes.of[i] * each, Math.max(1, each - (each > 4 && lanes.count > 1 ? 1 : 0))];
    }
    box(from, to, y, high, cls) {
        const x = this.x, left = Math.max(x.left, x(from)), right = Math.min(x.right, x(to));
        return right >= left && left <= x.right && g('rect', {x: round(left), y: round(y), width: Math.max(1.5, round(right - left)), height: round(high), rx: high > 8 ? 2 : 0, class: cls});
    }
    drawAttempt(a, y, high, out) {
        const m = this.model, x = this.x, until = Math.min(a.ended, m.end), bar = this.box(a.opened, until, y, high, `gr-bar ${CLASS[m.word(a.end)] ?? 'running'}`);
        if (!bar) return;
        out.push(bar);
        // After its verdict it only waits for those ahead.
        const rest = a.tested < until && m.word(a.result) === 'green' && this.box(a.tested, until, y + high / 4, high / 2, 'gr-rest');
        if (rest) out.push(rest);
        const red = high > 5 && m.redBuild(a, Infinity);
        if (red && x(red.end) >= x.left && x(red.end) <= x.right + 1) out.push(cross(x(red.end), y + high / 2));
    }

    // [{at, d}]: one for each whom a reset in sight has reset.
    arrowsOf(view) {
        const x = this.x, out = [], [inset, high] = this.bar(), shown = s => this.rows[s.line] === s;
        if (this.height < 8 || !this.rows.length) return out;
        const above = this.rows[this.first].position, below = this.rows[this.last - 1].position;
        for (const {reset, from, hit, low, most} of this.model.arrows[view.queue] ?? []) {
            if (reset.at > view.to) break;
            if (reset.at < view.from || most < above || low > below || !shown(from)) continue;
            const at = round(x(reset.at));
            for (const to of hit.filter(shown)) {
                if (Math.max(from.line, to.line) < this.first || Math.min(from.line, to.line) >= this.last) continue;
                const down = to.line > from.line, tip = down ? -5 : 5;
                const y1 = round(this.y(from.line) + inset + (down ? high : 0)), y2 = round(this.y(to.line) + inset + (down ? 0 : high));
                out.push({at: reset.at, d: `M${at} ${y1}V${y2}M${at - 4} ${y2 + tip}L${at} ${y2}L${at + 4} ${y2 + tip}`});
            }
        }
        return out;
    }

    // What depends on the cursor: who is running, what is still to come, the cursor itself.
    drawNow(view) {
        const x = this.x, now = clamp(x(view.t), x.left, x.right), live = [], [inset, high] = this.bar();
        live.push(g('rect', {x: round(now), y: 0, width: Math.max(0, x.right + 24 - now), height: this.seen, class: 'gr-veil'}));
        for (let row = this.first; row < this.last; ++row) {
            const s = this.rows[row];
            if (!within(s.entered, s.left, view.t)) continue;
            this.model.attemptsOf[s.row].forEach((a, i) => {
                if (within(a.opened, a.ended, view.t)) this.drawOpen(a, view.t, ...this.lane(s, i, this.y(row) + inset, high), live);
            });
        }
        live.push(g('path', {d: `M${round(now)} 0V${this.seen}`, class: 'gr-cursor'}));
        for (const [cls, pick] of [['later', a => a.at > view.t], ['', a => a.at < view.t], ['now', a => a.at === view.t]]) {
            const d = this.arrows.filter(pick).map(a => a.d).join('');
            if (d) live.push(g('path', {d, class: `gr-arrow ${cls}`}));
        }
        this.live.replaceChildren(...live);
        this.liveAxis.replaceChildren(g('path', {d: `M${round(now) - 5} 12h10l-5 8z`, class: 'gr-hand'}));
    }

    // An attempt as far as it has come.
    drawOpen(a, t, y, high, out) {
        const m = this.model, x = this.x, bad = m.failed(a, t), passed = !bad && a.tested <= t;
        const bar = this.box(a.opened, t, y, high, `gr-bar ${bad ? 'failing' : 'running'}`), rest = passed && this.box(a.tested, t, y, high, 'gr-bar passed');
        if (bar) out.push(bar);
        if (rest) out.push(rest);
        const red = bad && high > 5 && m.redBuild(a, t);
        if (red && x(red.end) >= x.left) out.push(cross(x(red.end), y + high / 2));
    }

    // The rows of those who are in the queue come into sight.
    show(view) {
        if (view.scope === 'overview') return;
        const wanted = this.rows.findIndex(s => !s.branch && (view.change >= 0 && view.follow ? s.change === view.change && s.left >= view.t : s.left > view.t && s.entered <= view.t));
        const y = wanted * this.height;
        if (wanted >= 0 && (y < this.top || y > this.top + this.seen - 4 * this.height)) this.scrollTo(y - this.height);
    }

    hit(event) {
        const box = this.svg.getBoundingClientRect(), px = event.clientX - box.left, row = Math.floor((event.clientY - box.top + this.top - 2) / this.height);
        return {px, t: Math.round(this.x.back(px)), stay: this.rows[row]};
    }
    click(event) {
        const {px, t, stay} = this.hit(event);
        if (this.labelled && !this.above && px < this.x.left && stay && !stay.branch) this.act.follow(stay.change);
        else this.act.seek(t);
    }
    point(event) {
        const {px, t, stay} = this.hit(event), m = this.model;
        this.tip.hidden = !stay;
        if (!stay) return;
        const a = m.attemptsOf[stay.row].filter(one => within(one.opened, one.ended, t)).at(-1);
        const end = a && {landed: 'landed', ejected: 'ejected', thrown_away: 'thrown away', unfinished: 'not over at the end'}[m.word(a.end)];
        this.tip.textContent = `${nameOf(m, stay)}, ${this.clock.point(t)}: ` + (a
            ? `tested from ${this.clock.point(a.opened)}, ${end ?? 'its verdict served otherwise'}${a.ended < Infinity ? ' at ' + this.clock.point(a.ended) : ''}`
            : stay.branch ? 'not tested' : within(stay.entered, stay.left, t) ? m.told(stay, t) || 'waits' : 'not in the queue');
        this.tip.style.left = `${clamp(px, 0, this.x.right - 200)}px`;
        this.tip.style.top = `${event.clientY - this.root.getBoundingClientRect().top + 18}px`;
    }
}

const nameOf = (model, stay) => stay.branch ? 'the branch' : model.label(stay.change);
export const longestLabel = model => model.stays.reduce((most, s) => Math.max(most, model.label(s.change).length), model.branches.some(Boolean) ? 10 : 4);
const cross = (x, y) => g('path', {d: `M${round(x - 4)} ${round(y - 4)}l8 8m0 -8l-8 8`, class: 'gr-cross'});
