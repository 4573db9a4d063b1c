"use strict";
// Everything here is comfort: the page is complete without it.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const say = (text) => { $("#said").textContent = text; };
  const keep = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: not kept */ } },
  };
  const save = (name, type, content) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.documentElement.classList.add("js");

  // ---- findings: filter by rule, search; the state stands in the address
  const cards = $$(".card");
  const chips = $$(".chip[data-rule]");
  const chosen = new Set();
  const search = make("input", { type: "search", placeholder: "search findings  /", id: "search" });
  search.setAttribute("aria-label", "Search the findings");

  function show(remember = true) {
    const wanted = search.value.trim().toLowerCase();
    let n = 0;
    for (const card of cards) {
      const fits = (!chosen.size || chosen.has(card.dataset.rule)) && (!wanted || card.textContent.toLowerCase().includes(wanted));
      card.hidden = !fits;
      n += fits;
    }
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chosen.has(chip.dataset.rule)));
    const narrowed = chosen.size || wanted;
    if ($("#shown")) $("#shown").textContent = narrowed ? `${n} of ${cards.length} findings shown` : "";
    if (!remember) return;
    say(`${n} of ${cards.length} findings shown`);
    const state = new URLSearchParams();
    if (chosen.size) state.set("rules", [...chosen].sort().join(","));
    if (wanted) state.set("search", search.value.trim());
    history.replaceState(null, "", narrowed ? `#show?${state}` : "#top");
  }
  function restore() {
    if (!location.hash.startsWith("#show?")) return;
    const state = new URLSearchParams(location.hash.slice(6));
    chosen.clear();
    for (const rule of (state.get("rules") || "").split(",")) if (rule) chosen.add(rule);
    search.value = state.get("search") || "";
    show(false);
  }
  for (const chip of chips) {
    chip.setAttribute("role", "button");
    const toggle = (event) => {
      event.preventDefault();
      const rule = chip.dataset.rule;
      chosen.has(rule) ? chosen.delete(rule) : chosen.add(rule);
      show();
    };
    chip.addEventListener("click", toggle);
    chip.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
  }
  const tools = $("#tools");
  if (cards.length) {
    search.addEventListener("input", () => show());
    tools.append(search);
  }
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) { chosen.clear(); search.value = ""; show(false); }
    const details = target.closest("details");
    if (details) details.open = true;
  };
  addEventListener("hashchange", () => { restore(); reveal(); });

  // ---- tables: sort, search, export what is shown
  for (const table of $$("table.data")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const shown = make("span", { className: "soft" });
    const box = make("input", { type: "search", placeholder: "search this table" });
    box.setAttribute("aria-label", "Search this table");
    const filter = () => {
      const wanted = box.value.trim().toLowerCase();
      let n = wanted ? 0 : rows.length;
      if (!wanted) for (const row of rows) row.hidden = false;
      else for (const row of rows) n += !(row.hidden = !row.textContent.toLowerCase().includes(wanted));
      shown.textContent = `${n} of ${rows.length} rows`;
    };
    const value = (cell) => {
      const given = cell.dataset.v ?? cell.textContent.trim();
      const number = Number(given);
      return given === "" ? null : Number.isNaN(number) ? given.toLowerCase() : number;
    };
    const compare = (a, b) => a === null ? (b === null ? 0 : 1) : b === null ? -1
      : typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
    [...table.tHead.rows[0].cells].forEach((head, n) => {
      const button = make("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row, at) => [value(row.cells[n]), at, row]);
        keyed.sort((a, b) => {
          if (a[0] === null || b[0] === null) return compare(a[0], b[0]) || a[1] - b[1];
          return (down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1];
        });
        body.append(...keyed.map((entry) => entry[2]));
      });
    });
    const csv = make("button", { type: "button", textContent: "Export shown rows as CSV" });
    csv.addEventListener("click", () => {
      const cell = (text) => {
        const plain = text.replace(/\s+/g, " ").trim();
        const safe = /^[=+\-@\t\r]/.test(plain) && !/^[+-]?[\d.,]+$/.test(plain) ? `'${plain}` : plain;
        return `"${safe.replaceAll('"', '""')}"`;
      };
      const head = [...table.tHead.rows[0].cells].map((c) => cell(c.textContent)).join(",");
      const lines = [...body.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((c) => cell(c.textContent)).join(","));
      save(table.dataset.csv, "text/csv", [head, ...lines].join("\r\n") + "\r\n");
    });
    box.addEventListener("input", filter);
    table.parentElement.before(make("div", { className: "tools" }, box, csv, shown));
    shown.textContent = `${rows.length} rows`;
  }

  // ---- verdicts: marked here, kept in this browser, exported as the decisions file
  const SCHEMA = "auditor/decisions/1";
  const VERDICTS = ["confirmed", "not comparable", "accepted"];
  const key = `auditor:${location.pathname}`;
  // Decisions that the audit was given are shown, and exported only if they are changed here: their file knows more of them.
  const given = new Map(JSON.parse($("#decisions").textContent).map((decision) => [decision.fingerprint, decision]));
  const marks = new Map();
  try { for (const decision of JSON.parse(keep.get(key) || "[]")) marks.set(decision.fingerprint, decision); } catch { /* not ours */ }
  const store = () => keep.set(key, JSON.stringify([...marks.values()]));
  const shownMark = (id) => marks.get(id) || given.get(id);
  const draw = new Map();
  function verdict(card) {
    const slot = $(".mark", card);
    if (!slot) return;
    const note = make("input", { type: "text", placeholder: "because …", maxLength: 500 });
    note.setAttribute("aria-label", "Reason for the verdict");
    const buttons = VERDICTS.map((name) => {
      const button = make("button", { type: "button", textContent: name });
      button.addEventListener("click", () => {
        if (marks.get(card.id)?.verdict === name) marks.delete(card.id);
        else marks.set(card.id, { mine: true, fingerprint: card.id, rule: card.dataset.rule, verdict: name, reason: note.value });
        store();
        redraw();
        say(marks.has(card.id) ? `marked ${name}` : "mark removed");
      });
      return button;
    });
    note.addEventListener("input", () => {
      const mark = marks.get(card.id);
      if (mark) { mark.reason = note.value; store(); }
    });
    slot.append(...buttons, note);
    draw.set(card.id, () => {
      const mark = shownMark(card.id);
      buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(mark?.verdict === VERDICTS[n])));
      note.hidden = !marks.has(card.id);
      if (mark && note.value !== mark.reason) note.value = mark.reason || "";
    });
  }
  const out = make("button", { type: "button", id: "export" });
  // Who decides, and until when it holds: said once for all that is marked on this page.
  const who = make("input", { type: "text", placeholder: "your name", maxLength: 100, id: "by", value: keep.get("auditor:by") || "" });
  const until = make("input", { type: "date", id: "until" });
  who.setAttribute("aria-label", "Who decides");
  who.addEventListener("input", () => keep.set("auditor:by", who.value));
  const signed = make("span", { className: "signed" }, who, make("label", {}, "holds until ", until));
  function redraw() {
    for (const one of draw.values()) one();
    out.textContent = `Export ${marks.size} decision${marks.size === 1 ? "" : "s"}`;
    out.hidden = signed.hidden = !marks.size;
  }
  out.addEventListener("click", () => {
    const decisions = [...marks.values()].sort((a, b) => a.fingerprint < b.fingerprint ? -1 : 1)
      .map((mark) => (mark.mine ? { ...mark, by: who.value.trim(), until: until.value } : mark))
      .map(({ fingerprint, rule, verdict, reason, by, until }) => ({ fingerprint, rule, verdict, reason: reason || null, by: by || null, until: until || null }));
    save("auditor-decisions.json", "application/json", JSON.stringify({ schema: SCHEMA, decisions }, null, 1) + "\n");
  });
  if (cards.length) {
    const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, id: "import-file" });
    const load = make("button", { type: "button", textContent: "Load decisions", id: "import" });
    load.addEventListener("click", () => file.click());
    file.addEventListener("change", async () => {
      try {
        const content = JSON.parse(await file.files[0].text());
        if (content.schema !== SCHEMA) throw new Error(`schema is ${content.schema}; this page reads ${SCHEMA}`);
        for (const decision of content.decisions) if (VERDICTS.includes(decision.verdict)) marks.set(String(decision.fingerprint), decision);
        store();
        redraw();
        say(`${content.decisions.length} decisions loaded`);
      } catch (error) { alert(`This is no decisions file: ${error.message}`); }
      file.value = "";
    });
    // Controls are made when a card comes near the window: thousands at once would make the page wait.
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        verdict(target);
        draw.get(target.id)?.();
      }
    }, { rootMargin: "1500px" });
    for (const card of cards) near.observe(card);
    tools.append(out, signed, load, file);
    redraw();
  }

  // ---- keys
  const help = $("#help");
  const ask = make("button", { type: "button", textContent: "?", title: "Keys" });
  ask.setAttribute("aria-label", "Help on keys");
  ask.addEventListener("click", () => help.showModal());
  tools?.append(ask);
  const on = $("#keys-on");
  on.checked = keep.get("auditor:keys") !== "off";
  on.addEventListener("change", () => keep.set("auditor:keys", on.checked ? "on" : "off"));
  let at = null;
  const go = (element) => {
    if (!element) return;
    at = element;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: element.matches(".card") ? "start" : "center" });
    if (element.id) history.replaceState(null, "", `#${element.id}`);
  };
  function step(elements, by) {
    if (!elements.length) return;
    const here = document.activeElement && elements.includes(document.activeElement) ? elements.indexOf(document.activeElement) : -1;
    if (here >= 0) return go(elements[(here + by + elements.length) % elements.length]);
    const visible = elements.findIndex((element) => element.getBoundingClientRect().top >= 0);
    const start = visible < 0 ? elements.length - 1 : visible;
    go(elements[by > 0 ? start : (start - 1 + elements.length) % elements.length]);
  }
  function up() {
    const figure = document.activeElement?.closest?.(".text .q");
    const href = figure?.getAttribute("href") || "";
    const finding = href.startsWith("#") && document.getElementById(href.slice(1));
    if (finding && finding !== figure) return finding.matches(".card") ? go(finding) : (location.hash = href);
    if (figure && !href.startsWith("#")) { location.href = href; return undefined; }
    scrollTo({ top: 0 });
    document.activeElement?.blur?.();
    return undefined;
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { document.body.classList.add("quiet"); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || !on.checked || help.open) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const figures = () => $$(".text .q[id]");
    const open = () => cards.filter((card) => !card.hidden);
    const actions = {
      j: () => step(figures(), 1), k: () => step(figures(), -1), f: () => step(open(), 1), F: () => step(open(), -1), u: up,
      "?": () => help.showModal(), "/": () => search.isConnected && search.focus(),
    };
    if (!actions[event.key]) return;
    document.body.classList.remove("quiet");
    actions[event.key]();
    event.preventDefault();
  });
  addEventListener("pointermove", () => document.body.classList.remove("quiet"), { passive: true });
  restore();
  reveal();
})();
