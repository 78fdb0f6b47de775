/// What a page can do beyond being read: sort its tables, and unfold everything to be printed.
///
/// It stands unescaped in the page and so holds neither `<` nor `&`. A page without it is complete.
enum PageScript {
  static let text = """
    "use strict";
    function key(row, column) {
      const cell = row.cells[column];
      const value = cell.dataset.value;
      return value === undefined ? { text: cell.textContent.trim() } : { number: Number(value) };
    }
    function compare(a, b) {
      const isNumber = [a.number !== undefined, b.number !== undefined];
      if (isNumber[0] !== isNumber[1]) { return isNumber[0] ? -1 : 1; }
      return isNumber[0] ? a.number - b.number : a.text.localeCompare(b.text, "en", { numeric: true });
    }
    function sort(table, heading, column) {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      const body = table.tBodies[0];
      const rows = Array.from(body.rows).map(function (row) { return { row: row, key: key(row, column) }; });
      rows.sort(function (a, b) {
        const missing = (a.key.number === undefined) !== (b.key.number === undefined);
        return descending ? (missing ? compare(a.key, b.key) : compare(b.key, a.key)) : compare(a.key, b.key);
      });
      for (const other of heading.parentNode.cells) { other.setAttribute("aria-sort", "none"); }
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      for (const each of rows) { body.append(each.row); }
    }
    for (const table of document.querySelectorAll("table")) {
      if (2 > table.tBodies[0].rows.length) { continue; }
      Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells).forEach(function (heading, column) {
        const button = document.createElement("button");
        button.type = "button";
        button.title = "Sort by this column";
        button.append(...heading.childNodes);
        heading.append(button);
        heading.setAttribute("aria-sort", "none");
        button.addEventListener("click", function () { sort(table, heading, column); });
      });
    }
    window.addEventListener("beforeprint", function () {
      for (const folded of document.querySelectorAll("details")) { folded.open = true; }
    });

    """
}
