// The packed replay as lists of plain objects: the other side of sim/page/pack.cpp; what follows what stands in
// sim/page/pack_layout.hpp. Times are whole ticks, `unit` seconds long; Infinity = never. Pointers are indexes; -1 = none.

// Columns and texts, one after the other.
export class Columns {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }
    varint() {
        let value = 0, scale = 1, byte;
        do {
            byte = this.bytes[this.at++];
            value += (byte & 127) * scale;
            scale *= 128;
        } while (byte > 127);
        return value;
    }
    column() {
        const how = this.bytes[this.at++], count = this.varint(), values = new Array(count).fill(0);
        if (how & 2) {
            const planes = this.bytes[this.at++];
            for (let plane = 0, scale = 1; plane < planes; ++plane, scale *= 256)
                for (let i = 0; i < count; ++i) values[i] += this.bytes[this.at++] * scale;
        } else {
            for (let i = 0; i < count; ++i) values[i] = this.varint();
        }
        let before = 0;
        for (let i = 0; i < count; ++i) {
            const number = values[i] % 2 ? -(values[i] + 1) / 2 : values[i] / 2;
            values[i] = before = number + (how & 1 ? before : 0);
        }
        return values;
    }
    texts() {
        const reader = new TextDecoder(), list = [];
        for (let count = this.varint(); count > 0; --count) {
            const size = this.varint();
            list.push(reader.decode(this.bytes.subarray(this.at, this.at + size)));
            this.at += size;
        }
        return list;
    }
}

// Where a tick stands in a list, from 1; 0 = never.
function rankIn(ticks, time) {
    if (time === Infinity) return 0;
    let low = 0, high = ticks.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (ticks[middle] < time) low = middle + 1;
        else high = middle;
    }
    return low + 1;
}

// Gives the fields of rows their values, in the order of the layout.
class Fields {
    constructor(columns, ticks) {
        this.columns = columns;
        this.ticks = ticks;
    }
    rows() {
        return Array.from({length: this.columns.column()[0]}, (_, row) => ({row}));
    }
    each(list, set) {
        const values = this.columns.column();
        for (let i = 0; i < list.length; ++i) set(list[i], values[i]);
    }
    number(list, key) {
        this.each(list, (row, v) => { row[key] = v; });
    }
    index(list, key, near) {
        this.each(list, (row, v) => { row[key] = v === 0 ? -1 : near ? near(row) + v - (v > 0 ? 1 : 0) : v - 1; });
    }
    time(list, key, near) {
        this.each(list, (row, v) => {
            const rank = near ? v + rankIn(this.ticks, near(row)) : v;
            row[key] = rank === 0 ? Infinity : this.ticks[rank - 1];
        });
    }
    lists(list, key) {
        const counts = this.columns.column(), all = this.columns.column();
        let next = 0;
        list.forEach((row, i) => { row[key] = all.slice(next, next += counts[i]).map(v => v - 1); });
    }
}

