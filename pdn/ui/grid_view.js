// A spreadsheet grid: what is typed, pasted or chosen in its menus goes to the server as numbered actions, in order.
// The server gives back the cells as the sheet then shows them, with the number of the last action that it made.

const letters = (column) => {
  let found = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    found = String.fromCharCode(65 + ((rest - 1) % 26)) + found;
  }
  return found;
};
const between = (value, least, most) => Math.max(least, Math.min(most, value));
const plain = (cell) => (typeof cell === "string" ? { shown: cell } : (cell ?? { shown: "" }));

// Cells copied from a spreadsheet: tabs and lines, quotes around a text that holds one of them.
function parse(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const row = rows[rows.length - 1];
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[at + 1] === '"') row[row.length - 1] += text[++at];
      else quoted = false;
    } else if (sign === '"' && row[row.length - 1] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows;
}

const written = (text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

class Grid {
  constructor(root) {
    this.root = root.querySelector(".sheet");
    this.frame = root.querySelector(".frame");
    this.head = root.querySelector("thead");
    this.body = root.querySelector("tbody");
    this.editor = root.querySelector(".editor");
    this.queue = [];
    this.number = 0;
    this.editing = false;
    this.dragging = false;
    this.listen();
  }

  show(data) {
    this.queue = this.queue.filter((action) => action.number > data.done);
    this.number = Math.max(this.number, data.done);
    const place = `${data.book}/${data.sheet}/${data.first}`;
    const moved = place !== this.place;
    const shape = `${place}/${data.columns}/${data.rows.map((row) => row.index).join()}/${data.frozen}`;
    if (moved) this.editing = false;
    this.data = data;
    this.place = place;
    if (shape !== this.shape) this.build();
    this.shape = shape;
    if (moved) {
      this.whole = "";
      this.anchor = this.tip = { at: data.rows.length > data.frozen ? data.frozen : 0, column: 0 };
      this.frame.scrollTo(0, 0);
    }
    const most = { at: data.rows.length - 1, column: data.columns - 1 };
    for (const end of ["anchor", "tip"]) {
      this[end] = { at: between(this[end].at, 0, most.at), column: between(this[end].column, 0, most.column) };
    }
    this.paint();
  }

  build() {
    const { data } = this;
    const cell = (name, text, scope) => {
      const made = document.createElement(name);
      made.textContent = text;
      if (scope) made.scope = scope;
      return made;
    };
    const top = document.createElement("tr");
    const corner = cell("td", "");
    corner.className = "corner";
    top.append(corner);
    for (let column = 0; column < data.columns; column++) top.append(cell("th", letters(column), "col"));
    this.head.replaceChildren(top);
    const rows = data.rows.map((row, at) => {
      const line = document.createElement("tr");
      line.dataset.row = row.index + 1;
      if (at < data.frozen) {
        line.className = "frozen";
        line.style.setProperty("--place", at + 1);
      }
      line.append(cell("th", row.index + 1, "row"));
      for (let column = 0; column < data.columns; column++) line.append(document.createElement("td"));
      return line;
    });
    this.body.replaceChildren(...rows);
    this.drawn = rows.map(() => []);
    this.marked = [];
  }

  paint() {
    const sent = new Map();
    for (const action of this.queue) {
      for (const [row, column, text] of action.cells ?? []) sent.set(`${row}/${column}`, text);
    }
    this.sent = sent;
    this.data.rows.forEach((row, at) => {
      const cells = this.body.rows[at].cells;
      for (let column = 0; column < this.data.columns; column++) {
        const typed = sent.get(`${row.index}/${column}`);
        const found = typed === undefined ? plain(row.cells[column]) : { shown: typed };
        const kind = [found.number && "number", found.formula && "formula", typed !== undefined && "sent"];
        const key = `${kind.filter(Boolean).join(" ")}\n${found.shown}`;
        if (this.drawn[at][column] === key) continue;
        this.drawn[at][column] = key;
        const drawn = cells[column + 1];
        drawn.textContent = found.shown;
        drawn.title = found.shown.length > 30 ? found.shown : "";
        drawn.className = kind.filter(Boolean).join(" ");
      }
    });
    this.root.classList.toggle("busy", this.busy);
    this.mark();
  }

  get busy() {
    return this.queue.some((action) => action.kind !== "cells");
  }

  // The selection: from the cell where it began to the one where it ends; `range` has its corners in order.
  get range() {
    const [one, other] = [this.anchor, this.tip];
    return {
      top: Math.min(one.at, other.at),
      bottom: Math.max(one.at, other.at),
      left: Math.min(one.column, other.column),
      right: Math.max(one.column, other.column),
    };
  }

  drawnCell(at, column) {
    return this.body.rows[at]?.cells[column + 1];
  }

  // What is changed when the cell is edited: its formula, or the text that it shows.
  content(at, column) {
    const row = this.data.rows[at];
    const found = plain(row.cells[column]);
    return this.sent.get(`${row.index}/${column}`) ?? (found.formula || found.shown);
  }

  mark() {
    for (const cell of this.marked) cell.classList.remove("chosen", "here");
    const { top, bottom, left, right } = this.range;
    const several = top !== bottom || left !== right;
    this.marked = [];
    for (let at = top; at <= bottom; at++) {
      this.marked.push(this.body.rows[at].cells[0]);
      if (several) for (let column = left; column <= right; column++) this.marked.push(this.drawnCell(at, column));
    }
    for (let column = left; column <= right; column++) this.marked.push(this.head.rows[0].cells[column + 1]);
    for (const cell of this.marked) cell.classList.add("chosen");
    const here = this.drawnCell(this.anchor.at, this.anchor.column);
    here.classList.add("here");
    this.marked.push(here);
    this.name();
    this.settleEditor();
  }

  name() {
    const { top, bottom, left, right } = this.range;
    const [first, last] = [this.data.rows[top].index + 1, this.data.rows[bottom].index + 1];
    const address = `${letters(this.anchor.column)}${this.data.rows[this.anchor.at].index + 1}`;
    const content = this.content(this.anchor.at, this.anchor.column);
    const put = (where, text) => {
      for (const place of this.root.querySelectorAll(where)) place.textContent = text;
    };
    put("[data-menu=rows]", first === last ? `Ligne ${first}` : `Lignes ${first} à ${last}`);
    const [from, to] = [letters(left), letters(right)];
    put("[data-menu=columns]", from === to ? `Colonne ${from}` : `Colonnes ${from} à ${to}`);
    // Whole columns hold every row: a menu must not delete all of them because a letter was clicked.
    const hide = (menu, others) => {
      this.root.querySelector(`[data-menu=${menu}]`).parentElement.hidden = others.includes(this.whole);
    };
    hide("rows", ["columns", "all"]);
    hide("columns", ["rows", "all"]);
    put("[data-letter]", letters(this.anchor.column));
    put("[data-address]", address);
    put("[data-content]", content);
    this.editor.setAttribute("aria-label", `${this.data.title}, cellule ${address}\u00a0: ${content || "vide"}`);
  }

  settleEditor() {
    const here = this.drawnCell(this.anchor.at, this.anchor.column);
    const { style } = this.editor;
    style.left = `${here.offsetLeft}px`;
    style.top = `${here.offsetTop}px`;
    style.width = `${here.offsetWidth}px`;
    style.height = `${here.offsetHeight}px`;
    this.root.classList.toggle("editing", this.editing);
    if (!this.editing) return;
    style.width = `${between(this.editor.scrollWidth + 4, here.offsetWidth, 420)}px`;
    style.height = `${Math.max(this.editor.scrollHeight + 4, here.offsetHeight)}px`;
  }

  choose(at, column, extend = false) {
    this.whole = "";
    const end = { at: between(at, 0, this.data.rows.length - 1), column: between(column, 0, this.data.columns - 1) };
    this.tip = end;
    if (!extend) this.anchor = end;
    this.mark();
    this.drawnCell(end.at, end.column).scrollIntoView({ block: "nearest", inline: "nearest" });
    this.editor.focus({ preventScroll: true });
  }

  begin(text) {
    if (this.busy) return;
    this.editing = true;
    this.editor.value = text;
    this.settleEditor();
    this.editor.focus({ preventScroll: true });
    this.editor.setSelectionRange(text.length, text.length);
  }

  // What is being typed is kept: it is never left behind in the editor.
  end(keep = true) {
    if (!this.editing) return;
    this.editing = false;
    const { at, column } = this.anchor;
    const text = this.editor.value;
    this.editor.value = "";
    if (keep && text !== this.content(at, column)) this.type([[at, column, text]]);
    this.mark();
  }

  type(cells) {
    const rows = cells.map(([at, column, text]) => [this.rowAt(at), column, text]);
    if (rows.length) this.act({ kind: "cells", cells: rows });
  }

  // The row of the sheet at a place of the grid; pasted rows may go on below what is shown.
  rowAt(at) {
    const { rows } = this.data;
    return at < rows.length ? rows[at].index : rows[rows.length - 1].index + at - rows.length + 1;
  }

  act(action) {
    this.number = Math.max(this.number + 1, Date.now());
    this.queue.push({ ...action, number: this.number, book: this.data.book, sheet: this.data.sheet });
    this.paint();
    this.send([...this.queue]);
  }

  clear() {
    const { top, bottom, left, right } = this.range;
    const cells = [];
    for (let at = top; at <= bottom; at++) {
      for (let column = left; column <= right; column++) if (this.content(at, column)) cells.push([at, column, ""]);
    }
    this.type(cells);
  }

  copied() {
    const { top, bottom, left, right } = this.range;
    const lines = [];
    for (let at = top; at <= bottom; at++) {
      const { index, cells } = this.data.rows[at];
      const line = [];
      for (let column = left; column <= right; column++) {
        line.push(written(this.sent.get(`${index}/${column}`) ?? plain(cells[column]).shown));
      }
      lines.push(line.join("\t"));
    }
    return lines.join("\n");
  }

  paste(text) {
    const rows = parse(text);
    const { top, bottom, left, right } = this.range;
    const cells = [];
    if (rows.length === 1 && rows[0].length === 1) {
      for (let at = top; at <= bottom; at++) {
        for (let column = left; column <= right; column++) cells.push([at, column, rows[0][0]]);
      }
    } else {
      rows.forEach((row, down) => row.forEach((found, along) => cells.push([top + down, left + along, found])));
      this.anchor = { at: top, column: left };
      const width = Math.max(...rows.map((row) => row.length));
      this.tip = {
        at: between(top + rows.length - 1, 0, this.data.rows.length - 1),
        column: between(left + width - 1, 0, this.data.columns - 1),
      };
    }
    this.type(cells);
    this.mark();
  }

  command(name) {
    const { top, bottom, left, right } = this.range;
    const last = this.data.rows[bottom].index;
    // Between the frozen header and a later page there are rows that nobody sees: they are not chosen.
    const unbroken = last - this.data.rows[top].index === bottom - top;
    const first = this.data.rows[unbroken ? top : this.data.frozen].index;
    const [rows, columns] = [last - first + 1, right - left + 1];
    const shift = (down, along) => {
      for (const end of ["anchor", "tip"]) {
        this[end] = {
          at: between(this[end].at + down, 0, this.data.rows.length - 1),
          column: between(this[end].column + along, 0, this.data.columns - 1),
        };
      }
    };
    const insert = (dimension, at, count) => this.act({ kind: "insert", dimension, at, count });
    const remove = (dimension, start, end) => this.act({ kind: "delete", dimension, start, end });
    const move = (dimension, start, end, to) => this.act({ kind: "move", dimension, start, end, to });
    const sort = (descending) => this.act({ kind: "sort", column: this.anchor.column, descending });
    const done = {
      "row-above": () => insert("ROWS", first, rows),
      "row-below": () => (insert("ROWS", last + 1, rows), shift(rows, 0)),
      "row-up": () => first > 0 && (move("ROWS", first, last + 1, first - 1), shift(-1, 0)),
      "row-down": () => last + 1 < this.data.size && (move("ROWS", first, last + 1, last + 2), shift(1, 0)),
      "row-delete": () => remove("ROWS", first, last + 1),
      grow: () => this.act({ kind: "grow", rows: 100 }),
      "column-left": () => insert("COLUMNS", left, columns),
      "column-right": () => (insert("COLUMNS", right + 1, columns), shift(0, columns)),
      "column-back": () => left > 0 && (move("COLUMNS", left, right + 1, left - 1), shift(0, -1)),
      "column-on": () => right + 1 < this.data.columns && (move("COLUMNS", left, right + 1, right + 2), shift(0, 1)),
      "column-delete": () => remove("COLUMNS", left, right + 1),
      "sort-up": () => sort(false),
      "sort-down": () => sort(true),
    };
    if (!this.busy) done[name]();
    this.mark();
  }

  press(event) {
    event.stopPropagation(); // the application's own shortcuts are not for who types in a cell
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const go = (down, along, extend) => {
      const from = extend ? this.tip : this.anchor;
      event.preventDefault();
      this.choose(from.at + down, from.column + along, extend);
    };
    if (event.isComposing) return;
    if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      if (this.editing) this.editor.setRangeText("\n", this.editor.selectionStart, this.editor.selectionEnd, "end");
      this.settleEditor();
    } else if (event.key === "Enter" && !this.editing && !event.shiftKey) {
      event.preventDefault();
      this.begin(this.content(this.anchor.at, this.anchor.column));
    } else if (event.key === "Enter" || event.key === "Tab") {
      const back = event.shiftKey ? -1 : 1;
      const leaves = event.key === "Tab" && !this.editing && !this.inside(back);
      if (leaves) return;
      this.end();
      if (event.key === "Tab") go(0, back);
      else go(back, 0);
    } else if (event.key === "Escape") {
      this.end(false);
    } else if (this.editing) {
      return;
    } else if (moves[event.key]) {
      const far = event.ctrlKey || event.metaKey ? Math.max(this.data.rows.length, this.data.columns) : 1;
      const [down, along] = moves[event.key];
      go(down * far, along * far, event.shiftKey);
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      go(event.key === "PageDown" ? 15 : -15, 0, event.shiftKey);
    } else if (event.key === "F2") {
      event.preventDefault();
      this.begin(this.content(this.anchor.at, this.anchor.column));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (!this.busy) this.clear();
    }
  }

  // Whether the Tab key stays in the grid: past its first and last columns it goes on to what follows on the page.
  inside(step) {
    return between(this.anchor.column + step, 0, this.data.columns - 1) !== this.anchor.column;
  }

  placeOf(cell) {
    return { at: cell.parentElement.sectionRowIndex, column: cell.cellIndex - 1 };
  }

  listen() {
    const { editor, frame, root } = this;
    const last = () => ({ at: this.data.rows.length - 1, column: this.data.columns - 1 });
    frame.addEventListener("mousedown", (event) => {
      const cell = event.target.closest("td, th");
      if (!cell || event.button !== 0) return;
      event.preventDefault();
      this.end();
      const { at, column } = this.placeOf(cell);
      const extend = event.shiftKey;
      this.dragging = cell.tagName === "TD" && !cell.classList.contains("corner");
      if (this.dragging) {
        this.choose(at, column, extend);
        return;
      }
      // A header chooses its whole row or column, the corner everything.
      const [rows, columns] = [column < 0, cell.parentElement.parentElement === this.head];
      if (!extend) this.anchor = { at: columns ? 0 : at, column: rows ? 0 : column };
      this.tip = { at: columns ? last().at : at, column: rows ? last().column : column };
      this.whole = rows && columns ? "all" : rows ? "rows" : "columns";
      this.mark();
      editor.focus({ preventScroll: true });
    });
    frame.addEventListener("mouseover", (event) => {
      const cell = event.target.closest("tbody td");
      if (!this.dragging || !cell || !(event.buttons & 1)) return;
      this.tip = this.placeOf(cell);
      this.mark();
    });
    frame.addEventListener("dblclick", (event) => {
      if (event.target.closest("tbody td")) this.begin(this.content(this.anchor.at, this.anchor.column));
    });
    frame.addEventListener("scroll", () => this.settleEditor());
    editor.addEventListener("keydown", (event) => this.press(event));
    for (const name of ["keyup", "keypress"]) editor.addEventListener(name, (event) => event.stopPropagation());
    editor.addEventListener("input", () => {
      if (this.busy) editor.value = "";
      else this.editing = true;
      this.settleEditor();
    });
    editor.addEventListener("blur", () => this.end());
    const clipboard = (name, done) =>
      editor.addEventListener(name, (event) => {
        if (this.editing) return;
        event.preventDefault();
        done(event.clipboardData);
      });
    clipboard("copy", (data) => data.setData("text/plain", this.copied()));
    clipboard("cut", (data) => {
      data.setData("text/plain", this.copied());
      if (!this.busy) this.clear();
    });
    clipboard("paste", (data) => this.busy || this.paste(data.getData("text/plain")));
    const menus = [...root.querySelectorAll("details")];
    for (const menu of menus) {
      menu.addEventListener("toggle", () => {
        if (menu.open) for (const other of menus) if (other !== menu) other.open = false;
      });
      menu.addEventListener("keydown", (event) => {
        if (event.key === "Escape") menu.open = false;
      });
      menu.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
      });
    }
    for (const button of root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => {
        button.closest("details").open = false;
        this.command(button.dataset.do);
        editor.focus({ preventScroll: true });
      });
    }
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  parentElement.grid ??= new Grid(parentElement);
  // A trigger is told once: after a cut, the browser would send a state again and a row would be deleted twice.
  parentElement.grid.send = (actions) => setTriggerValue("actions", actions);
  parentElement.grid.show(data);
}
