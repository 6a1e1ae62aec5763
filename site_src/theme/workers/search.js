/* Stands before the search worker of the theme, in one file, and between it and the page: asks for the entries at the
   first search instead of with each page, finds a figure or table by its number, puts the page of what is named first,
   in whatever spelling, then what has all words, and works around a fault of the search. */
(() => {
  const SETUP = 0, QUERY = 2, RESULT = 3;
  // More than any score of the search.
  const FIRST = 1e6;
  const PAGE = /^(posts|systems|architectures)\/[^#]+$|^models\/#/;
  const ENTRY = /^results\/.+#(.+\..+)$/;
  // Pages by their titles and entries by both their names, in small letters without what parts words; and those that
  // the last query names.
  const names = new Map();
  let settings, loaded, latest, named = new Map();

  const send = (data) => dispatchEvent(new MessageEvent("message", { data }));

  async function load() {
    const response = await fetch(new URL("../../../search/entries.json", location.href));
    const docs = await response.json();
    for (const found of docs) {
      const entry = ENTRY.exec(found.location);
      if (isRecord(found) || !found.location.includes("#")) put(found.title, found);
      if (entry) put(entry[1], found);
      for (const name of found.names ?? []) put(name, found);
    }
    lunr.TokenSet.prototype.toString = spelled;
    send({ type: SETUP, data: { ...settings, docs } });
    // The theme has taken them in once all that waits now is done.
    await new Promise((done) => { setTimeout(done); });
  }

  /* Keeps the states of the word list apart; lunr's own takes "1" and 23 for "12" and 3, and finds words that are not there. */
  function spelled() {
    const edges = Object.keys(this.edges).sort().map((label) => `${label}${this.edges[label].id} `);
    return this._str ?? `${+this.final} ${edges.join("")}`;
  }

  const isRecord = ({ location }) => PAGE.test(location) || ENTRY.test(location);
  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /* What is named is found by the words of its title, and by as few of them as name it. */
  function put(text, { location, boost = 1, title }) {
    const name = wordsOf(text).join("");
    const spelling = title.includes(text) ? text : title;
    names.set(name, [...names.get(name) ?? [], { location, boost, spelling }]);
  }

  /* What has the longest run of words in a query as its name: "parameters of resnet 50" names ResNet-50. Other pages
     have common words for names, such as "data", so they need the whole query. */
  function namedIn(query) {
    const words = wordsOf(query);
    for (let count = words.length; count > 0; count--) {
      for (let start = 0; start + count <= words.length; start++) {
        const found = names.get(words.slice(start, start + count).join("")) ?? [];
        const meant = count === words.length ? found : found.filter(isRecord);
        if (meant.length) return meant;
      }
    }
    return [];
  }

  /* "What is a pfs-day" asks for "pfs-day"; the theme would find all words that begin with "is" and "a". */
  function withoutSmallWords(query) {
    const words = query.split(/\s+/).filter((word) => lunr.stopWordFilter(word.toLowerCase()));
    return words.length ? words.join(" ") : query;
  }

  const answer = postMessage;
  postMessage = (message) => {
    const rank = (group) => Math.max(0, ...group.map(({ location }) => named.get(location) ?? 0));
    const isWhole = (group) => group.some(({ terms }) => Object.values(terms).every(Boolean));
    if (message.type === RESULT) {
      // What is named lacks no word, however that is spelled, and comes first on its page.
      for (const found of message.data.items.flat()) {
        if (named.has(found.location)) Object.assign(found, { terms: {}, score: found.score + FIRST });
      }
      for (const group of message.data.items) group.sort((one, other) => other.score - one.score);
      message.data.items.sort((one, other) => rank(other) - rank(one) || isWhole(other) - isWhole(one));
    }
    answer(message);
  };

  addEventListener("message", async (event) => {
    if (!event.isTrusted) return;
    const { type, data } = event.data;
    if (type === SETUP) settings = data;
    if (type !== QUERY || !data) return;
    event.stopImmediatePropagation();
    latest = event;
    loaded ??= load();
    try {
      await loaded;
    } catch {
      loaded = undefined;
    }
    if (latest !== event) return;
    const found = namedIn(data);
    named = new Map(found.map(({ location, boost }) => [location, boost]));
    // Whole numbers, as "1" finds the beginning of "1959" as well; and a name as its page spells it.
    const query = withoutSmallWords(data).replace(/\b(figure|table) (\d)/gi, "+$1 +$2");
    send({ type, data: [query, ...found.slice(0, 1).map(({ spelling }) => spelling)].join(" ") });
  });
})();
