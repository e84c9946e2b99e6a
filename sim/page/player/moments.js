// The instants at which something happens that one would stop for. And how times and lists are written.
export const clockOf = (unit, startAt) => ({
    // A point in time, short: "0:10", "26:05", or with a date "24 Jun 16:16".
    point(t, fine) {
        const s = Math.floor(t * unit);
        if (startAt === null) return `${s < 172800 ? Math.floor(s / 3600) : Math.floor(s / 86400) + 'd ' + Math.floor(s / 3600) % 24}:${two(Math.floor(s / 60) % 60)}${fine || unit < .001 ? ':' + two(s % 60) : ''}`;
        const d = new Date((startAt + s) * 1000);
        const day = `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
        return `${day} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${fine ? ':' + two(d.getUTCSeconds()) : ''}`;
    },
    // A length: "35 s", "12 min", "3 h 05 min", "2 d 4 h".
    length(t) {
        const s = Math.round(t * unit), m = Math.round(s / 60), h = Math.floor(m / 60);
        if (s < 100) return `${s < 10 && unit < 1 ? Math.round(t * unit * 10) / 10 : s} s`;
        if (m < 100) return `${m} min`;
        if (h < 48) return `${h} h ${two(m % 60)} min`;
        return `${Math.floor(h / 24)} d ${h % 24} h`;
    },
    // How much of a usual length: "8/~20 min". Without one: "8 min".
    part(t, usual) {
        if (!usual) return this.length(t);
        const per = usual * unit < 100 ? [1, 's'] : usual * unit < 6000 ? [60, 'min'] : [3600, 'h'], write = x => Math.round(x * unit / per[0] * (per[0] > 60 ? 10 : 1)) / (per[0] > 60 ? 10 : 1);
        return `${write(t)}/~${write(usual)} ${per[1]}`;
    },
});
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = n => String(n).padStart(2, '0');

export const counted = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;
export function listed(names, most = 4) {
    if (names.length > most) return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

// [{t, kinds: {reset: [...], red: [...], out: [...], landed: [...], entered: [...], opened: [...]}}] in order of time.
export function momentsOf(m) {
    const found = new Map();
    const add = (t, kind, what) => {
        if (t === Infinity) return;
        let moment = found.get(t);
        if (!moment) found.set(t, moment = {t, kinds: {}});
        (moment.kinds[kind] ??= []).push(what);
    };
    for (const x of m.resets) add(x.at, 'reset', x);
    for (const b of m.builds) if (b.voting && m.isRed(b)) add(b.end, 'red', b);
    for (const s of m.stays) {
        add(s.entered, 'entered', s);
        add(s.left, m.word(s.outcome) === 'landed' ? 'landed' : 'out', s);
    }
    for (const a of m.attempts) add(a.opened, 'opened', a);
    return [...found.values()].sort((a, b) => a.t - b.t);
}

// What a moment is: its most telling kind, for a symbol and a colour.
export const kindOf = moment => ['reset', 'red', 'out', 'landed', 'entered', 'opened'].find(k => moment.kinds[k]);
