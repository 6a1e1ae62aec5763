/* Stands before the search worker of the theme, in one file, and between it and the page: asks for the entries at the
   first search instead of with each page, finds a figure or table by its number, and works around a fault of the search. */
(() => {
  const SETUP = 0, QUERY = 2;
  let settings, loaded, latest;

  const send = (data) => dispatchEvent(new MessageEvent("message", { data }));

  async function load() {
    const response = await fetch(new URL("../../../search/entries.json", location.href));
    const docs = await response.json();
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
    // Whole numbers, as "1" finds the beginning of "1959" as well.
    if (latest === event) send({ type, data: data.replace(/\b(figure|table) (\d)/gi, "$1 +$2") });
  });
})();
