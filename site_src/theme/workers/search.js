/* Stands before the search worker of the theme, in one file, and between it and the page: asks for the entries at the
   first search instead of with each page, finds a figure or table by its number, puts the page of what is named first,
   in whatever spelling, and works around a fault of the search. */
(() => {
  const SETUP = 0, QUERY = 2, RESULT = 3;
  const NAMED = /^(posts|systems|architectures)\/[^#]+$/;
  // Pages by their titles in small letters, without what parts words; and those that the last query names.
  const names = new Map();
  let settings, loaded, latest, named = [];

  const send = (data) => dispatchEvent(new MessageEvent("message", { data }));

  async function load() {
    const response = await fetch(new URL("../../../search/entries.json", location.href));
    const docs = await response.json();
    for (const page of docs.filter(({ location }) => NAMED.test(location))) {
      const name = wordsOf(page.title).join("");
      names.set(name, [...names.get(name) ?? [], page]);
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

  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /* The pages whose name is the longest run of words in a query: "parameters of resnet 50" names ResNet-50. */
  function namedIn(query) {
    const words = wordsOf(query);
    for (let count = words.length; count > 0; count--) {
      for (let start = 0; start + count <= words.length; start++) {
        const pages = names.get(words.slice(start, start + count).join(""));
        if (pages) return pages;
      }
    }
    return [];
  }

  const answer = postMessage;
  postMessage = (message) => {
    const rank = ([{ location }]) => named.find((page) => page.location === location)?.boost ?? 0;
    if (message.type === RESULT) message.data.items.sort((one, other) => rank(other) - rank(one));
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
    named = namedIn(data);
    // Whole numbers, as "1" finds the beginning of "1959" as well; and a name as its page spells it.
    const query = data.replace(/\b(figure|table) (\d)/gi, "+$1 +$2");
    send({ type, data: [query, ...named.slice(0, 1).map(({ title }) => title)].join(" ") });
  });
})();