function layOut(io, r) {
    const s = r.stays = io.rows();
    io.number(s, 'number');
    io.index(s, 'queue');
    io.index(s, 'change');
    io.number(s, 'patchset');
    io.number(s, 'place');
    io.time(s, 'entered');
    io.time(s, 'left', x => x.entered);
    io.index(s, 'outcome');
    io.index(s, 'why');
    io.index(s, 'cause', x => x.change);
    for (const key of ['job', 'build', 'really', 'sentence']) io.index(s, key);

    const a = r.attempts = io.rows();
    io.number(a, 'number');
    io.index(a, 'queue');
    io.index(a, 'kind');
    io.lists(a, 'stays');
    io.index(a, 'change', x => x.stays.length ? s[x.stays.at(-1)].change : 0);
    io.number(a, 'patchset');
    io.number(a, 'place');
    io.index(a, 'ahead', x => x.row);
    io.number(a, 'depth');
    io.lists(a, 'chain');
    io.time(a, 'opened');
    io.time(a, 'ended', x => x.stays.length ? s[x.stays[0]].left : x.opened);
    for (const key of ['result', 'end', 'why']) io.index(a, key);
    io.index(a, 'cause', x => x.change);
    io.index(a, 'build');

    const b = r.builds = io.rows(), cancelled = r.words.indexOf('cancelled');
    io.number(b, 'number');
    io.index(b, 'attempt');
    io.index(b, 'job');
    io.number(b, 'voting');
    io.index(b, 'pool');
    io.number(b, 'nodes');
    for (const key of ['result', 'really', 'fate', 'waste']) io.index(b, key);
    io.time(b, 'requested', x => a[x.attempt].opened);
    io.time(b, 'granted', x => x.requested);
    io.time(b, 'start', x => x.granted);
    io.time(b, 'end', x => cancelled >= 0 && x.result === cancelled ? a[x.attempt].ended : x.start);
    io.time(b, 'released', x => x.end);
    const last = new Array(a.length).fill(Infinity);
    for (const x of b)
        if (x.end !== Infinity && (last[x.attempt] === Infinity || last[x.attempt] < x.end)) last[x.attempt] = x.end;
    io.time(a, 'tested', x => last[x.row]);

    const h = r.holdings = io.rows();
    io.index(h, 'pool');
    io.number(h, 'nodes');
    io.time(h, 'granted');
    io.time(h, 'released', x => x.granted);

    const w = r.waits = io.rows();
    io.index(w, 'stay');
    io.time(w, 'until', x => w[x.row + 1]?.stay === x.stay ? s[x.stay].entered : s[x.stay].left);
    io.time(w, 'from', x => w[x.row - 1]?.stay === x.stay ? w[x.row - 1].until : s[x.stay].entered);
    io.index(w, 'why');
    io.index(w, 'cause', x => s[x.stay].change);
    for (const key of ['job', 'pool', 'semaphore', 'sentence']) io.index(w, key);
    let lastBuild = 0;
    io.index(w, 'build', x => {
        if (x.row > 0 && w[x.row - 1].build >= 0) lastBuild = w[x.row - 1].build;
        return lastBuild;
    });

    const x = r.resets = io.rows();
    io.time(x, 'at');
    for (const key of ['queue', 'why', 'cause', 'job', 'build', 'really']) io.index(x, key);
    io.lists(x, 'changes');
    io.number(x, 'builds');
    io.number(x, 'nodeTime');
    io.index(x, 'sentence');

    const v = r.windows = io.rows();
    io.time(v, 'at');
    io.index(v, 'queue');
    io.number(v, 'size');
}

export function replayOf(bytes) {
    const columns = new Columns(bytes), [format, tick, end, dated, startAt] = columns.column();
    if (format !== 1) throw new Error('the replay is packed in another way than this player knows');
    const r = {unit: tick / 1e6, end, startAt: dated ? startAt / 1e6 : null, title: columns.texts()[0] || ''};
    const names = columns.texts(), labels = columns.texts(), authors = columns.texts(), author = columns.column();
    r.changes = names.map((name, row) => ({row, name, label: labels[row] || name, author: authors[author[row]]}));
    const pipelines = columns.texts(), queues = columns.texts();
    r.queues = pipelines.map((pipeline, row) => ({row, pipeline, name: queues[row]}));
    const pools = columns.texts(), nodes = columns.column();
    r.pools = pools.map((name, row) => ({row, name, nodes: nodes[row]}));
    r.jobs = columns.texts();
    r.words = columns.texts();
    r.sentences = columns.texts();
    layOut(new Fields(columns, r.ticks = columns.column()), r);
    return r;
}

// Text of a page -> replay. The browser decompresses it itself.
export async function unpackText(text) {
    const packed = Uint8Array.from(atob(text.trim()), c => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return replayOf(new Uint8Array(await new Response(stream).arrayBuffer()));
}
