// Buttons, choices and keys. Whatever a button does, a key does too.
import {h} from './draw.js';

export const SPEEDS = [[1, 'real time'], [10, '10 s/s'], [60, '1 min/s'], [300, '5 min/s'], [900, '15 min/s'], [3600, '1 h/s'], [21600, '6 h/s'], [86400, '1 day/s']];
const SCOPES = [['overview', 'Overview'], ['queue', 'Queue'], ['change', 'One change']];
const KEYS = [
    ['Space', 'play or pause'], ['\u2190 \u2192', 'one event back or on'], ['n, N', 'next or last failure'], ['Home, End', 'begin, end'],
    ['+ \u2212 0', 'zoom in, out, all'], ['[ ]', 'slower, faster'], ['/', 'find a change'], ['f', 'follow the chosen change, or not'], ['1 2 3', 'overview, queue, one change'],
];

export class Controls {
    // `act`: play, step(±1), failure(±1), speed(i), zoom(factor), fit, scope(name), find(text), toggleFollow, edge(±1).
    constructor(act, names) {
        this.act = act;
        const button = (text, label, run, more) => h('button', {type: 'button', 'aria-label': label, title: label, onclick: run, ...more}, text);
        this.play = button('\u25b6', 'Play', () => act.play());
        this.time = h('span', {class: 'gr-time'});
        this.speeds = h('select', {'aria-label': 'Speed', title: 'Speed: time of the simulation in a second', onchange: e => act.speed(Number(e.target.value))}, SPEEDS.map(([, name], i) => h('option', {value: String(i)}, name)));
        this.find = h('input', {type: 'search', list: 'gr-names', placeholder: 'Find a change', 'aria-label': 'Find a change or an author', autocomplete: 'off', spellcheck: 'false'});
        this.find.addEventListener('change', () => act.find(this.find.value));
        this.missing = h('span', {class: 'gr-missing', role: 'status'});
        this.follow = button('Follow', 'Follow: keep the chosen change in sight', () => act.toggleFollow());
        this.scopes = SCOPES.map(([name, text]) => h('button', {type: 'button', onclick: () => act.scope(name), 'data-scope': name}, text));
        this.root = h('div', {class: 'gr-controls', role: 'group', 'aria-label': 'Controls of the replay'},
            h('div', {class: 'gr-group'}, button('\u25c0\u2502', 'One event back', () => act.step(-1)), this.play, button('\u2502\u25b6', 'One event on', () => act.step(1)), this.time),
            h('div', {class: 'gr-group'}, button('\u21af Next failure', 'Next failure', () => act.failure(1), {class: 'gr-failure'}), this.speeds),
            h('div', {class: 'gr-group', role: 'group', 'aria-label': 'What is shown'}, this.scopes),
            h('div', {class: 'gr-group'}, this.find, this.follow, this.missing),
            h('div', {class: 'gr-group', role: 'group', 'aria-label': 'Zoom'}, button('\u2212', 'Zoom out', () => act.zoom(2)), button('+', 'Zoom in', () => act.zoom(.5)), button('All', 'Show all of the time', () => act.fit())),
            h('datalist', {id: 'gr-names'}, names.slice(0, 600).map(name => h('option', {value: name}))));
        this.help = h('details', {class: 'gr-help'}, h('summary', {}, 'Keys, and what the picture means'),
            h('dl', {}, KEYS.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)))),
            h('p', {}, 'A click on the picture goes to that time, one on a name follows that change. Ctrl and the wheel zoom. The address of the page keeps the moment, so it can be mailed. Estimated times are the medians of this run.'));
    }

    draw(view, time) {
        const set = (element, key, value) => { if (element.getAttribute(key) !== value) element.setAttribute(key, value); };
        const label = view.playing ? 'Pause' : 'Play';
        if (this.play.title !== label) {
            this.play.textContent = view.playing ? '\u275a\u275a' : '\u25b6';
            this.play.title = label;
            this.play.setAttribute('aria-label', label);
        }
        this.time.textContent = time;
        this.speeds.value = String(view.speed);
        for (const one of this.scopes) set(one, 'aria-pressed', String(one.dataset.scope === view.scope));
        set(this.follow, 'aria-pressed', String(Boolean(view.name) && view.follow));
        this.follow.disabled = !view.name;
    }

    // Whether the key was for us.
    key(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return false;
        const tag = event.target.tagName, typing = tag === 'INPUT' || tag === 'SELECT' || tag === 'TEXTAREA', a = this.act;
        if (typing) return false;
        if (event.key === ' ' && (tag === 'BUTTON' || tag === 'SUMMARY' || tag === 'A')) return false;
        const run = {
            ' ': () => a.play(), k: () => a.play(), ArrowLeft: () => a.step(-1), ArrowRight: () => a.step(1), n: () => a.failure(1), N: () => a.failure(-1),
            Home: () => a.edge(-1), End: () => a.edge(1), '+': () => a.zoom(.5), '=': () => a.zoom(.5), '-': () => a.zoom(2), 0: () => a.fit(), '[': () => a.faster(-1), ']': () => a.faster(1),
            '/': () => this.find.focus(), f: () => a.toggleFollow(), 1: () => a.scope('overview'), 2: () => a.scope('queue'), 3: () => a.scope('change'),
        }[event.key];
        if (!run) return false;
        run();
        return true;
    }
}
