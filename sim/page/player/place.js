// The moment in the page's address, so that it can be mailed: #at=600&scope=queue&change=api-105&from=0&to=3300.

// Text after the # -> what it asks for; times in seconds. What it does not say, or says wrongly, is left out.
export function readPlace(hash) {
    const words = new URLSearchParams(hash.replace(/^#/, '')), place = {};
    for (const key of ['at', 'from', 'to']) {
        const value = Number(words.get(key));
        if (words.get(key) && Number.isFinite(value) && value >= 0) place[key] = value;
    }
    if (['overview', 'queue', 'change'].includes(words.get('scope'))) place.scope = words.get('scope');
    for (const key of ['change', 'queue']) if (words.get(key)) place[key] = words.get(key);
    place.follow = words.get('follow') === '1';
    return place;
}

export function writePlace({at, from, to, scope, change, queue, follow}) {
    const words = new URLSearchParams({at: String(at), scope});
    if (from !== undefined) words.set('from', String(from)), words.set('to', String(to));
    if (queue) words.set('queue', queue);
    if (change) words.set('change', change);
    if (follow) words.set('follow', '1');
    return '#' + words.toString();
}
